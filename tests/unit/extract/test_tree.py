from __future__ import annotations

import time

import pytest

from sayso.extract.tree import MAX_DEPTH, Element, Text, parse_html


def shape(element: Element) -> list[object]:
    """The tree as nested lists: tag, then children; texts as their values."""
    return [
        element.tag,
        *(shape(child) if isinstance(child, Element) else child.value for child in element.children),
    ]


def body(html: str) -> list[object]:
    return shape(parse_html(html).root)[1:]


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<p>one<p>two", [["p", "one"], ["p", "two"]]),
        ("<ul><li>a<li>b</ul>c", [["ul", ["li", "a"], ["li", "b"]], "c"]),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", [["ul", ["li", "a", ["ul", ["li", "b"]]], ["li", "c"]]]),
        ("<dl><dt>a<dd>b<dt>c</dl>", [["dl", ["dt", "a"], ["dd", "b"], ["dt", "c"]]]),
        (
            "<table><tr><td>a<td>b<tr><td>c</table>d",
            [["table", ["tr", ["td", "a"], ["td", "b"]], ["tr", ["td", "c"]]], "d"],
        ),
        ("<p>a<div>b</div></p>c", [["p", "a"], ["div", "b"], "c"]),
        ("<p><table><tr><td><p>x</td></tr></table>", [["p"], ["table", ["tr", ["td", ["p", "x"]]]]]),
        ("<div>a</span>b</div>", [["div", "a", "b"]]),
        ("<a href=x>one<a href=y>two</a>", [["a", "one"], ["a", "two"]]),
        ("<b>a<div>b</b>c</div>", [["b", "a", ["div", "b"]], ["div", "c"]]),
        ("<h2>a<h3>b</h3>", [["h2", "a"], ["h3", "b"]]),
        ("a<br>b<img src=x>c", ["a", ["br"], "b", ["img"], "c"]),
        ("<td>x</div>y</td>", [["td", "x", "y"]]),
        ("<select><option>a<option>b</select>", [["select", ["option", "a"], ["option", "b"]]]),
        ("<svg><path d='x'/><text>t</text></svg>u", [["svg", ["path"], ["text", "t"]], "u"]),
        ("<head><title>T</title><p>x", [["head", ["title", "T"]], ["p", "x"]]),
    ],
)
def test_shape(html: str, expected: list[object]) -> None:
    assert body(html) == expected


@pytest.mark.parametrize(
    "html, expected",
    [
        ("a<!-- <p>no --> b", ["a", " b"]),
        ("a<!-->b", ["a", "b"]),
        ("a<!--x--!>b", ["a", "b"]),
        ("a<!-- never closed", ["a"]),
        ("a<!doctype html>b", ["a", "b"]),
        ("a<?php echo 1 ?>b", ["a", "b"]),
        ("a</ >b", ["a", "b"]),
        ("a<![CDATA[x]]>b", ["a", "b"]),
        ("1 < 2 and <3", ["1 < 2 and <3"]),
        ("<script>if (a < b) { '</p>' }</script>x", [["script", "if (a < b) { '</p>' }"], "x"]),
        ("<script>a</scripty></SCRIPT >x", [["script", "a</scripty>"], "x"]),
        ("<textarea>&lt;b></textarea>x", [["textarea", "<b>"], "x"]),
        ("x<div class=", ["x"]),
    ],
)
def test_tokens(html: str, expected: list[object]) -> None:
    tree = parse_html(html)
    flat = [n.value if isinstance(n, Text) else shape(n) for n in tree.root.children]
    assert flat == expected or "".join(str(f) for f in flat) == "".join(str(e) for e in expected)


def test_cdata_is_text_in_xml() -> None:
    assert parse_html("<?xml version='1.0'?><p>a<![CDATA[<b>&amp;]]></p>").find("p").text() == "a<b>&amp;"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "tag, attrs",
    [
        ("<a href=x class='b c' ID=\"d\">", {"href": "x", "class": "b c", "id": "d"}),
        ("<a hidden data-x>", {"hidden": "", "data-x": ""}),
        ("<a class=one class=two>", {"class": "one"}),
        ("<a title = 'a > b'>", {"title": "a > b"}),
        ("<a href=/a/b/>", {"href": "/a/b/"}),
        ('<a href="?a=1&copy=2&amp;c">', {"href": "?a=1&copy=2&c"}),
        ("<a title='&eacute;&#233'>", {"title": "éé"}),
        ("<a x=1y='2'>", {"x": "1y='2'"}),
    ],
)
def test_attributes(tag: str, attrs: dict[str, str]) -> None:
    assert parse_html(tag).elements[0].attrs == attrs


def test_positions() -> None:
    html = "é<p id=a>x &amp; y</p>\n<b>z"
    tree = parse_html(html)
    p, b = tree.elements
    assert html[p.start : p.content] == "<p id=a>"
    assert html[p.start : p.end] == "<p id=a>x &amp; y</p>"
    assert b.end == len(html)
    text = p.children[0]
    assert isinstance(text, Text)
    assert text.pieces == [("x ", 9), ("&", 11), (" y", 16)]


def test_find_all_in_page_order() -> None:
    tree = parse_html("<h2>a</h2><h1>b</h1><h2>c</h2>")
    assert [e.text() for e in tree.find_all("h1", "h2")] == ["a", "b", "c"]
    assert tree.find("h3") is None


def test_depth_is_bounded() -> None:
    tree = parse_html("<div>" * 5_000 + "x" + "</div>" * 5_000 + "<p>after")
    assert max(sum(1 for _ in e.ancestors()) for e in tree.elements) <= MAX_DEPTH
    assert tree.find("p").text() == "after"  # type: ignore[union-attr]


def test_nodes_are_bounded() -> None:
    tree = parse_html("<i>x</i>" * 1_000, max_nodes=100)
    assert tree.cut_at is not None
    assert len(tree.elements) < 100


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<a " + "b='c' " * 300_000 + ">x",
        "<a " * 300_000,
        "<a b='>" * 100_000 + '<a b="',
        "<!--" * 300_000,
        "<![CDATA[" * 100_000,
        "<p><table>" * 30_000,
        "<a><div>" * 60_000,
        "<b><div></b>" * 60_000,
        "<title>x</title" * 60_000,
        "<script>" * 100_000,
        "</" * 500_000,
        "&" * 1_000_000,
        "<table><tr><td>" * 50_000,
    ],
)
def test_time_is_bounded(html: str) -> None:
    began = time.process_time()
    tree = parse_html(html)
    for element in tree.elements[:1]:
        assert element.attrs is not None
    assert time.process_time() - began < 6
