"""What a person hands in: files, texts, judgements; each answered by the address where it is seen."""

from __future__ import annotations

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from sayso.errors import BadInput, InvalidSetting
from sayso.examples import example_pages
from sayso.model import Given
from sayso.pipeline.records import Options, page_of
from sayso.readers import page_from_html, page_from_text
from sayso.service.case_taking import Taken, take_file, take_page

from .errors import NotFound
from .guard import COOKIE, Settings
from .room import Room, key_of
from .views.judgements import keep, withdraw

__all__ = ["handing_routes", "number_of", "take", "take_record"]

MAX_FILES = 50


def handing_routes(room: Room, settings: Settings) -> list[Route]:
    """Addresses that take something in."""

    async def pages(request: Request) -> Response:
        async with request.form(max_files=MAX_FILES, max_fields=20, max_part_size=settings.max_body) as form:
            handed = await _handed(form)
            taken = await run_in_threadpool(take, room, handed, _given(form))
        return RedirectResponse(_where(taken), 303)

    async def example(request: Request) -> Response:
        handed = [(path.name, path.read_bytes()) for path in example_pages()]
        await run_in_threadpool(take, room, handed, Given())
        return RedirectResponse("/stories", 303)

    async def judge(request: Request) -> Response:
        async with request.form(max_fields=40) as form:
            said = {name: value for name, value in form.items() if isinstance(value, str)}
        await run_in_threadpool(keep, room, said)
        return RedirectResponse(_back(said), 303)

    async def undo(request: Request) -> Response:
        async with request.form(max_fields=5) as form:
            said = {name: value for name, value in form.items() if isinstance(value, str)}
        await run_in_threadpool(withdraw, room, number_of(request))
        return RedirectResponse(_back(said), 303)

    async def enter(request: Request) -> Response:
        async with request.form(max_fields=5) as form:
            response = RedirectResponse("/", 303)
            response.set_cookie(COOKIE, str(form.get("token", ""))[:200], httponly=True, samesite="strict")
            return response

    return [
        Route("/pages", pages, methods=["POST"]),
        Route("/example", example, methods=["POST"]),
        Route("/judgements", judge, methods=["POST"]),
        Route("/judgements/{number}/withdraw", undo, methods=["POST"]),
        Route("/enter", enter, methods=["POST"]),
    ]


def number_of(request: Request) -> int:
    """The number in an address.

    Raises:
        NotFound: it is none.
    """
    given = request.path_params["number"]
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise NotFound(f"expected the number of a judgement, got {given[:60]!r}; see the list of judgements")
    return int(given)


def _back(said: dict[str, str]) -> str:
    """Where to go on: an address of this room, whatever was asked for."""
    back = said.get("back", "")
    is_ours = back.startswith("/") and back[1:2] not in ("/", "\\") and back.isprintable() and len(back) < 500
    return back if is_ours else "/judgements"


async def _handed(form: FormData) -> list[tuple[str, bytes | str]]:
    files = [value for value in form.getlist("file") if isinstance(value, UploadFile)]
    handed: list[tuple[str, Any]] = [(file.filename or "page", await file.read()) for file in files if file.size]
    text = form.get("text")
    if isinstance(text, str) and text.strip():
        handed.append(("pasted", text))
    if not handed:
        raise InvalidSetting("expected a file or a text, got neither; choose one")
    return handed


def _given(form: FormData) -> Given:
    def said(name: str) -> str | None:
        value = form.get(name)
        return value.strip()[:2000] or None if isinstance(value, str) else None

    return Given(url=said("url"), published=said("published"), title=said("title"), publisher=said("publisher"))


def take(room: Room, handed: list[tuple[str, Any]], given: Given) -> Taken:
    """Take files and texts into the case, one writer at a time.

    Raises:
        BadInput: nothing of it could be read.
    """
    store = room.case.store
    whole = Taken()
    with room.writing:
        for name, content in handed:
            if isinstance(content, str):
                make = page_from_html if content.lstrip()[:1] == "<" else page_from_text
                taken = take_page(store, make(content, given=given), name, room.reader)
            else:
                taken = take_file(store, name, content, room.reader)
            whole.pages += taken.pages
            whole.refused += taken.refused
            whole.new += taken.new
    if not whole.pages:
        raise BadInput(whole.refused[0] if whole.refused else "expected pages, got none in what was handed in")
    return whole


def take_record(room: Room, said: dict[str, Any]) -> Taken:
    """Take one record of the batch door into the case.

    Raises:
        BadInput: it is no record, or can't be read.
    """
    page = page_of(json.dumps(said).encode(), Options(paths=False))
    with room.writing:
        taken = take_page(room.case.store, page, "api", room.reader)
    if not taken.pages:
        raise BadInput(taken.refused[0] if taken.refused else "expected a page that can be read, got another")
    return taken


def _where(taken: Taken) -> str:
    return f"/pages/{key_of(taken.pages[0])}" if len(taken.pages) == 1 else "/pages?order=latest"
