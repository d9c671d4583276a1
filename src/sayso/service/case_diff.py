"""What changed between two pages, or between two readings of one: words, statements, who says it and how firmly."""

from __future__ import annotations

import itertools
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from sayso.errors import InvalidSetting

if TYPE_CHECKING:
    from sayso.store import StoredDocument

    from .case_analysis import Analysis

__all__ = ["diff", "diff_readings"]

MAX_SENTENCES = 2000
ALIKE = 0.5
FOOTING = ("source", "source_kind", "polarity", "certainty", "attitude", "act")


def diff(analysis: Analysis, a: str, b: str) -> list[dict[str, Any]]:
    """Rows in the order of `b`: sentences added, removed, changed, then what changed in how the same is told.

    Raises:
        InvalidSetting: the case has no such page, or both are one that was read once.
    """
    a, b = analysis.page(a), analysis.page(b)
    first, second = analysis.stored[a], analysis.stored[b]
    if a == b:
        return diff_readings(analysis, a)
    return [*_sentences(first, second), *_told(analysis, a, b)]


def _sentences(a: StoredDocument, b: StoredDocument) -> list[dict[str, Any]]:
    left, right = _split(a), _split(b)
    matcher = SequenceMatcher(None, [text for text, _ in left], [text for text, _ in right], autojunk=False)
    rows = []
    for what, a0, a1, b0, b1 in matcher.get_opcodes():
        if what != "equal":
            rows += _changed(left[a0:a1], right[b0:b1])
    return rows


def _split(page: StoredDocument) -> list[tuple[str, tuple[int, int]]]:
    from sayso.corpus.tokens import sentence_starts

    out = []
    for start, end in page.story:
        edges = [*(start + at for at in sentence_starts(page.text[start:end])), end]
        for first, last in itertools.pairwise(edges):
            if words := " ".join(page.text[first:last].split()):
                out.append((words, (first, last)))
    return out[:MAX_SENTENCES]


def _changed(left: list[tuple[str, tuple[int, int]]], right: list[tuple[str, tuple[int, int]]]) -> list[dict[str, Any]]:
    """Sentences that took another's place, each with the one most alike."""
    rows: list[dict[str, Any]] = []
    free = list(range(len(left)))
    for words, span in right:
        bag = set(words.lower().split())
        scored = [(_jaccard(bag, set(left[at][0].lower().split())), -at) for at in free]
        best, at = max(scored, default=(0.0, 0))
        if best >= ALIKE:
            free.remove(-at)
            before, place = left[-at]
            rows.append({"what": "changed", "a": before, "b": words, "a_span": list(place), "b_span": list(span)})
        else:
            rows.append({"what": "added", "a": None, "b": words, "a_span": None, "b_span": list(span)})
    for at in free:
        before, place = left[at]
        rows.append({"what": "removed", "a": before, "b": None, "a_span": list(place), "b_span": None})
    return rows


def _jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, len(a | b))


def _told(analysis: Analysis, a: str, b: str) -> list[dict[str, Any]]:
    """What both pages say, said otherwise: hedges, attributions, numbers that changed on the way."""
    from sayso.corpus.claims import find_claims

    from .case_claims import statements_of

    rows = []
    for claim in find_claims(statements_of(analysis, (a, b))):
        told = {statement.id: statement for statement in claim.statements}
        for difference in claim.differences:
            pair = [told.get(difference.earlier), told.get(difference.later)]
            if None not in pair:
                ordered = sorted((one for one in pair if one), key=lambda one: one.page != a)
                rows.append(
                    {
                        "what": difference.kind,
                        "a": ordered[0].text,
                        "b": ordered[1].text,
                        "a_span": list(ordered[0].span),
                        "b_span": list(ordered[1].span),
                        "detail": difference.detail,
                    }
                )
    return rows


def diff_readings(analysis: Analysis, doc: str) -> list[dict[str, Any]]:
    """What the latest reading of a document has that the one before had not, and the other way round."""
    found = analysis.view.query("SELECT max(generation) AS n FROM all_documents WHERE id = ?", [doc])[0]["n"]
    if found < 2:
        raise InvalidSetting(f"expected two pages, or one that was read twice, got {doc} alone; name another")
    before, now = analysis.view.reading(doc, found - 1), analysis.view.reading(doc, found)
    rows = []
    for layer in ("attributions", "timexes", "events", "findings"):
        left = {_key(layer, row): row for row in before.get(layer) or ()}
        right = {_key(layer, row): row for row in now.get(layer) or ()}
        for key in sorted(left.keys() | right.keys(), key=repr):
            if left.get(key) != right.get(key):
                what = "changed" if key in left and key in right else "added" if key in right else "removed"
                rows.append({"what": what, "layer": layer, "a": left.get(key), "b": right.get(key)})
    return rows


def _key(layer: str, row: dict[str, Any]) -> str:
    place = row.get("content") or row.get("span") or row.get("trigger")
    return f"{place} {row.get('code', '')}"
