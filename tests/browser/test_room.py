"""Every workflow of the reading room in Chromium, on the example case, offline."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.hostile import payloads

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SLOW_MS = 60_000


def fetched(room: str, path: str) -> Any:
    with urllib.request.urlopen(room + path, timeout=120) as answer:
        return json.load(answer)


@pytest.fixture
def page(browser: Browser, room: str) -> Iterator[Page]:
    """A fresh page whose console, errors, dialogs and requests are looked at when the test is done."""
    noise: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(SLOW_MS)
    page = context.new_page()
    page.on(
        "console", lambda said: noise.append(f"console: {said.text}") if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    context.on("request", lambda asked: asked.url.startswith(room) or noise.append(f"request: {asked.url}"))
    yield page
    context.close()
    assert not noise


@pytest.fixture(scope="session")
def filled(browser: Browser, room: str) -> dict[str, Any]:
    """The room with the example in it, opened as people open it."""
    page = browser.new_page()
    page.set_default_timeout(SLOW_MS)
    page.goto(room)
    assert "Drop a page here" in page.inner_text("main")
    page.get_by_role("button", name="Open the example").click()
    page.wait_for_url("**/stories", timeout=SLOW_MS)
    page.wait_for_selector(".cards", timeout=SLOW_MS)
    page.close()
    pages = fetched(room, "/pages.json")["pages"]
    assert len(pages) == 8
    story = fetched(room, "/stories.json")["stories"][0]
    return {"pages": pages, "story": story, "most": max(pages, key=lambda row: row["findings"])}


def accessible(page: Page) -> None:
    """axe-core finds nothing, in light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in found]
        assert not told, f"{page.url} {scheme}: {told}"
    page.emulate_media(color_scheme="light")


SCREENS = {
    "start": lambda f: "/",
    "pages": lambda f: "/pages",
    "article": lambda f: f["most"]["address"],
    "beside": lambda f: f["most"]["address"] + "?beside=page",
    "stories": lambda f: "/stories",
    "story": lambda f: f["story"]["address"],
    "claims": lambda f: f["story"]["address"] + "/claims",
    "sources": lambda f: "/sources",
    "timeline": lambda f: "/timeline",
    "search": lambda f: "/search?q=dam",
    "judgements": lambda f: "/judgements",
    "compare": lambda f: f"/compare?a={f['pages'][0]['key']}&b={f['pages'][1]['key']}",
}


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_accessible_and_fits_from_phone_to_wall(
    page: Page, room: str, filled: dict[str, Any], shots: Path, name: str
) -> None:
    address: Callable[[dict[str, Any]], str] = SCREENS[name]
    page.goto(room + address(filled))
    page.wait_for_selector("main h1")
    page.wait_for_function("!document.querySelector('[data-poll]')", timeout=SLOW_MS)
    accessible(page)
    for width in (360, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=shots / f"room-{name}-{width}-{scheme}.png")


def test_a_pasted_text_is_read_and_opened(page: Page, room: str, filled: dict[str, Any], shots: Path) -> None:
    page.goto(room)
    page.fill("textarea", "The mayor of Ostrel said on Friday that nobody had warned her.")
    page.get_by_text("What you know of the pasted page").click()
    page.fill("input[name=published]", "2023-09-22")
    page.get_by_role("button", name="Read").click()
    page.wait_for_url("**/pages/*", timeout=SLOW_MS)
    assert "nobody had warned her" in page.inner_text("article")
    assert "2023-09-22" in page.inner_text("main")
    page.screenshot(path=shots / "room-pasted.png")


def test_a_dropped_file_is_read_and_opened(page: Page, room: str, filled: dict[str, Any]) -> None:
    page.goto(room)
    page.evaluate(
        """() => { const held = new DataTransfer();
        held.items.add(new File(['<p>Police said on Sunday that two men had been held.</p>'], 'drop.html'));
        document.dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true})); }"""
    )
    page.wait_for_url("**/pages/*", timeout=SLOW_MS)
    assert "two men had been held" in page.inner_text("article")


def test_the_article_answers_to_pointer_and_keys(page: Page, room: str, filled: dict[str, Any], shots: Path) -> None:
    page.goto(room + filled["most"]["address"])
    page.hover("a.cue >> nth=0")
    assert page.locator(".hot").count() > 0
    page.locator(".pop > button").first.focus()
    card = page.locator(".pop > .card").first
    assert card.is_visible()
    assert "Left open" in card.inner_text()
    page.screenshot(path=shots / "room-open-speaker.png")
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.locator("details.fold > summary").first.click()
    assert page.locator("details.fold[open]").count() == 1
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"


