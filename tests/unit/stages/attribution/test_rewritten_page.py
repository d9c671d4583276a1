"""A rewritten page, where every sentence must stand on what it says it stands on; with either detector."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from sayso.model import Attribution, Context, Entity, Layers, Span
from sayso.stages.attribution import Attributions
from sayso.stages.attribution.detect import RuleDetector
from sayso.stages.attribution.raw import Detector
from sayso.stages.attribution.tagger_combined import CombinedDetector
from sayso.stages.entities import Entities
from sayso.stages.parse import Parser
from sayso.stages.sentences import Sentences

from .pages import article

DETECTORS = ["rules", "combined"]
PAGE = """# Plotters 'met harbour chief'
Norrin Wire reported after the fire that in April a number of pilots plotted to seize the port.
The pilots did not go through with the seizure, but the meetings could hurt trade, according to The Merrow Gazette.
The Merrow Gazette has said the meetings came to nothing after the ministry would not lend money.
The Merrow Gazette, citing unnamed harbour officials and a former pilot who joined the talks, said the plan stalled.
~ Lena Marsh Says Yes To Baking Show
~ The actress cried when she saw the oven, said Lawrence.
Around the same time, he said that he would not rule out a "harbour option".
Port staff were anxious that the request was a trap, the Gazette reported.
Officials say the ministry declined to back the plotters, and the seizure never took place."""


def detector(name: str) -> Detector:
    return RuleDetector() if name == "rules" else CombinedDetector(RuleDetector())


class Read:
    """Attributions of one article by one detector."""

    def __init__(self, text: str, name: str) -> None:
        self.article = article(text)
        layers = Layers()
        for stage in (Sentences(), Parser(), Entities(), Attributions(detector(name))):
            layers = layers.with_made(stage.provides, stage(self.article, layers, Context()))
        self.attributions = list(layers[Attribution])
        self.entities = {entity.id: entity.name for entity in layers[Entity]}

    def words(self, spans: tuple[Span, ...]) -> str:
        return " ".join(span.of(self.article.text) for span in spans)

    def about(self, words: str) -> Iterator[Attribution]:
        return (a for a in self.attributions if words in self.words(a.content))

    def chain(self, attribution: Attribution) -> list[str]:
        steps = attribution.chain
        return [
            (self.entities[s.entity] if s.entity else self.words((s.span,)) if s.span else s.kind) + "*" * s.inferred
            for s in steps
        ]


@cache
def read(name: str) -> Read:
    return Read(PAGE, name)


@pytest.mark.parametrize("name", DETECTORS)
@pytest.mark.parametrize(
    ("content", "outlet"),
    [
        ("did not go through", "Merrow Gazette"),
        ("came to nothing", "Merrow Gazette"),
        ("plotted to seize", "Norrin Wire"),
    ],
)
def test_a_sentence_ends_on_the_outlet_it_names(name: str, content: str, outlet: str) -> None:
    top = next(a for a in read(name).about(content) if a.parent is None)
    assert [step.kind for step in top.chain] == ["page", "outlet"]
    assert read(name).chain(top)[-1].endswith(outlet)


@pytest.mark.parametrize("name", DETECTORS)
def test_what_only_the_other_sentences_say_is_an_inference(name: str) -> None:
    say = next(a for a in read(name).about("never took place") if a.parent is None)
    assert read(name).chain(say)[1].endswith("Merrow Gazette*")
    assert say.source_kind == "unnamed_official"


@pytest.mark.parametrize("name", DETECTORS)
def test_cited_sources_stand_behind_the_outlet(name: str) -> None:
    found = {read(name).words(a.source): a.source_kind for a in read(name).about("the plan stalled") if a.parent}
    assert found == {"unnamed harbour officials": "unnamed_official", "a former pilot": "unnamed_person"}


@pytest.mark.parametrize("name", DETECTORS)
def test_nothing_comes_from_the_other_story_and_nobody_is_he(name: str) -> None:
    assert not list(read(name).about("oven"))
    he = [a for a in read(name).attributions if read(name).words(a.source) == "he"]
    assert he
    assert all(a.entity is None and a.reason for a in he)
    assert he[0].footing.polarity == "mixed"


@pytest.mark.data
@pytest.mark.parametrize("name", DETECTORS)
def test_seed_page(name: str) -> None:
    folder = Path(os.environ.get("SAYSO_DATA", ".")).parent / "seed"
    pages = sorted(folder.glob("*.txt"))
    if "SAYSO_DATA" not in os.environ or not pages:
        pytest.skip("SAYSO_DATA is not set, or no seed folder stands beside it")
    import sayso.service

    reading = sayso.service.read_text(pages[0].read_text(encoding="utf-8"), layers=("article", "entities"))
    layers = Layers()
    for stage in (Sentences(), Parser(), Entities(), Attributions(detector(name))):
        layers = layers.with_made(stage.provides, stage(reading.article, layers, Context()))
    names = {entity.id: entity.name for entity in layers[Entity]}
    ends = {
        names.get(s.entity or "") for a in layers[Attribution] if not a.parent for s in a.chain if s.kind == "outlet"
    }
    assert ends == {"Bloomberg News", "The New York Times"}
    foreign = [block.span for block in reading.article.blocks if block.foreign]
    spans = [span for a in layers[Attribution] for span in (*a.source, *a.cue, *a.content)]
    assert not [span for span in spans if any(block.overlaps(span) for block in foreign)]
    assert len([a for a in layers[Attribution] if not a.parent and a.tier == "speech"]) >= 11
