"""The runner: takes a page through extraction and stages and stores what they say in a Reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sayso.extract import extract
from sayso.model import (
    LAYERS,
    Annotation,
    Article,
    Attribution,
    Context,
    Entity,
    Event,
    Finding,
    Layers,
    Operation,
    OwnVoice,
    Page,
    Reading,
    Sentence,
    Stage,
    Timex,
)
from sayso.version import __version__

from .registry import LAYER_TYPES, plan

__all__ = ["read_page", "warm_up"]

A = TypeVar("A", bound=Annotation)


_WARM: set[str] = set()
"""Names of the stages whose models this process has loaded."""


def _warm(stage: Stage) -> None:
    if stage.name not in _WARM:
        stage.warm_up()
        _WARM.add(stage.name)


def warm_up(layers: tuple[str, ...] = LAYERS) -> None:
    """Load what the layers need, once per process."""
    for stage in plan(layers):
        _warm(stage)


def read_page(page: Page, *, layers: tuple[str, ...] = LAYERS, min_score: float = 0.0) -> Reading:
    """Read one page: extract its article and run the stages that `layers` need.

    Args:
        page: what a reader made of the bytes.
        layers: names among `sayso.model.LAYERS`, checked before (`pipeline.registry.check_layers`).
        min_score: attributions that score below it are left out; 0 keeps all.
    Raises:
        BadInput: the page can't be read.
    """
    article = extract(page)
    context = Context(published=_anchor(page, article), url=page.url)
    chosen = plan(layers)
    made = Layers()
    for stage in chosen:
        _warm(stage)
        made = made.with_made(stage.provides, stage(article, made, context))
    return _reading(page, article, made, layers, chosen, min_score)


def _anchor(page: Page, article: Article) -> str | None:
    """The day or moment that times are counted from: the caller's, else the page's own."""
    if page.given.published:
        return page.given.published
    return article.date_published.value if article.date_published else None


def _kept(attributions: Sequence[Attribution], min_score: float) -> tuple[Attribution, ...]:
    """Those that score at least `min_score`; what hung on one left out hangs on nothing."""
    kept = [a for a in attributions if a.score is None or a.score >= min_score]
    ids = {a.id for a in kept}
    return tuple(a if a.parent is None or a.parent in ids else replace(a, parent=None) for a in kept)


def _reading(
    page: Page, article: Article, made: Layers, layers: tuple[str, ...], chosen: Sequence[Stage], min_score: float
) -> Reading:
    def layer(name: str, kind: type[A]) -> tuple[A, ...] | None:
        return tuple(made.get(kind)) if name in layers else None

    attributions = _kept(made.get(Attribution), min_score)
    ids = {a.id for a in attributions}
    events = layer("events", Event)
    findings = layer("findings", Finding)
    return Reading(
        id=page.given.id if page.given.id is not None else page.id,
        version=__version__,
        page=page,
        article=article,
        layers=layers,
        sentences=layer("sentences", Sentence),
        entities=layer("entities", Entity),
        attributions=attributions if "attributions" in layers else None,
        own_voice=layer("attributions", OwnVoice),
        timexes=layer("timexes", Timex),
        events=events and tuple(e if e.attribution in ids else replace(e, attribution=None) for e in events),
        findings=findings and tuple(sorted(findings, key=_place)),
        operations=tuple(
            Operation(stage.name, tuple(n for n in LAYERS if LAYER_TYPES[n] & stage.provides)) for stage in chosen
        ),
    )


def _place(finding: Finding) -> tuple[int, str, str]:
    return (finding.span.start if finding.span else -1, finding.code, finding.message)
