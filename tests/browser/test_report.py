"""The report, opened from disk in Chromium: it renders, says nothing to the console and asks for nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import sayso
from sayso.examples import example_pages
from sayso.service import write_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAGES = example_pages()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    return {page.stem: write_html(sayso.read(page), folder / f"{page.stem}.html") for page in PAGES}


def opened(browser: Browser, path: Path, **options: Any) -> tuple[Any, list[str]]:
    """The report's page, and what it said or asked for."""
    page = browser.new_page(**options)
    noise: list[str] = []
    page.on("console", lambda message: noise.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: noise.append(f"error: {error}"))
    page.on("request", lambda request: request.url.startswith("file:") or noise.append(f"request: {request.url}"))
    page.goto(path.as_uri())
    return page, noise


@pytest.mark.parametrize("stem", [page.stem for page in PAGES])
def test_report_shows_the_story_and_keeps_quiet(browser: Browser, reports: dict[str, Path], stem: str) -> None:
    page, noise = opened(browser, reports[stem])
    reading = sayso.read(next(p for p in PAGES if p.stem == stem))
    assert reading.article.headline is not None
    assert reading.article.headline.value in page.inner_text("body")
    assert not noise
    assert reports[stem].stat().st_size < 300_000
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280, 2560])
def test_report_fits_the_screen(
    browser: Browser, reports: dict[str, Path], width: int, scheme: str, shots: Path
) -> None:
    stem = PAGES[3].stem
    page, noise = opened(browser, reports[stem], viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.screenshot(path=shots / f"report-{width}-{scheme}.png", full_page=True)
    assert not noise
    page.close()
