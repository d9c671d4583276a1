"""The say-so graph over all pages: who publishes, says, cites and copies whom, as GraphML and GEXF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from .material import Document, Json, Material
from .registry import Exporter, File
from .sources import source_id
from .text import xml_text

__all__ = ["GEXF", "GRAPHML", "Edge", "Graph", "Node", "graphml_text", "say_so_graph"]


@dataclass(frozen=True, slots=True)
class Node:
    """A page, an outlet, a source."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` publishes, says, cites or copies `target`."""

    kind: str
    source: str
    target: str
    statement: str
    score: float
    reason: str


@dataclass(slots=True)
class Graph:
    """Nodes by id, and edges in order."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def node(self, id: str, kind: str, name: str) -> str:
        """The id, its node made on first use."""
        self.nodes.setdefault(id, Node(id, kind, name))
        return id


def say_so_graph(material: Material) -> Graph:
    """Pages lead to their outlets and, by each statement's chain, to its sources; copies to what they were taken from.

    A named source is one node over all pages, by kind and plain name; an unnamed one stays with its page.
    """
    graph = Graph()
    for document in material.documents:
        page = graph.node(f"page:{document.id}", "page", document.title or document.id)
        if document.outlet:
            outlet = graph.node(source_id("outlet", document.outlet), "outlet", document.outlet)
            graph.edges.append(Edge("publishes", outlet, page, "", 1.0, "the page's publisher"))
        for a in document.attributions:
            _chain(graph, document, page, a)
    for pair in material.reuse:
        if pair["earlier"] is not None:
            ends = f"page:{pair['later']}", f"page:{pair['earlier']}"
            graph.edges.append(Edge("copies", *ends, "", pair["score"], f"{pair['kind']}: {pair['reason']}"))
    return graph


def _chain(graph: Graph, document: Document, page: str, a: Json) -> None:
    inner = page
    for step in a["chain"]:
        if step["kind"] == "page":
            continue
        name = document.step_name(step)
        apart = "" if step["entity"] and not step["kind"].startswith("unnamed") else f"@{document.id}"
        node = graph.node(source_id(step["kind"], name) + apart, step["kind"], name)
        kind = "cites" if step["kind"] == "outlet" else "says"
        reason = "not said by the page" if step["inferred"] else "stated"
        graph.edges.append(Edge(kind, inner, node, f"{document.id}/{a['id']}", a["score"] or 0.0, reason))
        inner = node


_KEYS = (
    ("kind", "all", "string"),
    ("name", "node", "string"),
    ("statement", "edge", "string"),
    ("reason", "edge", "string"),
    ("score", "edge", "double"),
)


class NodeLike(Protocol):
    """What GraphML says of a node."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...


class EdgeLike(Protocol):
    """What GraphML says of an edge."""

    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def statement(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def reason(self) -> str: ...


def graphml_text(nodes: Iterable[NodeLike], edges: Iterable[EdgeLike]) -> Iterator[str]:
    """GraphML, a line at a time."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name, what, kind in _KEYS:
        yield f'<key id="{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for n in nodes:
        yield f"<node id={_attribute(n.id)}>{_data({'kind': n.kind, 'name': n.name})}</node>\n"
    for number, e in enumerate(edges):
        said = {"kind": e.kind, "statement": e.statement, "reason": e.reason, "score": str(e.score)}
        ends = f"source={_attribute(e.source)} target={_attribute(e.target)}"
        yield f'<edge id="e{number}" {ends}>{_data(said)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text))


def _data(values: Mapping[str, str]) -> str:
    return "".join(
        f'<data key="{name}">{escape(xml_text(value), {chr(13): "&#13;"})}</data>' for name, value in values.items()
    )


def _gexf(graph: Graph, version: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield f"<meta><creator>sayso {escape(xml_text(version))}</creator></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static">\n'
    yield '<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>\n'
    yield from _gexf_edge_keys(("statement", "string"), ("reason", "string"), ("score", "double"))
    yield "<nodes>\n"
    for n in graph.nodes.values():
        yield f"<node id={_attribute(n.id)} label={_attribute(n.name)}>{_values({'kind': n.kind})}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, e in enumerate(graph.edges):
        ends = f"source={_attribute(e.source)} target={_attribute(e.target)} kind={_attribute(e.kind)}"
        said = {"statement": e.statement, "reason": e.reason, "score": str(e.score)}
        yield f'<edge id="e{number}" {ends}>{_values(said)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _gexf_edge_keys(*keys: Sequence[str]) -> Iterator[str]:
    made = "".join(f'<attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in keys)
    yield f'<attributes class="edge">{made}</attributes>\n'


def _values(values: Mapping[str, str]) -> str:
    made = "".join(f'<attvalue for="{name}" value={_attribute(value)}/>' for name, value in values.items())
    return f"<attvalues>{made}</attvalues>"


def _write_graphml(material: Material) -> Iterator[File]:
    graph = say_so_graph(material)
    yield "graphml", (line.encode() for line in graphml_text(graph.nodes.values(), graph.edges))


def _write_gexf(material: Material) -> Iterator[File]:
    yield "gexf", (line.encode() for line in _gexf(say_so_graph(material), material.version))


GRAPHML = Exporter(
    "graphml", "the say-so graph, for yEd, networkx, igraph", "application/graphml+xml", "graphml", _write_graphml
)
GEXF = Exporter("gexf", "the say-so graph, for Gephi", "application/gexf+xml", "gexf", _write_gexf)
