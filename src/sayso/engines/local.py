"""The local engine: an ordered map over processes that survives a worker's death, and with a guard its hanging."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from sayso.errors import Retryable

__all__ = ["Guard", "Job", "Pool", "ordered_map", "serve"]

T = TypeVar("T")
R = TypeVar("R")

IN_FLIGHT_PER_WORKER = 8
"""Items handed out ahead of the oldest unanswered one: keeps workers busy and memory bounded."""

MAX_FALSE_STARTS = 5
"""Processes that may end, one after another, before they see an item: then no item is at fault."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Bounds on one item. A worker holds one item at a time, so the one that kills it is known without a search;
    it is tried once more in a fresh process, for the fault may lie in what the first had read before.
    """

    timeout_s: float = 300.0
    memory_bytes: int = 8 * 2**30
    """Address space of a worker."""


def _nothing() -> None:
    """No models to load."""


@dataclass(frozen=True, slots=True)
class Job(Generic[T, R]):
    """What workers do with items; picklable, for they may be elsewhere."""

    work: Callable[[T], R]
    """Pure: the same item gives the same answer in any process."""
    lost: Callable[[T], R]
    """What to answer for an item whose process died; the run goes on."""
    prepare: Callable[[], None] = _nothing
    """Run once in each process before its first item."""
    guard: Guard | None = None
    """Bounds on an item; with them, even one worker is a process of its own."""
    chunk: int = 8
    """Items sent to another machine at a time: enough that sending costs little, few enough to do again."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    item: tuple[int, T] | None = None
    since: float = 0.0
    again: bool = False
    """Whether its item has cost a process before."""
    ready: bool = False
    """Whether its models are loaded: the clock of its first item starts then."""


def ordered_map(job: Job[T, R], items: Iterable[T], *, workers: int) -> Iterator[R]:
    """Yield `job.work(item)` for each item, in order, from `workers` processes.

    Args:
        job: what to do; runs in workers, or here where `workers` is 1 and nothing is guarded.
        items: read only as fast as results are taken.
        workers: number of processes, at least 1.
    """
    if workers <= 1 and job.guard is None:
        job.prepare()
        yield from map(job.work, items)
        return
    pool = Pool(job, max(1, workers))
    try:
        yield from pool.run(items)
    finally:
        pool.close()


class Pool(Generic[T, R]):
    """Worker processes that answer items in order, as `ordered_map` says."""

    def __init__(self, job: Job[T, R], workers: int) -> None:
        self.job, self.size, self.guard, self.false_starts = job, workers, job.guard, 0
        # Fresh interpreters: a fork would carry the parent's threads and half-loaded models.
        self.context = multiprocessing.get_context("spawn")
        self.workers = [self._start() for _ in range(workers)]

    def _start(self) -> _Worker[T]:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(
            target=serve, args=(theirs, self.job.work, self.job.prepare, self.guard), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def run(self, items: Iterable[T]) -> Iterator[R]:
        """Answers to the items in order; may be asked again with others."""
        queue = enumerate(items)
        done: dict[int, R] = {}
        waiting: deque[int] = deque()
        more = True
        while True:
            more = more and self._hand_out(queue, waiting, len(done))
            while waiting and waiting[0] in done:
                yield done.pop(waiting.popleft())
            if not waiting and not more:
                return
            if any(worker.item is not None for worker in self.workers):
                self._collect(done)

    def _hand_out(self, queue: Iterator[tuple[int, T]], waiting: deque[int], ahead: int) -> bool:
        for worker in self.workers:
            if worker.item is not None:
                continue
            if ahead >= self.size * IN_FLIGHT_PER_WORKER:
                return True
            item = next(queue, None)
            if item is None:
                return False
            waiting.append(item[0])
            self._give(worker, item)
        return True

    def _give(self, worker: _Worker[T], item: tuple[int, T], *, again: bool = False) -> None:
        worker.item, worker.again, worker.since = item, again, time.monotonic()
        # A worker that died idle has closed its pipe: `_collect` sees that and answers for the item.
        with suppress(OSError):
            worker.pipe.send(item[1])

    def _collect(self, done: dict[int, R]) -> None:
        busy = {worker.pipe: worker for worker in self.workers if worker.item is not None}
        ready = wait(list(busy), self._patience(busy.values()))
        for pipe, worker in busy.items():
            if pipe not in ready or worker.item is None:
                continue
            try:
                answer = worker.pipe.recv()
                if not worker.ready:
                    worker.ready, worker.since, self.false_starts = True, time.monotonic(), 0
                    continue
                done[worker.item[0]] = answer
                worker.item = None
            except (EOFError, OSError):
                self._replace(worker, done)
        if self.guard is not None:
            now = time.monotonic()
            for worker in busy.values():
                if worker.ready and worker.item is not None and now - worker.since > self.guard.timeout_s:
                    worker.process.kill()
                    self._replace(worker, done)

    def _patience(self, busy: Iterable[_Worker[T]]) -> float | None:
        """Seconds until the first item is overdue."""
        started = [worker.since for worker in busy if worker.ready]
        if self.guard is None or not started:
            return None
        return max(0.0, min(started) + self.guard.timeout_s - time.monotonic()) + 0.05

    def _replace(self, worker: _Worker[T], done: dict[int, R]) -> None:
        """Put a fresh process in place of one that is gone; answer for its item, or try that once more."""
        item = worker.item
        assert item is not None
        worker.process.join()
        worker.pipe.close()
        if not worker.ready:
            self._false_start()
        fresh = self._start()
        self.workers[self.workers.index(worker)] = fresh
        if not worker.ready:
            # It never saw the item.
            self._give(fresh, item, again=worker.again)
        elif self.guard is not None and not worker.again:
            self._give(fresh, item, again=True)
        else:
            done[item[0]] = self.job.lost(item[1])
        worker.item = None

    def _false_start(self) -> None:
        self.false_starts += 1
        if self.false_starts > MAX_FALSE_STARTS:
            raise Retryable(
                f"expected workers to start, got {self.false_starts} that ended before their first item; see what "
                "they said, give more memory or fewer workers, and run the same again"
            )

    def close(self) -> None:
        """End the processes, in the middle of an item too."""
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()


def serve(pipe: Connection, work: Callable[[T], R], prepare: Callable[[], None], guard: Guard | None) -> None:
    """Answer what comes through the pipe until it closes; the first thing sent says that the models are loaded."""
    if guard is not None:
        _bound_memory(guard.memory_bytes)
    prepare()
    pipe.send(None)
    while True:
        try:
            item = pipe.recv()
            pipe.send(work(item))
        except (EOFError, KeyboardInterrupt, BrokenPipeError):
            # Whoever asked has gone.
            return


def _bound_memory(limit: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if most < 0 else min(limit, most), most))
