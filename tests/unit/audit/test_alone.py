"""Single unnamed sources, and what bears them out."""

from __future__ import annotations

import pytest

from sayso.service import audit_draft

ONE = "A clerk at the mint said the scales were false."


def alone(draft: str) -> list[str]:
    return [v.words for v in audit_draft(draft).violations if v.code == "SAY107"]


@pytest.mark.parametrize(
    "after",
    [
        "",
        " The mint declined to confirm it.",
        " Ruth Hale, its master, said the scales were true.",
        " The mint was built in 1731.",
        " The clerk said it again.",
    ],
)
def test_a_statement_of_one(after: str) -> None:
    assert alone(ONE + after) == ["A clerk at the mint"]


@pytest.mark.parametrize(
    "after",
    [
        " Ruth Hale, its master, confirmed it.",
        " Ruth Hale, its master, said the scales were false.",
        " Her account is borne out by two letters.",
        " Photographs bear out her account.",
        " Two smiths gave the same account.",
        " A second clerk said so too.",
    ],
)
def test_what_bears_it_out(after: str) -> None:
    assert "A clerk at the mint" not in alone(ONE + after)


@pytest.mark.parametrize(
    "draft",
    [
        "Two clerks at the mint said the scales were false.",
        "A clerk at the mint hopes that the scales will be mended.",
        "A spokeswoman for the mint said the scales were false.",
        "The Northern Star, citing a clerk at the mint, said the scales were false.",
        "A clerk at the mint, Ruth Hale, said the scales were false.",
    ],
)
def test_no_single_unnamed_statement(draft: str) -> None:
    assert alone(draft) == []


def test_one_remark_a_source() -> None:
    assert alone(ONE + " The clerk said the weights were false too. She said nobody had looked.") == [
        "A clerk at the mint"
    ]


def test_a_description_is_a_statement() -> None:
    assert alone("A diver described cracks as wide as a hand.") == ["A diver"]
