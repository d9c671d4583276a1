"""The docs say what the code does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sayso
from sayso.cli.main import COMMANDS, cli
from sayso.service import finding_codes


def test_generated_docs_are_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tools/docs.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_command_and_option_is_documented(root: Path) -> None:
    page = (root / "docs/cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"`sayso {name}" in page
        command = cli.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        for option in command.params:
            for spelled in [o for o in option.opts if o.startswith("--")]:
                assert f"`{spelled}" in page, f"sayso {name} {spelled}"


def test_every_finding_has_examples_and_a_family() -> None:
    for entry in finding_codes().values():
        assert re.fullmatch(r"SAY[1-5]\d\d", entry.code)
        assert entry.bad.strip() != entry.good.strip()
        assert entry.summary.endswith(".")


def modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages(sayso.__path__, "sayso.") if not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", ["sayso", *modules()])
def test_docstring_examples_run(name: str) -> None:
    module = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0


def test_public_names_are_all_there() -> None:
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None


def test_nothing_tells_of_other_machines(root: Path) -> None:
    locked = re.compile(r"^(?:[A-Za-z0-9][\w.\-]*==[\w.+!\-]+ *\\?|    --hash=sha256:[0-9a-f]{64} *\\?)$")
    for path in (root / "requirements").glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert locked.match(line), f"{path.name}: {line}"
