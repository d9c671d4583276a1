"""Who took what from whom within a story, edge by edge, each with the passages it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .case_verdicts import verdicts_of

if TYPE_CHECKING:
    from sayso.corpus.kinds import Relation
    from sayso.store import StoredStatement

    from .case_analysis import Analysis

__all__ = ["pair_evidence", "story_edges"]

MOST_CITED = 40
"""Citing statements shown of a pair."""


def story_edges(analysis: Analysis, pages: Sequence[str]) -> list[dict[str, Any]]:
    """Edges between the pages of a story, later to earlier: copies by the family tree, then citations by name."""
    inside = set(pages)
    pairs = {frozenset((relation.a, relation.b)): relation for relation in analysis.relations_among(inside)}
    judged = verdicts_of(analysis.store).edges
    rows: list[dict[str, Any]] = []
    for page in pages:
        family = analysis.families.get(page)
        if family is None or family.parent is None or family.parent not in inside:
            continue
        relation = pairs.get(frozenset((page, family.parent)))
        kept = judged.get(frozenset((page, family.parent)))
        rows.append(
            {
                "later": page,
                "earlier": family.parent,
                "kind": relation.kind if relation else "verbatim",
                "score": round(family.score, 3),
                "sure": family.sure,
                "reason": family.reason,
                "passages": len(relation.passages) if relation else 0,
                "verdict": kept.verdict if kept else None,
            }
        )
    return rows + list(_cited(analysis, pages, {frozenset((str(row["later"]), str(row["earlier"]))) for row in rows}))


def _cited(analysis: Analysis, pages: Sequence[str], copied: set[frozenset[str]]) -> Iterator[dict[str, Any]]:
    """A page that names another's outlet as its source."""
    of_outlet = _outlets(analysis, pages)
    counts: dict[tuple[str, str], int] = {}
    for stored in analysis.view.statements(pages):
        for target in _targets(stored, of_outlet):
            counts[stored.doc, target] = counts.get((stored.doc, target), 0) + 1
    for (later, earlier), number in counts.items():
        if later != earlier and frozenset((later, earlier)) not in copied:
            reason = f"names {analysis.stored[earlier].outlet} as its source {number} time{'s' if number > 1 else ''}"
            yield {
                "later": later,
                "earlier": earlier,
                "kind": "cited",
                "score": 1.0,
                "sure": True,
                "reason": reason,
                "passages": number,
                "verdict": None,
            }


def _outlets(analysis: Analysis, pages: Sequence[str]) -> dict[str, str]:
    """The first page of each outlet, by its plain name."""
    from sayso.corpus.origins import plain_name

    found: dict[str, str] = {}
    for page in pages:
        outlet = analysis.stored[page].outlet
        if outlet:
            found.setdefault(plain_name(outlet), page)
    return found


def _targets(stored: StoredStatement, of_outlet: dict[str, str]) -> Iterator[str]:
    from sayso.corpus.origins import plain_name

    names = {plain_name(step["name"]) for step in stored.chain if step["name"] and step["kind"] in _MEDIA}
    yield from sorted({of_outlet[name] for name in names if name in of_outlet})


_MEDIA = frozenset({"outlet", "organization", "document"})


def pair_evidence(analysis: Analysis, a: str, b: str) -> dict[str, Any]:
    """What ties two pages: the passages they share, and where either names the other's outlet."""
    relation = next(analysis.relations_among((a, b)), None)
    kept = verdicts_of(analysis.store).edges.get(frozenset((a, b)))
    return {
        "a": a,
        "b": b,
        "kind": relation.kind if relation else None,
        "earlier": relation.earlier if relation else None,
        "score": relation.score if relation else None,
        "reason": relation.reason if relation else None,
        "passages": list(_passages(analysis, relation, a, b)) if relation else [],
        "cites": [row for one, other in ((a, b), (b, a)) for row in _citing(analysis, one, other)],
        "verdict": {"number": kept.number, "verdict": kept.verdict, "by": kept.by, "at": kept.at} if kept else None,
    }


def _passages(analysis: Analysis, relation: Relation, a: str, b: str) -> Iterator[dict[str, Any]]:
    texts = {id: analysis.stored[id].text for id in (a, b)}
    for passage in relation.passages:
        spans = {relation.a: passage.a, relation.b: passage.b}
        yield {
            "a": texts[a][spans[a][0] : spans[a][1]],
            "b": texts[b][spans[b][0] : spans[b][1]],
            "a_span": list(spans[a]),
            "b_span": list(spans[b]),
        }


def _citing(analysis: Analysis, page: str, other: str) -> Iterator[dict[str, Any]]:
    """Statements of a page that name the other's outlet, each with what is nearest to it by words over there."""
    of_outlet = _outlets(analysis, [other])
    theirs = [(stored.text, stored.spans) for stored in analysis.view.statements([other])]
    bags = [set(text.lower().split()) for text, _ in theirs]
    number = 0
    for stored in analysis.view.statements([page]):
        if other not in _targets(stored, of_outlet):
            continue
        words = set(stored.text.lower().split())
        shares = [len(words & bag) / max(1, len(words | bag)) for bag in bags]
        best = max(range(len(bags)), key=lambda at: (shares[at], -at), default=None)
        near = best is not None and shares[best] > 0.1
        yield {
            "page": page,
            "cites": other,
            "statement": stored.id,
            "source": stored.source,
            "cue": stored.cue,
            "text": stored.text,
            "spans": [list(span) for span in stored.spans],
            "nearest": theirs[best][0] if near and best is not None else None,
            "nearest_spans": [list(span) for span in theirs[best][1]] if near and best is not None else [],
        }
        number += 1
        if number >= MOST_CITED:
            return
