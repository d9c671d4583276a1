"""The origins of a claim as a self-contained page: the number, the tree as SVG, each edge with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

__all__ = ["origins_page", "tree_svg"]

ROW, INDENT, WIDTH = 34, 220, 1120
SHOWN = 34
SIGN = {"page": "▯", "outlet": "◎", "person": "●", "unnamed": "○", "document": "◆", "organization": "■"}


def tree_svg(data: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """The graph as layers from the pages (left) inward to the roots (right).

    Args:
        data: what `ClaimOrigins.to_dict` gives.
        labels: shown name of each page node.
    """
    depth = _depths(data["nodes"], data["edges"])
    places: dict[str, tuple[int, int]] = {}
    rows: dict[int, int] = {}
    for node in data["nodes"]:
        layer = depth[node["id"]]
        places[node["id"]] = (20 + layer * INDENT, 30 + rows.get(layer, 0) * ROW)
        rows[layer] = rows.get(layer, 0) + 1
    height = 40 + ROW * max(rows.values(), default=1)
    lines = [_line(edge, places) for edge in data["edges"]]
    marks = [_mark(node, places[node["id"]], labels) for node in data["nodes"]]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="Who says, cites and copies whom">{"".join(lines)}{"".join(marks)}</svg>'
    )


def _depths(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Longest way from a page to each node, circles cut."""
    depth = {node["id"]: 0 for node in nodes}
    for _ in range(min(4, len(nodes))):
        for edge in edges:
            if edge["kind"] != "copies":
                depth[edge["target"]] = min(4, max(depth[edge["target"]], depth[edge["source"]] + 1))
    return depth


def _line(edge: Mapping[str, Any], places: Mapping[str, tuple[int, int]]) -> str:
    (x, y), (x2, y2) = places[edge["source"]], places[edge["target"]]
    dash = ' stroke-dasharray="5 4"' if edge["kind"] == "copies" else ""
    bend = x - 40 if x == x2 else (x + x2) // 2
    title = escape(f"{edge['kind']} ({edge['score']:.2f}): {edge['reason']}")
    return (
        f'<path d="M{x} {y} C{bend} {y} {bend} {y2} {x2} {y2}" fill="none" stroke="#8a8f98"{dash}>'
        f"<title>{title}</title></path>"
    )


def _mark(node: Mapping[str, Any], place: tuple[int, int], labels: Mapping[str, str]) -> str:
    name = labels.get(node["name"], node["name"])
    shown = name if len(name) <= SHOWN else f"{name[: SHOWN - 1]}…"
    x, y = place
    return (
        f'<g><title>{escape(name)} ({node["kind"]})</title><text x="{x - 7}" y="{y + 5}" font-size="15">'
        f'{SIGN.get(node["kind"], "·")}</text><text x="{x + 12}" y="{y + 5}" font-size="14">{escape(shown)}</text></g>'
    )


def origins_page(data: Mapping[str, Any], lines: Sequence[str], labels: Mapping[str, str]) -> str:
    """A page that needs nothing beside itself: the tree, then the report in words."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Origins</title><style>'
        "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}"
        "svg{width:100%;height:auto;border:1px solid #ddd}pre{white-space:pre-wrap;font:inherit}"
        "@media(prefers-color-scheme:dark){body{background:#14161a;color:#e6e8eb}svg text{fill:#e6e8eb}}"
        f"</style></head><body><h1>{escape(data['claim']['text'])}</h1>{tree_svg(data, labels)}"
        f"<pre>{escape(chr(10).join(lines))}</pre></body></html>\n"
    )
