"""Write requirements/*.txt: every package by name, version and hashes, from pyproject.toml.

usage: python tools/lock.py      (needs pip-tools)
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^[\w.\-]+==[\w.+!\-]+", re.MULTILINE)
FREE = frozenset({"python-dateutil"})
"""What the S3 server of the cluster tests needs older than the rest does."""
KEPT = re.compile(r"^(?:[A-Za-z0-9][\w.\-]*==[\w.+!\-]+ *\\?|    --hash=sha256:[0-9a-f]{64} *\\?)$")


def compile_lock(name: str, wanted: list[str], *, pinned: str | None = None) -> None:
    """Resolve `wanted`; with `pinned`, packages of that lock keep their versions."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.txt"), Path(folder, "out.txt")
        bounds = []
        if pinned is not None:
            held = (ROOT / "requirements" / f"{pinned}.txt").read_text(encoding="utf-8")
            pins = [pin for pin in PIN.findall(held) if pin.partition("==")[0] not in FREE]
            Path(folder, "held.txt").write_text("\n".join(pins), encoding="utf-8")
            bounds = ["-c held.txt"]
        source.write_text("\n".join([*wanted, *bounds]), encoding="utf-8")
        command = [sys.executable, "-m", "piptools", "compile", "-q", "--generate-hashes", "--no-header"]
        command += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"]
        command += ["--no-emit-options", "--allow-unsafe", "--strip-extras", "-o", str(target), str(source)]
        subprocess.run(command, check=True)
        lines = [line for line in target.read_text(encoding="utf-8").splitlines() if KEPT.match(line)]
    (ROOT / "requirements" / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    core = project["project"]["dependencies"]
    groups = project["dependency-groups"]
    compile_lock("core", core)
    compile_lock("dev", core + groups["dev"])
    extras = project["project"]["optional-dependencies"]
    compile_lock("desk", extras["export"] + extras["mcp"] + groups["desk"], pinned="dev")
    compile_lock("ftm", extras["ftm"], pinned="dev")
    compile_lock("docs", groups["docs"], pinned="dev")
    compile_lock("cluster", extras["cluster"] + groups["cluster"], pinned="dev")
    compile_lock("peers", core + groups["peers"])


if __name__ == "__main__":
    main()
