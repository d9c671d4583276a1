"""Work that goes wrong, in a module of its own so that processes elsewhere can import it."""

from __future__ import annotations

import os
import signal
import time


def work(item: str) -> str:
    """Answer a letter; do harm for a word."""
    if item == "exit":
        os._exit(3)
    if item == "hang":
        time.sleep(3600)
    if item == "eat":
        return "x" * (9 * 2**30)
    if item == "raise":
        raise ValueError("harm")
    if item == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    return item.upper()


def lost(item: str) -> str:
    """What is said of an item whose process died."""
    return f"lost {item}"
