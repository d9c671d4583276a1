"""The origins of a claim as plain data, as words for people, and as GraphML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.corpus.graph import Root

    from .case_claims import ClaimOrigins

__all__ = ["graphml", "origin_lines", "origin_rows", "origins_html"]

LATE = "9999"
ID_SHOWN = 12


def origin_rows(found: ClaimOrigins) -> dict[str, Any]:
    """Plain data: the interval, its reasons, the roots, and the graph with spans, scores and reasons."""
    result = found.origins
    return {
        "claim": {"id": found.claim.id, "text": found.claim.text},
        "pages": result.pages,
        "outlets": result.outlets,
        "min": result.min,
        "likely": result.likely,
        "max": result.max,
        "reasons": list(result.reasons),
        "roots": [
            {
                "id": root.id,
                "kind": root.kind,
                "name": root.name,
                "pages": list(root.pages),
                "outlets": list(root.outlets),
                "statements": list(root.statements),
                "may_equal": list(root.may_equal),
            }
            for root in result.roots
        ],
        "nodes": [{"id": n.id, "kind": n.kind, "name": n.name} for n in result.tree.nodes.values()],
        "edges": [
            {
                "kind": e.kind,
                "source": e.source,
                "target": e.target,
                "statement": e.statement,
                "spans": [s.as_list() for s in e.spans],
                "score": e.score,
                "reason": e.reason,
            }
            for e in result.tree.edges
        ],
    }


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def origin_lines(found: ClaimOrigins) -> list[str]:
    """The report as an editor would write it: the number, why it is open, then each origin with its pages."""
    result = found.origins
    span = _count(result.min, "origin") if result.min == result.max else f"{result.min} to {result.max} origins"
    likely = "" if result.min == result.max else f" ({result.likely} on a careful reading)"
    lines = [f"“{found.claim.text}”"]
    lines.append(f"{_count(result.pages, 'page')}, {_count(result.outlets, 'outlet')}, {span}{likely}")
    lines += [f"  open: {reason}" for reason in result.reasons]
    copied = {edge.statement: edge for edge in result.tree.edges if edge.kind == "copies"}
    told = {statement.id: statement for statement in found.claim.statements}
    outlet = {statement.page: statement.outlet for statement in found.claim.statements}
    for number, root in enumerate(result.roots, 1):
        lines.append(f"{number}. {_root_words(root)}  [{root.id}]")
        for id in sorted(root.statements, key=lambda id: (told[id].time or LATE, told[id].order, id)):
            statement = told[id]
            chain = " ← ".join(["this page", *(source.name for source in statement.chain)])
            taken = f"  copies {_page_words(copied[id].target, outlet)}: {copied[id].reason}" if id in copied else ""
            lines.append(
                f"   {(statement.time or 'undated')[:16]}  {statement.outlet or statement.page}: {chain}{taken}"
            )
            lines.append(f"      “{statement.text}”")
    return lines


def _page_words(node: str, outlet: Mapping[str, str | None]) -> str:
    page = node.removeprefix("page:")
    return f"{outlet[page]} ({page[:ID_SHOWN]})" if outlet.get(page) else page[:ID_SHOWN]


def _root_words(root: Root) -> str:
    kind = {"unnamed": "unnamed source", "outlet": "the outlet itself", "page": "a page without an outlet"}
    return f"{root.name} ({kind.get(root.kind, root.kind)})"


def graphml(found: ClaimOrigins) -> str:
    """The claim's graph for graph tools."""
    from sayso.exports.say_so_graph import graphml_text

    tree = found.origins.tree
    return "".join(graphml_text(tree.nodes.values(), tree.edges))


def origins_html(found: ClaimOrigins) -> str:
    """The tree and the report as a self-contained page."""
    from sayso.render.origins import origins_page

    labels = {told.page: told.outlet or told.page for told in found.claim.statements}
    return origins_page(origin_rows(found), origin_lines(found), labels)
