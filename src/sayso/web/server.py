"""Running the room: a local server that ends cleanly, in the middle of a read too."""

from __future__ import annotations

import ipaddress
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

import uvicorn

from sayso.errors import SaysoError

from .app import make_app
from .guard import LOCAL, Settings
from .room import Room

__all__ = ["serve"]

GRACE_S = 3


class _Server(uvicorn.Server):
    room: Room

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End what is being read at once, so that whoever waits for it is told, then as usual."""
        self.room.close()
        super().handle_exit(sig, frame)


def serve(
    case: str | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8700,
    hosts: tuple[str, ...] = (),
    token: str | None = None,
    max_body_mb: int = 64,
    say: Callable[[str], None] = print,
) -> None:
    """Open the room until it is told to end.

    Args:
        case: the case's folder, made where there is none; None for one that is gone at the end.
        host, port: where to listen.
        hosts: further names under which it may be asked.
        token: what writing asks for where `host` is no loopback address; made up if None.
        max_body_mb: largest request.
        say: told the address.
    """
    folder = None if case is not None else tempfile.mkdtemp(prefix="sayso-room-")
    try:
        is_local = _is_loopback(host)
        secret = None if is_local else (token or secrets.token_urlsafe(18))
        room = Room(Path(case or f"{folder}/case"), token=secret)
        names = LOCAL | {host.lower(), *(name.lower() for name in hosts)}
        settings = Settings(names, any_address=not is_local, token=secret, max_body=max_body_mb * 2**20)
        config = uvicorn.Config(
            make_app(room, settings), host=host, port=port, log_level="warning", access_log=False, server_header=False,
            date_header=False, timeout_graceful_shutdown=GRACE_S, timeout_keep_alive=10, proxy_headers=False,
            limit_concurrency=400, h11_max_incomplete_event_size=32_768, ws="none",
        )  # fmt: skip
        server = _Server(config)
        server.room = room
        shown = f"[{host}]" if ":" in host else host
        say(f"reading room: http://{shown}:{port}/")
        if secret:
            say(f"writing asks for this token, at http://{shown}:{port}/enter: {secret}")
        threading.Thread(target=_warm, args=(room,), daemon=True).start()
        server.run()
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def _warm(room: Room) -> None:
    """Load the models before the first page is handed in."""
    with suppress(SaysoError):
        room.reader.warm()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
