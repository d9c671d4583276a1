from __future__ import annotations

import gzip
import json
import shutil

import pytest

from sayso import Case
from sayso.cli.main import _run
from sayso.corpus import counted, story_growth
from sayso.service import case_growth, case_story_growth

from .growing import fill, pages

ROWS = pages(56, 3)


@pytest.fixture(autouse=True)
def small_counts(monkeypatch):
    """A case that is counted over 24 pages, then 30, 37, 46…, and whose stories grow by six."""
    monkeypatch.setattr(counted, "FIRST_COUNT", 24)
    monkeypatch.setattr(story_growth, "BLOCK", 6)


def found(folder):
    case = Case(folder)
    return case.reuse(), case.families(), case.story_list()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What all pages give at once, by how many they are."""
    held = {}

    def of(count):
        if count not in held:
            folder = tmp_path_factory.mktemp("whole")
            fill(folder, ROWS[:count])
            held[count] = found(folder)
        return held[count]

    return of


def forbidden(*_):
    raise AssertionError("all pages were gone over again")


def test_the_pages_share_and_stories_hold_together(whole):
    reuse, families, stories = whole(36)
    assert len(reuse) > 20
    assert sum(row["parent"] is not None for row in families) > 8
    assert 3 < len(stories) < 25


@pytest.mark.parametrize("steps", [(25, 36), (31, 32, 44), (18, 47, 48, 56)])
def test_pages_that_arrive_in_steps_give_what_all_give_at_once(tmp_path, whole, steps):
    at = 0
    for step in steps:
        fill(tmp_path, ROWS[at:step])
        at = step
        assert found(tmp_path) == whole(step)


def test_arriving_pages_are_compared_with_what_is_kept(tmp_path, whole, monkeypatch):
    fill(tmp_path, ROWS[:31])
    found(tmp_path)
    fill(tmp_path, ROWS[31:36])
    monkeypatch.setattr(case_growth, "_whole", forbidden)
    monkeypatch.setattr(case_story_growth, "_whole", forbidden)
    assert found(tmp_path) == whole(36)
    assert found(tmp_path) == whole(36)


def test_a_case_that_has_grown_by_a_quarter_is_counted_anew(tmp_path, monkeypatch):
    fill(tmp_path, ROWS[:28])
    found(tmp_path)
    fill(tmp_path, ROWS[28:30])
    monkeypatch.setattr(case_growth, "_whole", forbidden)
    with pytest.raises(AssertionError):
        Case(tmp_path).reuse()


@pytest.mark.parametrize("lost", ["reuse-*.since-hashes.*", "reuse-*.words.*", "stories-*.terms.*", "*.db"])
def test_what_is_kept_may_be_deleted(tmp_path, whole, lost):
    fill(tmp_path, ROWS[:31])
    found(tmp_path)
    for path in sorted((tmp_path / "derived").glob(lost)):
        path.unlink()
    fill(tmp_path, ROWS[31:36])
    assert found(tmp_path) == whole(36)


def test_broken_arrays_are_made_anew(tmp_path, whole):
    fill(tmp_path, ROWS[:31])
    found(tmp_path)
    for path in sorted((tmp_path / "derived").glob("*.npy")):
        path.write_bytes(b"\x93NUMPY")
    fill(tmp_path, ROWS[31:36])
    assert found(tmp_path) == whole(36)


def test_a_folder_that_cannot_be_written_to_is_read_all_the_same(tmp_path, whole):
    fill(tmp_path, ROWS[:36])
    (tmp_path / "derived").write_text("in the way", encoding="utf-8")
    assert found(tmp_path) == whole(36)


def test_a_lost_shard_makes_all_anew(tmp_path):
    fill(tmp_path, ROWS[:31], shard_size=10)
    found(tmp_path)
    shutil.rmtree(tmp_path / "shards" / "000002")
    left = {row["id"] for row in Case(tmp_path).families()}
    assert left == {id for id, *_ in [*ROWS[:10], *ROWS[20:31]]}
    fill(tmp_path, ROWS[:36])
    again = Case(tmp_path)
    assert {row["id"] for row in again.families()} == {id for id, *_ in ROWS[:36]}
    assert sorted(page for story in again.analysis.stories for page in story.pages) == sorted(
        id for id, *_ in ROWS[:36]
    )


def test_stories_that_changed_are_told_with_the_pages_that_came(tmp_path, capsys):
    fill(tmp_path, ROWS[:31])
    assert Case(tmp_path).story_changes() == []
    before = {page: story.id for story in Case(tmp_path).analysis.stories for page in story.pages}
    fill(tmp_path, ROWS[31:36])
    changes = Case(tmp_path).story_changes()
    assert sorted(page for change in changes for page in change["arrived"]) == [f"p{n}" for n in range(31, 36)]
    joined = next(change for change in changes if change["kind"] == "joined")
    assert joined["story"] in set(before.values())
    assert joined["reason"]
    assert Case(tmp_path).story_changes() == changes
    assert _run(["stories", str(tmp_path), "--changes"]) == 0
    shown = capsys.readouterr().out
    assert joined["reason"] in shown
    assert "new: p3" in shown


@pytest.mark.data
def test_a_wire_corpus_in_two_steps(data, tmp_path, monkeypatch):
    monkeypatch.setattr(counted, "FIRST_COUNT", 140)
    monkeypatch.setattr(story_growth, "BLOCK", 16)
    with gzip.open(data / "reuse/wiresim_dev.jsonl.gz", "rt", encoding="utf-8") as handle:
        rows = [json.loads(next(handle)) for _ in range(200)]
    given = [(row["id"], row["outlet"], row["text"]) for row in rows]
    fill(tmp_path / "whole", given)
    fill(tmp_path / "steps", given[:165])
    found(tmp_path / "steps")
    fill(tmp_path / "steps", given[165:])
    assert found(tmp_path / "steps") == found(tmp_path / "whole")
