"""Reuse of a case, kept beside it: worked out as a whole once, then for the pages that arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sayso.store import Kept, KeptState, View
from sayso.version import __version__

from .case_analysis import FOLDER, document_of_stored

if TYPE_CHECKING:
    from sayso.corpus.candidates import Shingles
    from sayso.corpus.case_text import CaseText
    from sayso.corpus.counted import Counted
    from sayso.corpus.families import DocFamily
    from sayso.corpus.growth import Numbered, ReuseRows
    from sayso.corpus.kinds import Relation
    from sayso.corpus.reuse import Aligned
    from sayso.store.kept import Page, Pair

    from .case_analysis import Analysis

__all__ = ["arrived", "kept_reuse", "relation_of"]

METHOD = f"reuse-{__version__}"
SHINGLES = {"first-hashes": "uint64", "first-pages": "int32", "since-hashes": "uint64", "since-pages": "int32"}
"""Arrays of the index, of the pages counted over and of later ones, with their kinds."""

Rows = tuple[list[Any], list[Any]]
"""Relations and families as plain rows."""


def kept_reuse(analysis: Analysis) -> Rows:
    """Relations and families of the case, worked out for the pages that arrived since they were kept."""
    kept = Kept(analysis.store.root / FOLDER, METHOD)
    held = kept.rows(analysis.shards)
    if held is not None:
        return held
    state = kept.state()
    new = arrived(analysis, state)
    if state is not None and new is not None:
        # Arrays that are gone, or a folder that can't be written to: all anew.
        with suppress(OSError, ValueError, KeyError):
            if _grow(analysis, kept, state, new) and (held := kept.rows(analysis.shards)) is not None:
                return held
    return _whole(analysis, kept, state)


def arrived(analysis: Analysis, state: KeptState | None) -> View | None:
    """The pages that came since the state, or None where those before them changed or are to be counted anew."""
    from sayso.corpus.counted import counted_pages

    if state is None or analysis.shards[: len(state.shards)] != state.shards:
        return None
    new = View(analysis.store.root, analysis.view.shards[len(state.shards) :])
    total = state.pages + new.count()
    return None if new.is_reread or counted_pages(total) != state.more.get("counted") else new


def _whole(analysis: Analysis, kept: Kept, state: KeptState | None) -> Rows:
    from sayso.corpus.case_text import CaseText
    from sayso.corpus.growth import whole_reuse
    from sayso.corpus.reuse import proposed_pairs, shingles_of

    turn = state.turn + 1 if state else 1
    text = CaseText(analysis.documents())
    arrays: dict[str, str] = {}
    # Written as they come and let go: in a large case the shingles are most of all that is in memory.
    pairs = proposed_pairs(text, _put_shingles(kept, turn, text, shingles_of(text, run=analysis.run), arrays))
    arrays = _put_counts(kept, turn, text, arrays)
    rows = whole_reuse(text, pairs, run=analysis.run)
    pages, found = _page_rows(rows), _pair_rows(rows)
    if arrays:
        # Where a shard was lost, places have gaps, and nothing can be told from the place of a new page.
        whole = analysis.view.next_number() == len(text)
        more = {"counted": text.counted.documents if whole else None}
        fresh = KeptState(analysis.shards, len(text), turn, arrays, more)
        kept.write(fresh, pages, found, replaced=None)
    return [row for *_, row in found], [row for *_, row in pages]


def _put_shingles(
    kept: Kept, turn: int, text: CaseText, parts: Iterable[Shingles], arrays: dict[str, str]
) -> Iterator[Shingles]:
    """The same parts, written as they go by; `arrays` tells the files in the end, if the folder can be written to."""
    counted = text.counted.documents
    files = {name: kept.growing(turn, name, kind) for name, kind in SHINGLES.items()}
    for part in parts:
        first = part.documents < counted
        for which, chosen in (("first", first), ("since", ~first)):
            files[f"{which}-hashes"].append(part.hashes[chosen])
            files[f"{which}-pages"].append(part.documents[chosen])
        yield part
    done = {name: file.close() for name, file in files.items()}
    arrays.update({name: file for name, file in done.items() if file})


def _put_counts(kept: Kept, turn: int, text: CaseText, arrays: dict[str, str]) -> dict[str, str]:
    """All arrays that arriving pages are compared with; none where the folder can't be written to."""
    if len(arrays) < len(SHINGLES):
        return {}
    try:
        return {
            **arrays,
            "frequency": kept.put(turn, "frequency", text.counted.frequency),
            "windows": kept.put(turn, "windows", text.counted.windows),
            "words": kept.put(turn, "words", _packed(text.table.vocabulary)),
        }
    except OSError:
        return {}


