"""The say-so graph: pages, outlets, people, unnamed sources and documents; who says, cites and copies whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sayso.model import Span

__all__ = [
    "Copy",
    "Edge",
    "EdgeKind",
    "Judgement",
    "Node",
    "NodeKind",
    "OriginResult",
    "Root",
    "SaySoGraph",
    "Source",
    "Statement",
]

NodeKind = Literal["page", "outlet", "person", "unnamed", "document", "organization"]
EdgeKind = Literal["says", "cites", "copies"]


@dataclass(frozen=True, slots=True)
class Source:
    """One step of a statement's chain, from the page inward."""

    kind: NodeKind
    name: str
    """As the page names it; the description for an unnamed source."""
    span: Span | None = None
    key: str | None = None
    """The same for mentions that were resolved to one person, outlet or document; None: compare names."""
    heads: tuple[int, int | None] | None = None
    """How many people the words imply, [min, max]."""
    roles: tuple[str, ...] = ()
    """What the pages say a named person is: *a deckhand*, *the transport minister*."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One page's wording of a claim, with the chain that it stands on."""

    id: str
    page: str
    outlet: str | None
    span: Span
    chain: tuple[Source, ...] = ()
    """Outermost first; empty where the page says it in its own voice."""
    time: str | None = None
    quote: str = ""
    """Its words where they stand between quotation marks."""
    beside: str = ""
    """The rest of its sentence, with an ellipsis where it stands."""
    after: str = ""
    """What the page says next."""
    loose: bool = False
    """Whether a word of the claim has another in its place."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A statement that stands in a passage taken from another page's statement."""

    statement: str
    parent: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word that two roots are one or two; undone by leaving it out."""

    verdict: Literal["same", "different"]
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody or something in the graph; `id` is stable for the same statements."""

    id: str
    kind: NodeKind
    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` says, cites or copies what `target` says; `spans` are where the page shows it."""

    kind: EdgeKind
    source: str
    target: str
    statement: str
    spans: tuple[Span, ...]
    score: float
    reason: str


@dataclass(slots=True)
class SaySoGraph:
    """Nodes and edges of one claim."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def node(self, kind: NodeKind, name: str, key: str | None = None) -> str:
        """Id of the node, made on first use."""
        identity = f"{kind}:{key or ' '.join(name.lower().split())}"
        self.nodes.setdefault(identity, Node(identity, kind, name))
        return identity

    def targets(self, node: str) -> Iterator[Edge]:
        """Edges that lead inward from a node."""
        return (edge for edge in self.edges if edge.source == node)


@dataclass(frozen=True, slots=True)
class Root:
    """Where a claim comes from, as far as the pages tell."""

    id: str
    kind: NodeKind
    name: str
    statements: tuple[str, ...]
    pages: tuple[str, ...]
    outlets: tuple[str, ...]
    may_equal: tuple[str, ...] = ()
    """Other roots that this one can't be told from."""


@dataclass(frozen=True, slots=True)
class OriginResult:
    """How many independent origins a claim has: between `min` and `max`."""

    min: int
    likely: int
    """What a careful reader would say: unnamed sources of two outlets count as two, and an outlet that repeats
    a claim without saying how it knows counts for nothing."""
    max: int
    roots: tuple[Root, ...]
    reasons: tuple[str, ...]
    """Why the two numbers differ, and what would settle it; empty where they agree."""
    tree: SaySoGraph
    pages: int
    outlets: int
