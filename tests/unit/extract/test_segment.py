from __future__ import annotations

import pytest

from sayso.extract.runs import INSERTED, Pieces, join_runs
from sayso.extract.segment import PageBlock, segment
from sayso.extract.tree import parse_html


def blocks(html: str) -> list[PageBlock]:
    return segment(parse_html(html))


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


@pytest.mark.parametrize(
    "html, expected",
    [
        ("<p>One <b>two</b>\n three</p><p>four</p>", ["One two three", "four"]),
        ("<p>  a\n\t b  </p>", ["a b"]),
        ("<p>one<br>two</p>", ["one\ntwo"]),
        ("<p>one<br> <br>two</p>", ["one", "two"]),
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"]),
        ("<p>so&shy;ft, so\u00adft, zero\u200bwidth</p>", ["soft, soft, zerowidth"]),
        ("<p>a&nbsp;b</p><p>&nbsp;</p>", ["a\xa0b"]),
        ("<ruby>漢<rt>kan</rt></ruby>", ["漢(kan)"]),
        ("<ruby>漢<rp>[</rp><rt>kan</rt><rp>]</rp></ruby>", ["漢[kan]"]),
        ("<p>a<!-- no -->b</p>", ["ab"]),
        ("<pre>x\n  y</pre>", ["x\n  y"]),
        ("<p>W<span>ord</span></p>", ["Word"]),
        ("<p><span>May 3</span><span>By Ann</span></p>", ["May 3 By Ann"]),
        ("<a href=1>Home</a><a href=2>News</a>", ["Home News"]),
        ("<p>seen<script>x()</script><style>y</style><noscript>z</noscript></p>", ["seen"]),
        ("<p>seen <span style='display: none'>not</span></p><p hidden>nor</p>", ["seen"]),
        ("<div hidden=until-found>found</div>", ["found"]),
        ("<template><p>no</p></template><select><option>no</select><p>yes", ["yes"]),
        ("", []),
        ("just text", ["just text"]),
    ],
)
def test_texts(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_a_hidden_part_that_holds_the_story_is_read() -> None:
    prose = "<p>" + "A sentence of the story. " * 12 + "</p>"
    assert len(texts(f"<div style='display:none'>{prose * 3}</div><p>Menu</p>")) == 4
    assert texts(f"<div style='display:none'><p>A note.</p></div>{prose}") == [
        ("A sentence of the story. " * 12).strip()
    ]


def test_counts() -> None:
    [block] = blocks("<div class=x><p>Read <a href=1>this</a> <b>now</b> or <a href=2>that</a></p></div>")
    assert (block.link_chars, block.links, block.bold_chars) == (8, 2, 3)
    assert block.element.tag == "p"
    assert block.link is not None
    assert block.link.get("href") == "1"


def test_pieces_remember_where_they_stood() -> None:
    html = "<p>a &amp;  <i>b</i></p>"
    [block] = blocks(html)
    assert list(zip(block.pieces.chars, block.pieces.origins, strict=True)) == [
        ("a ", 3),
        ("&", 5),
        (" ", INSERTED),
        ("b", html.index("b<")),
    ]


def test_join() -> None:
    one, two = Pieces(["ab", " "], [4, INSERTED]), Pieces(["c"], [9])
    text, starts, runs = join_runs([one.trimmed(), two])
    assert text == "ab\n\nc"
    assert starts == [0, 4]
    assert [(run.length, run.origin) for run in runs] == [(2, 4), (2, None), (1, 9)]
