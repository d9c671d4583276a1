"""Python's cyclic garbage collector, held off while a page is read."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_collections"]

_held = threading.Lock()


@contextmanager
def without_collections() -> Iterator[None]:
    """Hold off the collector; for work that allocates much and drops none of it in cycles.

    A page's tree is tens of thousands of objects that all live until the page is read. The collector would walk
    them, and everything else the process holds, several times over: a quarter of the time. One thread holds it off
    at a time, so that threads that follow on each other without a gap still let it run.
    """
    if not gc.isenabled() or not _held.acquire(blocking=False):
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        _held.release()
