"""Dates that a page shows otherwise than its markup states them, or states far from its headline; names it hides."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sayso.extract.metadata import Metadata, read_metadata
from sayso.extract.segment import segment
from sayso.extract.tree import parse_html
from sayso.model import Given, Page, page_id

BODY = "<p>" + "The ferry to Hale ran late all week, passengers told the harbour master on Friday. " * 4 + "</p>"
KEPT_UP = {
    "@type": "Article",
    "headline": "Ferries to Hale",
    "datePublished": "2019-04-02",
    "dateModified": "2024-05-20",
    "author": {"@type": "Person", "name": "Ann Lee"},
}


def read(body: str, *, ld: Any = None, head: str = "") -> Metadata:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    html = f"<html lang=en><head><title>Ferries to Hale</title>{head}{script}</head><body>{body}</body></html>"
    raw = html.encode()
    page = Page(page_id(raw), raw, html, "text/html", "utf-8", (), None, None, Given())
    tree = parse_html(html)
    return read_metadata(page, tree, segment(tree))


def day(found: Metadata) -> tuple[str, str] | None:
    date = found.date_published
    return (date.value, date.found) if date else None


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("<h1>Ferries to Hale</h1><p>May 20, 2024</p>", ("2024-05-20", "text")),
        ("<p>May 20, 2024</p><h1>Ferries to Hale</h1>", ("2024-05-20", "text")),
        ("<h1>Ferries to Hale</h1><p>Updated May 20, 2024</p>", ("2019-04-02", "json-ld")),
        ("<h1>Ferries to Hale</h1><p>Published April 2, 2019</p><p>May 20, 2024</p>", ("2019-04-02", "json-ld")),
        ("<h1>Ferries to Hale</h1><p>June 30, 2024</p>", ("2019-04-02", "json-ld")),
        ("<h1>Ferries to Hale</h1><p>04.02.2019</p>", ("2019-04-02", "json-ld")),
    ],
)
def test_the_day_shown_for_a_story_kept_up(top: str, expected: tuple[str, str]) -> None:
    assert day(read(top + BODY * 3, ld=KEPT_UP)) == expected


def test_the_day_shown_and_the_day_stated_conflict() -> None:
    found = read("<h1>Ferries to Hale</h1><p>May 20, 2024</p>" + BODY * 3, ld=KEPT_UP)
    assert [(c.kept.value, c.other.value) for c in found.date_conflicts] == [("2024-05-20", "2019-04-02")]


def test_a_day_in_a_quoted_post_is_not_the_outlets_own() -> None:
    stated = {"@type": "Article", "headline": "Ferries to Hale", "datePublished": "2024-05-20T13:00:00Z"}
    lines = "<p>Another line of the ferries is late.</p>" * 6
    found = read("<h1>Ferries to Hale</h1>" + lines + "<p>Bo Ek (@boek) May 19, 2024</p>" + BODY * 3, ld=stated)
    assert day(found) == ("2024-05-20T13:00:00Z", "json-ld")


@pytest.mark.parametrize(
    "head",
    [
        '<script>window.page = {"post": {"publishedAt": "2024-05-20T08:00:00Z"}}</script>',
        '<script>push("{\\"datePublished\\":\\"2024-05-20T08:00:00Z\\"}")</script>',
        '<meta name="x-published-date" content="2024-05-20T08:00:00Z">',
    ],
)
def test_a_day_in_scripts_or_a_houses_own_metadata(head: str) -> None:
    assert day(read("<h1>Ferries to Hale</h1>" + BODY * 3, head=head)) == ("2024-05-20T08:00:00Z", "meta")


def test_two_days_in_scripts_are_as_good_as_none() -> None:
    posts = '[{"publishedAt": "2024-05-20"}, {"publishedAt": "2024-05-12"}]'
    assert day(read("<h1>Ferries to Hale</h1>" + BODY * 3, head=f"<script>x = {posts}</script>")) is None


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("<p>May 20, 2024</p>", ("2024-05-20", "text")),
        ("<p>May 2024</p>", ("2024-05", "text")),
        ("<p>May 20, 2024</p><p>May 12, 2024</p>", None),
        ("<p>the ferries stop after May 20, 2024</p>", None),
        ("<p>since May 2024</p>", None),
        ("<p><a href=/other>May 20, 2024</a></p>", None),
        ("<div class=related><p>May 20, 2024</p></div>", None),
    ],
)
def test_a_date_that_stands_alone_below_the_story(end: str, expected: tuple[str, str] | None) -> None:
    assert day(read("<h1>Ferries to Hale</h1>" + BODY * 4 + end)) == expected


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("<p>By Bo Ek</p>", ("Bo Ek",)),
        ("<p>By Bo Ek</p><p>About Ann Lee</p>", ("Ann Lee",)),
        ("<p class=byline>Harbour Desk</p>", ("Harbour Desk",)),
        ("<p>May 20, 2024</p>", ("Ann Lee",)),
        ("<p>ByAnn Lee</p>", ("Ann Lee",)),
    ],
)
def test_a_printed_byline_beats_a_name_that_the_page_shows_nowhere(line: str, byline: tuple[str, ...]) -> None:
    assert read("<h1>Ferries to Hale</h1>" + line + BODY * 3, ld=KEPT_UP).byline == byline


def test_an_agency_is_a_credit_unless_the_byline_says_by() -> None:
    agency = {**KEPT_UP, "author": {"@type": "Thing", "name": "Reuters"}}
    assert read("<h1>Ferries to Hale</h1><p class=byline>Reuters</p>" + BODY * 3, ld=agency).byline == ()
    assert read("<h1>Ferries to Hale</h1><p>By Reuters</p>" + BODY * 3, ld=agency).byline == ("Reuters",)


@pytest.mark.parametrize(
    ("page", "byline"),
    [
        ("<article><h1>Ferries to Hale</h1>{body}<footer>By Bo Ek | May 20, 2024</footer></article>", ("Bo Ek",)),
        ("<h1>Ferries to Hale</h1>{body}<article>{body}<footer>By Bo Ek | May 20, 2024</footer></article>", ()),
        ("<article><h1>Ferries to Hale</h1>{body}</article><footer>By Bo Ek | May 20, 2024</footer>", ()),
    ],
)
def test_the_foot_of_the_headlines_own_article_tells_of_it(page: str, byline: tuple[str, ...]) -> None:
    found = read(page.format(body="<p>The ferry ran late, passengers told the harbour master.</p>"))
    assert found.byline == byline
    assert (found.date_published is not None) == bool(byline)
