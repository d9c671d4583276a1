"""Progress of long work, on a terminal and nowhere else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

__all__ = ["Progress", "spoken"]

EVERY_S = 0.5
LOOKED_BACK = 60
"""Lines written so long ago tell the rate: models that load at the beginning don't count for ever."""


class Progress:
    """One line that is written over, with a rate and the time left; silent where the stream is no terminal.

    Args:
        stream: where it is written.
        clock: seconds.
        noun: what is counted.
    """

    def __init__(self, stream: TextIO, *, clock: Callable[[], float], noun: str = "records") -> None:
        self.stream, self.clock, self.noun = stream, clock, noun
        self.is_shown = stream.isatty()
        self.started = self.last = clock()
        self.done, self.of = 0, 0
        self._marks: deque[tuple[float, int]] = deque(maxlen=LOOKED_BACK)

    def show(self, done: int, of: int = 0) -> None:
        """Tell how much is done, and of how much where that is known."""
        self.done, self.of = done, of
        now = self.clock()
        if not self._marks:
            # What was there before this run costs nothing, and tells nothing of the rate.
            self._marks.append((self.started, done - 1))
        if self.is_shown and now - self.last >= EVERY_S:
            self.last = now
            self._write(now)

    def _write(self, now: float) -> None:
        since, before = self._marks[0] if self._marks else (self.started, 0)
        rate = (self.done - before) / max(now - since, 1e-9)
        self._marks.append((now, self.done))
        share = f" of {self.of}" if self.of else ""
        left = f", {spoken((self.of - self.done) / rate)} left" if self.of and rate > 0 else ""
        self.stream.write(f"\r\x1b[K{self.done}{share} {self.noun}, {rate:.1f} a second{left} ")
        self.stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_shown:
            self._write(self.clock())
            self.stream.write("\n")


def spoken(seconds: float) -> str:
    """A stretch of time, as people say it.

    >>> spoken(42.4), spoken(170), spoken(7_380)
    ('42 s', '3 min', '2 h 3 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
