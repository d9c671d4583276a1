"""Graphs, provenance and metadata read back by the libraries made for them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path
from typing import Any

from sayso.exports import Material
from sayso.exports.material import file_names
from sayso.exports.provenance import facts_of
from sayso.exports.say_so_graph import say_so_graph
from sayso.exports.text import xml_text

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
Files = dict[str, bytes]


def _check_network(read: Any, material: Material, names: str) -> None:
    wanted = say_so_graph(material)
    assert {xml_text(id): xml_text(node.name) for id, node in wanted.nodes.items()} == {
        id: data[names] for id, data in read.nodes(data=True)
    }
    assert read.number_of_edges() == len(wanted.edges)
    got = sorted(
        (data["statement"], data["kind"], round(float(data["score"]), 4)) for _, _, data in read.edges(data=True)
    )
    assert got == sorted((xml_text(e.statement), e.kind, round(e.score, 4)) for e in wanted.edges)


def check_graphml(files: Files, material: Material, folder: Path) -> None:
    import networkx

    read = networkx.read_graphml(io.BytesIO(files["graphml"]), force_multigraph=True)
    _check_network(read, material, "name")


def check_gexf(files: Files, material: Material, folder: Path) -> None:
    import networkx
    from lxml import etree

    # networkx reads 1.2 and 1.1; nothing used here differs between them and 1.3.
    data = files["gexf"].replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft").replace(b'"1.3"', b'"1.2"')
    read = networkx.read_gexf(io.BytesIO(data))
    kinds = [edge.get("kind") for edge in etree.fromstring(files["gexf"]).iter("{http://gexf.net/1.3}edge")]
    assert read.is_multigraph(), "parallel edges were lost"
    by_id = {f"e{number}": kind for number, kind in enumerate(kinds)}
    for _, _, told in read.edges(data=True):
        told["kind"] = by_id[told["id"]]
    _check_network(read, material, "label")


def _values(things: dict[str, Any]) -> list[str]:
    """What is said, whatever numbers relations were given."""
    return sorted(
        json.dumps([name if not name.startswith("_:") else "", told], sort_keys=True) for name, told in things.items()
    )


def check_prov_json(files: Files, material: Material, folder: Path) -> None:
    from prov.model import ProvDocument

    read = ProvDocument.deserialize(content=files["json"].decode(), format="json")
    facts, held, again = facts_of(material), json.loads(files["json"]), json.loads(read.serialize(format="json"))
    assert {kind: _values(things) for kind, things in again.items()} == {k: _values(v) for k, v in held.items()}
    assert len(held["entity"]) == len(facts.entities)
    assert len(held["agent"]) == len(facts.agents)
    assert len(held["wasDerivedFrom"]) + len(held["wasAttributedTo"]) == len(facts.relations)
    for relation in held["wasDerivedFrom"].values():
        assert {relation["prov:generatedEntity"], relation["prov:usedEntity"]} <= set(held["entity"])


def check_prov_o(files: Files, material: Material, folder: Path) -> None:
    from rdflib import RDF, Graph, Namespace

    prov = Namespace("http://www.w3.org/ns/prov#")
    graph, facts = Graph().parse(data=files["ttl"], format="turtle"), facts_of(material)
    assert len(set(graph.subjects(RDF.type, prov.Entity))) == len(facts.entities)
    for kind in ("wasQuotedFrom", "wasDerivedFrom", "wasAttributedTo", "hadPrimarySource"):
        assert len(list(graph.triples((None, prov[kind], None)))) == sum(k == kind for k, _, _ in facts.relations), kind
    assert list(graph.triples((None, prov.wasQuotedFrom, None)))
    direct = {a["id"] for d in material.documents for a in d.attributions if a["form"] == "direct"}
    for subject in graph.subjects(prov.wasQuotedFrom):
        assert str(subject).rsplit("-", 1)[1] in direct


def _vocabulary() -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Properties with their domains and ranges, and types with all above them, of schema.org's own tables."""

    def rows(name: str) -> list[dict[str, str]]:
        text = gzip.decompress((SCHEMAS / name).read_bytes()).decode()
        return list(csv.DictReader(io.StringIO(text)))

    def names(cell: str) -> set[str]:
        return {part.strip().rsplit("/", 1)[1] for part in cell.split(",") if part.strip()}

    above = {row["label"]: names(row["subTypeOf"]) for row in rows("schemaorg-types.csv.gz")}
    for _ in range(8):
        above = {name: held | {up for one in held for up in above.get(one, ())} for name, held in above.items()}
    properties = rows("schemaorg-properties.csv.gz")
    domains = {row["label"]: names(row["domainIncludes"]) for row in properties}
    return domains, {row["label"]: names(row["rangeIncludes"]) for row in properties}, above


