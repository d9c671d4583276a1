from __future__ import annotations

import random
import time

import pytest

from sayso.extract import extract
from sayso.model import Article, Given
from sayso.readers import page_from_html, page_from_text

PARAGRAPHS = [
    "The harbour council voted seven to two on Monday evening to close the old swing bridge for at least a year.",
    "Mayor Inga Holm said the closure was needed because inspectors had found cracks in two of its main girders.",
    "“We can't ask people to drive over a bridge that we don't trust,” Ms. Holm told reporters after the meeting.",
    "Shop owners on the south bank fear that customers will stay away. About 9,000 cars cross the bridge every day.",
    "The council will pay for an extra ferry from May on, and a temporary footbridge is to open before the summer.",
    "Work is expected to cost 14 million crowns, according to a report that the council published last week.",
]
PAGE = """<!doctype html><html lang=en><head><title>Council closes swing bridge - Harbour News</title>
<meta property="og:title" content="Council closes swing bridge"><script>var x = "<p>not text</p>";</script></head><body>
<header class="site-header"><nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li>
<li><a href="/culture">Culture</a></li></ul></nav></header>
<main><article class="story"><h1>Council closes swing bridge</h1>
<div class="byline">By <a href="/by/ann-lee">Ann Lee</a></div><time datetime="2020-03-10">March 10, 2020</time>
<div class="share-tools"><button>Share on Facebook</button></div>
<figure><img src="b.jpg"><figcaption>The swing bridge, closed since Monday. Photo: Harbour News</figcaption></figure>
<div class="article-body">{body}</div></article></main>
<aside class="related-stories"><h3>Related stories</h3><ul>
<li><a href="/1">Film star buys a castle in the hills</a></li>
<li><a href="/2">Ten soups for cold days</a></li></ul></aside>
<footer class="site-footer"><p>&copy; 2020 Harbour News. All rights reserved.</p></footer></body></html>"""
HTML = PAGE.format(body="".join(f"<p>{text}</p>" for text in PARAGRAPHS))


@pytest.fixture(scope="module")
def article() -> Article:
    return extract(page_from_html(HTML, given=Given(url="https://news.example/bridge")))


def kinds_of(article: Article, words: str) -> list[str]:
    return [block.kind for block in article.blocks if words in block.span.of(article.text)]


@pytest.mark.parametrize(
    "words, kind",
    [
        ("Council closes", "headline"),
        ("Ann Lee", "byline"),
        ("March 10", "date"),
        ("Share on", "widget"),
        ("The swing bridge, closed", "caption"),
        ("All rights reserved", "furniture"),
        ("Related stories", "teaser"),
        ("Film star", "teaser"),
        ("Home", "furniture"),
    ],
)
def test_kinds(article: Article, words: str, kind: str) -> None:
    assert kinds_of(article, words) == [kind]


def test_story(article: Article) -> None:
    body = [block.span.of(article.text) for block in article.story if block.kind != "headline"]
    assert body == PARAGRAPHS


def test_text_holds_every_block_in_page_order(article: Article) -> None:
    assert "\n\n".join(block.span.of(article.text) for block in article.blocks) == article.text
    assert "not text" not in article.text


def test_metadata(article: Article) -> None:
    assert article.headline is not None
    assert article.headline.value == "Council closes swing bridge"
    assert article.headline.span is not None
    assert article.headline.span.of(article.text) == article.headline.value
    assert article.byline == ("Ann Lee",)
    assert article.date_published is not None
    assert article.date_published.value[:10] == "2020-03-10"


def test_a_repeated_headline_counts_once() -> None:
    twice = HTML.replace("<h1>", "<h2>Council closes swing bridge</h2><h1>")
    found = extract(page_from_html(twice))
    assert sorted(kinds_of(found, "Council closes")) == ["furniture", "headline"]


def test_ids() -> None:
    one, two = page_from_html(HTML), page_from_html(HTML + " ")
    assert extract(one).id == extract(one).id
    assert extract(one).id != extract(two).id


@pytest.mark.parametrize("html", ["", "<", "<html></html>", "\x00", "<p>", "&#0;", "<title>x", "<body hidden><p>x</p>"])
def test_pages_without_a_story(html: str) -> None:
    article = extract(page_from_html(html))
    assert len(article.text) == sum(run.length for run in article.runs)


def mutated(rng: random.Random, html: str) -> str:
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(html))
        match rng.randrange(6):
            case 0:
                html = html[:at] + chr(rng.choice([0, 38, 60, 62, 34, 0xD800, 0x200B, 0x1F600])) + html[at + 1 :]
            case 1:
                html = html[: max(1, at)]
            case 2:
                html = html[:at] + html[at : at + 200] * rng.randint(1, 20) + html[at:]
            case 3:
                html = html[:at] + "<div>" * rng.randint(1, 900) + html[at:]
            case 4:
                html = html[:at] + html[at + rng.randint(1, 300) :] or "x"
            case _:
                html = (
                    html[:at]
                    + rng.choice(["<!--", "<script>", "</body>", "<table>", "&amp;" * 50, "<a b='"])
                    + html[at:]
                )
    return html


def test_mutated_pages_are_read() -> None:
    rng = random.Random(7)
    for _ in range(60):
        page = page_from_html(mutated(rng, HTML))
        article = extract(page)
        assert len(article.text) == sum(run.length for run in article.runs)
        assert all(
            run.origin is None or page.text[run.origin] in ("&", article.text[at])
            for run, at in zip(article.runs, _starts(article), strict=True)
        )


def _starts(article: Article) -> list[int]:
    out, at = [], 0
    for run in article.runs:
        out.append(at)
        at += run.length
    return out


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "word &amp; " * 300_000,
        "<ul>" + "<li><a href='/x'>Item number one</a></li>" * 60_000,
        "".join(f"<div class='c{i} d{i * 7}'><p>Text {i} is here.</p></div>" for i in range(30_000)),
    ],
)
def test_large_pages_are_cut_and_say_so(html: str) -> None:
    began = time.process_time()
    article = extract(page_from_html(html))
    assert time.process_time() - began < 12
    assert "too long" in (article.blocks[-1].reason or "")


def cost(html: str) -> float:
    page = page_from_html(html)
    began = time.process_time()
    extract(page)
    return time.process_time() - began


@pytest.mark.parametrize(
    "unit",
    [
        "<p>" + PARAGRAPHS[0] + "</p>\n",
        "word, ",
        "<script>" + "var x = 1;" * 200 + "</script>",
        "<!-- " + "x" * 900 + " -->",
    ],
)
def test_cost_grows_with_length_alone_up_to_20_mb(unit: str) -> None:
    small, large = (unit * (megabytes * 1_000_000 // len(unit)) for megabytes in (4, 20))
    assert cost(large) < 12 * cost(small) + 0.5


def test_plain_text_keeps_its_characters() -> None:
    text = "\nCouncil closes bridge\r\n\r\n" + "\r\n\r\n".join(PARAGRAPHS) + "  \n"
    article = extract(page_from_text(text))
    assert article.text == text
    assert [(run.length, run.origin) for run in article.runs] == [(len(text), 0)]
    assert [block.kind for block in article.blocks] == ["headline", *["paragraph"] * len(PARAGRAPHS)]
    assert not any(block.foreign for block in article.blocks)
