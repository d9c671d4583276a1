"""The HTTP API beside the views' twins: reading, annotating as a stream, handing in, judging; and its description."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sayso.errors import BadInput, SaysoError
from sayso.model import error_line
from sayso.service import layers_of
from sayso.service.lines import dump

from .guard import Refused, Settings
from .openapi import openapi
from .room import Room, key_of

__all__ = ["API", "Json", "api_routes"]

API = "/api/v1"
STATUS = {"TooLarge": 413, "Timeout": 504, "Unsupported": 415}


class Json(JSONResponse):
    """JSON as the rest of Sayso writes it."""

    def render(self, content: Any) -> bytes:
        """The bytes of an answer."""
        return dump(content).encode()


class Streamed(StreamingResponse):
    """Lines that go out while lines come in."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send as the lines come; the body is read here alone, so nobody else listens."""
        await self.stream_response(send)


def api_routes(room: Room, settings: Settings) -> list[Route]:
    """Addresses under `/api/v1` that are no view's twin."""

    async def index(request: Request) -> Response:
        return Json({"sayso": "api/v1", "openapi": f"{API}/openapi.json", "addresses": sorted(openapi()["paths"])})

    async def description(request: Request) -> Response:
        return Json(openapi())

    async def read(request: Request) -> Response:
        line = (await request.body()).replace(b"\r", b" ").replace(b"\n", b" ")
        layers = layers_of(request.query_params.get("layers") or None)
        answer = await run_in_threadpool(room.reader.answer, line, layers)
        kind = json.loads(answer.line).get("error", {}).get("kind") if answer.failed else None
        return Response(answer.line, STATUS.get(kind, 422) if kind else 200, media_type="application/json")

    async def annotate(request: Request) -> Response:
        layers = layers_of(request.query_params.get("layers") or None)
        return Streamed(_answers(room, request, layers), media_type="application/x-ndjson")

    async def hand_in(request: Request) -> Response:
        from .handing import take_record

        taken = await run_in_threadpool(take_record, room, await _object(request))
        pages = [{"id": id, "key": key_of(id), "address": f"/pages/{key_of(id)}"} for id in taken.pages]
        return Json({"pages": pages, "new": taken.new, "refused": taken.refused}, 201)

    async def judge(request: Request) -> Response:
        from .views.judgements import keep, shown_judgement

        said = await _object(request)
        value = said.pop("value", None)
        said |= value if isinstance(value, dict) else {"value": value}
        kept = await run_in_threadpool(keep, room, said)
        return Json(shown_judgement(kept), 201)

    async def undo(request: Request) -> Response:
        from .handing import number_of
        from .views.judgements import shown_judgement, withdraw

        return Json(shown_judgement(await run_in_threadpool(withdraw, room, number_of(request))))

    return [
        Route(API, index),
        Route(f"{API}/openapi.json", description),
        Route(f"{API}/read", read, methods=["POST"]),
        Route(f"{API}/annotate", annotate, methods=["POST"]),
        Route(f"{API}/pages", hand_in, methods=["POST"]),
        Route(f"{API}/judgements", judge, methods=["POST"]),
        Route(f"{API}/judgements/{{number}}/withdraw", undo, methods=["POST"]),
    ]


async def _object(request: Request) -> dict[str, Any]:
    try:
        said = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise BadInput("expected a JSON object, got something else; write the body as JSON") from error
    if not isinstance(said, dict):
        raise BadInput(f"expected a JSON object, got {type(said).__name__}; wrap it in braces")
    return said


async def _answers(room: Room, request: Request, layers: tuple[str, ...]) -> AsyncIterator[bytes]:
    """One reading a line of the body, each as soon as it is done."""
    try:
        async for line in _lines(request):
            if line.strip():
                yield await run_in_threadpool(_answered, room, line, layers)
    except Refused as refused:
        yield dump(error_line(None, refused.kind, refused.message)).encode() + b"\n"
    except ClientDisconnect:
        return


def _answered(room: Room, line: bytes, layers: tuple[str, ...]) -> bytes:
    try:
        return room.reader.answer(line, layers).line.encode() + b"\n"
    except SaysoError as error:
        return dump(error_line(None, error.kind, str(error))).encode() + b"\n"


async def _lines(request: Request) -> AsyncIterator[bytes]:
    held = b""
    async for chunk in request.stream():
        *whole, held = (held + chunk).split(b"\n") if b"\n" in chunk else (held + chunk,)
        for line in whole:
            yield line
    if held:
        yield held
