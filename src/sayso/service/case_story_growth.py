"""Stories of a case, kept beside it: worked out as a whole once, then for the pages that arrive."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import astuple, replace
from typing import TYPE_CHECKING, Any

from sayso.store import Kept, KeptState
from sayso.version import __version__

from .case_analysis import FOLDER, document_of_stored
from .case_growth import arrived

if TYPE_CHECKING:
    from sayso.corpus.stories import Story, StoryChange
    from sayso.corpus.story_growth import Arrays

    from .case_analysis import Analysis

__all__ = ["kept_stories"]

METHOD = f"stories-{__version__}"
NAMES = ("words", "frequency", "expected", "documents", "stories", "sizes", "terms", "weights")

Found = tuple["list[Story]", "list[StoryChange]"]


def kept_stories(analysis: Analysis) -> Found:
    """Stories in the order of their first pages, and what the pages that came last did to them."""
    kept = Kept(analysis.store.root / FOLDER, METHOD)
    state = kept.state()
    held = _read(kept, state)
    if state is not None and held is not None and state.shards == analysis.shards:
        return held
    before = held[0] if held else []
    if state is not None and arrived(analysis, state) is not None:
        # Arrays that are gone or broken: all anew.
        with suppress(OSError, ValueError, KeyError):
            return _grow(analysis, kept, state, before)
    return _whole(analysis, kept, state, before)


def _read(kept: Kept, state: KeptState | None) -> Found | None:
    from sayso.corpus.stories import Story, StoryChange

    rows = kept.rows(state.shards) if state else None
    if rows is None or state is None:
        return None
    stories = [Story(id, tuple(pages), tuple(terms)) for id, pages, terms in rows[1]]
    return stories, [StoryChange(kind, *map(tuple, told)) for kind, *told in state.more["changes"]]


def _whole(analysis: Analysis, kept: Kept, state: KeptState | None, before: list[Story]) -> Found:
    from sayso.corpus.counted import counted_pages
    from sayso.corpus.story_growth import first_stories

    pages = analysis.view.count()
    counted = counted_pages(pages)
    index, packed = first_stories(analysis.documents(), counted)
    numbered = index.numbered({})
    # Where a shard was lost, places have gaps, and nothing can be told from the place of a new page.
    more = {"counted": counted if analysis.view.next_number() == pages else None}
    fresh = KeptState(analysis.shards, pages, state.turn + 1 if state else 1, more=more)
    return _keep(kept, fresh, packed, numbered, before)


def _grow(analysis: Analysis, kept: Kept, state: KeptState, before: list[Story]) -> Found:
    from sayso.corpus.stories import StoryIndex
    from sayso.corpus.story_growth import more_stories

    index = StoryIndex.unpacked({name: kept.array(state, name) for name in NAMES})
    pages = analysis.view.next_number()
    late = analysis.view.documents(numbers=range(int(state.more["packed"]), pages))
    packed = more_stories(index, map(document_of_stored, late), pack=False)
    numbered = index.numbered({story.id: story for story in before})
    fresh = KeptState(analysis.shards, pages, state.turn + 1, state.arrays, state.more)
    return _keep(kept, fresh, packed, numbered, before)


def _keep(
    kept: Kept, state: KeptState, packed: Arrays | None, numbered: dict[int, Story], before: list[Story]
) -> Found:
    """Keep the stories where the folder can be written to, with the arrays if there are new ones."""
    from sayso.corpus.stories import story_changes

    stories = list(numbered.values())
    old = {story.id: story.pages for story in before}
    was = {page: story.id for story in before for page in story.pages}
    changed = [story for story in stories if old.get(story.id) != story.pages]
    changes = story_changes(was, changed) if before else []
    more: dict[str, Any] = {**state.more, "changes": [list(astuple(change)) for change in changes]}
    arrays = dict(state.arrays)
    with suppress(OSError):
        if packed is not None:
            arrays = {name: kept.put(state.turn, name, packed[name]) for name in NAMES}
            more["packed"] = len(packed["stories"])
        rows = [(first, first, [s.id, list(s.pages), list(s.terms)]) for first, s in numbered.items()]
        kept.write(replace(state, arrays=arrays, more=more), rows, (), replaced=None)
    return stories, changes
