"""followthemoney entities: articles, whom they quote, and that they do, for OpenAleph and other investigative tools."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from .material import Document, Json, Material
from .news_metadata import edtf_day
from .registry import Exporter, File
from .text import json_line, xml_text

__all__ = ["FTM"]

SCHEMATA = {"person": "Person", "organization": "Organization", "government": "PublicBody", "outlet": "Organization"}
"""Kinds of entities that are somebody; only those who are quoted by name are written."""
ROLE = "quoted"


def _id(*parts: str) -> str:
    return "sayso-" + hashlib.sha1("\0".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _entities(material: Material) -> Iterator[Any]:
    for document in material.documents:
        article = _article(document)
        yield article
        quoted: dict[str, None] = {}
        for a in document.attributions:
            if a["entity"] in document.entities and a["source_kind"] != "reporter":
                quoted[a["entity"]] = None
        for id in quoted:
            yield from _quoted(document, document.entities[id], article.id)


def _make(schema: str, id: str, **values: Any) -> Any:
    from followthemoney import model

    proxy = model.make_entity(schema)
    proxy.id = id
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            if one:
                proxy.add(name, xml_text(one))
    return proxy


def _article(document: Document) -> Any:
    page = document.reading["page"]
    return _make(
        "Article",
        _id("article", document.id, page["id"]),
        title=document.title,
        sourceUrl=document.url,
        publisher=document.outlet,
        publishedAt=edtf_day(document.published),
        retrievedAt=edtf_day(document.fetched_at),
        author=document.article["byline"],
        mimeType=page["media_type"],
        encoding=page["encoding"],
        bodyText=document.text,
    )


def _quoted(document: Document, entity: Json, article: str) -> Iterator[Any]:
    schema = SCHEMATA.get(entity["kind"])
    if schema is None:
        return
    # One page's name is one entity: whether two pages mean the same is for people, or their matcher, to say.
    someone = _make(schema, _id(entity["kind"], document.id, entity["name"]), name=entity["name"], proof=article)
    if not someone.get("name"):
        return
    yield someone
    link = _id("documentation", article, someone.id)
    yield _make("Documentation", link, document=article, entity=someone.id, role=ROLE)


def _line(proxy: Any) -> Json:
    made: Json = proxy.to_dict()
    made["properties"] = {name: sorted(values) for name, values in sorted(made["properties"].items())}
    return {key: made[key] for key in ("id", "schema", "properties")}


def _write(material: Material) -> Iterator[File]:
    yield "ftm.json", (json_line(_line(proxy)) for proxy in _entities(material))


FTM = Exporter(
    "ftm",
    "followthemoney entities, one a line, for OpenAleph",
    "application/json+ftm",
    "ftm.json",
    _write,
    needs=("followthemoney",),
)
