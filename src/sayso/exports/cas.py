"""UIMA CAS (XMI) with a type system, which INCEpTION imports; offsets count UTF-16 units, as UIMA does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .material import Document, Material, file_names
from .registry import Exporter, File
from .text import xml_text

__all__ = ["UIMA_CAS"]

PREFIX = "sayso."
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
TYPES = {
    "Statement": ("Statement", "form", "tier", "sourceKind", "certainty", "polarity", "attitude", "act", "chain"),
    "Source": ("Statement", "name"),
    "Cue": ("Statement",),
    "Timex": ("Id", "timexType", "value", "earliest", "latest"),
    "Event": ("Id", "action", "footing"),
}
"""Features of each type, the first one the id: `statement` joins source, cue and content."""


def _type_system() -> Any:
    from cassis import TypeSystem

    types = TypeSystem()
    types.create_type(name=SENTENCE, supertypeName="uima.tcas.Annotation")
    for name, features in TYPES.items():
        made = types.create_type(name=PREFIX + name, supertypeName="uima.tcas.Annotation")
        for feature in features:
            types.create_feature(domainType=made, name=feature[0].lower() + feature[1:], rangeType="uima.cas.String")
    return types


def _cas(document: Document, types: Any) -> Any:
    from cassis import Cas

    text = xml_text(document.text)
    cas = Cas(typesystem=types, sofa_string=text, sofa_mime="text/plain", document_language=_language(document))
    for start, end in document.reading.get("sentences", []):
        cas.add(types.get_type(SENTENCE)(begin=start, end=end))
    for a in document.attributions:
        _add_attribution(cas, types, document, a)
    for t in document.reading.get("timexes", []):
        values = {"timexType": t["type"], "value": t["value"], "earliest": t["earliest"], "latest": t["latest"]}
        _add(cas, types, "Timex", [t["span"]], id=t["id"], **values)
    for e in document.reading.get("events", []):
        _add(cas, types, "Event", [e["trigger"]], id=e["id"], action=e["action"], footing=e["footing"])
    return cas


def _language(document: Document) -> str:
    language: str | None = document.article["language"]
    return language or "x-unspecified"


def _add_attribution(cas: Any, types: Any, document: Document, a: dict[str, Any]) -> None:
    footing = {**a["footing"], "chain": xml_text(document.chain(a))}
    how = {"form": a["form"], "tier": a["tier"], "sourceKind": a["source_kind"]}
    _add(cas, types, "Statement", a["content"], statement=a["id"], **how, **footing)
    name = document.name(a["entity"])
    _add(cas, types, "Source", a["source"], statement=a["id"], name=name and xml_text(name))
    _add(cas, types, "Cue", a["cue"], statement=a["id"])


def _add(cas: Any, types: Any, kind: str, spans: list[list[int]], **values: str | None) -> None:
    made = types.get_type(PREFIX + kind)
    for start, end in spans:
        cas.add(made(begin=start, end=end, **{key: value for key, value in values.items() if value is not None}))


def _write(material: Material) -> Iterator[File]:
    types = _type_system()
    yield "TypeSystem.xml", [types.to_xml().encode()]
    for name, document in file_names(material.documents):
        yield f"{name}.xmi", [_cas(document, types).to_xmi().encode("utf-8", "replace")]


UIMA_CAS = Exporter(
    "uima-cas",
    "UIMA CAS XMI with its type system, for INCEpTION",
    "application/vnd.xmi+xml",
    "xmi",
    _write,
    many=True,
    needs=("cassis",),
)
