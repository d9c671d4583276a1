"""TEI P5: the article in its blocks, each quotation and report a `<said>` that points at its speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from .material import Document, Json, Material, file_names
from .registry import Exporter, File
from .text import xml_text

__all__ = ["TEI", "tei_text"]

HEADINGS = ("headline", "heading")
Piece = tuple[int, int, Json, str]
"""Start, end, attribution, part of it (N whole, I, M, F)."""


def tei_text(document: Document) -> str:
    """The page as TEI; the words of all blocks, in order, make up the article's text less the gaps between blocks."""
    people = _people(document)
    pieces = _said(document)
    blocks = "".join(_block(document, block, pieces, people) for block in document.article["blocks"])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n'
        f"{_header(document, people)}<text{_language(document)}><body>\n{blocks or '<p/>'}</body></text>\n</TEI>\n"
    )


def _x(text: str) -> str:
    return escape(xml_text(text), {"\r": "&#13;"})


def _language(document: Document) -> str:
    language = document.article["language"]
    return f" xml:lang={quoteattr(xml_text(language))}" if language else ""


def _people(document: Document) -> dict[str, tuple[str, str]]:
    """Id and name of whoever says something: entities once, others by attribution."""
    found: dict[str, tuple[str, str]] = {}
    for a in document.attributions:
        key = a["entity"] or a["id"]
        name = document.name(a["entity"]) or document.words(a["source"])
        if name:
            found.setdefault(key, (f"who-{key}", name))
    return found


def _header(document: Document, people: dict[str, tuple[str, str]]) -> str:
    published = document.published
    date = f"<date when={quoteattr(xml_text(published))}/>" if published else "<date/>"
    outlet = f"<publisher>{_x(document.outlet)}</publisher>" if document.outlet else ""
    authors = "".join(f"<author>{_x(name)}</author>" for name in document.article["byline"])
    address = f'<idno type="URL">{_x(document.url)}</idno>' if document.url else ""
    listed = "".join(
        f"<person xml:id={quoteattr(id)}><persName>{_x(name)}</persName></person>" for id, name in people.values()
    )
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_x(document.title or document.id)}</title></titleStmt>"
        f"<publicationStmt><p>{_x(document.page_uri)}</p></publicationStmt>"
        f"<sourceDesc><bibl>{authors}{outlet}{date}{address}</bibl></sourceDesc></fileDesc>"
        + (f"<profileDesc><particDesc><listPerson>{listed}</listPerson></particDesc></profileDesc>" if listed else "")
        + "</teiHeader>\n"
    )


def _said(document: Document) -> list[Piece]:
    """Pieces of content that nest: the outer before the inner; one that crosses another is cut where they cross."""
    wanted: list[Piece] = []
    for a in document.attributions:
        spans = a["content"]
        for number, (start, end) in enumerate(spans):
            part = "N" if len(spans) == 1 else "I" if number == 0 else "F" if number == len(spans) - 1 else "M"
            wanted.append((start, end, a, part))
    return sorted(wanted, key=lambda piece: (piece[0], -piece[1], piece[2]["id"]))


def _block(document: Document, block: Json, pieces: Sequence[Piece], people: dict[str, tuple[str, str]]) -> str:
    start, end = block["span"]
    inner = [(max(a, start), min(b, end), said, part) for a, b, said, part in pieces if a < end and b > start]
    words = "".join(_marked(document, start, end, inner, people))
    # A head may stand at a division's beginning alone, and pages keep to no such order.
    name, kind = ("ab", "type") if block["kind"] in HEADINGS else ("p", "n")
    return f"<{name} {kind}={quoteattr(block['kind'])}>{words}</{name}>\n"


def _marked(
    document: Document, start: int, end: int, pieces: Sequence[Piece], people: dict[str, tuple[str, str]]
) -> Iterator[str]:
    """The words between two places with the pieces around theirs."""
    open_ends: list[int] = []
    at = start
    for first, last, a, part in pieces:
        while open_ends and open_ends[-1] <= first:
            stop = open_ends.pop()
            yield _x(document.text[at:stop]) + "</said>"
            at = stop
        yield _x(document.text[at:first]) + _opening(a, part, people)
        at = first
        open_ends.append(min([last, *open_ends]))
    for stop in reversed(open_ends):
        yield _x(document.text[at:stop]) + "</said>"
        at = stop
    yield _x(document.text[at:end])


def _opening(a: Json, part: str, people: dict[str, tuple[str, str]]) -> str:
    who = people.get(a["entity"] or a["id"])
    speaker = f' who="#{who[0]}"' if who else ""
    direct = {"direct": "true", "indirect": "false"}.get(a["form"], "unknown")
    aloud = "true" if a["tier"] == "speech" else "false"
    return f'<said{speaker} direct="{direct}" aloud="{aloud}" n="{a["id"]}" rend="{part}">'


def _write(material: Material) -> Iterator[File]:
    for name, document in file_names(material.documents):
        yield f"{name}.xml", [tei_text(document).encode("utf-8", "replace")]


TEI = Exporter("tei", "TEI P5 with said, for editions and corpora", "application/tei+xml", "xml", _write, many=True)
