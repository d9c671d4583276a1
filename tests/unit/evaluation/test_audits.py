"""Figures of the audit: by rule and by family."""

from __future__ import annotations

import pytest

from sayso.errors import InvalidSetting
from sayso.evaluation.audits import score_audits

FAMILIES = {"SAY101": "unnamed", "SAY107": "unnamed", "SAY403": "date", "SAY203": "hearsay"}
DRAFT = "A clerk said it rained yesterday."
CLERK, YESTERDAY = (0, 7), (23, 32)
GOLD = [
    {
        "id": "a",
        "draft": DRAFT,
        "expect": [
            {"code": "SAY101", "words": "A clerk"},
            {"code": "SAY107", "words": "A clerk"},
            {"code": "SAY403", "words": "yesterday"},
        ],
    }
]


def test_families_join_their_rules() -> None:
    scores = score_audits(GOLD, {"a": [("SAY101", CLERK), ("SAY101", YESTERDAY), ("SAY403", YESTERDAY)]}, FAMILIES)
    assert scores.family("unnamed") == (0.5, 0.5)
    assert scores.family("date") == (1.0, 1.0)
    figures = scores.figures()
    assert (figures["unnamed precision"], figures["unnamed recall"]) == (0.5, 0.5)
    assert (figures["worst family precision"], figures["worst family recall"]) == (0.5, 0.5)
    assert "hearsay precision" not in figures, "no remark of that family was made or expected"


def test_a_remark_counts_once_and_only_where_the_words_stand() -> None:
    scores = score_audits(GOLD, {"a": [("SAY101", CLERK), ("SAY101", CLERK), ("SAY107", CLERK)]})
    assert (scores.precision("SAY101"), scores.recall("SAY101")) == (0.5, 1.0)
    assert scores.recall("SAY107") == 1.0
    assert scores.recall("SAY403") == 0.0
    assert scores.outcomes == {"a": False}
    assert len(scores.errors) == 2
    assert not [name for name in scores.figures() if "family" in name]


def test_words_that_the_draft_lacks_are_named() -> None:
    row = {"id": "a", "draft": DRAFT, "expect": [{"code": "SAY101", "words": "A nurse"}]}
    with pytest.raises(InvalidSetting, match="A nurse"):
        score_audits([row], {"a": []})
