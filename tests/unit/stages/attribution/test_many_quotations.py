"""Thousands of quotations in one document: the work grows with their number, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache, partial
from types import FrameType
from typing import Any

from spacy.tokens import Doc

from sayso.model import Article, Block, Context, Layers, Run, Span
from sayso.stages.attribution.chains import with_cited
from sayso.stages.attribution.raw import RawAttribution
from sayso.stages.attribution.scene import Scene
from sayso.stages.parse import Parse, Parser
from sayso.stages.sentences import Sentences

LINE = "The Ledger quoted a baker as saying the oven was cold, citing a friend."


@cache
def parsed() -> Doc:
    """The line, parsed once."""
    block = Block(Span(0, len(LINE)), "paragraph")
    article = Article("t", "t", LINE, (block,), (Run(len(LINE), None),), "en")
    layers = Layers()
    for stage in (Sentences(), Parser()):
        layers = layers.with_made(stage.provides, stage(article, layers, Context()))
    return layers[Parse][0].doc


def scene_of(lines: int) -> tuple[Scene, list[RawAttribution]]:
    text = "\n\n".join([LINE] * lines)
    step = len(LINE) + 2
    blocks = tuple(Block(Span(i * step, i * step + len(LINE)), "paragraph") for i in range(lines))
    article = Article("t", "t", text, blocks, (Run(len(text), None),), "en")
    parses = [Parse(b, b.span.start, parsed().copy()) for b in blocks]

    def span(start: int, words: str) -> Span:
        at = start + LINE.index(words)
        return Span(at, at + len(words))

    raws = [
        RawAttribution((span(at, "The Ledger"),), (span(at, "quoted"),), (span(at, "the oven was cold"),), 0.9)
        for at in range(0, lines * step, step)
    ]
    return Scene.of(article, parses, []), raws


def steps_of(work: Callable[[], Any]) -> int:
    """Lines of our code run by `work`: the same on any machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "sayso" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_cited_sources_of_many_quotations_are_found_in_linear_time() -> None:
    few, many = (steps_of(partial(with_cited, raws, scene)) for scene, raws in map(scene_of, (500, 2_000)))
    assert few > 500
    assert many < 4.4 * few


def test_two_thousand_quotations_each_have_who_is_quoted() -> None:
    scene, raws = scene_of(2_000)
    found = with_cited(raws, scene)
    assert sum(raw.cue[0].of(scene.article.text) == "saying" for raw in found) == 2_000
