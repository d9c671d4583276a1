from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.render.segments import MAX_MARKS, Mark, cut, levels

PLACES = st.integers(0, 60)
MARKS = st.lists(
    st.builds(lambda a, b, n: Mark(min(a, b), max(a, b), "content", n), PLACES, PLACES, st.integers(0, 9)), max_size=12
)


@given(st.integers(0, 30), st.integers(1, 30), MARKS)
def test_pieces_cover_the_block_and_hold_the_marks_over_them(start: int, length: int, marks: list[Mark]) -> None:
    pieces = cut(start, start + length, marks)
    assert [p.start for p in pieces] == [start, *(p.end for p in pieces[:-1])]
    assert pieces[-1].end == start + length
    for piece in pieces:
        for at in range(piece.start, piece.end):
            over = sorted((m for m in marks if m.start <= at < m.end), key=repr)
            assert sorted(piece.marks, key=repr) == over


def test_each_mark_starts_once_and_ends_once() -> None:
    marks = [Mark(2, 6, "content", 0), Mark(4, 9, "source", 1)]
    pieces = cut(0, 12, marks)
    assert [m for p in pieces for m in p.starts] == marks
    assert [m for p in pieces for m in p.ends] == marks


def test_marks_over_one_character_are_bounded() -> None:
    pieces = cut(0, 10, [Mark(0, 10, "content", n) for n in range(500)])
    assert len(pieces[0].marks) == MAX_MARKS


def test_overlapping_contents_get_levels_of_their_own() -> None:
    assert levels([(0, 50), (10, 40), (45, 70), None], [None, 0, None, None]) == [0, 1, 1, 0]
