"""Drafts: Markdown, HTML and markers, each character traced to the draft."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.audit import draft_of
from sayso.service import audit_draft

MARKDOWN = """---
title: Dam holds
author: [By Anna Reyes]
date: 2024-05-01
---
# Dam holds

The *dam* will **hold**, [officials](https://example.org/a_b) said
on `Monday`. ![a dam](dam.png)

> “We saw it,” said \\*Ruth\\* Hale.
"""


def test_markdown_is_read_without_its_signs() -> None:
    draft = draft_of(MARKDOWN, name="a.md")
    assert draft.text.split("\n\n") == [
        "Dam holds",
        "The dam will hold, officials said on Monday. ",
        "“We saw it,” said *Ruth* Hale.\n",
    ]
    assert (draft.title, draft.writers, draft.published) == ("Dam holds", ("Anna Reyes",), "2024-05-01")


def test_places_in_markdown() -> None:
    [violation] = [v for v in audit_draft(MARKDOWN, name="a.md").violations if v.code == "SAY102"]
    assert violation.span is not None
    assert violation.span.of(MARKDOWN) == "officials"
    assert violation.start.line == 8


def test_places_in_html() -> None:
    page = "<html><body><h1>Dam holds</h1>\n<p>The dam &amp; wall will hold, <b>officials</b> said.</p></body></html>"
    found = [v for v in audit_draft(page, name="a.html").violations if v.code == "SAY102"]
    assert [v.span and v.span.of(page) for v in found] == ["officials"]


def test_a_marker_leaves_out_its_paragraph_alone() -> None:
    text = "The dam will hold, officials said. [sayso: ignore SAY102]\n\nThe wall will hold, sources said."
    audit = audit_draft(text)
    assert [v.words for v in audit.violations if v.code == "SAY102"] == ["sources"]
    assert audit.ignored == 1


def test_a_marker_on_its_own_is_for_the_next_paragraph() -> None:
    text = "The wall will hold, sources said.\n\n<!-- sayso: ignore -->\nThe dam will hold, officials said.\n"
    assert [v.words for v in audit_draft(text, name="a.md").violations] == ["sources"]


def test_a_marker_of_another_code_leaves_out_nothing() -> None:
    assert audit_draft("The dam will hold, officials said. [sayso: ignore SAY203]").violations


def test_a_marker_for_the_file() -> None:
    text = "<!-- sayso: ignore-file SAY1 -->\n\nThe dam holds, officials said.\n\nThe firm is reportedly for sale.\n"
    assert [v.code for v in audit_draft(text, name="a.md").violations] == ["SAY203"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='a *_`[]()<>!#>-\\\n\r"“”.é\U0001f600', max_size=80))
def test_every_character_is_traced(source: str) -> None:
    draft = draft_of(source, name="a.md")
    assert sum(length for _, _, length in draft.pieces) == len(draft.text)
    for start, origin, length in draft.pieces:
        kept, given_there = draft.text[start : start + length], source[origin : origin + length]
        assert kept == given_there or kept.replace(" ", "\n") == given_there.replace(" ", "\n")
