"""Two detectors heard together."""

from __future__ import annotations

from sayso.model import Span
from sayso.stages.attribution.raw import RawAttribution
from sayso.stages.attribution.tagger_combined import combined


def raw(source: tuple[int, int], cue: tuple[int, int], content: tuple[int, int], score: float) -> RawAttribution:
    return RawAttribution((Span(*source),), (Span(*cue),), (Span(*content),), score)


TAGGED = raw((0, 5), (6, 10), (11, 60), 0.9)


def test_the_same_cue_is_the_taggers() -> None:
    assert combined([TAGGED], [raw((0, 5), (6, 10), (11, 40), 0.99)]) == [TAGGED]


def test_what_the_rules_find_inside_a_content_is_kept() -> None:
    inner = raw((15, 20), (21, 25), (26, 60), 0.6)
    assert combined([TAGGED], [inner]) == [TAGGED, inner]
    assert combined([TAGGED], [raw((15, 20), (21, 25), (26, 60), 0.3)]) == [TAGGED]


def test_what_the_rules_find_apart_is_kept_where_they_are_sure() -> None:
    before, doubtful = raw((70, 75), (76, 80), (81, 90), 0.8), raw((100, 105), (106, 110), (111, 120), 0.5)
    assert combined([TAGGED], [doubtful, before]) == [TAGGED, before]


def test_what_crosses_a_content_is_left_out() -> None:
    assert combined([TAGGED], [raw((70, 75), (76, 80), (50, 69), 0.99)]) == [TAGGED]


def test_a_content_that_swallows_a_cue_is_left_out() -> None:
    assert combined([TAGGED], [raw((0, 2), (8, 9), (70, 80), 0.99)]) == [TAGGED]


def test_a_content_that_holds_a_whole_attribution_is_kept_around_it() -> None:
    inner = raw((20, 25), (26, 30), (31, 60), 0.9)
    outer = raw((0, 5), (6, 10), (11, 65), 0.7)
    assert combined([inner], [outer]) == [outer, inner]
    assert combined([inner], [raw((0, 5), (6, 10), (11, 65), 0.5)]) == [inner]
    assert combined([inner], [raw((0, 5), (6, 10), (11, 45), 0.99)]) == [inner]


def test_order_is_the_texts() -> None:
    early = raw((0, 5), (6, 10), (11, 60), 0.9)
    late = raw((70, 75), (76, 80), (81, 90), 0.9)
    assert combined([late], [early]) == [early, late]


def test_one_by_the_tagger_two_by_the_rules() -> None:
    # The Post has learned from aides that it sank
    post, learned, sank = Span(0, 8), Span(9, 25), Span(32, 44)
    tagged = RawAttribution((post,), (learned,), (sank,), 0.9)
    outer = RawAttribution((post,), (Span(13, 20),), (Span(21, 44),), 0.5)
    inner = RawAttribution((Span(26, 31),), (Span(21, 25),), (sank,), 0.5)
    found = combined([tagged], [outer, inner])
    assert [(raw.source, raw.content) for raw in found] == [
        (outer.source, outer.content),
        (inner.source, inner.content),
    ]
    assert combined([tagged], [outer]) == [tagged]


def test_who_is_told_is_no_content() -> None:
    tagged = RawAttribution((Span(0, 3),), (Span(4, 8),), (Span(9, 40),), 0.9)
    ruled = RawAttribution((Span(0, 3),), (Span(4, 8),), (Span(16, 40),), 0.5)
    assert combined([tagged], [ruled]) == [RawAttribution((Span(0, 3),), (Span(4, 8),), (Span(16, 40),), 0.9)]


def test_a_floating_quotation_stays_where_the_tagger_is_silent() -> None:
    floating = RawAttribution((), (), (Span(50, 80),), 0.3)
    tagged = RawAttribution((Span(0, 3),), (Span(4, 8),), (Span(9, 40),), 0.9)
    assert floating in combined([tagged], [floating])
    assert floating not in combined([RawAttribution((), (Span(81, 85),), (Span(45, 80),), 0.9)], [floating])
