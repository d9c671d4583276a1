"""Pointers to other stories inside a paragraph."""

from __future__ import annotations

import pytest

import sayso
from sayso.extract.glued import without_glued
from sayso.model import Block, Span

OWN = "The council shut the bridge on Monday, the mayor said."
MORE = "Engineers will look at the piers next week."


def parted(text: str) -> list[tuple[str, bool]]:
    blocks = [Block(Span(0, len(text)), "paragraph")]
    return [(block.span.of(text), block.foreign) for block in without_glued(text, blocks)]


@pytest.mark.parametrize(
    "pointer",
    [
        "READ ALSO: Film star shows off her new kitchen.",
        "Read more: Five lakes to swim in this summer!",
        "Related story » Singer and driver seen at dinner.",
        "DON'T MISS: Chef's one trick for crisp potatoes.",
    ],
)
def test_a_pointer_in_the_middle_is_cut_out(pointer: str) -> None:
    assert parted(f"{OWN} {pointer} {MORE}") == [(OWN, False), (pointer, True), (MORE, False)]


def test_a_pointer_at_either_end_is_cut_out() -> None:
    assert parted(f"Read also: Star sells villa. {OWN}") == [("Read also: Star sells villa.", True), (OWN, False)]
    assert parted(f"{OWN} See also: Star sells villa") == [(OWN, False), ("See also: Star sells villa", True)]


@pytest.mark.parametrize(
    "text",
    [
        "He told them to read more: books were cheap. " + MORE,
        "Also: the mayor left. " + MORE,
        "The two are related: one owns the other. " + MORE,
        "Read more about the bridge in the report. " + MORE,
    ],
)
def test_prose_with_the_same_words_is_left_whole(text: str) -> None:
    assert parted(text) == [(text, False)]


def test_nothing_is_read_from_the_pointer() -> None:
    text = f"{OWN} Read more: “I cried for days,” says Rita Sander of divorce. {MORE}\n\n{MORE} {OWN}"
    reading = sayso.read_text(text)
    said = {span.of(text) for found in reading.attributions for span in found.source}
    assert "Rita Sander" not in said
    assert "the mayor" in said
    assert all(
        a.span.end <= b.span.start for a, b in zip(reading.article.blocks, reading.article.blocks[1:], strict=False)
    )
