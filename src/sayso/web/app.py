"""The room as an ASGI application: every view with its twins, what may be handed in, and one shape of error."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sayso.errors import SaysoError
from sayso.render.html import environment
from sayso.version import __version__

from .api import API, Json, api_routes
from .errors import NotFound, Pending, body_of, status_of
from .guard import FRAME_POLICY, Guard, Refused, Settings
from .handing import handing_routes
from .params import parse
from .room import Room, key_of
from .view import Ask, Shown, View, csv_text
from .views import all_views
from .views.article import archived, frame_style, frame_style_hash

__all__ = ["make_app"]

TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


@cache
def templates() -> Environment:
    """The report's environment, with the room's templates before its own."""
    shared = environment()
    env = shared.overlay(loader=ChoiceLoader([PackageLoader("sayso.web"), PackageLoader("sayso.render")]))
    env.globals = {**shared.globals, "version": __version__, "key_of": key_of}
    return env


def make_app(room: Room, settings: Settings | None = None) -> Guard:
    """The room as an application.

    Args:
        room: the case, open; closed with the application.
        settings: hosts, token and bounds.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        room.close()

    routes = [Route("/static/{name}", static), Route("/pages/{page}/frame", partial_endpoint(frame, room))]
    for view in all_views():
        routes += view_routes(room, view)
    routes += handing_routes(room, settings)
    routes += api_routes(room, settings)
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            Pending: partial(_pending, room),
            SaysoError: partial(_failed, room),
            HTTPException: partial(_failed_http, room),
            Refused: _refused,
            Exception: partial(_failed, room),
        },
    )
    app.router.redirect_slashes = False
    return Guard(app, settings)


def partial_endpoint(endpoint: Callable[..., Response], *first: Any) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that runs beside the loop."""

    async def run(request: Request) -> Response:
        return await run_in_threadpool(endpoint, *first, request)

    return run


def view_routes(room: Room, view: View) -> list[Route]:
    """A view's address and its twins."""
    bare = "/index" if view.path == "/" else view.path
    found = [
        Route(view.path, partial_endpoint(_html, room, view)),
        Route(f"{bare}.json", partial_endpoint(_json, room, view)),
    ]
    if view.has_table:
        found.append(Route(f"{bare}.csv", partial_endpoint(_csv, room, view)))
    if view.in_api:
        found.append(Route(API + view.path, partial_endpoint(_json, room, view)))
    # Twins first: a key could end like one.
    return found[1:] + found[:1]


def ask_of(room: Room, view: View, request: Request) -> Ask:
    """What a request asks of a view."""
    at = dict(request.path_params)
    path = view.path
    for name, value in at.items():
        path = path.replace(f"{{{name}}}", value)
    defaults = {param.name: param.default for param in view.params}
    return Ask(room, at, parse(view.params, request.query_params), path, defaults)


def _html(room: Room, view: View, request: Request) -> Response:
    ask = ask_of(room, view, request)
    return shown_html(room, view.template, view.build(ask), ask, has_table=view.has_table)


def shown_html(
    room: Room, template: str, shown: Shown, ask: Ask, *, has_table: bool = True, status: int = 200
) -> Response:
    """A view for people."""
    query = ask.address()[len(ask.path) :]
    bare = "/index" if ask.path == "/" else ask.path
    twins = [("JSON", f"{bare}.json{query}")] + ([("CSV", f"{bare}.csv{query}")] if has_table else [])
    text = templates().get_template(template).render(
        room=room.name, ask=ask, data=shown.data, twins=twins, here=ask.path, **shown.context
    )  # fmt: skip
    return HTMLResponse(text, status)


def _json(room: Room, view: View, request: Request) -> Response:
    return Json(view.build(ask_of(room, view, request)).data)


def _csv(room: Room, view: View, request: Request) -> Response:
    shown = view.build(ask_of(room, view, request))
    name = request.url.path.strip("/").replace("/", "-") or "index.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(csv_text(shown.table or []), media_type="text/csv; charset=utf-8", headers=headers)


def frame(room: Room, request: Request) -> Response:
    """The archived page, to stand in a sandboxed frame."""
    found = archived(room, request.path_params["page"])
    text = templates().get_template("frame.html.j2").render(found=found, style=frame_style())
    policy = FRAME_POLICY.format(style=frame_style_hash())
    return HTMLResponse(text, headers={"content-security-policy": policy, "x-frame-options": "SAMEORIGIN"})


async def static(request: Request) -> Response:
    """A file that comes with the room."""
    name = request.path_params["name"]
    content = _assets().get(name)
    if content is None:
        raise NotFound(f"expected one of {', '.join(sorted(_assets()))}, got {name[:60]!r}; mend the address")
    return Response(content, media_type=TYPES[name.rsplit(".", 1)[-1]], headers={"cache-control": "max-age=60"})


@cache
def _assets() -> dict[str, bytes]:
    folder = files("sayso.web") / "static"
    found = {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.rsplit(".", 1)[-1] in TYPES}
    env = environment()
    assert env.loader is not None
    report = env.loader.get_source(env, "style.css.j2")[0]
    found["room.css"] = report.encode() + b"\n" + found["room.css"]
    return found


def wants_json(request: Request) -> bool:
    """Whether a program asks, by its address or its Accept header."""
    path = request.url.path
    if path.startswith(API) or path.endswith((".json", ".csv")):
        return True
    return "text/html" not in request.headers.get("accept", "") and "*/*" not in request.headers.get("accept", "*/*")


async def _pending(room: Room, request: Request, error: Exception) -> Response:
    what = error.what if isinstance(error, Pending) else ""
    headers = {"retry-after": "2", "cache-control": "no-store"}
    if wants_json(request):
        return Json({"pending": what}, 202, headers)
    ask = Ask(room, {}, {}, request.url.path)
    response = await run_in_threadpool(shown_html, room, "pending.html.j2", Shown({"what": what}), ask, status=202)
    response.headers.update(headers)
    return response


async def _failed(room: Room, request: Request, error: Exception) -> Response:
    status, body = status_of(error), body_of(error)
    headers = {"retry-after": "5"} if status == 503 else None
    if wants_json(request):
        return Json(body, status, headers)
    ask = Ask(room, {}, {}, request.url.path)
    response = await run_in_threadpool(
        shown_html, room, "error.html.j2", Shown({**body, "status": status}), ask, status=status
    )
    response.headers.update(headers or {})
    return response


async def _failed_http(room: Room, request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "expected an address of this room, got another; see the navigation"}
    words[405] = "expected another method at this address; see the OpenAPI document"
    body = {"error": {"kind": "InvalidSetting", "message": words.get(error.status_code, error.detail)}}
    if wants_json(request):
        return Json(body, error.status_code, error.headers)
    ask = Ask(room, {}, {}, request.url.path)
    shown = Shown({**body, "status": error.status_code})
    return await run_in_threadpool(shown_html, room, "error.html.j2", shown, ask, status=error.status_code)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return Json({"error": {"kind": error.kind, "message": error.message}}, error.status, {"connection": "close"})
