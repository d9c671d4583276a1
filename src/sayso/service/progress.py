"""Progress of long work, on a terminal and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TextIO

__all__ = ["Progress"]

EVERY_S = 0.5


class Progress:
    """One line that is written over, with a rate; silent where the stream is no terminal."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float]) -> None:
        self.stream, self.clock = stream, clock
        self.is_shown = stream.isatty()
        self.started = self.last = clock()
        self.done = 0

    def show(self, done: int) -> None:
        """Tell how many records are answered."""
        self.done = done
        now = self.clock()
        if self.is_shown and now - self.last >= EVERY_S:
            self.last = now
            self._write(now)

    def _write(self, now: float) -> None:
        rate = self.done / max(now - self.started, 1e-9)
        self.stream.write(f"\r{self.done} records, {rate:.1f} a second ")
        self.stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_shown:
            self._write(self.clock())
            self.stream.write("\n")
