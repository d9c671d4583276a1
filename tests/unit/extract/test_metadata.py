from __future__ import annotations

import json
from typing import Any

import pytest

from sayso.extract.metadata import Metadata, read_metadata
from sayso.extract.plain import split_text
from sayso.extract.segment import segment
from sayso.extract.tree import parse_html
from sayso.model import Given, Page, page_id

BODY = "<p>" + "The dam above Nord held through the night, engineers of the water board said on Monday. " * 3 + "</p>"


def read(html: str, *, url: str | None = None, fetched_at: str | None = None, given: Given | None = None) -> Metadata:
    body = html.encode()
    page = Page(
        page_id(body), body, html, "text/html", "utf-8", (url,) if url else (), None, fetched_at, given or Given()
    )
    tree = parse_html(html)
    return read_metadata(page, tree, segment(tree))


def page_of(body: str, *, ld: Any = None, head: str = "", title: str = "Dam above Nord holds | Daily Bugle") -> str:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    return f"<html lang=en><head><title>{title}</title>{head}{script}</head><body>{body}{BODY * 3}</body></html>"


LD = {
    "@type": "NewsArticle",
    "headline": "Dam above Nord holds",
    "author": [{"@type": "Person", "name": "Ann Lee"}],
    "publisher": {"@type": "Organization", "name": "Daily Bugle"},
    "datePublished": "2018-09-11T08:30:00+02:00",
    "dateModified": "2018-09-12T10:00:00+02:00",
    "articleSection": "World",
}


def test_what_json_ld_states() -> None:
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld=LD))
    assert found.headline is not None
    assert (found.headline.value, found.byline, found.publisher, found.section) == (
        "Dam above Nord holds",
        ("Ann Lee",),
        "Daily Bugle",
        "World",
    )
    assert found.date_published is not None
    assert found.date_modified is not None
    assert (found.date_published.value, found.date_published.found) == ("2018-09-11T08:30:00+02:00", "json-ld")
    assert found.date_modified.value == "2018-09-12T10:00:00+02:00"
    assert (found.page_kind, found.representation, found.language) == ("article", "full", "en")


def test_broken_json_ld_is_mended() -> None:
    json_ld = '{"@type":"NewsArticle","headline":"Dam\tholds","datePublished":"2018-09-11",}'
    script = f'<script type="application/ld+json">//<![CDATA[\n{json_ld}\n//]]></script>'
    found = read(page_of("<h1>Dam holds</h1>", head=script))
    assert found.date_published is not None
    assert found.date_published.value == "2018-09-11"


def test_other_stories_nodes_are_left_aside() -> None:
    other = {
        **LD,
        "headline": "Mayor resigns",
        "author": {"@type": "Person", "name": "Cy Dow"},
        "datePublished": "2020-01-01",
    }
    ld = [{"@type": "ItemList", "itemListElement": [other]}, other, LD]
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld=ld))
    assert found.byline == ("Ann Lee",)
    assert found.date_published is not None
    assert found.date_published.value.startswith("2018-09-11")


@pytest.mark.parametrize(
    "heading",
    [
        "<h1>Dam above Nord holds</h1>",
        "<h1><span>World</span> <span>Dam above Nord holds</span></h1>",
        "<h1>Daily Bugle</h1><h1>Dam above Nord holds</h1>",
        "<h1 class=logo>Daily Bugle</h1><h2>Dam above Nord holds</h2>",
        "<h1>Dam above\n  Nord holds</h1>",
    ],
)
def test_headline_by_agreement(heading: str) -> None:
    html = page_of(heading)
    found = read(html).headline
    assert found is not None
    assert found.value == "Dam above Nord holds"
    assert found.block is not None
    block = segment(parse_html(html))[found.block].text
    assert " ".join(block[found.start : found.end].split()) == found.value


def test_title_alone_less_the_site() -> None:
    found = read(page_of("", head='<meta property="og:site_name" content="The Daily Bugle">')).headline
    assert found is not None
    assert (found.value, found.block) == ("Dam above Nord holds", None)


@pytest.mark.parametrize(
    "stamp, byline",
    [
        ("<p>By Ann Lee and Bo Ek</p>", ("Ann Lee", "Bo Ek")),
        ("<p>By</p><p>Ann Lee</p>", ("Ann Lee",)),
        ("<div class=author-name><a href=/x>Ann Lee</a></div>", ("Ann Lee",)),
        ("<p>May 18, 2018 by Ann Lee</p>", ("Ann Lee",)),
        ("<p>Ann Lee</p><p>May 18, 2018</p>", ("Ann Lee",)),
        ("<p>By Daily Bugle</p>", ()),
        ("<p>By Reuters</p>", ("Reuters",)),
        ("<div class=related-stories><p>By Cy Dow</p></div>", ()),
        ("<p>Ann Lee</p>", ()),
        ("<nav><p>By Cy Dow</p></nav>", ()),
    ],
)
def test_printed_bylines(stamp: str, byline: tuple[str, ...]) -> None:
    html = page_of(f"<h1>Dam above Nord holds</h1>{stamp}", head='<meta property="og:site_name" content="Daily Bugle">')
    assert read(html).byline == byline


