"""A reader kept warm: one process with its models loaded, bounded in time and memory, for doors that answer people."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from sayso.errors import Retryable, Timeout
from sayso.model import LAYERS
from sayso.pipeline import Options, answer, warm_up
from sayso.pipeline.records import Answer
from sayso.store import Entry

from .ingest import Item, read_item
from .local import Guard, serve

__all__ = ["PageReader"]

LOADING_S = 120.0


class PageReader:
    """Reads one record at a time in a process of its own; a page that hangs or kills it costs only itself.

    Args:
        guard: bounds on one record.
    """

    def __init__(self, guard: Guard | None = None) -> None:
        self.guard = guard or Guard(timeout_s=60.0)
        self._lock = threading.Lock()
        self._process: Any = None
        self._pipe: Any = None
        self._closed = False

    def warm(self) -> None:
        """Load the models now rather than at the first record."""
        with self._lock:
            self._started()

    def entry(self, item: Item) -> Entry:
        """What becomes of a record in a case.

        Raises:
            Timeout: it took too long, or killed the process.
            Retryable: the reader is being closed.
        """
        entry: Entry = self.ask(partial(read_item, item, Options(paths=False)))
        return entry

    def answer(self, line: bytes, layers: tuple[str, ...] = LAYERS) -> Answer:
        """The batch door's answer to one line, which may name no file.

        Raises:
            Timeout: it took too long, or killed the process.
            Retryable: the reader is being closed.
        """
        found: Answer = self.ask(partial(answer, line, Options(layers=layers, paths=False)))
        return found

    def ask(self, question: Callable[[], object]) -> Any:
        """What a function gives in the reader's process; it and its answer must be picklable.

        Raises:
            Timeout: it took too long, or killed the process.
            Retryable: the reader is being closed.
        """
        with self._lock:
            self._started()
            try:
                self._pipe.send(question)
                if self._pipe.poll(self.guard.timeout_s):
                    return self._pipe.recv()
                why = f"more than {self.guard.timeout_s:.0f} s"
            except (EOFError, OSError):
                why = "a process that died on it"
            if self._closed:
                raise Retryable("expected an answer, got a server that is ending; ask again when it is back")
            self._stop()
        raise Timeout(f"expected the record to be read, got {why}; cut it down or leave it out")

    def _started(self) -> None:
        if self._closed:
            raise Retryable("expected a reader, got a server that is ending; ask again when it is back")
        if self._process is not None and self._process.is_alive():
            return
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, _work, warm_up, self.guard), daemon=True)
        self._process.start()
        theirs.close()
        if self._closed:
            # Closed between the two lines above, when there was no process to kill yet.
            self._stop()
            raise Retryable("expected a reader, got a server that is ending; ask again when it is back")
        try:
            if self._pipe.poll(LOADING_S):
                self._pipe.recv()
                return
        except (EOFError, OSError):
            pass
        self._stop()
        raise Retryable("expected the models to load, got none in time; ask again")

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None

    def close(self) -> None:
        """End the process, in the middle of a record too; whoever waits for it is told to ask again."""
        self._closed = True
        process = self._process
        if process is not None:
            with suppress(OSError, ValueError, AttributeError):
                process.kill()


def _work(question: Callable[[], object]) -> object:
    return question()