def test_the_archived_page_shows_the_same_words_marked(page: Page, room: str, filled: dict[str, Any]) -> None:
    page.goto(room + filled["most"]["address"] + "?beside=page")
    frame = page.frame_locator("iframe[name=archived]")
    assert frame.locator(".c").count() > 3
    marks = frame.locator("[id^=m-]")
    assert marks.count() > 3
    # Nothing of it reaches the room: another origin, no script.
    assert page.locator("iframe[name=archived]").get_attribute("sandbox") == ""
    page.locator(".acts a[target=archived]").nth(2).click()
    assert "#m-" in page.frames[1].url


def test_from_a_story_to_the_passages_and_origins_behind_it(
    page: Page, room: str, filled: dict[str, Any], shots: Path
) -> None:
    page.goto(room + filled["story"]["address"])
    page.locator(".taken a").first.click()
    page.wait_for_url("**/pairs/**")
    assert page.locator(".passage blockquote").count() >= 2
    accessible(page)
    page.screenshot(path=shots / "room-pair.png")
    page.goto(room + filled["story"]["address"] + "/claims")
    page.wait_for_selector(".claims", timeout=SLOW_MS)
    page.locator(".claims .big").first.click()
    page.wait_for_selector(".tree .node")
    assert page.locator(".node.root").count() >= 1
    accessible(page)
    page.screenshot(path=shots / "room-claim.png")
    page.locator(".tree a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("blockquote, article, .row")


def test_a_source_over_time(page: Page, room: str, filled: dict[str, Any], shots: Path) -> None:
    page.goto(room + "/sources?group=named")
    page.locator("table.rows th a").first.click()
    page.wait_for_url("**/sources/*")
    assert page.locator(".flow > li").count() > 1
    accessible(page)
    page.screenshot(path=shots / "room-source.png")


def test_the_timeline_and_search_are_narrowed_and_their_addresses_reopen(
    page: Page, room: str, filled: dict[str, Any]
) -> None:
    page.goto(room + "/timeline")
    page.select_option("select[name=depth]", "first")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**depth=first**")
    events = page.locator(".events > li").count()
    assert events > 0
    page.goto(page.url)
    assert page.locator(".events > li").count() == events
    page.fill("#find", "dam")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    hits = page.locator(".hits > li").count()
    page.locator(".facets a").first.click()
    assert 0 < page.locator(".hits > li").count() < hits
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


def test_a_judgement_is_given_seen_and_withdrawn(page: Page, room: str, filled: dict[str, Any], shots: Path) -> None:
    page.goto(room + filled["most"]["address"])
    page.locator(".acts a", has_text="judge").first.click()
    page.wait_for_url("**/statements/*")
    accessible(page)
    page.get_by_label("No: nobody is said").check()
    page.fill("section.judge input[name=by]", "Kim")
    page.fill("section.judge input[name=why]", "a headline, no statement")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector(".verdicts li")
    assert "by Kim" in page.inner_text(".verdicts")
    page.goto(room + "/judgements")
    assert "a headline, no statement" in page.inner_text("table")
    accessible(page)
    page.screenshot(path=shots / "room-judgements-given.png")
    page.get_by_role("button", name="Withdraw").first.click()
    page.wait_for_selector("tr.withdrawn")
    assert page.get_by_role("button", name="Withdraw").count() == 0


def test_hostile_pages_run_load_and_send_nothing(page: Page, room: str, filled: dict[str, Any]) -> None:
    """All payloads, a dozen a page, shown both as read and as received; the fixture hears every request and dialog."""
    found = list(payloads().values())
    keys = []
    for at in range(0, len(found), 26):
        record = {"html": "".join(found[at : at + 26])}
        asked = urllib.request.Request(f"{room}/api/v1/pages", json.dumps(record).encode(), method="POST")
        with urllib.request.urlopen(asked, timeout=120) as answer:
            keys.append(json.load(answer)["pages"][0]["key"])
    for key in keys:
        page.goto(f"{room}/pages/{key}?beside=page")
        page.wait_for_load_state("load")
        assert "bridge was safe" in page.frame_locator("iframe").locator("body").inner_text()
        assert page.evaluate("window.__ran === undefined")
        assert page.url.startswith(room)
