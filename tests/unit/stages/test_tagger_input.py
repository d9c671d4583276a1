"""Word pieces, shapes and windows."""

from __future__ import annotations

import itertools

import pytest

from sayso.model import Span
from sayso.stages.attribution.tagger_input import Paragraph, encode, pack, paragraphs_of
from sayso.stages.attribution.tagger_model import shipped_model


def encoded(text: str) -> list[Paragraph]:
    model = shipped_model()
    return encode(model.tokenizer, text, paragraphs_of(text), model.continues)


def first_words(text: str) -> list[str]:
    return [
        text[start:end]
        for p in encoded(text)
        for start, end, first in zip(p.starts, p.ends, p.first, strict=True)
        if first
    ]


def test_offsets_are_code_points() -> None:
    text = "😀😀 “Ja”, sagte\u00a0Zoë.\n\n\tdone"
    assert first_words(text) == ["😀😀", "“", "Ja", "”", ",", "sa", "Zoë", ".", "done"]


def test_a_lone_surrogate_keeps_its_place() -> None:
    text = "\ud800 then he spoke"
    assert first_words(text)[-3:] == ["then", "he", "spoke"]


def test_paragraphs_are_lines_that_hold_something() -> None:
    text = "one\n \n\n  two \nthree"
    assert [span.of(text) for span in paragraphs_of(text)] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('he said "no way" twice', '"no way"'),
        ("he said “no way” twice", "“no way”"),
        ("he said «no way» twice", "«no way»"),
        ("he said ``no way'' twice", "``no way''"),
        ("it's the writers' day", ""),
    ],
)
def test_what_stands_between_double_marks_is_marked(text: str, quoted: str) -> None:
    (p,) = encoded(text)
    inside = [text[start:end] for start, end, shape in zip(p.starts, p.ends, p.shapes, strict=True) if shape >= 3]
    assert "".join(inside) == quoted.replace(" ", "")


def test_an_open_mark_ends_with_its_paragraph() -> None:
    _, second = encoded("“it goes on\nplain words")
    assert second.shapes.max() == 0


def test_case_counts_unless_everything_shouts() -> None:
    (mixed,) = encoded("The UN met in Rome")
    assert mixed.shapes.tolist() == [1, 2, 0, 0, 1]
    (shouted,) = encoded("THE UN MET IN ROME")
    assert set(shouted.shapes.tolist()) == {0}


def test_windows_hold_every_piece_once() -> None:
    paragraphs = encoded("\n".join(["Short one."] * 30 + ["word and word. " * 300] + ["no end " * 400]))
    windows = pack(paragraphs)
    seen: dict[int, int] = {}
    for window in windows:
        assert window[-1].at + len(window[-1].part) + 1 <= 256
        for piece, after in itertools.pairwise(window):
            assert after.at == piece.at + len(piece.part) + 1
        for piece in window:
            assert piece.start == seen.get(piece.paragraph, 0)
            seen[piece.paragraph] = piece.start + len(piece.part)
    assert seen == {i: len(p) for i, p in enumerate(paragraphs)}


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    paragraphs = encoded("one two three four five six. " * 100)
    for window in pack(paragraphs)[:-1]:
        assert window[-1].part.ids[-1] == 1012


def test_a_huge_paragraph_is_read_in_pieces() -> None:
    text = "word " * 40_000
    (paragraph,) = encode(shipped_model().tokenizer, text, [Span(0, len(text))], shipped_model().continues)
    assert len(paragraph) == 40_000
    assert text[paragraph.starts[-1] : paragraph.ends[-1]] == "word"
