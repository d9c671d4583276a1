from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from sayso.render.lanes import build_lanes
from sayso.render.origin_tree import build_tree
from sayso.render.words_diff import word_changes


def card(id: str, outlet: str | None, published: str | None) -> dict[str, Any]:
    return {"id": id, "outlet": outlet, "title": "T", "published": published}


def test_lanes_stand_in_time_and_apart() -> None:
    pages = [card(f"p{n}", "Same", "2024-01-01") for n in range(5)] + [card("late", "Other", "2024-01-03T10:00:00Z")]
    pages += [card("never", None, None), card("odd", "Odd", "10000-99-99")]
    lanes = build_lanes(
        pages, [{"later": "late", "earlier": "p0", "kind": "wire", "score": 0.9, "sure": True, "reason": "r"}]
    )
    places = {dot.id: dot for dot in lanes.dots}
    xs = [places[f"p{n}"].x for n in range(5)]
    assert all(b - a >= 12 for a, b in pairwise(xs))
    assert places["late"].x > max(xs)
    assert places["late"].y != places["p0"].y
    assert lanes.undated == 2
    (link,) = lanes.links
    assert link.path.startswith(f"M{places['late'].x:.1f}")


def test_an_empty_story_has_a_picture() -> None:
    assert build_lanes([], []).dots == []


def graph(edges: list[tuple[str, str, str]]) -> dict[str, Any]:
    ids = list(dict.fromkeys(id for edge in edges for id in edge[:2]))
    return {
        "nodes": [{"id": id, "kind": "page" if id.startswith("page") else "unnamed", "name": id} for id in ids],
        "edges": [
            {"source": a, "target": b, "kind": kind, "statement": "s", "score": 1.0, "reason": "r"}
            for a, b, kind in edges
        ],
        "roots": [{"id": ids[-1]}],
    }


@pytest.mark.parametrize(
    "edges",
    [
        [("page:1", "aide", "says")],
        [("page:1", "page:2", "copies"), ("page:2", "outlet", "cites"), ("outlet", "aide", "says")],
        [("page:1", "x", "cites"), ("x", "y", "cites"), ("y", "x", "cites")],
        [(f"page:{n}", f"aide {n}", "says") for n in range(40)],
    ],
)
def test_no_two_nodes_of_a_tree_stand_in_one_place(edges: list[tuple[str, str, str]]) -> None:
    tree = build_tree(graph(edges), {})
    places = [(node.x, node.y) for node in tree.nodes]
    assert len(set(places)) == len(places) == len(graph(edges)["nodes"])
    assert all(0 < node.x < tree.width for node in tree.nodes)
    assert all(0 < node.y < tree.height for node in tree.nodes)
    assert len(tree.edges) == len(edges)


def test_changed_words_are_marked_and_unlike_texts_are_not() -> None:
    before, after = word_changes("the gate was broken in May", "the gate was cracked in May")
    assert [words.strip() for same, words in before if not same] == ["broken"]
    assert "".join(words for _, words in after) == "the gate was cracked in May"
    assert all(same for same, _ in word_changes("one two three", "four five six")[0])
    assert word_changes("", "x")[1] == [(True, "x")]
