from __future__ import annotations

import threading

import pytest

from sayso.web.errors import Pending
from sayso.web.jobs import Jobs


def test_work_is_done_once_and_told_when_it_takes_long() -> None:
    jobs, gate, runs = Jobs(), threading.Event(), []

    def slow() -> str:
        runs.append(1)
        gate.wait(10)
        return "done"

    for _ in range(3):
        with pytest.raises(Pending, match="the answer"):
            jobs.get("a", slow, "the answer", patience_s=0.01)
    gate.set()
    assert jobs.get("a", slow, "the answer") == "done"
    assert runs == [1]
    jobs.close()


def test_what_failed_is_tried_again_and_the_oldest_is_forgotten() -> None:
    jobs, tries = Jobs(kept=2), []

    def shaky() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("once")
        return len(tries)

    with pytest.raises(ValueError, match="once"):
        jobs.get("a", shaky, "it")
    assert jobs.get("a", shaky, "it") == 2
    jobs.forget()
    assert jobs.get("a", lambda: 7, "it") == 7
    jobs.forget()
    for key in "bcd":
        jobs.get(key, lambda: 0, "it")
    assert jobs.get("a", shaky, "it") == 3
    jobs.close()
