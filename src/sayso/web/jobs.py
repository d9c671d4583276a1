"""Work that takes longer than a person waits: done once in the background, answered when it is ready."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from typing import Any

from .errors import Pending

__all__ = ["Jobs"]

KEPT = 256
PATIENCE_S = 8.0


class Jobs:
    """Results by key, worked out one at a time in the order asked for; the oldest are forgotten."""

    def __init__(self, kept: int = KEPT) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sayso-job")
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._kept = kept

    def get(self, key: Hashable, make: Callable[[], Any], what: str, patience_s: float = PATIENCE_S) -> Any:
        """The result of `make`, which runs once for its key.

        Raises:
            Pending: it is not ready within the time a person waits.
        """
        with self._lock:
            future = self._held.get(key)
            if future is None or (future.done() and future.exception() is not None):
                future = self._held[key] = self._pool.submit(make)
            self._held.move_to_end(key)
            while len(self._held) > self._kept:
                oldest = next(iter(self._held))
                if not self._held[oldest].done():
                    break
                del self._held[oldest]
        try:
            return future.result(patience_s)
        except Late:
            if future.done():
                raise
            raise Pending(what) from None

    def forget(self) -> None:
        """Let go of what is done: it was of another state of the case."""
        with self._lock:
            for key in [key for key, future in self._held.items() if future.done()]:
                del self._held[key]

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
