"""Ingest on Ray: the same tables as here, whatever is killed on the way."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cluster.jobs import lost, work

from sayso.engines.cluster import ray_map
from sayso.engines.local import Guard, Job
from sayso.errors import Retryable

pytestmark = pytest.mark.cluster

PAGES = 200
PLACES = ("harbor", "station", "market", "bridge", "school", "hospital", "tower", "tunnel")
SAYERS = ("The mayor said", "Officials denied", "A spokesman warned", "According to the company,", "Two witnesses said")


def page(number: int, draw: random.Random) -> str:
    told = [
        f"{draw.choice(SAYERS)} the {draw.choice(PLACES)} would shut in {draw.randint(2, 90)} days." for _ in range(4)
    ]
    return json.dumps({"id": f"p{number}", "text": " ".join(told), "published": "2024-03-05"})


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = random.Random(5)
    path = tmp_path_factory.mktemp("pages") / "in.jsonl"
    lines = [page(number, draw) for number in range(PAGES)]
    lines[17], lines[90] = "{not json", '{"id": "empty"}'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def command(case: Path, source: Path, engine: str) -> list[str]:
    run = "import sys; from sayso.cli import main; sys.exit(main())"
    how = ["--engine", engine, "--workers", "2", "--layers", "article,entities,attributions"]
    return [sys.executable, "-c", run, "ingest", str(case), str(source), *how]


def tables(case: Path) -> dict[str, bytes]:
    return {str(p.relative_to(case)): p.read_bytes() for p in sorted((case / "shards").rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    case = tmp_path_factory.mktemp("local") / "case"
    subprocess.run(command(case, source, "local"), check=True, capture_output=True, timeout=300)
    return tables(case)


def test_the_tables_are_those_of_the_local_engine(source, undisturbed, tmp_path):
    subprocess.run(command(tmp_path / "case", source, "ray"), check=True, capture_output=True, timeout=300)
    assert tables(tmp_path / "case") == undisturbed


def children(pid: int) -> Iterator[tuple[int, str]]:
    """Every process below `pid`, with the words it was started with."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], check=True, capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines() if len(line.split(None, 2)) == 3]
    below = {pid}
    for _ in range(12):
        below |= {int(own) for own, parent, _ in rows if int(parent) in below}
    yield from ((int(own), words) for own, _, words in rows if int(own) in below and int(own) != pid)


def strike(process: subprocess.Popen[bytes], victim: str) -> None:
    if victim == "driver":
        process.send_signal(signal.SIGKILL)
        return
    mark = {"worker": "ray::Supervisor", "reader": "multiprocessing.spawn", "head": "gcs_server"}[victim]
    for pid, words in children(process.pid):
        if mark in words:
            os.kill(pid, signal.SIGKILL)
            return


def run_killed(case: Path, source: Path, victim: str, after: float) -> None:
    """Start a run, kill one of its processes that long after the first worker is there, then run it to its end."""
    process = subprocess.Popen(command(case, source, "ray"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if any("ray::Supervisor" in words for _, words in children(process.pid)):
            break
        time.sleep(0.2)
    time.sleep(after)
    strike(process, victim)
    try:
        process.wait(timeout=240)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        subprocess.run(command(case, source, "ray"), check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("victim", ["worker", "driver"])
def test_a_killed_run_ends_or_goes_on_with_the_same_tables(victim, source, undisturbed, tmp_path):
    run_killed(tmp_path / "case", source, victim, 4.0)
    assert tables(tmp_path / "case") == undisturbed


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
def test_twenty_kills(seed, source, undisturbed, tmp_path):
    draw = random.Random(seed)
    run_killed(tmp_path / "case", source, ["worker", "reader", "driver", "head"][seed % 4], draw.uniform(0, 15))
    assert tables(tmp_path / "case") == undisturbed


def test_records_that_raise_hang_leave_or_eat_memory_cost_only_themselves():
    items = ["a", "exit", "b", "hang", "c", "eat", "d", "kill"]
    guard = Guard(timeout_s=3.0, memory_bytes=2 * 2**30)
    got = list(ray_map(Job(work, lost, guard=guard), items, workers=2))
    assert got == ["A", "lost exit", "B", "lost hang", "C", "lost eat", "D", "lost kill"]


def test_too_few_cpus_are_told_at_once():
    import ray

    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False, object_store_memory=100 * 2**20)
    try:
        with pytest.raises(Retryable, match="expected 3 CPUs for as many workers, got 1"):
            list(ray_map(Job(work, lost), ["a"], workers=3))
    finally:
        ray.shutdown()


def test_no_cluster_there_is_told():
    with pytest.raises(Retryable, match=r"expected a Ray cluster at 127\.0\.0\.1:1"):
        list(ray_map(Job(work, lost), ["a"], workers=1, address="127.0.0.1:1"))
