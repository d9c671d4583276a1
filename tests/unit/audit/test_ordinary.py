"""Well-sourced copy: drafts that deserve no remark get none, stories of many beats no error and hardly a warning."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.service import audit_draft

FOLDER = Path(__file__).parents[3] / "evaluation/sets/audit"
SET = FOLDER / "tune.jsonl"
STORIES = (FOLDER / "ordinary.txt").read_text(encoding="utf-8").split("\n---\n")
PARAGRAPHS = 150
MAX_REMARKS = 3


def test_well_sourced_drafts_get_no_remark() -> None:
    rows = [json.loads(line) for line in SET.read_text(encoding="utf-8").splitlines()]
    sound = [row["draft"] for row in rows if not row["expect"]]
    assert len(sound) >= 60
    raised = [(draft, v.code) for draft in sound for v in audit_draft(draft).violations]
    assert raised == []


def remarks(stories: list[str]) -> list[tuple[str, str]]:
    return [(v.code, v.severity) for story in stories for v in audit_draft(story.strip()).violations]


def test_ordinary_stories_raise_no_error() -> None:
    assert all(severity != "error" for _, severity in remarks(STORIES[:4]))


@pytest.mark.full
def test_stories_of_many_beats_raise_hardly_a_remark() -> None:
    assert sum(len(story.strip().split("\n\n")) for story in STORIES) >= PARAGRAPHS
    found = remarks(STORIES)
    assert all(severity != "error" for _, severity in found)
    assert len(found) <= MAX_REMARKS, found
