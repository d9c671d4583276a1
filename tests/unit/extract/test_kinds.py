"""What blocks of laid-out pages are, in the cases that words, marks and place decide together."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from sayso.extract.kinds import Sort, heads_of_boxes
from sayso.model import Block
from sayso.readers import page_from_html

STORY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The swing bridge over the harbour in Dunmore will close in May for a year of repairs, the council said.",
        "Engineers who inspected the bridge last autumn found cracks in two of the four girders, a report says.",
        "“We had a choice between closing it in order and closing it overnight,” said Ruth Hallam, the engineer.",
        "Shopkeepers on the quay, who depend on visitors, said they had been told of the closure only a day before.",
        "The bridge was built in 1926 and last repaired in 1988, when it was shut for five months, she said.",
    )
)
HEAD = "<title>Bridge in Dunmore to close for a year</title><h1>Bridge in Dunmore to close for a year</h1>"


def kind_of(words: str, html: str) -> Block:
    article = extract(page_from_html(html))
    return next(block for block in article.blocks if block.span.of(article.text).startswith(words))


def around(extra: str, *, top: str = "") -> str:
    return f"{top}<article>{HEAD}{STORY}</article>{extra}"


@pytest.mark.parametrize(
    "words, html, kind, foreign",
    [
        (
            "Correction:",
            around("<div><p>Correction: The year was wrong in an earlier version.</p></div>"),
            "furniture",
            False,
        ),
        ("See also: Harvest", around("<aside><p>See also: Harvest festival opens in Tarn</p></aside>"), "teaser", True),
        ("Related", around("<aside><h3>Related</h3></aside>"), "teaser", False),
        ("Listen to", around("", top="<div><p>Listen to this article (9 min)</p></div>"), "widget", False),
        (
            "Got a story?",
            around("<div class=card><p>Got a story? Call our desk on 555-0166.</p></div>"),
            "widget",
            False,
        ),
    ],
)
def test_lines_beside_the_story(words: str, html: str, kind: str, foreign: bool) -> None:
    block = kind_of(words, html)
    assert (block.kind, block.foreign) == (kind, foreign)


def test_initials_alone_under_a_story_are_a_credit() -> None:
    block = kind_of("NPA", f"<article>{HEAD}{STORY}<p>NPA</p></article>")
    assert (block.kind, block.reason) in {("furniture", "credit"), ("furniture", "outside the story")}


def test_what_follows_a_wall_is_its_offer() -> None:
    offer = "<p>Subscribe to continue reading.</p><ul><li>All articles on the web</li><li>The morning note</li></ul>"
    article = extract(page_from_html(f"<article>{HEAD}{STORY}{offer}</article>"))
    assert article.representation == "partial"
    kinds = {b.span.of(article.text): (b.kind, b.reason) for b in article.blocks}
    assert kinds["All articles on the web"] == ("widget", "offer to subscribers")
    assert kinds["The morning note"][0] == "widget"
    assert sum(kind == "paragraph" for kind, _ in kinds.values()) == 5


def test_a_heading_over_a_box_is_the_boxes() -> None:
    sorts = [Sort("heading"), Sort("teaser"), Sort("teaser"), Sort("heading"), Sort("widget"), Sort("paragraph")]
    kinds = [sort.kind for sort in heads_of_boxes(sorts, [0.7] * 6)]
    assert kinds == ["teaser", "teaser", "teaser", "heading", "widget", "paragraph"]
    assert heads_of_boxes(sorts, [0.95] * 6) == sorts


def test_the_last_change_is_a_stamp_however_it_is_said() -> None:
    line = "This page was last updated on Sunday, January 5, 2025 at 12:13 AM EST."
    assert kind_of("This page", f"<article>{HEAD}<p>{line}</p>{STORY}</article>").kind == "date"
