"""Readings as flat rows, the shape of data frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .annotation import Attribution
    from .reading import Reading

__all__ = ["ROW_LAYERS", "rows_of"]

Row = dict[str, Any]


def rows_of(reading: Reading, layer: str) -> list[Row]:
    """One dict a result of `layer`; the words stand beside the positions.

    Raises:
        KeyError: `layer` is none of `ROW_LAYERS`.
    """
    if layer not in ROW_LAYERS:
        raise KeyError(f"expected a layer with rows ({', '.join(ROW_LAYERS)}), got {layer!r}; name one of these")
    common = {"reading": reading.id, "page": reading.page.id, "url": reading.page.url}
    return [{**common, **row} for row in ROW_LAYERS[layer](reading)]


def _attributions(reading: Reading) -> list[Row]:
    return [
        {
            "id": a.id,
            "source": reading.words(a.source) or None,
            "cue": reading.words(a.cue) or None,
            "content": reading.words(a.content),
            "name": getattr(reading.entity(a.entity), "name", None),
            "source_kind": a.source_kind,
            "form": a.form,
            "tier": a.tier,
            "chain": chain_words(reading, a),
            "polarity": a.footing.polarity,
            "certainty": a.footing.certainty,
            "attitude": a.footing.attitude,
            "act": a.footing.act,
            "parent": a.parent,
            "start": a.content[0].start if a.content else None,
            "end": a.content[-1].end if a.content else None,
            "score": a.score,
            "reason": a.reason,
        }
        for a in reading.attributions or ()
    ]


def chain_words(reading: Reading, attribution: Attribution) -> str:
    """The chain in words: `this page ← The New York Times ← unnamed U.S. officials`."""
    steps = []
    for step in attribution.chain:
        entity = reading.entity(step.entity)
        if step.kind == "page":
            steps.append("this page")
        elif entity is not None:
            steps.append(entity.name)
        elif step.span is not None:
            steps.append(step.span.of(reading.text))
        else:
            steps.append(step.kind.replace("_", " "))
    return " ← ".join(steps)


def _timexes(reading: Reading) -> list[Row]:
    return [
        {
            "id": t.id,
            "words": t.span.of(reading.text),
            "type": t.type,
            "value": t.value,
            "mod": t.mod,
            "anchor": t.anchor.kind if t.anchor else None,
            "earliest": t.earliest,
            "latest": t.latest,
            "start": t.span.start,
            "end": t.span.end,
            "score": t.score,
            "reason": t.reason,
        }
        for t in reading.timexes or ()
    ]


def _events(reading: Reading) -> list[Row]:
    return [
        {
            "id": e.id,
            "actor": reading.words(e.actor) or None,
            "action": e.action,
            "target": reading.words(e.target) or None,
            "earliest": e.time.earliest if e.time else None,
            "latest": e.time.latest if e.time else None,
            "footing": e.footing,
            "attribution": e.attribution,
            "start": e.trigger.start,
            "end": e.trigger.end,
        }
        for e in reading.events or ()
    ]


def _entities(reading: Reading) -> list[Row]:
    return [
        {"id": e.id, "name": e.name, "kind": e.kind, "mentions": len(e.mentions), "first": e.mentions[0].start}
        for e in reading.entities or ()
    ]


def _findings(reading: Reading) -> list[Row]:
    return [
        {
            "code": f.code,
            "severity": f.severity,
            "message": f.message,
            "words": f.span.of(reading.text) if f.span else None,
            "start": f.span.start if f.span else None,
            "end": f.span.end if f.span else None,
        }
        for f in reading.findings or ()
    ]


def _blocks(reading: Reading) -> list[Row]:
    return [
        {
            "kind": b.kind,
            "foreign": b.foreign,
            "foreign_score": b.foreign_score,
            "reason": b.reason,
            "text": b.span.of(reading.text),
            "start": b.span.start,
            "end": b.span.end,
        }
        for b in reading.article.blocks
    ]


ROW_LAYERS: dict[str, Callable[[Reading], list[Row]]] = {
    "attributions": _attributions,
    "timexes": _timexes,
    "events": _events,
    "entities": _entities,
    "findings": _findings,
    "blocks": _blocks,
}
