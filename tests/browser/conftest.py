"""Debian's Chromium, and a reading room run as people run it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "expected Debian's chromium, got none; run `make test-browser`"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shots(root: Path) -> Path:
    """Where pictures of every screen are kept."""
    folder = root / "out/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def opened_room(case: Path, port: int) -> Iterator[str]:
    """`sayso serve` on a case, until it is no longer needed."""
    command = [sys.executable, "-m", "sayso", "serve", str(case), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{address}/static/room.js", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty case, which the first test fills with the example."""
    yield from opened_room(tmp_path_factory.mktemp("room") / "flood", 8_760 + os.getpid() % 40)
