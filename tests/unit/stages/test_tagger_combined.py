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
    assert combined([TAGGED], [raw((15, 20), (21, 25), (26, 60), 0.4)]) == [TAGGED]


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
