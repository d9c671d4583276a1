"""Crawls over days: pages once by their bytes, their revisions apart, and every time they were seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools.generate_warc import Crawl, Newsroom

from sayso import Case
from sayso.cli.main import _run
from sayso.errors import InvalidSetting

from .here import in_this_process

DAYS = 3


@pytest.fixture(scope="module", autouse=True)
def here() -> Iterator[None]:
    """Reads in this process, where workers are not what is tested."""

    with in_this_process():
        yield


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawl, list[Path]]:
    made = Crawl(4)
    pages = list(Newsroom(4, 4).pages(40))
    return made, made.write(tmp_path_factory.mktemp("crawl"), pages, DAYS)


@pytest.fixture(scope="module")
def case(crawl: tuple[Crawl, list[Path]], tmp_path_factory: pytest.TempPathFactory) -> Case:
    taken = Case(tmp_path_factory.mktemp("taken") / "case")
    for path in crawl[1]:
        taken.ingest([path], layers=("article",), shard_size=16)
    return taken


def tables(case: Case) -> dict[str, bytes]:
    root = case.path / "shards"
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_every_page_and_revision_is_there_once(crawl, case):
    counts = crawl[0].counts
    assert min(counts[what] for what in ("revisits", "duplicates", "revisions", "moved", "broken")) >= 3
    rows = case.pages()
    assert len(rows) == counts["pages"] + counts["revisions"]
    assert Counter(row["revision"] for row in rows)[1] == counts["pages"]
    bodies = case.store.view().query("SELECT count(*) AS n, count(DISTINCT page) AS pages FROM bodies")[0]
    assert bodies["n"] == bodies["pages"] == len(rows)


def test_what_is_cut_off_is_refused_with_its_reason(crawl, case):
    letters = case.dead_letters()
    assert len(letters) == crawl[0].counts["broken"]
    assert all(letter.kind == "BadInput" and "expected 908 bytes, got 12" in letter.message for letter in letters)


def test_a_page_seen_again_is_a_sighting_and_no_page(crawl, case):
    counts = crawl[0].counts
    rows = case.store.view().query("SELECT page, digest FROM sightings")
    fetched = counts["pages"] + counts["revisions"] + counts["duplicates"] + counts["revisits"]
    assert len(rows) == fetched
    assert sum(row["page"] is None for row in rows) == counts["revisits"]
    known = {row["digest"] for row in rows if row["page"]}
    assert {row["digest"] for row in rows} == known
    seen = {row["id"]: row["seen"] for page in case.pages() for row in case.revisions(page["id"])}
    assert sum(seen.values()) == fetched


def test_revisions_of_an_address_hang_together_and_are_compared(case, capsys):
    later = next(row for row in case.pages() if row["revision"] > 1)
    rows = case.revisions(later["id"])
    assert [row["revision"] for row in rows] == list(range(1, len(rows) + 1))
    assert {row["url"] for row in rows} == {later["url"]}
    assert rows[0]["id"] == later["revision_of"]
    assert rows[0]["first_seen"] < rows[1]["first_seen"]
    added = [row["b"] for row in case.diff(later["id"]) if row["what"] == "added"]
    assert any(words.startswith("This page was updated with") for words in added)
    assert _run(["diff", str(case.path), later["id"], "--revisions"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(rows)
    first = next(row for row in case.pages() if row["revision"] == 1)
    with pytest.raises(InvalidSetting, match="gave another body before"):
        case.diff(first["id"])


def test_all_days_at_once_give_the_same_pages(crawl, case, tmp_path):
    whole = Case(tmp_path / "case")
    report = whole.ingest(crawl[1], layers=("article",), shard_size=16)
    assert report.read == len(case.pages())
    assert whole.pages() == case.pages()
    again = Case(tmp_path / "case").ingest(crawl[1], layers=("article",))
    assert (again.read, again.repeated, again.skipped) == (0, 0, report.read + report.repeated + report.refused)


def test_a_page_that_is_held_is_not_read_again(crawl, case, tmp_path, monkeypatch):
    files = tables(case)
    monkeypatch.setattr("sayso.store.Writer.holds", lambda self, page: False)
    slower = Case(tmp_path / "case")
    for path in crawl[1]:
        slower.ingest([path], layers=("article",), shard_size=16)
    assert tables(slower) == files
