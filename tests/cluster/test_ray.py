"""Reading and working out a case on Ray: the same tables as here, whatever is killed on the way."""

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
from tools.generate_warc import Newsroom

from sayso.engines.cluster import ray_map
from sayso.engines.local import Guard, Job
from sayso.errors import Retryable

pytestmark = pytest.mark.cluster

PAGES = 200
MANY = 2_000
RUN = """
import sys
from contextlib import nullcontext
from sayso.cli.main import _run
from sayso.engines.cluster import connected
case, source, engine = sys.argv[1:]
how = ["--engine", engine, "--workers", "2"]
with connected(None, 2) if engine == "ray" else nullcontext():
    done = _run(["ingest", case, source, "--layers", "article,entities,attributions", *how])
    sys.exit(done or _run(["corpus", "build", case, *how]))
"""


def written(folder: Path, pages: int) -> Path:
    path = folder / "in.jsonl"
    lines = [json.dumps(page.row()) for page in Newsroom(5, 4).pages(pages)]
    lines[17], lines[90] = "{not json", '{"id": "empty"}'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("pages"), PAGES)


def command(case: Path, source: Path, engine: str) -> list[str]:
    return [sys.executable, "-c", RUN, str(case), str(source), engine]


def run(case: Path, source: Path, engine: str, timeout_s: float = 900) -> None:
    subprocess.run(command(case, source, engine), check=True, capture_output=True, timeout=timeout_s)


def tables(case: Path) -> dict[str, bytes]:
    paths = [path for name in ("shards", "corpus") for path in sorted((case / name).rglob("*")) if path.is_file()]
    return {str(path.relative_to(case)): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    case = tmp_path_factory.mktemp("local") / "case"
    run(case, source, "local")
    return tables(case)


def test_the_tables_are_those_of_the_local_engine(source, undisturbed, tmp_path):
    run(tmp_path / "case", source, "ray")
    assert tables(tmp_path / "case") == undisturbed
    assert {"corpus/claims-000001.parquet", "corpus/origins-000001.parquet"} <= undisturbed.keys()


@pytest.mark.full
def test_the_tables_of_many_pages_are_those_of_the_local_engine(tmp_path):
    source = written(tmp_path, MANY)
    for engine in ("local", "ray"):
        run(tmp_path / engine, source, engine, 3_600)
    assert tables(tmp_path / "ray") == tables(tmp_path / "local")


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


def run_killed(case: Path, source: Path, victims: list[tuple[str, float]]) -> None:
    """Start a run, kill processes of it, each so long after the last (the first worker at first), then end it."""
    process = subprocess.Popen(command(case, source, "ray"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if any("ray::Supervisor" in words for _, words in children(process.pid)):
            break
        time.sleep(0.2)
    for victim, after in victims:
        time.sleep(after)
        strike(process, victim)
    try:
        process.wait(timeout=600)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
    if process.returncode:
        run(case, source, "ray")


def test_a_run_whose_worker_and_then_driver_are_killed_goes_on_with_the_same_tables(source, undisturbed, tmp_path):
    run_killed(tmp_path / "case", source, [("worker", 4.0), ("driver", 6.0)])
    assert tables(tmp_path / "case") == undisturbed


@pytest.mark.full
@pytest.mark.parametrize("seed", range(20))
def test_twenty_kills(seed, source, undisturbed, tmp_path):
    draw = random.Random(seed)
    run_killed(tmp_path / "case", source, [(["worker", "reader", "driver", "head"][seed % 4], draw.uniform(0, 30))])
    assert tables(tmp_path / "case") == undisturbed


def test_records_that_raise_hang_leave_or_eat_memory_cost_only_themselves():
    items = ["a", "exit", "b", "hang", "c", "eat", "d", "kill", "e", "raise"]
    got = list(ray_map(Job(work, lost, guard=Guard(timeout_s=3.0)), items, workers=2))
    harmed = ["lost exit", "lost hang", "lost eat", "lost kill", "lost raise"]
    assert got == [answer for pair in zip("ABCDE", harmed, strict=True) for answer in pair]


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
