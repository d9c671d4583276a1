"""What libraries, agencies and search engines exchange about news: CSL-JSON, ninjs 3, schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .material import Document, Json, Material, file_names
from .registry import Exporter, File
from .text import json_bytes

__all__ = ["CSL_JSON", "NINJS", "SCHEMA_ORG", "edtf_day"]

_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)")
_ORGANIZED = ("organization", "government", "outlet", "document", "social_post")
NINJS_STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}


def edtf_day(moment: str | None) -> str | None:
    """The day, month or year of a date as an EDTF level 0 date; None where it is none.

    >>> edtf_day("2018-09-11T08:30:00+02:00"), edtf_day("2018-09"), edtf_day("last week")
    ('2018-09-11', '2018-09', None)
    """
    found = _DAY.match(moment or "")
    return found[0] if found else None


def _csl_item(document: Document) -> Json:
    """One reference; dates are EDTF strings, as CSL-JSON prefers them."""
    said = {
        "id": document.id,
        "type": "article-newspaper",
        "title": document.title,
        "container-title": document.outlet,
        "author": [{"literal": name} for name in document.article["byline"]] or None,
        "issued": edtf_day(document.published),
        "accessed": edtf_day(document.fetched_at),
        "URL": document.url,
        "language": document.article["language"],
        "section": document.article["section"],
    }
    return {key: value for key, value in said.items() if value is not None}


def _write_csl(material: Material) -> Iterator[File]:
    yield "json", [json_bytes([_csl_item(document) for document in material.documents])]


def _ninjs_item(document: Document) -> Json:
    article = document.article
    text = document.text
    moment = document.published if _MOMENT.fullmatch(document.published or "") else None
    said = {
        "uri": document.url or document.page_uri,
        "standard": NINJS_STANDARD,
        "type": "text",
        "representationType": "complete" if article["representation"] == "full" else "incomplete",
        "language": article["language"],
        "firstCreated": moment,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": document.title}]
        if document.title
        else None,
        "by": ", ".join(article["byline"]) or None,
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(text),
                "wordCount": len(text.split()),
                "value": text,
            }
        ],
        "people": _mentioned(document, ("person",)),
        "organisations": _mentioned(document, ("organization", "government", "outlet")),
        "places": _mentioned(document, ("place",)),
        "infoSources": [{"name": name} for name in _quoted(document)] or None,
        "altIds": [{"role": "sha-256", "value": document.reading["page"]["id"]}],
    }
    return {key: value for key, value in said.items() if value is not None}


def _mentioned(document: Document, kinds: tuple[str, ...]) -> list[Json] | None:
    return [{"name": e["name"], "rel": "mention"} for e in document.entities.values() if e["kind"] in kinds] or None


def _quoted(document: Document) -> list[str]:
    """The outlet, and the outlets and bodies that the page says it has things from."""
    steps = (step for a in document.attributions for step in a["chain"] if step["kind"] in ("outlet", "organization"))
    names = (document.name(step["entity"]) for step in steps if not step["inferred"])
    return list(dict.fromkeys(name for name in (document.outlet, *names) if name))


def _write_ninjs(material: Material) -> Iterator[File]:
    for name, document in file_names(material.documents):
        yield f"{name}.json", [json_bytes(_ninjs_item(document))]


def _write_schema_org(material: Material) -> Iterator[File]:
    nodes = [node for document in material.documents for node in _page_nodes(document)]
    pages = {document.id: _page_id(document) for document in material.documents}
    origins = {found["claim"]["id"]: found for found in material.origins}
    for claim in material.claims:
        nodes += _claim_nodes(claim, pages, origins.get(claim["id"]))
    yield "jsonld", [json_bytes({"@context": "https://schema.org", "@graph": nodes})]


def _page_id(document: Document) -> Json:
    return {"@id": document.text_uri}


def _page_nodes(document: Document) -> Iterator[Json]:
    article = document.article
    said = {
        "@id": document.text_uri,
        "@type": "NewsArticle",
        "url": document.url,
        "identifier": document.page_uri,
        "headline": document.title,
        "datePublished": document.published,
        "dateModified": (article["date_modified"] or {}).get("value"),
        "inLanguage": article["language"],
        "articleSection": article["section"],
        "publisher": {"@type": "Organization", "name": document.outlet} if document.outlet else None,
        "author": [{"@type": "Person", "name": name} for name in article["byline"]] or None,
    }
    yield {key: value for key, value in said.items() if value is not None}
    for a in document.attributions:
        if a["content"] and a["tier"] == "speech":
            yield _said_node(document, a)


def _said_node(document: Document, a: Json) -> Json:
    """Direct speech as a Quotation, anything else that is said as a Claim."""
    node = {"@id": document.uri(a["id"]), "text": document.words(a["content"])}
    speaker = _speaker(document, a)
    if a["form"] == "direct":
        told = {"spokenByCharacter": speaker} if speaker else {}
        return {**node, "@type": "Quotation", "isPartOf": _page_id(document), **told}
    told = {"author": speaker} if speaker else {}
    return {**node, "@type": "Claim", "appearance": _page_id(document), **told}


def _speaker(document: Document, a: Json) -> Json | None:
    """Whoever the page names or describes; nobody is guessed."""
    name = document.name(a["entity"]) or document.words(a["source"])
    kind = "Organization" if a["source_kind"] in _ORGANIZED else "Person"
    return {"@type": kind, "name": " ".join(name.split())} if name.strip() else None


def _claim_nodes(claim: Json, pages: dict[str, Json], origins: Json | None) -> Iterator[Json]:
    """A claim of a case, and a draft of a review of it that leaves the rating to people."""
    id = f"urn:x-sayso:claim:{claim['id']}"
    shown = [pages[page] for page in dict.fromkeys(told["page"] for told in claim["statements"]) if page in pages]
    yield {"@id": id, "@type": "Claim", "text": claim["text"], "appearance": shown}
    if origins is not None:
        counted = str(origins["min"]) if origins["min"] == origins["max"] else f"{origins['min']} to {origins['max']}"
        yield {
            "@id": f"{id}:review",
            "@type": "ClaimReview",
            "creativeWorkStatus": "Draft",
            "claimReviewed": claim["text"],
            "itemReviewed": {"@id": id},
            "reviewBody": f"Independent origins: {counted}; told by {origins['pages']} pages "
            f"of {origins['outlets']} outlets. Not rated.",
        }


CSL_JSON = Exporter(
    "csl-json",
    "CSL-JSON references with EDTF dates, for Zotero",
    "application/vnd.citationstyles.csl+json",
    "json",
    _write_csl,
)
NINJS = Exporter("ninjs", "IPTC ninjs 3, an item a page", "application/json", "json", _write_ninjs, many=True)
SCHEMA_ORG = Exporter(
    "schema-org",
    "schema.org NewsArticle, Quotation, Claim and draft ClaimReview",
    "application/ld+json",
    "jsonld",
    _write_schema_org,
)
