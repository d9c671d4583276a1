"""What a command and all processes below it cost: CPU seconds and peak memory, by what they are."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOOK_EVERY_S = 0.2
ROLES = (
    ("ray::Supervisor", "supervisor"),
    ("multiprocessing.spawn", "worker"),
    ("gcs_server", "ray"),
    ("raylet", "ray"),
    ("/ray/", "ray"),
    ("ray::", "ray"),
)


@dataclass
class Cost:
    """Of one command; CPU seconds count processes as they were last seen, a fifth of a second before their end."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_mb: dict[str, int] = field(default_factory=dict)
    """Largest resident size of one process of each role: driver, worker, supervisor, ray."""


def watched(command: Sequence[str]) -> Cost:
    """Run a command and watch it.

    Raises:
        CalledProcessError: it failed.
    """
    cost, seen = Cost(), {}
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    known = {process.pid}
    while process.poll() is None:
        _look(process.pid, known, seen, cost)
        time.sleep(LOOK_EVERY_S)
    cost.wall_s = round(time.monotonic() - begun, 1)
    cost.cpu_s = round(sum(seen.values()), 1)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return cost


def _look(driver: int, known: set[int], seen: dict[tuple[int, str], float], cost: Cost) -> None:
    rows = _processes()
    for _ in range(6):
        known |= {pid for pid, (parent, *_) in rows.items() if parent in known}
    for pid in known & rows.keys():
        _, started, seconds = rows[pid]
        seen[pid, started] = seconds
        role = "driver" if pid == driver else _role(pid)
        cost.peak_mb[role] = max(cost.peak_mb.get(role, 0), _peak_mb(pid))


def _processes() -> dict[int, tuple[int, str, float]]:
    """Parent, start and CPU seconds of every process."""
    tick, rows = os.sysconf("SC_CLK_TCK"), {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name, in brackets, may hold anything.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            rows[int(entry.name)] = (int(fields[1]), fields[19], (int(fields[11]) + int(fields[12])) / tick)
    return rows


def _role(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "other"
    return next((role for mark, role in ROLES if mark in words), "other")


def _peak_mb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
