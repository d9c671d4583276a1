"""A second look at the same probabilities: what the first overlooked, apart from what was found."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.model import Context, Layers, Span
from sayso.stages.attribution.cover import Cover
from sayso.stages.attribution.raw import RawAttribution
from sayso.stages.attribution.scene import Scene
from sayso.stages.attribution.second_look import SecondLook, apart
from sayso.stages.parse import Parse, Parser
from sayso.stages.sentences import Sentences

from .attribution.pages import article

TEXT = "The mayor said the quay was safe. A deckhand thought it had moved."


def scene() -> Scene:
    page = article(TEXT)
    layers = Layers()
    for stage in (Sentences(), Parser()):
        layers = layers.with_made(stage.provides, stage(page, layers, Context()))
    return Scene.of(page, layers[Parse], ())


def found(words: str, cue: str, score: float) -> RawAttribution:
    def place(part: str) -> Span:
        return Span(TEXT.index(part), TEXT.index(part) + len(part))

    return RawAttribution((), (place(cue),), (place(words),), score)


SAID = found("the quay was safe", "said", 0.25)
THOUGHT = found("it had moved", "thought", 0.45)


def kept(raws: Sequence[RawAttribution], taken: Sequence[Span] = ()) -> list[RawAttribution]:
    return apart(raws, Cover(taken), scene(), SecondLook(speech=0.2, other=0.5))


def test_words_of_saying_need_less() -> None:
    assert kept([SAID, THOUGHT]) == [SAID]


def test_what_touches_an_attribution_of_the_first_look_is_left() -> None:
    assert kept([SAID], [SAID.content[0]]) == []
    assert kept([SAID], [SAID.cue[0]]) == []


def test_spans_are_searched_by_position() -> None:
    cover = Cover([Span(10, 20), Span(30, 40)])
    assert [cover.touches(span) for span in (Span(19, 31), Span(20, 30))] == [True, False]
    assert [cover.holds(span) for span in (Span(32, 40), Span(18, 22))] == [True, False]
    assert cover.met(Span(5, 35)) == Span(30, 40)
