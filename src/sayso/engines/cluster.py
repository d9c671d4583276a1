"""The cluster engine: the same ordered map on Ray, where each worker supervises a process of its own.

A chunk of items goes to an actor; the actor hands them one by one to a guarded process, as the local engine does, so a
record that hangs, leaves or eats memory costs that process alone. An actor or machine that is lost costs its chunks
another try elsewhere. Results come back in the order of the items, so whoever writes them writes the same bytes.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Generic, TypeVar

from sayso.errors import InvalidSetting, Retryable

from .local import Guard, Job, Pool

__all__ = ["connected", "ray_map"]

T = TypeVar("T")
R = TypeVar("R")

AHEAD_PER_WORKER = 4
"""Chunks handed out ahead of the oldest unanswered one, for each worker."""
TRIES = 4
"""How often a chunk is sent again when its worker is lost with it; then the fault is the cluster's."""
KNOCK_S = 10.0
OBJECT_STORE_BYTES = 512 * 2**20


@contextmanager
def connected(address: str | None, workers: int) -> Iterator[Any]:
    """The module `ray`, connected to a cluster, or to one started here for as long as the block lasts.

    Raises:
        InvalidSetting: Ray isn't installed.
        Retryable: no cluster answers, or it has fewer CPUs than workers were asked for.
    """
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray as found

        ray: Any = found
    except ImportError as error:
        raise InvalidSetting(
            "expected Ray for --engine ray, got none installed; run `pip install 'sayso[cluster]'`"
        ) from error
    begun = not ray.is_initialized()
    if begun:
        _begin(ray, address, workers)
    try:
        held = int(_resources(ray).get("CPU", 0))
        if held < workers:
            # Ray would wait for ever for CPUs that never come.
            raise Retryable(f"expected {workers} CPUs for as many workers, got {held} in the cluster; ask for fewer")
        yield ray
    finally:
        if begun:
            ray.shutdown()


def _resources(ray: Any) -> dict[str, float]:
    found: dict[str, float] = ray.cluster_resources()
    return found


def _begin(ray: Any, address: str | None, workers: int) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR, "configure_logging": False}
    try:
        if address:
            _knock(address)
            ray.init(address=address, **quiet)
        else:
            ray.init(num_cpus=workers, include_dashboard=False, object_store_memory=OBJECT_STORE_BYTES, **quiet)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        where = f"at {address}" if address else "on this machine"
        raise Retryable(f"expected a Ray cluster {where}, got “{error}”; start one and run the same again") from error


def _knock(address: str) -> None:
    """See that somebody listens there: Ray itself would ask for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK_S).close()


@dataclass(slots=True)
class _Chunk(Generic[T]):
    items: list[T]
    worker: Any
    answer: Any
    tries: int = 1


def ray_map(job: Job[T, R], items: Iterable[T], *, workers: int, address: str | None = None) -> Iterator[R]:
    """Yield `job.work(item)` for each item, in order, from workers of a Ray cluster; else as `local.ordered_map`.

    Args:
        job, items, workers: as there; every item is guarded.
        address: of a running cluster; without it one is started here and ended with the run.

    Raises:
        InvalidSetting: Ray isn't installed.
        Retryable: the cluster can't be reached, is too small or loses its workers again and again.
    """
    with connected(address, workers) as ray:
        crew: _Crew[T, R] = _Crew(ray, workers, job)
        yield from crew.run(iter(items))


class _Crew(Generic[T, R]):
    """The workers of one run, and the chunks under way."""

    def __init__(self, ray: Any, workers: int, job: Job[T, R]) -> None:
        self.ray, self.chunk = ray, job.chunk
        self.job = ray.put(replace(job, guard=job.guard or Guard()))
        # The supervisor itself does nothing: its process of work is what the CPU is asked for.
        self.actor = ray.remote(num_cpus=1, max_restarts=0)(Supervisor)
        self.workers = [self._hired() for _ in range(workers)]
        self.under_way: deque[_Chunk[T]] = deque()

    def _hired(self) -> Any:
        return self.actor.remote(self.job)

    def run(self, items: Iterator[T]) -> Iterator[R]:
        while True:
            while len(self.under_way) < AHEAD_PER_WORKER * len(self.workers):
                chunk = list(islice(items, self.chunk))
                if not chunk:
                    break
                self._send(chunk)
            if not self.under_way:
                return
            yield from self._oldest()

    def _send(self, items: list[T]) -> None:
        """To whoever has least to do, the first of equals."""
        load = [sum(chunk.worker is worker for chunk in self.under_way) for worker in self.workers]
        worker = self.workers[load.index(min(load))]
        self.under_way.append(_Chunk(items, worker, worker.read.remote(items)))

    def _oldest(self) -> list[R]:
        while True:
            chunk = self.under_way[0]
            try:
                found: list[R] = self.ray.get(chunk.answer)
            except (self.ray.exceptions.RayActorError, self.ray.exceptions.RayTaskError) as error:
                self._again(chunk.worker, error)
                continue
            except self.ray.exceptions.RayError as error:
                raise _gone(error) from error
            self.under_way.popleft()
            return found

    def _again(self, dead: Any, error: Exception) -> None:
        """Put a fresh worker in the place of a lost one, and give it what that one had."""
        fresh = self._hired()
        self.workers[self.workers.index(dead)] = fresh
        for chunk in self.under_way:
            if chunk.worker is dead:
                chunk.tries += 1
                if chunk.tries > TRIES:
                    raise _gone(error) from error
                chunk.worker, chunk.answer = fresh, fresh.read.remote(chunk.items)


def _gone(error: Exception) -> Retryable:
    why = str(error).strip().split("\n", 1)[0][:200]
    return Retryable(
        f"expected the Ray cluster to answer, got {type(error).__name__}: {why}; "
        "what was written is kept: run the same again and it goes on from there"
    )


class Supervisor:
    """A worker of the cluster: one guarded process that reads, and is replaced when a record kills it."""

    def __init__(self, job: Job[Any, Any]) -> None:
        self.pool: Pool[Any, Any] = Pool(job, 1)

    def read(self, items: list[Any]) -> list[Any]:
        """The answers to these items, in order."""
        return list(self.pool.run(items))
