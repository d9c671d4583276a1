"""W3C Web Annotations: each statement at its words, by quotation and by position, in the text and in the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .material import VOCABULARY, Document, Json, Material, file_names
from .positions import BytePlaces
from .registry import Exporter, File
from .text import json_bytes

__all__ = ["WEB_ANNOTATION", "annotation_page"]

AROUND = 32
"""Code points of prefix and suffix."""
CONTEXT: list[Any] = ["http://www.w3.org/ns/anno.jsonld", {"sayso": VOCABULARY}]


def annotation_page(document: Document) -> Json:
    """All statements, time expressions and findings of a page as one AnnotationPage.

    Positions in the article's text count Unicode code points; positions in the page count bytes.
    """
    items = list(_items(document))
    places = BytePlaces(document, [span for _, spans, _ in items for span in spans])
    return {
        "@context": CONTEXT,
        "id": document.uri("annotations"),
        "type": "AnnotationPage",
        "items": [_annotation(document, places, id, spans, body) for id, spans, body in items],
    }


def _items(document: Document) -> Iterator[tuple[str, Sequence[Sequence[int]], Json]]:
    """Id, spans and body of each annotation."""
    for a in document.attributions:
        if a["content"]:
            yield a["id"], a["content"], _said(document, a)
            if a["source"]:
                yield f"{a['id']}-source", a["source"], {"sayso:role": "source", "sayso:of": a["id"]}
            if a["cue"]:
                yield f"{a['id']}-cue", a["cue"], {"sayso:role": "cue", "sayso:of": a["id"]}
    for t in document.reading.get("timexes", []):
        body = {"value": t["value"] or "unresolved", "sayso:type": t["type"], "sayso:role": "timex"}
        yield t["id"], [t["span"]], {**body, "sayso:earliest": t["earliest"], "sayso:latest": t["latest"]}
    for number, f in enumerate(document.reading.get("findings", [])):
        if f["span"] and f["span"][0] < f["span"][1]:
            yield f"f{number}", [f["span"]], {"value": f["message"], "sayso:role": "finding", "sayso:code": f["code"]}


def _said(document: Document, a: Json) -> Json:
    return {
        "value": document.chain(a),
        "sayso:role": "statement",
        "sayso:source_kind": a["source_kind"],
        "sayso:form": a["form"],
        **{f"sayso:{key}": value for key, value in a["footing"].items()},
        "sayso:score": a["score"],
    }


def _annotation(document: Document, places: BytePlaces, id: str, spans: Sequence[Sequence[int]], body: Json) -> Json:
    motivation = "commenting" if body["sayso:role"] == "finding" else "identifying"
    told = {key: value for key, value in body.items() if value is not None}
    targets = [target for span in spans for target in _targets(document, places, span)]
    return {
        "id": document.uri(id),
        "type": "Annotation",
        "motivation": motivation,
        "body": {"type": "TextualBody", "format": "text/plain", "value": told.pop("value", told["sayso:role"]), **told},
        "target": targets,
    }


def _targets(document: Document, places: BytePlaces, span: Sequence[int]) -> Iterator[Json]:
    """The place in the article's text, and in the page's bytes where it stands there in one piece."""
    start, end = span
    yield {
        "type": "SpecificResource",
        "source": document.text_uri,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": document.text[start:end],
                "prefix": document.text[max(0, start - AROUND) : start],
                "suffix": document.text[end : end + AROUND],
            },
            {"type": "TextPositionSelector", "start": start, "end": end},
        ],
    }
    at = places.of(span)
    if at is not None:
        selector = {"type": "DataPositionSelector", "start": at[0], "end": at[1]}
        source = {"source": document.url} if document.url else {"source": document.page_uri}
        state = {"state": {"type": "TimeState", "sourceDate": document.fetched_at}} if document.fetched_at else {}
        yield {"type": "SpecificResource", **source, **state, "selector": selector, "sayso:bytes": document.page_uri}


def _write(material: Material) -> Iterator[File]:
    for name, document in file_names(material.documents):
        yield f"{name}.txt", [document.text.encode("utf-8", "replace")]
        yield f"{name}.jsonld", [json_bytes(annotation_page(document))]


WEB_ANNOTATION = Exporter(
    "web-annotation",
    "W3C Web Annotations beside each article's text, for annotation tools",
    "application/ld+json",
    "jsonld",
    _write,
    many=True,
)
