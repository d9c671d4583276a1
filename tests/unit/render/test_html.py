from __future__ import annotations

import base64
import copy
import hashlib
import re
from html.parser import HTMLParser

import pytest

from sayso.render import render_fragment, render_html

from .readings import LINES, reading


class Elements(HTMLParser):
    """Every element with attributes, and whether start and end tags balance."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(html: str) -> Elements:
    elements = Elements()
    elements.feed(html)
    assert elements.open == []
    return elements


def test_every_character_of_the_page_is_escaped() -> None:
    html = render_html(reading())
    assert "<b>deal</b>" not in html
    assert "&lt;b&gt;deal&lt;/b&gt;" in html
    assert "<i>given</i>" not in html


def test_the_file_reaches_for_nothing_outside_itself() -> None:
    elements = parsed(render_html(reading()))
    assert {tag for tag, _ in elements.found} & {"link", "img", "iframe", "object", "embed", "form"} == set()
    assert [a for _, attrs in elements.found for a in attrs if a in {"src", "style"} or a.startswith("on")] == []
    assert all((attrs.get("href") or "#").startswith("#") for _, attrs in elements.found)


def test_policy_names_the_hashes_of_the_one_style_and_the_one_script() -> None:
    html = render_html(reading())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")
    for tag in ("style", "script"):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'").replace("&#43;", "+")


def test_nested_contents_are_drawn_one_inside_the_other() -> None:
    html = render_html(reading())
    assert re.search(
        r'<span class="c media"><span class="c unnamed l1 denied hedged" data-n="[^"]*">the mayor had', html
    )


def test_the_text_of_a_block_is_shown_whole_and_in_order() -> None:
    block = re.search(r'<p class="t paragraph"[^>]*>(.*?)</p>', render_html(reading()), re.S)
    assert block
    ours = r'<a class="(?:n|flag)\b[^>]*>.*?</a>|<span class="tag[^>]*>.*?</span>'
    assert re.sub(r"<[^>]*>", "", re.sub(ours, "", block[1])).startswith(LINES[1][1][:60])


def test_an_open_speaker_shows_candidates_and_reason() -> None:
    html = render_html(reading())
    assert "Left open: who is meant" in html
    assert "two women were named" in html
    assert "<bdi>an aide</bdi> (0.40): named last" in html


def test_chain_is_drawn_outermost_first_and_inference_is_marked() -> None:
    html = render_html(reading())
    start = html.index('id="n2"')
    chain = html[start : html.index("</ol>", start)]
    assert re.findall(r'dir="auto">([^<]*)</span>', chain) == ["this page", "The Gazette", "an aide"]
    assert chain.count('class="tag">inferred') == 1


def test_blocks_beside_the_story_are_folded_and_labelled() -> None:
    html = render_html(reading())
    assert "<summary>1 block set aside: furniture of the page</summary>" in html
    assert "Sign up &amp; save" in html


def test_direction_is_left_to_the_text() -> None:
    elements = parsed(render_html(reading()))
    blocks = [attrs for tag, attrs in elements.found if "t " in f"{attrs.get('class') or ''} " and tag in {"p", "h2"}]
    assert blocks
    assert all(attrs.get("dir") == "auto" for attrs in blocks if (attrs.get("class") or "").startswith("t "))


def test_a_partial_story_says_so() -> None:
    assert "Only part of the story" in render_html(reading())


def test_times_stand_on_the_strip() -> None:
    html = render_html(reading())
    assert "<svg" in html
    assert "2023-09-16" in html


def test_links_within_the_file_lead_somewhere() -> None:
    elements = parsed(render_html(reading()))
    ids = {attrs["id"] for _, attrs in elements.found if attrs.get("id")}
    targets = {(attrs.get("href") or "")[1:] for tag, attrs in elements.found if tag == "a"}
    assert targets - ids == set()


def test_ids_are_given_once() -> None:
    elements = parsed(render_html(reading()))
    ids = [attrs["id"] for _, attrs in elements.found if attrs.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("layer", ["attributions", "timexes", "events", "findings", "entities", "sentences"])
def test_a_layer_may_be_absent(layer: str) -> None:
    data = copy.deepcopy(reading())
    if layer in {"entities"}:
        del data["attributions"]
    del data[layer]
    if layer == "attributions":
        del data["own_voice"]
    assert render_html(data).startswith("<!doctype html>")


def test_an_error_is_shown() -> None:
    html = render_html({"sayso": "reading/1", "id": "x", "error": {"kind": "BadInput", "message": "no <text>"}})
    assert "BadInput: no &lt;text&gt;" in html


def test_control_characters_do_not_pass() -> None:
    data = reading((("headline", "a\x00b\u202ec"), *LINES[1:]))
    html = render_html(data)
    assert "\x00" not in html
    assert "\u202e" not in html


def test_same_reading_same_bytes() -> None:
    assert render_html(reading()) == render_html(reading())


def test_fragment_is_no_document_and_carries_no_script() -> None:
    html = render_fragment(reading())
    assert "<html" not in html
    assert "<script" not in html
    assert ":root" not in html
    assert 'class="sayso"' in html


def test_notes_stand_beside_their_block_in_text_order() -> None:
    data = reading()
    data["attributions"].reverse()
    order = re.findall(r'<li class="note[^"]*" id="n(\d)"', render_html(data))
    assert order == ["1", "2", "3"]
    assert render_html(data) == render_html(reading())


def test_what_is_nested_stands_right_after_what_holds_it() -> None:
    data = reading()
    outer, inner, _ = data["attributions"]
    inner["cue"] = [[outer["source"][0][0] + 4, outer["source"][0][1]]]
    html = render_html(data)
    assert html.index('id="n1"') < html.index('id="n2"')
    assert "The Gazette" in html[html.index('id="n1"') : html.index('id="n2"')]


def test_line_ends_of_other_systems_leave_no_trace() -> None:
    html = render_html(reading((("paragraph", "one\r\ntwo"), *LINES)))
    assert "one \ntwo" in html
