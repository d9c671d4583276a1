"""Where work is done: here, in processes of this machine, or on a Ray cluster; the same answers in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sayso.errors import Retryable

from .local import Guard, Job, ordered_map

__all__ = ["PART_GUARD", "Engine"]

T = TypeVar("T")
R = TypeVar("R")

PART_GUARD = Guard(timeout_s=3600.0)
"""Bounds on a part of a case's work, which is larger than a record."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Where work is done; changes no byte of what comes of it."""

    name: Literal["local", "ray"] = "local"
    workers: int = 1
    """Number of processes."""
    guard: Guard | None = None
    """Bounds on one item; one that hangs, kills its process or eats memory is given up."""
    address: str | None = None
    """Of a running Ray cluster; without it `ray` starts one here."""

    def map(self, job: Job[T, R], items: Iterable[T]) -> Iterator[R]:
        """Yield `job.work(item)` for each item, in order; items are taken only as fast as answers are.

        Raises:
            InvalidSetting: the engine isn't installed.
            Retryable: the cluster can't be reached, or is lost.
        """
        if self.name == "ray":
            from .cluster import ray_map

            return ray_map(job, items, workers=self.workers, address=self.address)
        return ordered_map(job, items, workers=self.workers)

    def each(self, work: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        """Yield `work(item)` for each part of a whole, in order, sent one at a time: without one there is no whole.

        Raises:
            InvalidSetting: as `map`.
            Retryable: as `map`, or a part killed its process or took too long, twice.
        """
        if self.name == "local" and self.workers <= 1:
            yield from map(work, items)
            return
        job: Job[Any, Any] = Job(work, _missing, guard=self.guard or PART_GUARD, chunk=1)
        for answer in self.map(job, items):
            if isinstance(answer, _Missing):
                raise Retryable(
                    "expected each part of the work to be done, got a process that died, ran out of memory or took too "
                    "long on one, twice; give more memory or fewer workers, and run the same again"
                )
            yield answer

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Stay connected to the cluster for as long as the block lasts: several maps then begin it once.

        Raises:
            InvalidSetting, Retryable: as `map`.
        """
        if self.name == "ray":
            from .cluster import connected

            with connected(self.address, self.workers):
                yield
        else:
            yield


class _Missing:
    """In the place of a part that no process could do."""


def _missing(_: object) -> _Missing:
    return _Missing()
