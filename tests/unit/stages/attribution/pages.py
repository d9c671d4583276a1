"""Small pages for tests: one block a line, `# ` headline, `@ ` byline, `~ ` a block of another story."""

from __future__ import annotations

from functools import cache

from sayso.model import Article, Attribution, Block, Context, Entity, Layers, OwnVoice, Run, Sentence, Span
from sayso.stages.attribution import Attributions
from sayso.stages.entities import Entities
from sayso.stages.parse import Parse, Parser
from sayso.stages.sentences import Sentences

KINDS = {"# ": "headline", "@ ": "byline", "~ ": "paragraph"}


def article(text: str, publisher: str | None = None) -> Article:
    lines = [line for line in text.split("\n") if line.strip()]
    blocks: list[Block] = []
    bylines: list[str] = []
    clean = ""
    for line in lines:
        mark = line[:2] if line[:2] in KINDS else ""
        body = line.removeprefix(mark)
        clean += "\n\n" if clean else ""
        span = Span(len(clean), len(clean) + len(body))
        blocks.append(Block(span, KINDS.get(mark, "paragraph"), foreign=mark == "~ "))  # type: ignore[arg-type]
        if mark == "@ ":
            bylines.append(body.removeprefix("By "))
        clean += body
    run = (Run(len(clean), None),) if clean else ()
    return Article("t", "t", clean, tuple(blocks), run, "en", byline=tuple(bylines), publisher=publisher)


class Page:
    """The layers of a small page, spans as words."""

    def __init__(self, text: str, publisher: str | None = None) -> None:
        self.article = article(text, publisher)
        layers = Layers()
        for stage in (Sentences(), Parser(), Entities(), Attributions()):
            layers = layers.with_made(stage.provides, stage(self.article, layers, Context()))
        self.layers = layers
        self.attributions = list(layers[Attribution])
        self.entities = {entity.id: entity for entity in layers[Entity]}

    def words(self, spans: tuple[Span, ...]) -> str:
        return " … ".join(span.of(self.article.text) for span in spans)

    def by_cue(self, cue: str) -> Attribution:
        found = [a for a in self.attributions if cue in self.words(a.cue)]
        assert found, f"no attribution with cue {cue!r} among {[self.words(a.cue) for a in self.attributions]}"
        return found[0]

    def name(self, attribution: Attribution) -> str | None:
        return None if attribution.entity is None else self.entities[attribution.entity].name

    def chain(self, attribution: Attribution) -> list[str]:
        out = []
        for step in attribution.chain:
            label = (
                self.entities[step.entity].name if step.entity else self.words((step.span,)) if step.span else step.kind
            )
            out.append(label + ("*" if step.inferred else ""))
        return out

    @property
    def own(self) -> list[str]:
        return [voice.span.of(self.article.text) for voice in self.layers[OwnVoice]]

    @property
    def parses(self) -> list[Parse]:
        return list(self.layers[Parse])

    @property
    def sentences(self) -> list[Sentence]:
        return list(self.layers[Sentence])


@cache
def page(text: str, publisher: str | None = None) -> Page:
    return Page(text, publisher)
