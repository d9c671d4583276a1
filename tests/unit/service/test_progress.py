"""Progress on a terminal: how much, how fast, how long; and how far the sources are gone through."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tools.generate_warc import Crawl, Newsroom

from sayso.service.case_inputs import Position, records_of
from sayso.service.progress import Progress, spoken


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def shown(stream: Terminal) -> list[str]:
    return [line.strip() for line in stream.getvalue().replace("\x1b[K", "").split("\r") if line.strip()]


def test_rate_and_time_left_are_told():
    stream, clock = Terminal(), Clock()
    with Progress(stream, clock=clock, noun="stories") as progress:
        for done in (1, 2, 40):
            clock.now += 10.0
            progress.show(done, 100)
    assert shown(stream)[-1] == "40 of 100 stories, 1.3 a second, 45 s left"


def test_what_was_there_before_tells_nothing_of_the_rate():
    stream, clock = Terminal(), Clock()
    with Progress(stream, clock=clock) as progress:
        progress.show(5_000)
        clock.now = 10.0
        progress.show(5_019)
    assert shown(stream)[-1] == "5019 records, 2.0 a second"


def test_nothing_is_written_where_there_is_no_terminal():
    stream = io.StringIO()
    with Progress(stream, clock=lambda: 7.0) as progress:
        progress.show(3, 9)
    assert stream.getvalue() == ""


@pytest.mark.parametrize("seconds, words", [(0.4, "0 s"), (89.4, "89 s"), (600, "10 min"), (86_400, "24 h 0 min")])
def test_stretches_of_time_are_spoken(seconds, words):
    assert spoken(seconds) == words


def test_lines_are_foreseen_from_the_bytes_read(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({"id": f"p{n:03}", "text": "It rained."}) + "\n" for n in range(60)))
    position = Position()
    foreseen = [position.foreseen(number) for number, _ in enumerate(records_of([str(path)], position), 1)]
    assert set(foreseen) == {60}
    assert position.foreseen(0) == 0


def test_archives_are_foreseen_from_where_records_stand(tmp_path):
    paths = Crawl(1).write(tmp_path, list(Newsroom(1, 3).pages(60)), 3)
    position = Position()
    sources = [str(path) for path in paths]
    foreseen = [position.foreseen(number) for number, _ in enumerate(records_of(sources, position), 1)]
    assert all(0.7 < guess / len(foreseen) < 1.4 for guess in foreseen[len(foreseen) // 3 :])
    assert position.before == position.total == sum(path.stat().st_size for path in paths)


def test_nothing_is_foreseen_where_a_size_is_not_known(tmp_path: Path):
    (tmp_path / "empty.jsonl").write_text("")
    position = Position()
    assert list(records_of([str(tmp_path / "empty.jsonl")], position)) == []
    assert position.foreseen(3) == 0