def _grow(analysis: Analysis, kept: Kept, state: KeptState, view: View) -> bool:
    """Work out what arriving pages change, and keep it."""
    from sayso.corpus.growth import more_reuse
    from sayso.corpus.shingle_index import ShingleIndex

    new = {stored.number: document_of_stored(stored) for stored in view.documents()}
    turn, total, arrays = state.turn + 1, state.pages + len(new), dict(state.arrays)
    replaced = set(new)
    if new:
        members: list[Page] = []

        def touched(pages: Iterable[int]) -> tuple[list[int], Aligned]:
            held, pairs = kept.touched(pages)
            members.extend(held)
            return [number for number, *_ in held], _aligned_of(pairs)

        grown = more_reuse(
            new,
            counted=_counted(kept, state),
            vocabulary=_unpacked(kept.array(state, "words")),
            index=ShingleIndex(_shingles(kept, state, "first"), _shingles(kept, state, "since")),
            fetch=_fetcher(analysis),
            touched=touched,
        )
        since = grown.index.since
        arrays["since-hashes"] = kept.put(turn, "since-hashes", since.hashes)
        arrays["since-pages"] = kept.put(turn, "since-pages", since.documents)
        arrays["words"] = kept.put(turn, "words", _packed(grown.vocabulary))
        replaced |= {family for _, family, _ in members}
        pages, found = _page_rows(grown.rows), _pair_rows(grown.rows)
    else:
        pages, found = [], []
    fresh = KeptState(analysis.shards, total, turn, arrays, state.more)
    return kept.write(fresh, pages, found, replaced=replaced)


def _fetcher(analysis: Analysis) -> Callable[[Iterable[int]], Numbered]:
    def fetch(numbers: Iterable[int]) -> Numbered:
        wanted = sorted(numbers)
        if not wanted:
            return {}
        return {d.number: document_of_stored(d) for d in analysis.view.documents(numbers=wanted)}

    return fetch


def _shingles(kept: Kept, state: KeptState, part: str) -> Shingles:
    from sayso.corpus.candidates import Shingles

    return Shingles(kept.array(state, f"{part}-hashes"), kept.array(state, f"{part}-pages"))


def _counted(kept: Kept, state: KeptState) -> Counted:
    import numpy as np

    from sayso.corpus.counted import Counted

    frequency, windows = (np.array(kept.array(state, name)) for name in ("frequency", "windows"))
    return Counted(int(state.more["counted"]), frequency, windows)


def _packed(vocabulary: dict[str, int]) -> Any:
    """Words in order of their numbers, as bytes; no word holds a line end."""
    import numpy as np

    return np.frombuffer("\n".join(vocabulary).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _unpacked(packed: Any) -> dict[str, int]:
    words = packed.tobytes().decode("utf-8", "surrogatepass")
    return {word: number for number, word in enumerate(words.split("\n") if words else ())}


def _page_rows(rows: ReuseRows) -> list[Page]:
    return [
        (number, rows.components.get(number, number), _family_row(family))
        for number, family in sorted(rows.families.items())
    ]


def _pair_rows(rows: ReuseRows) -> list[Pair]:
    return [
        (a, b, rows.components[a], rows.odds.get((a, b)), _relation_row(relation))
        for (a, b), relation in sorted(rows.relations.items())
    ]


def _family_row(family: DocFamily) -> list[Any]:
    rivals = [list(rival) for rival in family.rivals]
    return [family.id, family.family, family.parent, family.score, family.reason, rivals]


def _relation_row(relation: Relation) -> list[Any]:
    passages = [[*p.a, *p.b, p.weight, p.density, p.run, p.whole] for p in relation.passages]
    head = [relation.a, relation.b, relation.kind, relation.earlier, relation.later, relation.score, relation.reason]
    return [*head, passages]


def relation_of(row: list[Any]) -> Relation:
    """A relation from its row."""
    from sayso.corpus.alignment import Passage
    from sayso.corpus.kinds import Relation

    a, b, kind, earlier, later, score, reason, passages = row
    shared = tuple(Passage((p[0], p[1]), (p[2], p[3]), p[4], p[5], p[6], p[7]) for p in passages)
    return Relation(a, b, kind, shared, earlier, later, score, reason)


def _aligned_of(pairs: Iterable[Pair]) -> Aligned:
    """Pairs that were found by themselves."""
    return {(a, b): (relation_of(row).passages, odds) for a, b, _, odds, row in pairs if odds is not None}
