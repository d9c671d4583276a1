"""The scorer of own voice."""

from __future__ import annotations

import pytest

from sayso.errors import BadInput
from sayso.evaluation.own_voice import parse_own_voice, score_own_voice

ITEMS = list(parse_own_voice("statement | {It rained.} He said so.\nopinion | In our view it rained."))


def test_marks_become_spans_of_the_text_without_them() -> None:
    assert [(item.kind, item.text, item.own) for item in ITEMS] == [
        ("statement", "It rained. He said so.", ((0, 10),)),
        ("opinion", "In our view it rained.", ()),
    ]


def test_all_right() -> None:
    figures, right = score_own_voice(ITEMS, {"own-001": {"own_voice": [[0, 10]]}, "own-002": {"own_voice": []}})
    assert (figures["F1"], figures["items right"]) == (1.0, 1.0)
    assert right == {"own-001": True, "own-002": True}


def test_missing_and_added_sentences_count() -> None:
    figures, right = score_own_voice(ITEMS, {"own-002": {"own_voice": [[0, 22]]}})
    assert (figures["precision"], figures["recall"], figures["items right"]) == (0.0, 0.0, 0.0)
    assert right == {"own-001": False, "own-002": False}


@pytest.mark.parametrize("line", ["{It rained.}", "statement | {It rained.", "statement | It} rained{."])
def test_broken_lines_are_told(line: str) -> None:
    with pytest.raises(BadInput, match="item 1"):
        list(parse_own_voice(line))
