from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.metadata import find_dates, parse_byline, read_metadata
from sayso.extract.plain import split_text
from sayso.extract.segment import segment
from sayso.extract.tree import parse_html
from sayso.model import Page, page_id

PIECES = st.sampled_from(
    [
        "<h1>", "</h1>", "<p>", "By Ann Lee", "May 5, 2018", "<title>", "</title>", "<time datetime='2018-01-01'>",
        "<script type='application/ld+json'>", "</script>", '{"@type":"NewsArticle","headline":', '"x"', "[", "]", "}",
        '<meta property="og:title" content="', '">', "<div class=byline>", "</div>", "\x00", "É", "、", " | ",
        "99/99/9999",
        '"author":{"@id":"a"}', "\n", "Updated ", "(AP) — ", "<aside>", "<meta itemprop=datePublished content=2>",
    ]
)  # fmt: skip


def page(text: str, media_type: str) -> Page:
    return Page(page_id(text.encode()), text.encode(), text, media_type, "utf-8", ("https://n.example/2018/01/02/x",))


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join))
def test_no_page_raises_and_spans_hold(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    tree = parse_html(text)
    blocks = segment(tree)
    found = read_metadata(page(text, "text/html"), tree, blocks)
    assert len(found.block_languages) == len(blocks)
    if found.headline and found.headline.block is not None:
        shown = blocks[found.headline.block].text[found.headline.start : found.headline.end]
        assert " ".join(shown.split()) == found.headline.value
    read_metadata(page(text, "text/plain"), None, split_text(text))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_strings_never_raise(text: str) -> None:
    parse_byline(text)
    for found in find_dates(text):
        assert text[found.start : found.end].strip() == found.raw
