"""The OpenAPI document, made from the views themselves."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.store.ledger import VERDICTS
from sayso.version import __version__

from .params import Param
from .view import View
from .views import all_views

__all__ = ["openapi"]

Json = dict[str, Any]
API = "/api/v1"
PARTS = {
    "page": "key of a page: the first characters of its hash",
    "story": "key of a story, or of a page of it",
    "claim": "id of a claim",
    "source": "key of a source",
    "statement": "id of an attribution, or `o` and the start of a sentence in the page's own voice",
    "event": "id of an event",
    "a": "key of a page",
    "b": "key of another",
    "number": "number of a judgement",
}
ERRORS = {
    "400": "an address or body that asks for what there isn't a way to do",
    "404": "nothing is here",
    "413": "larger than the bound",
    "422": "a page that can't be read",
    "503": "busy; try again",
    "504": "it took longer than the bound",
}
ABOUT = (
    "A case of news pages, read: the same views as in the browser. Lists take `offset` and `limit` and tell `total` "
    "and `next`. 202 means that the answer is being worked out: ask again after `Retry-After`."
)
TEXT: Json = {"type": "string", "maxLength": 500}
RECORD_KEYS = ("id", "text", "html", "url", "published", "title", "publisher")
RECORD: Json = {
    "type": "object",
    "description": "A record of the batch door: exactly one of `text` and `html`.",
    "properties": {
        name: {"type": "string"} for name in ("id", "text", "html", "url", "published", "title", "publisher")
    },
}
JUDGEMENT: Json = {
    "type": "object",
    "required": ["what", "verdict", "a"],
    "properties": {
        "what": {"enum": list(VERDICTS)},
        "verdict": {"enum": sorted({verdict for verdicts in VERDICTS.values() for verdict in verdicts})},
        "a": {"type": "string", "description": "page, page/statement, page/event, source or root"},
        "b": {"type": "string", "description": "the other of a pair"},
        "value": {
            "type": "object",
            "description": "a correction: source, source_kind, certainty; value (a day); earlier (a page)",
            "additionalProperties": {"type": "string"},
        },
        "why": TEXT,
        "by": TEXT,
    },
}


@cache
def openapi() -> Json:
    """The document."""
    paths: Json = {}
    for view in all_views():
        if view.in_api:
            paths[API + view.path] = {"get": _get(view)}
    layers = _parameter(Param("layers", "compute only these layers, by comma, and what they need"))
    paths[f"{API}/read"] = {"post": _post("Read one page", RECORD, "the reading, reading/1", "200", [layers])}
    paths[f"{API}/annotate"] = {"post": _annotate(layers)}
    paths.setdefault(f"{API}/pages", {})["post"] = _post(
        "Take one page into the case", RECORD, "its key and address", "201"
    )
    paths.setdefault(f"{API}/judgements", {})["post"] = _post("Keep a judgement", JUDGEMENT, "the judgement", "201")
    undo = _post("Withdraw a judgement; it stays on file", None, "the judgement", "200", [_part("number")])
    paths[f"{API}/judgements/{{number}}/withdraw"] = {"post": undo}
    error: Json = {
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {
                "type": "object",
                "required": ["kind", "message"],
                "properties": {"kind": {"type": "string"}, "message": {"type": "string"}},
            }
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sayso reading room",
            "version": __version__,
            "description": ABOUT,
        },
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": {"Error": error}},
    }


def _content(schema: Json, kind: str = "application/json") -> Json:
    return {kind: {"schema": schema}}


def _responses(told: str, status: str) -> Json:
    found: Json = {status: {"description": told, "content": _content({"type": "object"})}}
    schema = {"$ref": "#/components/schemas/Error"}
    for code in (*ERRORS, "401", "403", "408", "415", "421"):
        words = ERRORS.get(code, "refused")
        # Reading answers with reading/1's own error object, which has more beside `error`.
        found[code] = {"description": words, "content": _content(schema)}
    return found


def _get(view: View) -> Json:
    parts = [_part(name) for name in re.findall(r"{(\w+)}", view.path)]
    responses = _responses(view.summary, "200")
    pending: Json = {"type": "object", "required": ["pending"], "properties": {"pending": {"type": "string"}}}
    responses["202"] = {"description": "it is being worked out", "content": _content(pending)}
    return {
        "summary": view.summary,
        "description": (view.build.__doc__ or "").split("\n")[0],
        "operationId": view.template.split(".")[0] + "_" + re.sub(r"\W+", "_", view.path).strip("_"),
        "parameters": parts + [_parameter(param) for param in view.params],
        "responses": responses,
    }


def _part(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "description": PARTS[name], "schema": {"type": "string"}}


def _parameter(param: Param) -> Json:
    return {"name": param.name, "in": "query", "description": param.help, "schema": param.schema()}


def _post(summary: str, body: Json | None, told: str, status: str, parameters: list[Json] | None = None) -> Json:
    found: Json = {"summary": summary, "parameters": parameters or [], "responses": _responses(told, status)}
    found["operationId"] = re.sub(r"\W+", "_", summary.lower())
    if body is not None:
        found["requestBody"] = {"required": True, "content": _content(body)}
    return found


def _annotate(layers: Json) -> Json:
    lines: Json = {
        "type": "string",
        "description": "JSON Lines: one record a line in, one reading a line out, in order",
    }
    found = _post(
        "Annotate records as a stream", None, "one reading a line, each as soon as it is done", "200", [layers]
    )
    found["requestBody"] = {"required": True, "content": _content(lines, "application/x-ndjson")}
    found["responses"]["200"]["content"] = _content(lines, "application/x-ndjson")
    return found
