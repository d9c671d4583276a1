"""The documentation's site builds strictly and fetches nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_the_site_builds_without_a_warning_and_fetches_nothing(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("material", reason="mkdocs-material isn't installed")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert '<script src="http' not in text
        assert 'rel="stylesheet" href="http' not in text
        assert "fonts.g" not in text
