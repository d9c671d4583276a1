"""Reading in this process, for tests that ask what is read and not where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def in_this_process() -> Iterator[pytest.MonkeyPatch]:
    """`ordered_map` without workers; the patch is given for what else a test sets."""

    def one_by_one(job: Any, items: Any, *, workers: int) -> Any:
        job.prepare()
        return map(job.work, items)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sayso.engines.engine.ordered_map", one_by_one)
        yield patch
