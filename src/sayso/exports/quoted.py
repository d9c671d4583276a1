"""Whether a reading's text was copied from its page, and its annotations' words stand where they say."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.readers.decode import decode_as

from .evidence import ANNOTATIONS, READINGS
from .material import Document, Json, content_uri
from .positions import BytePlaces

__all__ = ["Checked", "check_annotations", "check_reading", "copied_from"]

REFERENCE = 40
"""Longest character reference looked at, in code points."""


@dataclass(slots=True)
class Checked:
    """A reading that was compared with its page."""

    document: Document
    statements: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


def check_reading(line: Json, body: bytes) -> Checked:
    """Compare a line of the readings with the page's bytes."""
    reading = line["reading"]
    document = Document(id=str(line["document"]), reading=reading, body=body)
    checked = Checked(document)
    try:
        page = decode_as(body, reading["page"]["encoding"])
    except LookupError:
        checked.problems.append((READINGS, "an encoding that there is none of"))
        return checked
    at = copied_from(document.text, reading["article"]["runs"], page)
    if at is not None:
        checked.problems.append((READINGS, f"its text isn't the page's from character {at:,} on"))
    for a in document.attributions:
        spans = [*a["content"], *a["source"], *a["cue"]]
        if all(0 <= start < end <= len(document.text) for start, end in spans):
            checked.statements += 1
        else:
            checked.problems.append((READINGS, f"statement {a['id']} points outside the text"))
    return checked


def copied_from(text: str, runs: list[list[int | None]], page: str) -> int | None:
    """First character that isn't the page's at its origin; None where all are.

    >>> copied_from("a b", [[1, 4], [1, None], [1, 9]], "<p>\\na<br>b")
    >>> copied_from("a b", [[1, 4], [1, None], [1, 8]], "<p>\\na<br>b")
    2
    """
    at = 0
    for length, origin in runs:
        if not isinstance(length, int) or length < 0:
            return at
        piece = text[at : at + length]
        if origin is None:
            if piece.strip():
                return at
        elif page[origin : origin + length] != piece and not _refers(page[origin : origin + REFERENCE], piece):
            return at
        at += length
    return None if at == len(text) else min(at, len(text))


def _refers(page: str, piece: str) -> bool:
    """Whether a character reference at the page's place stands for the piece."""
    return page[:1] == "&" and len(piece) <= REFERENCE and html.unescape(page).startswith(piece)


def check_annotations(page: Json, checked: Checked) -> Iterator[tuple[str, str]]:
    """What of a page's annotations doesn't stand in its text or bytes."""
    document = checked.document
    text, uri = document.text, content_uri(document.text.encode("utf-8", "replace"))
    targets = [target for item in page["items"] for target in item["target"]]
    spans = []
    for target in targets:
        if isinstance(target["selector"], list):
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            spans.append((start, end))
            if not 0 <= start < end or text[start:end] != quote["exact"] or target["source"] != uri:
                yield ANNOTATIONS, f"“{str(quote['exact'])[:60]}” doesn't stand at {start}–{end}"
    places = BytePlaces(document, spans)
    known = {places.of(span) for span in spans}
    for target in targets:
        selector = target["selector"]
        if isinstance(selector, dict) and (selector["start"], selector["end"]) not in known:
            yield ANNOTATIONS, f"bytes {selector['start']}–{selector['end']} of the page are no statement's"
