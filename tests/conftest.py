"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _folder(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} is not set: development data is not here")
    return Path(value)


@pytest.fixture(scope="session")
def data() -> Path:
    """The development data; tests that ask for it skip where it isn't."""
    return _folder("SAYSO_DATA")


@pytest.fixture(scope="session")
def reference_scorers() -> Path:
    """The scorers that ours must agree with."""
    return _folder("SAYSO_EVAL")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT
