"""The say-so graph of one claim, laid out: pages at the left, what they go back to at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .labels import clean, clipped

__all__ = ["OriginTree", "TreeEdge", "TreeNode", "build_tree"]

ROW, TOP, WIDTH = 34.0, 22.0, 1000.0
LEFT, COLUMN = 44.0, 250.0
NAME_GAP, CHAR, MIN_LINE = 20.0, 8.0, 40.0
"""Where a name begins and what is left behind it, its widest plausible advance, the shortest line drawn."""
MAX_DEPTH = 4
MAX_NODES = 120
MAX_LABEL = 30
GROUPS = {"page": "page", "outlet": "media", "person": "named", "unnamed": "unnamed", "document": "record"}


@dataclass(slots=True)
class TreeNode:
    """Somebody or something that tells the claim."""

    id: str
    label: str
    title: str
    group: str
    x: float
    y: float
    root: bool = False
    page: str | None = None


@dataclass(frozen=True, slots=True)
class TreeEdge:
    """Who says, cites or copies whom."""

    kind: str
    path: str
    title: str
    source: str
    target: str
    statement: str


@dataclass(slots=True)
class OriginTree:
    """The picture; lengths in units of the drawing."""

    nodes: list[TreeNode]
    edges: list[TreeEdge]
    width: float
    height: float
    left_out: int


def build_tree(data: Mapping[str, Any], labels: Mapping[str, str]) -> OriginTree:
    """Lay out what `ClaimOrigins.to_dict` gives.

    Args:
        data: the graph.
        labels: shown name of each page.
    """
    nodes = data["nodes"][:MAX_NODES]
    ids = {node["id"] for node in nodes}
    edges = [edge for edge in data["edges"] if edge["source"] in ids and edge["target"] in ids]
    roots = {root["id"]: number for number, root in enumerate(data["roots"])}
    depth = _depths(ids, edges)
    home = _homes(nodes, edges, roots)
    most = max((depth[id] for id in ids), default=0)
    step = min(COLUMN, (WIDTH - LEFT - 220) / max(1, most))
    placed: dict[str, TreeNode] = {}
    rows: dict[int, float] = {}
    for node in sorted(nodes, key=lambda node: (home.get(node["id"], len(roots)), depth[node["id"]], node["id"])):
        layer = depth[node["id"]]
        y = rows.get(layer, TOP)
        rows[layer] = y + ROW
        room = int((step - NAME_GAP - MIN_LINE) / CHAR) if layer < most else MAX_LABEL
        placed[node["id"]] = _node(node, labels, LEFT + layer * step, y, node["id"] in roots, room)
    _centre(placed, depth, edges)
    drawn = [_edge(edge, placed) for edge in edges]
    height = max((node.y for node in placed.values()), default=TOP) + ROW
    return OriginTree(list(placed.values()), drawn, WIDTH, height, len(data["nodes"]) - len(nodes))


def _node(node: Mapping[str, Any], labels: Mapping[str, str], x: float, y: float, root: bool, room: int) -> TreeNode:
    name = clean(labels.get(node["name"], node["name"]))
    page = node["name"] if node["kind"] == "page" else None
    kind = "page" if page else node["kind"]
    return TreeNode(
        node["id"],
        clipped(name, min(room, MAX_LABEL)),
        f"{name} ({kind})",
        GROUPS.get(node["kind"], "body"),
        round(x, 1),
        y,
        root,
        page,
    )


def _depths(ids: set[str], edges: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Longest way from a page to each node, circles cut."""
    depth = dict.fromkeys(sorted(ids), 0)
    for _ in range(min(MAX_DEPTH, len(ids))):
        for edge in edges:
            if edge["kind"] != "copies":
                depth[edge["target"]] = min(MAX_DEPTH, max(depth[edge["target"]], depth[edge["source"]] + 1))
    return depth


def _homes(
    nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]], roots: Mapping[str, int]
) -> dict[str, int]:
    """The root that each node goes back to, by its number, so that what belongs together stands together."""
    home = dict(roots)
    for _ in range(len(nodes)):
        grown = False
        for edge in edges:
            if edge["target"] in home and edge["source"] not in home:
                home[edge["source"]] = home[edge["target"]]
                grown = True
        if not grown:
            break
    return home


def _centre(placed: Mapping[str, TreeNode], depth: Mapping[str, int], edges: Sequence[Mapping[str, Any]]) -> None:
    """Move what is cited to the middle of what cites it, in order, no two at one place."""
    for layer in range(1, max(depth.values(), default=0) + 1):
        inside = [node for node in placed.values() if depth[node.id] == layer]
        wanted = {}
        for node in inside:
            above = [placed[e["source"]].y for e in edges if e["target"] == node.id and e["kind"] != "copies"]
            wanted[node.id] = sum(above) / len(above) if above else node.y
        last = TOP - ROW
        for node in sorted(inside, key=lambda node: (wanted[node.id], node.id)):
            node.y = round(max(wanted[node.id], last + ROW), 1)
            last = node.y


def _edge(edge: Mapping[str, Any], placed: Mapping[str, TreeNode]) -> TreeEdge:
    a, b = placed[edge["source"]], placed[edge["target"]]
    if a.x == b.x:
        bend = min(34.0, 12 + abs(a.y - b.y) / 6)
        path = f"M{a.x - 10:.1f} {a.y}C{a.x - 10 - bend:.1f} {a.y} {b.x - 10 - bend:.1f} {b.y} {b.x - 10:.1f} {b.y}"
    else:
        # From behind the name, so that no line crosses it.
        begin = max(a.x + 8, min(a.x + NAME_GAP + CHAR * len(a.label), b.x - MIN_LINE))
        middle = (begin + b.x) / 2
        path = f"M{begin:.1f} {a.y}C{middle:.1f} {a.y} {middle:.1f} {b.y} {b.x - 8:.1f} {b.y}"
    title = clean(f"{edge['kind']} ({edge['score']:.2f}): {edge['reason']}")
    return TreeEdge(edge["kind"], path, title, edge["source"], edge["target"], edge["statement"])
