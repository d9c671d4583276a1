"""The stages there are: built in, and those that installed packages add under `sayso.stages`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from sayso.errors import InvalidSetting
from sayso.model import (
    LAYERS,
    Annotation,
    Attribution,
    Entity,
    Event,
    Finding,
    OwnVoice,
    Sentence,
    Stage,
    Timex,
)

__all__ = ["LAYER_TYPES", "check_layers", "plan", "stages"]

BUILT_IN: tuple[str, ...] = (
    "sayso.stages.sentences:Sentences",
    "sayso.stages.parse:Parser",
    "sayso.stages.entities:Entities",
    "sayso.stages.attribution:Attributions",
    "sayso.stages.timex:Timexes",
    "sayso.stages.events:Events",
    "sayso.stages.copy:CopyFindings",
    "sayso.stages.sourcing:SourcingFindings",
    "sayso.stages.limits:LimitFindings",
)

LAYER_TYPES: dict[str, frozenset[type[Annotation]]] = {
    "article": frozenset(),
    "sentences": frozenset({Sentence}),
    "entities": frozenset({Entity}),
    "attributions": frozenset({Attribution, OwnVoice}),
    "timexes": frozenset({Timex}),
    "events": frozenset({Event}),
    "findings": frozenset({Finding}),
}


@cache
def stages() -> tuple[Stage, ...]:
    """Every stage, built in and from entry points, in an order in which each finds what it requires.

    Raises:
        InvalidSetting: a stage requires a layer that none provides, or stages require each other in a ring.
    """
    made: list[Callable[[], Stage]] = [_load(path) for path in BUILT_IN]
    made += [point.load() for point in sorted(entry_points(group="sayso.stages"), key=lambda p: (p.name, p.value))]
    return _ordered([make() for make in made])


def _load(path: str) -> Callable[[], Stage]:
    module, _, name = path.partition(":")
    maker: Callable[[], Stage] = getattr(import_module(module), name)
    return maker


def _ordered(given: list[Stage]) -> tuple[Stage, ...]:
    providers: dict[type[Annotation], set[int]] = {}
    for i, stage in enumerate(given):
        for kind in stage.provides:
            providers.setdefault(kind, set()).add(i)
    for stage in given:
        for kind in sorted(stage.requires - set(providers), key=lambda k: k.__name__):
            raise InvalidSetting(
                f"expected a stage that provides {kind.__name__}, got none, at stage {stage.name}; "
                "install or register one under the entry point group sayso.stages"
            )
    done: list[int] = []
    while len(done) < len(given):
        ready = [
            i
            for i, stage in enumerate(given)
            if i not in done and all(providers[kind] <= set(done) for kind in stage.requires)
        ]
        if not ready:
            ring = ", ".join(stage.name for i, stage in enumerate(given) if i not in done)
            raise InvalidSetting(f"expected stages without a ring, got one among {ring}; break it in `requires`")
        done += ready
    return tuple(given[i] for i in done)


def check_layers(layers: Iterable[str]) -> tuple[str, ...]:
    """The layers in their own order, each once.

    Raises:
        InvalidSetting: a name is none of the layers.
    """
    wanted = set(layers)
    unknown = sorted(wanted - set(LAYERS))
    if unknown:
        raise InvalidSetting(f"expected layers among {', '.join(LAYERS)}; got {', '.join(unknown)}")
    return tuple(layer for layer in LAYERS if layer in wanted)


@cache
def plan(layers: tuple[str, ...]) -> tuple[Stage, ...]:
    """The stages that the layers need, in order; nothing else runs."""
    wanted: set[type[Annotation]] = set()
    for layer in layers:
        wanted |= LAYER_TYPES[layer]
    chosen: list[Stage] = []
    for stage in reversed(stages()):
        if stage.provides & wanted:
            chosen.append(stage)
            wanted |= stage.requires
    return tuple(reversed(chosen))