def test_byline_below_the_story() -> None:
    html = page_of(
        f"<h1>Dam above Nord holds</h1>{BODY * 4}<p>Written by Ann Lee</p><div class=related><p>By Cy Dow</p></div>"
    )
    assert read(html).byline == ("Ann Lee",)


def test_printed_dates_kept_apart() -> None:
    found = read(page_of("<h1>Dam above Nord holds</h1><p>Published Sept. 11, 2018 | Updated Sept. 13, 2018</p>"))
    assert found.date_published is not None
    assert found.date_modified is not None
    assert (found.date_published.value, found.date_published.found) == ("2018-09-11", "text")
    assert (found.date_modified.value, found.date_modified.raw) == ("2018-09-13", "Sept. 13, 2018")


def test_a_change_is_no_publication_where_one_is_printed() -> None:
    stamps = "<p>Last updated:</p><p>Sept. 13, 2018</p><p>Published:</p><p>Sept. 10, 2018</p>"
    found = read(page_of(f"<h1>Dam above Nord holds</h1>{stamps}"))
    assert found.date_modified is not None
    assert found.date_modified.value == "2018-09-13"
    assert found.date_published is not None
    assert found.date_published.value == "2018-09-10"
    assert not found.dated_by_change


def test_dates_of_cards_and_sentences_are_not_the_pages() -> None:
    cards = "<div class=related><p>May 1, 2020</p></div>"
    found = read(page_of(f"<h1>Dam above Nord holds</h1><p>the flood of the year began on May 2, 2017 here</p>{cards}"))
    assert found.date_published is None


def test_nothing_after_the_fetch() -> None:
    ld = {**LD, "datePublished": "2019-09-11"}
    html = page_of("<h1>Dam above Nord holds</h1><p>Published Sept. 11, 2018</p>", ld=ld)
    found = read(html, fetched_at="2018-10-01T00:00:00Z").date_published
    assert found is not None
    assert (found.value, found.found) == ("2018-09-11", "text")


def test_local_day_beats_the_neighbouring_day_in_utc() -> None:
    ld = {**LD, "datePublished": "2018-09-12T01:30:00Z"}
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld=ld), url="https://n.example/2018/09/11/dam").date_published
    assert found is not None
    assert (found.value, found.found) == ("2018-09-11", "url")


def test_conflicts_are_recorded() -> None:
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld=LD), url="https://n.example/2017/01/05/dam")
    assert [(c.other.found, c.days) for c in found.date_conflicts] == [("url", 614)]


def test_a_video_further_down_is_no_conflict() -> None:
    video = {"@type": "VideoObject", "uploadDate": "2016-03-01", "datePublished": "2016-03-01"}
    html = page_of("<h1>Dam above Nord holds</h1>", ld={"@graph": [LD, video]})
    assert read(html).date_conflicts == ()


def test_a_change_before_the_publication_is_a_conflict() -> None:
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld={**LD, "dateModified": "2018-08-01"}))
    assert [(c.other.value, c.days) for c in found.date_conflicts] == [("2018-08-01", 41)]


UNDATED = {key: value for key, value in LD.items() if not key.startswith("date")}
STAMPED = "<h1>Dam above Nord holds</h1><p>Last updated: May 5, 2021</p><p>The dam held.</p>"


def test_the_last_change_stands_in_where_no_other_day_is_stated() -> None:
    found = read(page_of(STAMPED, ld=UNDATED))
    assert found.date_published is not None
    assert (found.date_published.value, found.date_published.found) == ("2021-05-05", "text")
    assert found.dated_by_change
    assert found.date_modified == found.date_published
    assert not read(page_of(STAMPED, ld=LD)).dated_by_change


def test_a_servers_time_of_change_stands_in_for_nothing() -> None:
    head = '<meta property="og:updated_time" content="2021-05-05T10:00:00Z">'
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld=UNDATED, head=head))
    assert found.date_modified is not None
    assert found.date_published is None


def test_the_callers_word_wins() -> None:
    given = Given(title="Dam holds", publisher="Evening Post", published="2018-09-10")
    found = read(page_of("<h1>Dam above Nord holds</h1>", ld=LD), given=given)
    assert found.headline is not None
    assert found.date_published is not None
    assert (found.headline.value, found.publisher) == ("Dam holds", "Evening Post")
    assert (found.date_published.value, found.date_published.found) == ("2018-09-10", "given")


