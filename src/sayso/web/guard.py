"""What every request passes: the right host, no cross-site asking, a token for writing, bounds.

And the headers on all that goes out.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from sayso.service.lines import dump

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["COOKIE", "FRAME_POLICY", "POLICY", "Guard", "Refused", "Settings"]

COOKIE = "sayso_token"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME_POLICY = (
    "default-src 'none'; style-src '{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"
)
WRONG_HOST = "expected a host name of this room, got another; open it by its own address"
WRONG_SITE = "expected a request of this room's own pages, got one of another site"
NO_TOKEN = "expected the token that `sayso serve` printed, got none or another; enter it at /enter"
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
    # With no-referrer a browser would send its own forms with the origin `null`.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_PORT = re.compile(r":\d{1,5}\Z")


@dataclass(frozen=True, slots=True)
class Settings:
    """How the room is open."""

    hosts: frozenset[str] = LOCAL
    """Names under which the room may be asked, without port."""
    any_address: bool = False
    """Whether any IP address will do: only names can be bound anew to another host."""
    token: str | None = None
    """What writing asks for; None on loopback."""
    max_body: int = 64 * 2**20
    body_s: float = 60.0
    """Seconds in which a request's body has to be here."""


@dataclass(slots=True)
class Refused(Exception):
    """A request that goes no further."""

    status: int
    kind: str
    message: str


@dataclass(slots=True)
class Guard:
    """ASGI middleware around the whole room."""

    app: ASGIApp
    settings: Settings = field(default_factory=Settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer why not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        outgoing = _with_headers(send)
        try:
            self._check(scope, headers)
            await self.app(scope, self._bounded(receive, is_stream=scope["path"].endswith("/annotate")), outgoing)
        except Refused as refused:
            await _refuse(outgoing, refused)

    def _check(self, scope: Scope, headers: Mapping[str, str]) -> None:
        host = headers.get("host", "")
        name = _PORT.sub("", host).lower().rstrip(".")
        if name not in self.settings.hosts and not (self.settings.any_address and _is_address(name)):
            raise Refused(421, "Forbidden", WRONG_HOST)
        site, mode = headers.get("sec-fetch-site", "none"), headers.get("sec-fetch-mode", "")
        if site not in ("none", "same-origin") and not (
            scope["method"] in SAFE and mode == "navigate" and headers.get("sec-fetch-dest") == "document"
        ):
            raise Refused(403, "Forbidden", WRONG_SITE)
        if scope["method"] not in SAFE:
            self._check_write(scope, headers, host)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.max_body:
            raise self._too_large(length[:20])

    def _check_write(self, scope: Scope, headers: Mapping[str, str], host: str) -> None:
        origin = headers.get("origin")
        if origin is not None and origin.split("://", 1)[-1].lower() != host.lower():
            raise Refused(403, "Forbidden", WRONG_SITE)
        token = self.settings.token
        if token is not None and not scope["path"].startswith("/enter") and not _has_token(headers, token):
            raise Refused(401, "Forbidden", NO_TOKEN)

    def _too_large(self, got: str) -> Refused:
        return Refused(413, "TooLarge", f"expected at most {self.settings.max_body} bytes, got {got}; split it")

    def _bounded(self, receive: Receive, *, is_stream: bool) -> Receive:
        """What is received, within the bounds; a stream has its time for each part, all else for the whole body."""
        seen, left = 0, self.settings.body_s

        async def bounded() -> Message:
            nonlocal seen, left
            loop = asyncio.get_running_loop()
            since = loop.time()
            if seen < 0:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), left)
            except TimeoutError:
                raise Refused(
                    408, "Timeout", f"expected the body within {self.settings.body_s:.0f} s; send it again"
                ) from None
            if not is_stream:
                left = max(0.01, left - (loop.time() - since))
            seen += len(message.get("body", b""))
            if seen > self.settings.max_body:
                raise self._too_large("more")
            if not message.get("more_body"):
                seen = -1
            return message

        return bounded


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _has_token(headers: Mapping[str, str], token: str) -> bool:
    given = headers.get("authorization", "")
    if given.lower().startswith("bearer "):
        return hmac.compare_digest(given[7:].strip().encode(), token.encode())
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return False
    return kept is not None and hmac.compare_digest(kept.value.encode(), token.encode())


def _with_headers(send: Send) -> Send:
    async def outgoing(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *((k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in there),
            ]
        await send(message)

    return outgoing


async def _refuse(send: Send, refused: Refused) -> None:
    body = dump({"error": {"kind": refused.kind, "message": refused.message}}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
