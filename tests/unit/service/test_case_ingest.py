from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso.errors import InvalidSetting
from sayso.service import Case

from .here import in_this_process

LAYERS = ("article",)


def lines(path: Path, count: int) -> Path:
    rows = [
        {"id": f"p{n}", "text": f"Page {n}.\n\nThe ferry to island {n} was {n} minutes late on Monday."}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted((root / "shards").rglob("*")) if p.is_file()}


def take(case: Path, *sources: Path, **options):
    return Case(case).ingest([*map(str, sources)], layers=LAYERS, shard_size=4, **options)


@pytest.fixture
def here():
    with in_this_process():
        yield


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ingest")
    source = lines(folder / "in.jsonl", 18)
    report = take(folder / "case", source)
    assert (report.read, report.refused, report.skipped) == (18, 0, 0)
    return folder


def test_workers_change_no_byte(undisturbed, tmp_path):
    take(tmp_path / "case", undisturbed / "in.jsonl", workers=3)
    assert files(tmp_path / "case") == files(undisturbed / "case")


def test_a_second_run_does_only_what_is_new(undisturbed, tmp_path, here):
    more = lines(tmp_path / "more.jsonl", 20)
    first = take(tmp_path / "case", undisturbed / "in.jsonl")
    second = take(tmp_path / "case", more)
    assert (first.read, second.read, second.skipped) == (18, 2, 18)
    assert take(tmp_path / "case", more).read == 0


RUN = """
import sys
from sayso.service import Case

from .here import in_this_process
print("ready", flush=True)
Case(sys.argv[1]).ingest([sys.argv[2]], layers=("article",), shard_size=4, progress=lambda n: print(n, flush=True))
"""


def killed(case: Path, source: Path, done: int, wait: float) -> None:
    """An ingest that is killed a moment after so many records."""
    run = subprocess.Popen([sys.executable, "-c", RUN, str(case), str(source)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for line in run.stdout:
        if line.strip().isdigit() and int(line) >= done:
            break
    time.sleep(wait)
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()


def resumed(undisturbed: Path, case: Path, chance: random.Random) -> Case:
    """The case of a run that was killed and taken up again, its files held against the undisturbed ones."""
    source = undisturbed / "in.jsonl"
    killed(case, source, chance.randrange(1, 18), chance.random() * 0.05)
    take(case, source)
    assert files(case) == files(undisturbed / "case")
    return Case(case)


def all_there(case: Case) -> bool:
    ids = [document.id for document in case.store.view().documents()]
    return case.store.ledger.shards() == {1, 2, 3, 4, 5} and ids == [f"p{n}" for n in range(18)]


def test_a_killed_run_goes_on_where_it_stopped_byte_for_byte(undisturbed, tmp_path):
    assert all_there(resumed(undisturbed, tmp_path / "case", random.Random(1)))


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 52))
def test_fifty_killed_runs(undisturbed, tmp_path, seed):
    assert all_there(resumed(undisturbed, tmp_path / "case", random.Random(seed)))


def test_what_cannot_be_read_is_set_aside_with_its_reason(tmp_path, here):
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"id": "good", "text": "It rained in Skell."}\nno json\n{"id": "both", "text": "a", "html": "b"}\n'
    )
    report = take(tmp_path / "case", source)
    assert (report.read, report.refused) == (1, 2)
    letters = Case(tmp_path / "case").dead_letters()
    assert [(letter.source, letter.id, letter.kind) for letter in letters] == [
        ("in.jsonl:2", None, "BadInput"),
        ("in.jsonl:3", "both", "BadInput"),
    ]
    assert take(tmp_path / "case", source).skipped == 3
    assert take(tmp_path / "case", source, retry=True).refused == 2


def test_a_path_is_read_again_when_its_file_has_changed(tmp_path, here):
    page = tmp_path / "page.txt"
    page.write_text("The first version of the page.")
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "p", "path": "page.txt"}\n')
    assert take(tmp_path / "case", source).read == 1
    assert take(tmp_path / "case", source).read == 0
    page.write_text("The second version of the page.")
    assert take(tmp_path / "case", source).read == 1
    assert [d.id for d in Case(tmp_path / "case").store.view().documents()] == ["p", "p#2"]


def test_pages_folders_and_lines_go_into_one_case(tmp_path, here):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.html").write_text("<html><body><p>The mayor of Skell opened a bridge on Monday.</p></body></html>")
    (folder / "b.txt").write_text("Rain fell on Morvane.")
    report = take(tmp_path / "case", folder, lines(tmp_path / "in.jsonl", 1))
    assert report.read == 3
    assert [d.source for d in Case(tmp_path / "case").store.view().documents()] == ["a.html", "b.txt", "in.jsonl:1"]


def test_wrong_calls_are_told_before_anything_is_made(tmp_path):
    with pytest.raises(InvalidSetting, match="nothing at"):
        take(tmp_path / "case", tmp_path / "none.jsonl")
    with pytest.raises(InvalidSetting, match="needs the text"):
        Case(tmp_path / "case").ingest([str(lines(tmp_path / "in.jsonl", 1))], layers=("timexes",))
    with pytest.raises(InvalidSetting, match="sayso ingest"):
        Case(tmp_path / "other").stories()


def test_reading_again_keeps_ids_and_bytes(undisturbed, tmp_path, here, monkeypatch):
    case = Case(tmp_path / "case")
    take(tmp_path / "case", lines(tmp_path / "in.jsonl", 3))
    monkeypatch.setattr("sayso.version.__version__", "99")
    assert case.reread() == 3
    assert [(d.id, d.generation, d.number) for d in case.store.view().documents()] == [
        ("p0", 2, 0),
        ("p1", 2, 1),
        ("p2", 2, 2),
    ]
    assert case.diff("p0", "p0") == []
