"""Look-up of the innermost attribution."""

from __future__ import annotations

import time

from sayso.model import Attribution, Span
from sayso.stages.events.contents import Contents


def said(identity: str, *content: tuple[int, int]) -> Attribution:
    pieces = tuple(Span(*piece) for piece in content)
    return Attribution(identity, (), (), pieces, form="indirect", tier="statement", source_kind="unknown")


def test_the_shortest_content_that_holds_the_whole_span_wins() -> None:
    contents = Contents([said("outer", (0, 100)), said("inner", (20, 60)), said("beside", (60, 90))])
    found = contents.innermost(Span(30, 40))
    assert found is not None
    assert found.id == "inner"
    found = contents.innermost(Span(55, 65))
    assert found is not None
    assert found.id == "outer"


def test_a_span_outside_all_contents_stands_under_nobody() -> None:
    assert Contents([]).innermost(Span(0, 1)) is None
    assert Contents([said("a", (5, 9), (20, 30))]).innermost(Span(8, 21)) is None


def test_many_contents_are_searched_in_little_time() -> None:
    contents = Contents([said(str(n), (10 * n, 10 * n + 8)) for n in range(5_000)])
    begun = time.process_time()
    assert all(contents.innermost(Span(10 * n, 10 * n + 4)) is not None for n in range(5_000))
    assert time.process_time() - begun < 2.0
