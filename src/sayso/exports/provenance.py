"""W3C PROV: what each statement was quoted or derived from, as PROV-JSON and as PROV-O in Turtle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .material import VOCABULARY, Document, Json, Material
from .registry import Exporter, File
from .text import json_bytes

__all__ = ["PROV_JSON", "PROV_O", "Facts", "facts_of"]

Attributes = tuple[tuple[str, str], ...]
PEOPLE = ("named_person", "named_official", "reporter", "unnamed_person", "unnamed_official", "public", "unknown")


@dataclass(slots=True)
class Facts:
    """Entities and agents with their attributes, and relations between them; ids are ours, without prefix."""

    entities: dict[str, Attributes] = field(default_factory=dict)
    agents: dict[str, Attributes] = field(default_factory=dict)
    relations: dict[tuple[str, str, str], None] = field(default_factory=dict)
    """Kind, subject, object, each once."""

    def relate(self, kind: str, subject: str, object: str) -> None:
        """Note a relation."""
        self.relations[kind, subject, object] = None


def facts_of(material: Material) -> Facts:
    """The provenance that the pages state.

    A statement is an entity of its page's text. What its source said is an entity too, `told`, attributed to the
    source, which the statement `wasQuotedFrom` where it is direct speech and `wasDerivedFrom` else. `hadPrimarySource`
    stands only where the page shows that the source knows at first hand. Steps of a chain in between are
    `told` entities derived from each other. A copy is derived from the text it was taken from where the order is known.
    """
    facts = Facts()
    texts = {}
    for document in material.documents:
        texts[document.id] = _page(facts, document)
        for a in document.attributions:
            if a["content"]:
                _statement(facts, document, texts[document.id], a)
    for pair in material.reuse:
        if pair["earlier"] in texts and pair["later"] in texts:
            facts.relate("wasDerivedFrom", texts[pair["later"]], texts[pair["earlier"]])
    return facts


def _page(facts: Facts, document: Document) -> str:
    sha = document.reading["page"]["id"]
    page, text = f"page-{sha}", f"text-{sha}"
    named = (("type", "Page"), ("address", document.page_uri))
    facts.entities[page] = (*named, *((("url", document.url),) if document.url else ()))
    facts.entities[text] = (("type", "Text"), ("address", document.text_uri), ("label", document.title or document.id))
    facts.relate("wasDerivedFrom", text, page)
    if document.outlet:
        facts.relate("wasAttributedTo", page, _agent(facts, document, "outlet", document.outlet, True))
    return text


def _agent(facts: Facts, document: Document, kind: str, name: str, named: bool) -> str:
    """One agent a name and kind; an unnamed one stays with its page."""
    from .sources import source_id

    plain = source_id(kind, name) + ("" if named else f"@{document.reading['page']['id']}")
    id = f"agent-{plain.encode('utf-8', 'replace').hex()}"
    facts.agents[id] = (("type", "Person" if kind in PEOPLE else "Organization"), ("kind", kind), ("label", name))
    return id


def _statement(facts: Facts, document: Document, text: str, a: Json) -> None:
    statement = f"statement-{document.reading['page']['id']}-{a['id']}"
    facts.entities[statement] = (("type", "Statement"), ("label", document.words(a["content"])), ("form", a["form"]))
    facts.relate("wasDerivedFrom", statement, text)
    steps = [step for step in a["chain"] if step["kind"] != "page" and not step["inferred"]]
    before, kind = statement, "wasQuotedFrom" if a["form"] == "direct" else "wasDerivedFrom"
    for number, step in enumerate(steps, 1):
        told = f"{statement}-told-{number}"
        facts.entities[told] = (("type", "Told"),)
        named = bool(step["entity"]) and not step["kind"].startswith("unnamed")
        agent = _agent(facts, document, step["kind"], document.step_name(step), named)
        facts.relate("wasAttributedTo", told, agent)
        facts.relate(kind, before, told)
        before, kind = told, "wasDerivedFrom"
    if steps and a["hand"] == "first" and len(steps) == len(a["chain"]) - 1:
        facts.relate("hadPrimarySource", statement, before)


def _prov_document(facts: Facts) -> Any:
    from prov.model import ProvDocument

    document = ProvDocument()
    document.add_namespace("sayso", VOCABULARY)
    for id, attributes in facts.entities.items():
        document.entity(f"sayso:{id}", _attributes(attributes))
    for id, attributes in facts.agents.items():
        document.agent(f"sayso:{id}", _attributes(attributes))
    made: dict[str, Any] = {
        "wasDerivedFrom": document.derivation,
        "wasQuotedFrom": document.quotation,
        "hadPrimarySource": document.primary_source,
        "wasAttributedTo": document.attribution,
    }
    for kind, subject, target in facts.relations:
        made[kind](f"sayso:{subject}", f"sayso:{target}")
    return document


def _attributes(attributes: Attributes) -> dict[Any, Any]:
    from prov.constants import PROV_LABEL, PROV_TYPE
    from prov.identifier import Namespace

    ours = Namespace("sayso", VOCABULARY)
    names: dict[str, Any] = {"type": PROV_TYPE, "label": PROV_LABEL}
    return {names.get(key, f"sayso:{key}"): ours[value] if key == "type" else value for key, value in attributes}


def _write_json(material: Material) -> Iterator[File]:
    written = _prov_document(facts_of(material)).serialize(format="json")
    yield "json", [json_bytes(json.loads(written))]


def _write_turtle(material: Material) -> Iterator[File]:
    from rdflib import RDF, RDFS, Graph, Literal, Namespace

    facts, graph = facts_of(material), Graph()
    prov, ours = Namespace("http://www.w3.org/ns/prov#"), Namespace(VOCABULARY)
    graph.bind("prov", prov)
    graph.bind("sayso", ours)
    for kind, things in (("Entity", facts.entities), ("Agent", facts.agents)):
        for id, attributes in things.items():
            graph.add((ours[id], RDF.type, prov[kind]))
            for key, value in attributes:
                if key == "type":
                    graph.add((ours[id], RDF.type, prov[value] if kind == "Agent" else ours[value]))
                else:
                    graph.add((ours[id], RDFS.label if key == "label" else ours[key], Literal(value)))
    for relation, subject, target in facts.relations:
        graph.add((ours[subject], prov[relation], ours[target]))
    yield "ttl", [graph.serialize(format="turtle").encode("utf-8", "replace")]


PROV_JSON = Exporter(
    "prov-json", "W3C PROV-JSON: quoted and derived from whom", "application/json", "json", _write_json, needs=("prov",)
)
PROV_O = Exporter("prov-o", "the same as PROV-O in Turtle", "text/turtle", "ttl", _write_turtle, needs=("rdflib",))
