"""Run the tutorials' examples and write what they answer into the pages, or check that it stands there.

usage: python tools/tutorials.py [--check]

A fence ```console holds lines that begin with `$ sayso`, each followed by what it prints; ```pycon holds `>>>`
lines; a fence with a title, such as ```markdown title="draft.md", is that file. They run in a fresh folder that
holds the example pages in `pages/`.
`<!-- lines: 6 -->` above a fence keeps that many lines of each answer.
"""

from __future__ import annotations

import contextlib
import difflib
import doctest
import glob
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.cli.main import _run
from sayso.examples import example_pages

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "tutorials"
FENCE = re.compile(
    r"(?P<head>(?:<!-- lines: (?P<lines>\d+) -->\n)?```(?P<kind>\w+)(?: title=\"(?P<title>[\w.]+)\")?\n)"
    r"(?P<body>.*?)(?P<tail>^```$)",
    re.DOTALL | re.MULTILINE,
)
MAX_WIDTH = 150
NUMBER = re.compile(r"\d+(?:\.\d+)?")
ONE_IN = 25
"""Of so many lines of a page, one may differ."""


def answer_of(command: str) -> str:
    """What `sayso …` prints, on both streams."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        _run([name for word in shlex.split(command)[1:] for name in sorted(glob.glob(word)) or [word]])
    return said.getvalue()


def cut(answer: str, most: int) -> Iterator[str]:
    lines = answer.rstrip("\n").splitlines()
    for line in lines[:most]:
        line = line.rstrip()
        yield line if len(line) <= MAX_WIDTH else line[: MAX_WIDTH - 1] + "…"
    if len(lines) > most:
        yield "…"


def console(body: str, most: int) -> str:
    out: list[str] = []
    for line in body.splitlines():
        if line.startswith("$ sayso"):
            out += [line, *cut(answer_of(line[2:]), most)]
    return "\n".join(out) + "\n"


def pycon(body: str, most: int, names: dict[str, Any]) -> str:
    out: list[str] = []
    for example in doctest.DocTestParser().get_examples(body):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(example.source, "<tutorial>", "single"), names)
        first, *more = example.source.rstrip("\n").splitlines()
        out += [f">>> {first}", *(f"... {line}" for line in more), *cut(said.getvalue(), most)]
    return "\n".join(out) + "\n"


def filled(text: str) -> str:
    """The page with every answer as it is now; runs in the current folder."""
    names: dict[str, Any] = {}

    def fill(match: re.Match[str]) -> str:
        body, most = match["body"], int(match["lines"] or 40)
        if match["title"]:
            Path(match["title"]).write_text(body, encoding="utf-8")
        elif match["kind"] == "console":
            body = console(body, most)
        elif match["kind"] == "pycon":
            body = pycon(body, most, names)
        return match["head"] + body + match["tail"]

    return FENCE.sub(fill, text)


def run(page: Path) -> str:
    """A page of the tutorials, run in a folder of its own."""
    before, text = Path.cwd(), page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder, "pages")
        pages.mkdir()
        for example in example_pages():
            shutil.copy(example, pages)
        os.chdir(folder)
        try:
            return filled(text)
        finally:
            os.chdir(before)


def is_stale(stands: str, now: str) -> bool:
    """Whether the page says other things than it would now.

    The network's last digits hang on the processor's instruction set, so numbers may differ, and one line in so many.
    """
    one, other = ([NUMBER.sub("0", line) for line in text.splitlines()] for text in (stands, now))
    differing = [line for line in difflib.ndiff(one, other) if line[0] in "+-"]
    return len(differing) > len(one) // ONE_IN


def main() -> None:
    stale = []
    checking = "--check" in sys.argv
    for page in sorted(FOLDER.glob("*.md")):
        stands, text = page.read_text(encoding="utf-8"), run(page)
        if is_stale(stands, text) if checking else text != stands:
            stale.append(page)
            if not checking:
                page.write_text(text, encoding="utf-8")
    if checking:
        sys.exit("".join(f"{page.relative_to(ROOT)} is stale: run `make docs`\n" for page in stale) or 0)


if __name__ == "__main__":
    main()
