"""JSON Schema of reading/1, built from the closed lists that the types themselves use."""

from __future__ import annotations

from typing import Any, get_args

from . import annotation as a
from .article import BLOCK_KINDS, DateFrom
from .reading import CONTRACT

__all__ = ["reading_schema"]

Json = dict[str, Any]

SPAN: Json = {
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "minItems": 2,
    "maxItems": 2,
    "items": False,
    "description": "[start, end) in Unicode code points of article.text",
}
STRING: Json = {"type": "string"}
ID: Json = {"type": "string", "minLength": 1}
SCORE: Json = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def _or_null(schema: Json) -> Json:
    if isinstance(schema.get("type"), str) and set(schema) == {"type"}:
        return {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


TEXT = _or_null(STRING)
SPANS: Json = {"type": "array", "items": {"$ref": "#/$defs/span"}}
DAY = _or_null({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _enum(literal: Any) -> Json:
    return {"enum": list(get_args(literal))}


def _object(properties: Json, *, optional: tuple[str, ...] = ()) -> Json:
    """An object whose keys are all there but the optional ones; further keys may be added within /1."""
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
    }


def _article() -> Json:
    date = _or_null(_object({"value": STRING, "raw": STRING, "from": _enum(DateFrom)}))
    block = _object(
        {
            "span": {"$ref": "#/$defs/span"},
            "kind": {"enum": list(BLOCK_KINDS)},
            "foreign": {"type": "boolean"},
            "foreign_score": {"type": "number", "minimum": 0, "maximum": 1},
            "reason": TEXT,
            "language": STRING,
        },
        optional=("language",),
    )
    run: Json = {
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 1}, {"type": ["integer", "null"], "minimum": 0}],
        "minItems": 2,
        "maxItems": 2,
        "items": False,
    }
    return _object(
        {
            "text": STRING,
            "language": TEXT,
            "headline": _or_null(_object({"value": STRING, "span": _or_null({"$ref": "#/$defs/span"})})),
            "byline": _list(STRING),
            "publisher": TEXT,
            "section": TEXT,
            "date_published": date,
            "date_modified": date,
            "representation": {"enum": ["full", "partial"]},
            "page_kind": TEXT,
            "credits": _list(STRING),
            "blocks": _list(block),
            "runs": _list(run),
        },
        optional=("page_kind", "credits"),
    )


def _attribution() -> Json:
    step = _object(
        {
            "kind": {"enum": ["page", *get_args(a.SourceKind)]},
            "entity": _or_null(ID),
            "span": _or_null({"$ref": "#/$defs/span"}),
            "attribution": _or_null(ID),
            "inferred": {"type": "boolean"},
        }
    )
    candidate = _object(
        {"entity": _or_null(ID), "span": _or_null({"$ref": "#/$defs/span"}), "score": SCORE, "reason": STRING}
    )
    footing = _object(
        {
            "polarity": _enum(a.Polarity),
            "certainty": _enum(a.Certainty),
            "attitude": _enum(a.Attitude),
            "act": _enum(a.Act),
        }
    )
    heads: Json = {
        "type": ["array", "null"],
        "prefixItems": [{"type": "integer", "minimum": 0}, {"type": ["integer", "null"]}],
        "minItems": 2,
        "maxItems": 2,
        "items": False,
    }
    return _object(
        {
            "id": ID,
            "source": SPANS,
            "cue": SPANS,
            "content": SPANS,
            "form": _enum(a.Form),
            "tier": _enum(a.Tier),
            "source_kind": _enum(a.SourceKind),
            "entity": _or_null(ID),
            "candidates": _list(candidate),
            "parent": _or_null(ID),
            "chain": {**_list(step), "minItems": 1},
            "footing": footing,
            "description": SPANS,
            "anonymity_reason": SPANS,
            "heads": heads,
            "hand": {"enum": ["first", "second", None]},
            "score": SCORE,
            "reason": TEXT,
        }
    )


def _timex() -> Json:
    anchor = _or_null(_object({"kind": _enum(a.AnchorKind), "id": _or_null(ID)}))
    return _object(
        {
            "id": ID,
            "span": {"$ref": "#/$defs/span"},
            "type": _enum(a.TimexType),
            "value": TEXT,
            "mod": TEXT,
            "anchor": anchor,
            "earliest": DAY,
            "latest": DAY,
            "score": SCORE,
            "reason": TEXT,
        }
    )


def _event() -> Json:
    time = _or_null(_object({"timex": _or_null(ID), "earliest": DAY, "latest": DAY}))
    return _object(
        {
            "id": ID,
            "trigger": {"$ref": "#/$defs/span"},
            "actor": SPANS,
            "action": STRING,
            "target": SPANS,
            "time": time,
            "attribution": _or_null(ID),
            "footing": _enum(a.EventFooting),
        }
    )


def _finding() -> Json:
    return _object(
        {
            "code": {"type": "string", "pattern": r"^[A-Z]{3,}\d{3}$"},
            "span": _or_null({"$ref": "#/$defs/span"}),
            "severity": _enum(a.Severity),
            "message": STRING,
            "related": SPANS,
        }
    )


def reading_schema() -> Json:
    """The JSON Schema (2020-12) of one line: a reading, or an error in its place."""
    page = _object(
        {"id": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "url": TEXT, "media_type": STRING, "encoding": STRING}
        | {"fetched_at": TEXT}
    )
    entity = _object({"id": ID, "name": STRING, "kind": _enum(a.EntityKind), "mentions": {**SPANS, "minItems": 1}})
    layers: Json = {
        "article": _article(),
        "sentences": SPANS,
        "entities": _list(entity),
        "attributions": _list(_attribution()),
        "own_voice": SPANS,
        "timexes": _list(_timex()),
        "events": _list(_event()),
        "findings": _list(_finding()),
        "operations": _list(_object({"name": STRING, "layers": _list(STRING)})),
    }
    head: Json = {"sayso": {"const": CONTRACT}, "version": STRING, "id": STRING, "page": page}
    reading = _object(head | layers, optional=tuple(layers))
    kinds = ["BadInput", "TooLarge", "Timeout", "Unsupported"]
    error = _object(
        {"sayso": {"const": CONTRACT}, "id": TEXT, "error": _object({"kind": {"enum": kinds}, "message": STRING})}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": CONTRACT,
        "description": "One news page, read: who says what, by way of whom, on which footing, when.",
        "oneOf": [reading, error],
        "$defs": {"span": SPAN},
    }
