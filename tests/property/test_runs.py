from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import SaysoError
from sayso.extract import extract
from sayso.extract.references import decode_pieces
from sayso.extract.runs import join_runs
from sayso.extract.segment import segment
from sayso.extract.tree import parse_html
from sayso.model import Article, Run
from sayso.readers import page_from_html, page_from_text, read_page

TAGS = [
    *("p", "div", "b", "i", "a", "span", "li", "ul", "ol", "table", "tr", "td", "h1", "h2", "br", "img", "pre", "ruby"),
    *("rt", "rp", "script", "style", "textarea", "title", "svg", "noscript"),
]
WORDS = st.text(alphabet="aZ é&;#x19<>'\"=/!-[]\u00ad\u200b\xa0\n\t漢😀", max_size=12)
REFERENCES = st.sampled_from(
    ["&amp;", "&lt", "&nbsp;", "&shy;", "&#8217;", "&#x80;", "&NotEqualTilde;", "&x;", "&#0;", "&notit;"]
)
ATTRIBUTES = st.sampled_from(
    ["", " class='a b'", " hidden", " style='display:none'", ' href="x>y"', " x=&amp;", " a='"]
)
ODD = st.sampled_from(
    ["<!-- c -->", "<![CDATA[x]]>", "<!doctype html>", "<?xml version='1.0'?>", "</", "<", "<br/>", "<!--"]
)
OPEN = st.builds("<{}{}>".format, st.sampled_from(TAGS), ATTRIBUTES)
CLOSE = st.builds("</{}>".format, st.sampled_from(TAGS))
HTML = st.lists(st.one_of(WORDS, REFERENCES, OPEN, CLOSE, ODD), max_size=40).map("".join)


def check_runs(text: str, runs: tuple[Run, ...], source: str) -> None:
    """Runs cover the text exactly; what is copied equals the page, or is the reference that stands there."""
    at, last = 0, -1
    for run in runs:
        chars = text[at : at + run.length]
        at += run.length
        assert run.length > 0
        if run.origin is None:
            assert not chars.strip() or chars in "()" or set(chars) <= set("() \n")
            continue
        assert run.origin > last
        last = run.origin
        if source[run.origin : run.origin + run.length] != chars:
            assert source[run.origin] == "&"
            decoded, origin = decode_pieces(source, run.origin, run.origin + 40)[0]
            assert origin == run.origin
            assert chars in decoded
    assert at == len(text)


def joined(html: str) -> tuple[str, tuple[Run, ...]]:
    text, _, runs = join_runs([block.pieces for block in segment(parse_html(html))])
    return text, runs


@settings(max_examples=400, deadline=None)
@given(HTML)
def test_runs_of_any_markup(html: str) -> None:
    check_runs(*joined(html), html)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["one", "two &amp; three", "<b>four</b>", "<i>five</i>", " ", "\n"]), max_size=20))
def test_no_visible_word_is_dropped(parts: list[str]) -> None:
    text, _ = joined("<p>" + "".join(parts) + "</p>")
    wanted = "".join(parts).replace("&amp;", "&")
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        wanted = wanted.replace(tag, "")
    assert "".join(text.split()) == "".join(wanted.split())


def check_article(article: Article, source: str) -> None:
    check_runs(article.text, article.runs, source)
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(article.text)
        assert not article.text[at : block.span.start].strip()
        assert block.span.of(article.text).strip() == block.span.of(article.text)
        at = block.span.end
    assert not article.text[at:].strip()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HTML)
def test_articles_of_any_markup(html: str) -> None:
    page = page_from_html(html)
    article = extract(page)
    check_article(article, page.text)
    assert article == extract(page)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="aB .:\r\n\u2028\x0b\t“By", max_size=200))
def test_plain_text_is_kept(text: str) -> None:
    article = extract(page_from_text(text))
    assert article.text == text
    check_article(article, text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([None, "text/html", "text/html; charset=shift_jis", "x", "text/plain"]))
def test_any_bytes_are_a_page_or_a_clear_error(data: bytes, media_type: str | None) -> None:
    try:
        page = read_page(data, media_type=media_type, path_name="x")
    except SaysoError as error:
        assert "expected" in str(error)  # noqa: PT017
        return
    assert page.text.encode()


def _pages(data: Path) -> Iterator[str]:
    for name in ("wcxb_dev", "andy"):
        with gzip.open(data / "pages" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as handle:
            for line in handle:
                yield json.loads(line)["html"]


@pytest.mark.data
@pytest.mark.full
def test_runs_of_every_development_page(data: Path) -> None:
    for html in _pages(data):
        text, runs = joined(html)
        check_runs(text, runs, html)
