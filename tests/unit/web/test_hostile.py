from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from tests.hostile import names, payloads

import sayso
from sayso.model import Given
from sayso.pipeline import read_page
from sayso.readers import page_from_html
from sayso.render.archived import AS_OTHER, KEPT, LONE, archived_html
from sayso.store import Store, entry_of
from sayso.web.app import make_app
from sayso.web.room import Room, key_of

PAYLOADS = payloads()
NAMES = names()
OURS = re.compile(r"(?:/(?!/)[^\\]*|#[\w-]+|\?.*|)\Z")
FRAME_TAGS = KEPT | LONE | set(AS_OTHER.values()) | {"html", "head", "meta", "title", "style", "body", "main"}
ROOM_TAGS = FRAME_TAGS | {
    *("link", "script", "a", "form", "input", "button", "select", "option", "label", "details", "summary", "iframe"),
    *("svg", "path", "circle", "rect", "line", "text", "g", "aside", "bdi", "fieldset", "legend", "textarea", "mark"),
}


class Inspector(HTMLParser):
    """Gathers whatever could run, load or lead elsewhere."""

    def __init__(self, allowed: set[str] | frozenset[str]) -> None:
        super().__init__()
        self.allowed = allowed
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.allowed:
            self.bad.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "http-equiv", "ping", "formaction", "background"):
                self.bad.append(f"<{tag} {name}>")
            if name in ("href", "src", "action", "data", "poster", "xlink:href") and not OURS.match(value or ""):
                self.bad.append(f"<{tag} {name}={value!r}>")
            if tag == "script" and (name, value) not in (("src", "/static/room.js"), ("defer", None)):
                self.bad.append(f"<script {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and data.strip():
            self.bad.append("a script of its own")


def inspected(text: str, allowed: set[str] | frozenset[str]) -> list[str]:
    inspector = Inspector(allowed)
    inspector.feed(text)
    inspector.close()
    return inspector.bad


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A case of all payloads; names that spell markup as titles and outlets."""
    folder = tmp_path_factory.mktemp("hostile") / "case"
    store = Store(folder, create=True)
    with store.writer() as writer:
        for name, html in PAYLOADS.items():
            page = page_from_html(html, given=Given(id=name))
            writer.add(entry_of(read_page(page, layers=("article",)), name, name))
        for number, name in enumerate(NAMES):
            text = f"{name} said that the bridge was safe. “It is {name},” said Ada Bell of {name}."
            known = {"title": name, "publisher": name, "url": f"http://x/{name}"}
            reading = sayso.read_text(text, **known)  # type: ignore[arg-type]
            writer.add(entry_of(reading, f"name-{number}", name))
    with TestClient(make_app(Room(folder)), base_url="http://localhost") as client:
        yield client


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 150


@pytest.mark.parametrize("name", PAYLOADS)
def test_the_archived_page_is_inert(hostile: TestClient, name: str) -> None:
    shown = hostile.get(f"/pages/{key_of(name)}/frame")
    assert shown.status_code == 200
    assert "Mayor resigns" in shown.text
    assert inspected(shown.text, FRAME_TAGS) == []
    assert not re.search(r"[\u202a-\u202e]", shown.text)
    assert "sandbox" in shown.headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.full] * (number % 4 > 0)) for number, name in enumerate(PAYLOADS)]
)
def test_the_article_is_inert(hostile: TestClient, name: str) -> None:
    shown = hostile.get(f"/pages/{key_of(name)}?beside=page", headers={"accept": "text/html"})
    assert shown.status_code == 200
    assert "Mayor resigns" in shown.text
    bad = [one for one in inspected(shown.text, ROOM_TAGS) if not one.startswith(("<time", "<b>", "<ol>"))]
    assert bad == []
    assert shown.text.count("<iframe") == 1
    assert ' sandbox src="/pages/' in shown.text


@pytest.mark.parametrize("path", ["/", "/pages?limit=500", "/sources", "/search?limit=500", "/timeline", "/stories"])
def test_names_that_spell_markup_are_names(hostile: TestClient, path: str) -> None:
    shown = hostile.get(path, headers={"accept": "text/html"}).text
    assert inspected(shown, ROOM_TAGS) == []
    assert "49" not in re.sub(r"<[^>]*>", "", shown).split("7*7")[0][-20:]


def test_cells_that_spell_formulas_are_text(hostile: TestClient) -> None:
    table = hostile.get("/pages.csv?limit=500").text
    assert "'=cmd|" in table
    assert not re.search(r"(?:^|,)=cmd", table, re.MULTILINE)


@pytest.mark.parametrize("bomb", ["<div>", "<p>x", "<a '", "&amp;", "<svg>"])
def test_a_page_of_a_million_nodes_is_cut(bomb: str) -> None:
    reading = {"article": {"runs": [[1, 0]]}, "attributions": []}
    shown = archived_html(f"<p>Begin {bomb * 300_000}", "text/html", reading)
    assert len(shown.html) < 12_000_000
    assert inspected(shown.html[:100_000], FRAME_TAGS) == []


def test_marks_stand_on_the_words_they_mark() -> None:
    html = "<p>&ldquo;It is <b>sa&#102;e</b> &amp; sound,&rdquo; the mayor said on Monday.</p>"
    reading = sayso.read_html(html)
    (found,) = [a for a in reading.attributions or () if a.content]
    shown = archived_html(html, "text/html", reading.to_dict()).html
    marked = "".join(re.findall(r'<span class="c [^"]*"[^>]*>([^<]*)', shown))
    # Collapsed white space belongs to no place of the page, so no mark stands on it.
    assert "".join(marked.replace("&amp;", "&").split()) == "".join(reading.words(found.content).split())
