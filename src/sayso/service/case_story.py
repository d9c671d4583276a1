"""Stories for people: the list, and one story's pages in time with what each adds."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sayso.errors import InvalidSetting

from .case_analysis import blanked
from .case_verdicts import Verdicts, verdicts_of

if TYPE_CHECKING:
    from sayso.corpus.stories import Story
    from sayso.store import StoredDocument

    from .case_analysis import Analysis

__all__ = ["find_story", "in_time", "list_stories", "show_story"]

MOST_ADDED = 3
"""Sentences shown of what a page adds."""
LATE = "9999"


def list_stories(analysis: Analysis) -> list[dict[str, Any]]:
    """One row a story, the largest first."""
    rows = []
    verdicts = verdicts_of(analysis.store)
    for story in analysis.stories:
        pages = in_time(analysis, story.pages, verdicts)
        days = [page.published for page in pages if page.published]
        rows.append(
            {
                "id": story.id,
                "pages": len(pages),
                "outlets": len({page.outlet or page.id for page in pages}),
                "first": days[0] if days else None,
                "last": days[-1] if days else None,
                "title": next((page.title for page in pages if page.title), None),
                "terms": list(story.terms),
            }
        )
    return sorted(rows, key=lambda row: -row["pages"])


def in_time(analysis: Analysis, ids: tuple[str, ...], verdicts: Verdicts | None = None) -> list[StoredDocument]:
    """Pages by their clocks, as judged; those without one last, in order of arrival where clocks agree."""
    verdicts = verdicts or verdicts_of(analysis.store)
    pages = [analysis.stored[id] for id in ids]
    return sorted(pages, key=lambda page: (verdicts.published(page.id, page.published) or LATE, page.number))


def find_story(analysis: Analysis, name: str) -> Story:
    """The story of that id, or the one that a page stands in.

    Raises:
        InvalidSetting: the case has neither.
    """
    page = analysis.page(name)
    for story in analysis.stories:
        if page in story.pages:
            return story
    raise InvalidSetting(f"expected a story or a page of the case, got {name!r}; `sayso stories` lists them")


def show_story(analysis: Analysis, name: str) -> list[dict[str, Any]]:
    """One row a page, in time: who is first, whom it was taken from, how much is new and which sentences."""
    from sayso.corpus.tokens import sentence_starts, word_spans

    ordered = in_time(analysis, find_story(analysis, name).pages)
    shared = _shared(analysis, ordered)
    rows: list[dict[str, Any]] = []
    before: set[str] = set()
    for page in ordered:
        text = blanked(page.text, page.story)
        taken = [span for other in sorted(before) for span in shared.get((page.id, other), ())]
        words = [start for start, _ in word_spans(text)]
        covered: set[int] = set()
        for start, end in taken:
            covered.update(range(bisect_left(words, start), bisect_left(words, end)))
        edges = [*sentence_starts(text), len(text)]
        new = []
        for start, end in itertools.pairwise(edges):
            inside = range(bisect_left(words, start), bisect_left(words, end))
            if len(inside) >= 5 and not any(at in covered for at in inside):
                new.append(" ".join(text[start:end].split()))
        family = analysis.families[page.id]
        rows.append(
            {
                "id": page.id,
                "outlet": page.outlet,
                "title": page.title,
                "published": page.published,
                "first": not before,
                "parent": family.parent if family.sure else None,
                "new": round(1 - len(covered) / max(1, len(words)), 3),
                "adds": new[:MOST_ADDED] if before else [],
            }
        )
        before.add(page.id)
    return rows


def _shared(analysis: Analysis, pages: Sequence[StoredDocument]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Stretches of a page that another page shares, by both ids."""
    shared: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for relation in analysis.relations_among([page.id for page in pages]):
        for passage in relation.passages:
            shared.setdefault((relation.a, relation.b), []).append(passage.a)
            shared.setdefault((relation.b, relation.a), []).append(passage.b)
    return shared