def check_schema_org(files: Files, material: Material, folder: Path) -> None:
    """Every property against schema.org's tables of domains and ranges."""
    domains, ranges, above = _vocabulary()
    held = json.loads(files["jsonld"])
    assert held["@context"] == "https://schema.org"
    types = {node["@id"]: node["@type"] for node in held["@graph"]}
    plain = {"Text", "URL", "Date", "DateTime", "Number"}

    def check(node: dict[str, Any]) -> None:
        kinds = {node["@type"], *above[node["@type"]]}
        for key, value in node.items():
            if key.startswith("@"):
                continue
            assert domains[key] & kinds, (key, node["@type"])
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str):
                    assert ranges[key] & plain, key
                    continue
                kind = one.get("@type") or types[one["@id"]]
                assert {kind, *above[kind]} & ranges[key], (key, kind)
                if "@type" in one:
                    check(one)

    for node in held["@graph"]:
        check(node)
    assert {"NewsArticle", "Quotation", "Claim", "ClaimReview"} <= set(types.values())
    assert "reviewRating" not in files["jsonld"].decode()


def check_csl(files: Files, material: Material, folder: Path) -> None:
    edtf = re.compile(r"^[0-9-%~X?.\/]{4,}$")
    items = json.loads(files["json"])
    assert [item["id"] for item in items] == [document.id for document in material.documents]
    for item in items:
        assert item["type"] == "article-newspaper"
        assert all(edtf.match(item[key]) for key in ("issued", "accessed") if key in item)
        assert set(item) <= {
            "id",
            "type",
            "title",
            "container-title",
            "author",
            "issued",
            "accessed",
            "URL",
            "language",
            "section",
        }
    assert any("issued" in item for item in items)


NINJS = {
    "uri": str,
    "standard": dict,
    "type": str,
    "representationType": str,
    "language": str,
    "firstCreated": str,
    "headlines": list,
    "by": str,
    "bodies": list,
    "people": list,
    "organisations": list,
    "places": list,
    "infoSources": list,
    "altIds": list,
}


def check_ninjs(files: Files, material: Material, folder: Path) -> None:
    """By our own table of the properties used: IPTC's schema is in no package."""
    for name, document in file_names(material.documents):
        item = json.loads(files[f"{name}.json"])
        assert all(isinstance(value, NINJS[key]) for key, value in item.items())
        assert item["uri"]
        body = item["bodies"][0]
        assert body["value"] == document.text
        assert body["charCount"] == len(document.text)


def check_ftm(files: Files, material: Material, folder: Path) -> None:
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    proxies = {}
    for line in files["ftm.json"].decode().splitlines():
        data = json.loads(line)
        proxy = EntityProxy.from_dict(data, cleaned=False)
        assert model.get(data["schema"]).validate(data) is None
        assert {key: sorted(proxy.get(key)) for key in data["properties"]} == data["properties"]
        proxies[data["id"]] = proxy
    links = [proxy for proxy in proxies.values() if proxy.schema.name == "Documentation"]
    assert links
    for link in links:
        assert proxies[link.first("document")].schema.name == "Article"
        assert proxies[link.first("entity")].caption
    assert sum(proxy.schema.name == "Article" for proxy in proxies.values()) == len(list(material.documents))
