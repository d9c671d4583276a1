"""The local engine: an ordered map over processes that survives a worker's death."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

__all__ = ["ordered_map"]

T = TypeVar("T")
R = TypeVar("R")

IN_FLIGHT_PER_WORKER = 8
"""Items handed out ahead of the oldest unanswered one: keeps workers busy and memory bounded."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    item: tuple[int, T] | None = None


def ordered_map(
    work: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int,
    prepare: Callable[[], None],
    lost: Callable[[T], R],
) -> Iterator[R]:
    """Yield `work(item)` for each item, in order, from `workers` processes.

    Args:
        work: pure and picklable; runs in a worker, or here where `workers` is 1.
        items: read only as fast as results are taken.
        workers: number of processes, at least 1.
        prepare: run once in each process before its first item.
        lost: what to answer for an item whose process died; the run goes on.
    """
    if workers <= 1:
        prepare()
        yield from map(work, items)
        return
    pool = _Pool(work, workers, prepare, lost)
    try:
        yield from pool.run(items)
    finally:
        pool.close()


class _Pool(Generic[T, R]):
    def __init__(
        self, work: Callable[[T], R], workers: int, prepare: Callable[[], None], lost: Callable[[T], R]
    ) -> None:
        self.work, self.prepare, self.lost, self.size = work, prepare, lost, workers
        # Fresh interpreters: a fork would carry the parent's threads and half-loaded models.
        self.context = multiprocessing.get_context("spawn")
        self.workers = [self._start() for _ in range(workers)]

    def _start(self) -> _Worker[T]:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.work, self.prepare), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def run(self, items: Iterable[T]) -> Iterator[R]:
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
            worker.item = item
            # A worker that died idle has closed its pipe: `_collect` sees that and answers for the item.
            with suppress(OSError):
                worker.pipe.send(item[1])
        return True

    def _collect(self, done: dict[int, R]) -> None:
        busy = {worker.pipe: worker for worker in self.workers if worker.item is not None}
        ready = wait(list(busy))
        for worker in (worker for pipe, worker in busy.items() if pipe in ready):
            assert worker.item is not None
            number, item = worker.item
            try:
                done[number] = worker.pipe.recv()
                worker.item = None
            except (EOFError, OSError):
                worker.process.join()
                done[number] = self.lost(item)
                self.workers[self.workers.index(worker)] = self._start()

    def close(self) -> None:
        for worker in self.workers:
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()


def _serve(pipe: Connection, work: Callable[[T], R], prepare: Callable[[], None]) -> None:
    prepare()
    while True:
        try:
            item = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        pipe.send(work(item))
