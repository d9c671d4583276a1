"""The command line: one clear line for what goes wrong, status 2; quick to say what it can do."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.examples import example_pages


def sayso(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "sayso", *arguments], input=stdin, capture_output=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nosuch",),
        ("nosuch",),
        ("read", "--nosuch", "x.html"),
        ("read", "no-such-file.html"),
        ("read",),
        ("read", "--layers", "article,nosuch", "x"),
        ("read", "--min-score", "7", "x"),
        ("annotate", "no-such-file.jsonl"),
        ("annotate", "--workers", "0", "x"),
        ("eval", "nosuch", "gold"),
        ("findings", "SAY000"),
        ("schema", "extra"),
    ],
)
def test_wrong_usage_gets_one_line_and_status_2(arguments: tuple[str, ...]) -> None:
    done = sayso(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"sayso: ")
    assert done.stderr.count(b"\n") == 1


def test_an_unknown_format_gets_one_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = sayso("read", str(tmp_path / "picture.png"))
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"picture.png" in done.stderr


def test_standard_input_is_read_and_json_is_one_line() -> None:
    done = sayso(
        "read", "-", "--json", "--published", "2024-05-01", stdin=b"The mayor said on Monday that it was over."
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\n") == 1
    reading = json.loads(done.stdout)
    assert reading["sayso"] == "reading/1"
    assert [t["value"] for t in reading["timexes"]] == ["2024-04-29"]


def test_html_report_of_several_pages_goes_to_a_folder(tmp_path: Path) -> None:
    pages = [str(path) for path in example_pages()[:2]]
    done = sayso("read", *pages, "--html", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert sorted(p.stem for p in (tmp_path / "out").iterdir()) == sorted(Path(p).stem for p in pages)


def test_help_and_import_are_quick() -> None:
    for command in (["-m", "sayso", "--help"], ["-c", "import sayso"]):
        times = []
        for _ in range(3):
            # CPU of the child, not the clock: a busy machine must not fail this.
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *command], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        assert min(times) < 0.3, command


def test_findings_are_listed_and_explained() -> None:
    listed = sayso("findings").stdout.decode()
    assert "SAY101" in listed
    assert "Raised by:" in sayso("findings", "SAY101").stdout.decode()
