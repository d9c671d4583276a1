"""The ordered map: order, workers that die, and taking no more than it needs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sayso.engines.engine import Engine
from sayso.engines.local import IN_FLIGHT_PER_WORKER, Guard, Job, ordered_map
from sayso.errors import Retryable


def slow_square(n: int) -> int:
    time.sleep(0.02 if n % 3 == 0 else 0)
    return n * n


def dies_on_five(n: int) -> int:
    if n == 5:
        os._exit(9)
    return n


def lost(n: int) -> int:
    return -n


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_results_come_in_order(workers: int) -> None:
    got = list(ordered_map(Job(slow_square, lost), range(30), workers=workers))
    assert got == [n * n for n in range(30)]


def test_an_item_that_kills_its_worker_is_answered_and_the_rest_goes_on() -> None:
    got = list(ordered_map(Job(dies_on_five, lost), range(12), workers=2))
    assert got == [0, 1, 2, 3, 4, -5, 6, 7, 8, 9, 10, 11]


def test_items_are_read_only_as_far_ahead_as_workers_need() -> None:
    taken = []

    def items() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    results = ordered_map(Job(slow_square, lost), items(), workers=2)
    assert next(results) == 0
    assert len(taken) <= 2 * IN_FLIGHT_PER_WORKER + 2 + 1
    results.close()  # type: ignore[attr-defined]


def test_no_items_no_results() -> None:
    assert list(ordered_map(Job(slow_square, lost), [], workers=2)) == []


def hangs_on_five(n: int) -> int:
    if n == 5:
        time.sleep(60)
    return n


def eats_memory_on_five(n: int) -> int:
    if n == 5:
        try:
            bytearray(8 * 2**30)
        except MemoryError:
            return -50
    return n


def dies_once(path: str) -> str:
    """Dies on a file that isn't there yet, having made it."""
    if path and not os.path.exists(path):
        with open(path, "w", encoding="utf-8"):
            pass
        os._exit(9)
    return path


GUARD = Guard(timeout_s=1.5, memory_bytes=4 * 2**30)


def test_a_guarded_item_that_hangs_is_given_up_and_the_rest_goes_on() -> None:
    got = list(ordered_map(Job(hangs_on_five, lost, guard=GUARD), range(8), workers=2))
    assert got == [0, 1, 2, 3, 4, -5, 6, 7]


def test_even_a_single_guarded_worker_is_a_process_of_its_own() -> None:
    got = list(ordered_map(Job(dies_on_five, lost, guard=GUARD), range(8), workers=1))
    assert got == [0, 1, 2, 3, 4, -5, 6, 7]


def test_memory_is_bounded() -> None:
    got = list(ordered_map(Job(eats_memory_on_five, lost, guard=GUARD), range(7), workers=1))
    assert got == [0, 1, 2, 3, 4, -50, 6]


def test_an_item_gets_a_second_try_in_a_fresh_process(tmp_path: Path) -> None:
    items = ["", str(tmp_path / "made"), ""]
    got = list(ordered_map(Job(dies_once, lambda path: "lost", guard=GUARD), items, workers=1))
    assert got == items


def test_a_part_without_which_there_is_no_whole_stops_the_work() -> None:
    engine = Engine(workers=2, guard=GUARD)
    assert list(engine.each(slow_square, range(6))) == [0, 1, 4, 9, 16, 25]
    with pytest.raises(Retryable, match="each part of the work to be done"):
        list(engine.each(dies_on_five, range(8)))


def test_one_local_worker_does_parts_here() -> None:
    assert list(Engine().each(lambda n: os.getpid(), range(2))) == [os.getpid()] * 2


def never_ready() -> None:
    os._exit(1)


def test_workers_that_cannot_start_stop_the_run_and_cost_no_item() -> None:
    with pytest.raises(Retryable, match="expected workers to start"):
        list(ordered_map(Job(slow_square, lost, never_ready, GUARD), range(3), workers=1))


def ready_at_second(path: Path) -> None:
    if not path.exists():
        path.touch()
        os._exit(1)


def test_a_worker_that_ends_before_its_first_item_costs_that_item_nothing(tmp_path: Path) -> None:
    job = Job(slow_square, lost, partial(ready_at_second, tmp_path / "started"))
    assert list(ordered_map(job, range(5), workers=2)) == [0, 1, 4, 9, 16]
