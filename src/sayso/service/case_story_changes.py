"""Why stories are no longer what they were: for each change, its pages and the terms that speak for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.corpus.stories import StoryChange

    from .case_analysis import Analysis

__all__ = ["change_row"]

MOST_NAMED = 5


def change_row(analysis: Analysis, change: StoryChange) -> dict[str, Any]:
    """A change as plain data, with its reason in words."""
    story, *others = change.stories
    return {
        "kind": change.kind,
        "story": story,
        "others": others,
        "arrived": list(change.arrived),
        "terms": list(change.terms),
        "reason": _reason(analysis, change),
    }


def _reason(analysis: Analysis, change: StoryChange) -> str:
    terms = ", ".join(change.terms[:MOST_NAMED])
    if change.kind == "split":
        return _split(analysis, change)
    if change.kind == "merged":
        why = f"{_pages(len(change.arrived))} came that {_verb(change, 'stands', 'stand')} near both; " * bool(
            change.arrived
        )
        return f"{why}the pages of all share {terms}"
    if change.kind == "joined":
        return f"{_pages(len(change.arrived))} came that {_verb(change, 'tells', 'tell')} of {terms}"
    return f"no story of the case tells of {terms}"


def _split(analysis: Analysis, change: StoryChange) -> str:
    """What the part has that the other parts of the story lack."""
    old = set(change.stories)
    parts = [other for other in analysis.story_changes if other.kind == "split" and old & set(other.stories)]
    elsewhere = {term for part in parts if part.stories[0] != change.stories[0] for term in part.terms}
    own = [term for term in change.terms if term not in elsewhere] or list(change.terms)
    return f"its pages tell of {', '.join(own[:MOST_NAMED])}, the others of that story don't"


def _pages(number: int) -> str:
    return "a page" if number == 1 else f"{number} pages"


def _verb(change: StoryChange, one: str, many: str) -> str:
    return one if len(change.arrived) == 1 else many
