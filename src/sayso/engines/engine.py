"""Where work is done: here, in processes of this machine, or on a Ray cluster; the same answers in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar

from .local import Guard, Job, ordered_map

__all__ = ["Engine"]

T = TypeVar("T")
R = TypeVar("R")


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