@pytest.mark.parametrize(
    "html, kind, representation",
    [
        ("<title>404 Page not found</title><p>Sorry.</p>", "error", "full"),
        ("<title>Before you continue</title><p>We use cookies.</p>", "consent", "full"),
        (page_of("<h1>Dam</h1>", ld={**LD, "@type": "LiveBlogPosting"}), "live", "full"),
        (page_of("<h1>Dam</h1>", head='<meta property="og:type" content="video.other">'), "video", "full"),
        (f"<title>Dam</title><h1>Dam</h1>{BODY}<p>Subscribe to continue reading.</p>", "paywall", "partial"),
        (f"<title>Dam</title>{'<li><a href=/x>' + 'Another story of this long day</a>'}" * 100, "index", "full"),
        (page_of("<h1>Dam</h1>"), "article", "full"),
    ],
)
def test_page_kinds(html: str, kind: str, representation: str) -> None:
    found = read(html)
    assert (found.page_kind, found.representation) == (kind, representation)


def test_a_subscription_line_over_a_whole_story_is_no_wall() -> None:
    line, story = (
        "<p>Subscribe to continue reading.</p>",
        "".join(f"<p>{i}. {'The dam held. ' * 20}</p>" for i in range(8)),
    )
    found = read(f"<title>Dam</title><h1>Dam</h1>{BODY}{line}{story}")
    assert (found.page_kind, found.representation) == ("article", "full")


def test_a_section_beside_the_date_is_nobodys_name() -> None:
    line = "<div class='{}'>Nonessential Thoughts</div><div>May 4, 2018</div>"
    undated = {key: value for key, value in LD.items() if key not in ("author", "creator")}
    assert read(page_of("<h1>Dam above Nord holds</h1>" + line.format("taxonomy-category"), ld=undated)).byline == ()
    assert read(page_of("<h1>Dam above Nord holds</h1>" + line.format("x"), ld=undated)).byline != ()


PLAIN = """Published: Mon, May 7, 2018
World News | By Ann Lee

Dam above Nord 'held all night'

Dam above Nord 'held all night'

The dam above Nord held through the night, engineers of the water board said on Monday, May 1, 2017, at last.
"""


def test_plain_text_top() -> None:
    page = Page(page_id(b"x"), b"x", PLAIN, "text/plain", "utf-8")
    blocks = split_text(PLAIN)
    found = read_metadata(page, None, blocks)
    assert found.headline is not None
    assert found.date_published is not None
    assert (found.headline.value, found.byline, found.publisher) == (
        "Dam above Nord 'held all night'",
        ("Ann Lee",),
        None,
    )
    assert (found.date_published.raw, found.date_published.value) == ("Mon, May 7, 2018", "2018-05-07")
    assert found.headline.block is not None
    assert blocks[found.headline.block].span.of(PLAIN) == found.headline.value
    assert [found.byline_block, found.date_block] == [1, 0]


def test_publisher_after_the_headline_in_the_title() -> None:
    assert read(page_of("<h1>Dam above Nord holds</h1>")).publisher == "Daily Bugle"
    assert read(page_of("<h1>Dam above Nord holds</h1>", title="Dam above Nord holds")).publisher is None


def test_whom_to_call_is_not_who_wrote() -> None:
    line = "<p>{}: <a href=/authors/ann-lee>Ann Lee</a></p>"
    title = "<h1>Dam above Nord holds</h1>"
    assert read(page_of(title + line.format("Contact"))).byline == ()
    assert read(page_of(title + line.format("Author"))).byline == ("Ann Lee",)


def test_authors_of_a_list_of_cards_are_not_the_pages() -> None:
    gap = "".join(f"<p>Shelf {number}</p>" for number in range(7))

    def cards(names: list[str]) -> str:
        listed = "".join(f"<div><h2>Book on dams</h2><p>By:</p><p>{name}</p></div>" for name in names)
        return page_of("<h1>Dam above Nord holds</h1>" + gap + listed)

    assert read(cards(["Ann Lee", "Bo Ek", "Cy Dow", "Di Marco"])).byline == ()
    assert read(cards(["Ann Lee"] * 4)).byline == ("Ann Lee",)
    near = cards(["Ann Lee", "Bo Ek", "Cy Dow", "Di Marco"]).replace(gap, "")
    assert read(near).byline == ("Ann Lee",)


def test_a_login_in_dublin_core_is_no_author() -> None:
    head = '<meta name="{}" content="{}">'
    title = "<h1>Dam above Nord holds</h1>"
    assert read(page_of(title, head=head.format("dcterms.creator", "alee2"))).byline == ()
    assert read(page_of(title, head=head.format("dcterms.creator", "Ann Lee"))).byline == ("Ann Lee",)
