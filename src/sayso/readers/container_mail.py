"""Messages: web pages saved as MHTML, and mail."""

from __future__ import annotations

import email
import email.policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

from sayso.errors import BadInput, TooLarge
from sayso.model import Given

from .container_limits import Limits, Record, iso_moment, page_of_bytes

__all__ = ["read_mail", "read_mhtml"]

_FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def read_mhtml(data: bytes, name: str, limits: Limits) -> Record:
    """The page a browser saved as MHTML: its first HTML part, with its address and time."""
    return _read(data, name, limits, mail=False)


def read_mail(data: bytes, name: str, limits: Limits) -> Record:
    """The story in a mail: its HTML, else its text; subject and date as given."""
    return _read(data, name, limits, mail=True)


def _read(data: bytes, name: str, limits: Limits, *, mail: bool) -> Record:
    if len(data) > limits.max_bytes:
        return name, TooLarge(f"expected at most {limits.max_bytes:,} bytes, got {len(data):,} at {name}; split it")
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = _parts(message, limits)
        part = _first(parts, "text/html") or (_first(parts, "text/plain") if mail else None)
        if part is None:
            return name, BadInput(f"expected a part with text, got none in {name}; save the page again")
        body = part.get_payload(decode=True)
        if not isinstance(body, bytes):
            return name, BadInput(
                f"expected a part with text, got {type(body).__name__} in {name}; save the page again"
            )
        url = _line(part, "Content-Location") or _line(message, "Snapshot-Content-Location")
        moment = iso_moment(_line(message, "Date"))
        charset = part.get_param("charset")
        media_type = part.get_content_type() + (f"; charset={charset}" if isinstance(charset, str) else "")
        title = _subject(message) if mail else None
    except _FAULTS as error:
        return name, BadInput(f"expected a message, got {type(error).__name__} in {name}; save it again")
    given = Given(url=url, published=moment, title=title) if mail else None
    urls = (url,) if url and url.startswith(("http", "file")) else ()
    return page_of_bytes(body, name, media_type=media_type, urls=urls, fetched_at=None if mail else moment, given=given)


def _parts(message: Message, limits: Limits) -> list[Message]:
    """The message's parts, those nested too deep left out."""
    out: list[Message] = []
    stack: list[tuple[Message, int]] = [(message, 0)]
    while stack and len(out) < 2_000:
        part, depth = stack.pop()
        payload = part.get_payload()
        if part.is_multipart() and isinstance(payload, list):
            if depth < limits.max_depth:
                stack.extend((child, depth + 1) for child in reversed(payload) if isinstance(child, Message))
        else:
            out.append(part)
    return out


def _first(parts: list[Message], kind: str) -> Message | None:
    return next(
        (p for p in parts if p.get_content_type() == kind and p.get_content_disposition() != "attachment"), None
    )


def _line(message: Message, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split())[:2_000] if value else None


def _subject(message: Message) -> str | None:
    raw = _line(message, "Subject")
    return str(make_header(decode_header(raw))) if raw else None
