"""A case of four example pages, read once, and a room on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import sayso
from sayso.examples import example_pages
from sayso.store import Store, entry_of
from sayso.web.app import make_app
from sayso.web.room import Room

PAGES = (0, 1, 3, 4)


@pytest.fixture(scope="session")
def kept_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room") / "flood"
    store = Store(folder, create=True)
    with store.writer() as writer:
        for number in PAGES:
            path = example_pages()[number]
            writer.add(entry_of(sayso.read(path), f"key-{number}", path.name))
    return folder


@pytest.fixture(scope="session")
def client(kept_case: Path) -> Iterator[TestClient]:
    """A room for looking only."""
    room = Room(kept_case)
    with TestClient(make_app(room), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def fresh(kept_case: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A room of one's own, for changing."""
    folder = tmp_path / "flood"
    shutil.copytree(kept_case, folder)
    room = Room(folder)
    with TestClient(make_app(room), base_url="http://127.0.0.1") as client:
        yield client
