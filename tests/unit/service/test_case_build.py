"""`corpus build`: the tables say what the commands show, and a run that broke off goes on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tools.generate_warc import Newsroom

from sayso import Case
from sayso.cli.main import _run
from sayso.errors import Retryable
from sayso.service import case_build

from .here import in_this_process

PAGES = 16


@pytest.fixture(scope="module", autouse=True)
def here() -> Iterator[None]:
    """All in this process, a few stories at a time: where it is done is tested elsewhere."""

    with in_this_process() as patch:
        patch.setattr(case_build.Analysis, "prepare", lambda self: None)
        patch.setattr(case_build, "BATCH_PAGES", 5)
        yield


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that nothing was worked out of."""
    folder = tmp_path_factory.mktemp("pages")
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps(page.row()) + "\n" for page in Newsroom(3, 5).pages(PAGES)), encoding="utf-8")
    Case(folder / "case").ingest([source], layers=("article", "entities", "attributions"))
    return folder / "case"


@pytest.fixture(scope="module")
def built(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "case"
    shutil.copytree(pages, folder)
    Case(folder).build()
    return folder


def table(case: Path, name: str) -> list[dict[str, Any]]:
    return [row for path in sorted(case.glob(f"corpus/{name}-*.parquet")) for row in pq.read_table(path).to_pylist()]


def files(case: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((case / "corpus").iterdir())}


def test_the_tables_say_what_the_commands_show(built):
    case = Case(built)
    assert table(built, "stories") == case.stories()
    assert [row | {"passages": json.loads(row["passages"])} for row in table(built, "reuse")] == case.reuse()
    assert table(built, "families") == case.families()
    claims = {row["id"]: row for row in table(built, "claims")}
    shown = {c["id"]: c for s in case.story_list() for c in case.claims(s["id"]) if len(c["pages"]) > 1}
    assert len(claims) > 5
    assert claims.keys() == shown.keys()
    for row in table(built, "origins"):
        assert json.loads(claims[row["claim"]]["statements"]) == shown[row["claim"]]["statements"]
        found = case.origins(row["claim"]).to_dict()
        assert (row["min"], row["likely"], row["max"]) == (found["min"], found["likely"], found["max"])
        assert json.loads(row["roots"]) == found["roots"]
    assert len(table(built, "origins")) == len(claims)


def test_a_run_that_broke_off_goes_on_after_its_last_part(built, pages, tmp_path, monkeypatch):
    shutil.copytree(pages, tmp_path / "case")
    written: list[int] = []
    put = case_build.Worked.put

    def breaks(self, name, rows, number=1):
        if name == "origins" and number == 2:
            raise Retryable("expected the cluster, got none")
        written.append(number)
        put(self, name, rows, number)

    monkeypatch.setattr(case_build.Worked, "put", breaks)
    with pytest.raises(Retryable):
        Case(tmp_path / "case").build()
    assert not (tmp_path / "case" / "corpus").exists()
    monkeypatch.setattr(case_build.Worked, "put", lambda *given: (written.append(given[3:]), put(*given)))
    written.clear()
    Case(tmp_path / "case").build()
    assert (1,) not in written
    assert files(tmp_path / "case") == files(built)


def test_what_is_there_is_kept_until_something_changes(built, tmp_path, monkeypatch):
    shutil.copytree(built, tmp_path / "case")
    case = Case(tmp_path / "case")
    with monkeypatch.context() as patch:
        patch.setattr(case_build, "_claims", None)
        card = case.build()
    assert card["rows"]["stories"] == PAGES
    root = json.loads(table(tmp_path / "case", "origins")[0]["roots"])[0]["id"]
    case.judge("different", root, "outlet:nobody", by="K. Lund")
    assert case.build()["of"] != card["of"]


def test_a_story_that_costs_its_process_is_named_and_the_others_are_there(built, pages, tmp_path, monkeypatch):
    shutil.copytree(pages, tmp_path / "case")
    story = table(built, "claims")[0]["story"]

    def costs(self, job, items):
        return (None if any(row.page == story for row in rows) else job.work(rows) for rows in items)

    monkeypatch.setattr(case_build.Engine, "map", costs)
    card = Case(tmp_path / "case").build()
    assert [row["story"] for row in card["failed"]] == [story]
    assert table(tmp_path / "case", "claims") == [row for row in table(built, "claims") if row["story"] != story]


def test_the_command_tells_what_was_made(built, tmp_path, capsys):
    assert _run(["corpus", "build", str(built), "--report", str(tmp_path / "r.json")]) == 0
    assert f"{PAGES} stories" in capsys.readouterr().err
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["engine"], report["rows"]["families"]) == ("local", PAGES)
    assert _run(["corpus", "build", str(tmp_path / "none")]) == 2
