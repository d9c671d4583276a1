"""Feeds: the stories of RSS and Atom files, as far as the feed carries their text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from sayso.errors import BadInput, TooLarge
from sayso.model import Given

from .container_limits import Limits, Record, iso_moment, page_of_string

__all__ = ["read_feed"]

MAX_DEPTH = 200
_BODIES = ("encoded", "content", "description", "summary")
"""Elements that hold a story, fullest first: `content:encoded` and Atom's `content` before summaries."""


def read_feed(data: bytes, name: str, limits: Limits) -> Iterator[Record]:
    """Yield one page per entry; an entry without text is an error of its own."""
    if len(data) > limits.max_bytes * 4:
        yield name, TooLarge(f"expected at most {limits.max_bytes * 4:,} bytes, got {len(data):,} at {name}; split it")
        return
    if b"<!ENTITY" in data[:100_000]:
        yield name, BadInput(f"expected a feed, got one that declares entities at {name}; leave it out")
        return
    try:
        yield from _entries(data, name, limits)
    except (ET.ParseError, ValueError, LookupError) as error:
        said = " ".join(str(error).split())[:120]
        yield name, BadInput(f"expected XML to the end, got {said} in {name}; fetch it again")


def _entries(data: bytes, name: str, limits: Limits) -> Iterator[Record]:
    parser: Any = ET.XMLPullParser(["start", "end"])
    publisher: str | None = None
    depth: list[str] = []
    count = 0
    for at in range(0, len(data), 65_536):
        parser.feed(data[at : at + 65_536])
        for event, node in parser.read_events():
            tag = _local(node.tag)
            if event == "start":
                depth.append(tag)
                if len(depth) > MAX_DEPTH:
                    raise ValueError(f"elements nested over {MAX_DEPTH} deep")
                continue
            depth.pop()
            if tag == "title" and depth[-1:] in (["channel"], ["feed"]) and node.text and publisher is None:
                publisher = " ".join(node.text.split())[:200]
            if tag in ("item", "entry"):
                count += 1
                yield _entry(node, f"{name}#{count}", publisher, limits)
                node.clear()
                if count >= limits.max_records:
                    return
    parser.close()


def _local(tag: object) -> str:
    return str(tag).rsplit("}", 1)[-1].lower()


def _entry(node: ET.Element, name: str, publisher: str | None, limits: Limits) -> Record:
    fields: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for child in node:
        tag = _local(child.tag)
        text = "".join(child.itertext())
        if tag == "content" and child.get("type") == "xhtml":
            text = ET.tostring(child, encoding="unicode", method="html")
        if tag == "link" and child.get("href") and child.get("rel") in (None, "alternate"):
            text = child.get("href") or ""
        if text.strip():
            fields.setdefault(tag, text)
            kinds.setdefault(tag, child.get("type") or "html")
    body_tag = next((tag for tag in _BODIES if tag in fields), None)
    if body_tag is None:
        return name, BadInput(f"expected the story's text in an entry, got none at {name}; fetch the page it links to")
    body = fields[body_tag]
    if len(body) > limits.max_bytes:
        return name, TooLarge(
            f"expected at most {limits.max_bytes:,} characters, got {len(body):,} at {name}; leave it out"
        )
    moments = (iso_moment(fields.get(tag)) for tag in ("pubdate", "published", "date", "issued", "created"))
    given = Given(
        id=(fields.get("guid") or fields.get("id") or "").strip() or None,
        url=(fields.get("link") or "").strip() or None,
        published=next((moment for moment in moments if moment), None),
        title=" ".join((fields.get("title") or "").split()) or None,
        publisher=publisher,
    )
    return page_of_string(body, name, html=kinds[body_tag] != "text", given=given, record=name)
