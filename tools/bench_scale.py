"""Time and memory of reuse, stories and origins over generated readings, for growing cases; writes a plot.

usage: python tools/bench_scale.py [--pages 20000,40000,80000,100000,160000] [--words 300] [--tables] [--keep FOLDER]

Each size runs in processes of its own, on two cores: reuse beside stories, then the origins of claims of the
largest stories. Then 100 pages are added and all is worked out again.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generate_readings import Generator
from slopes import exponent

from sayso.model import LAYERS, Article, Block, Given, Page, Reading, Run, Span, page_id
from sayso.service import Case
from sayso.store import Entry, Store, entry_of

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = 3
CLAIMS = 5
ADDED = 100


def entries(rows: Iterator[dict[str, Any]]) -> Iterator[Entry]:
    """Readings that nobody read: the text is a block, its first sentences are statements."""
    empty = dict.fromkeys(("sentences", "entities", "attributions", "own_voice", "timexes", "events", "findings"), ())
    for row in rows:
        text = row["text"]
        body = text.encode()
        given = Given(
            id=row["id"], published=row.get("published"), publisher=row.get("publisher"), title=row.get("title")
        )
        page = Page(page_id(body), body, text, "text/plain", "utf-8", given=given)
        block = Block(Span(0, len(text)), "paragraph")
        article = Article("a", page.id, text, (block,), (Run(len(text), 0),), language="en")
        entry = entry_of(Reading(row["id"], "0", page, article, LAYERS, **empty), _key(row["id"]), "generated")
        entry.rows["statements"] = list(_statements(text))
        yield entry


def _key(id: str) -> str:
    return hashlib.sha256(id.encode()).hexdigest()


def _statements(text: str) -> Iterator[dict[str, Any]]:
    start = 0
    for number in range(STATEMENTS):
        end = text.find(". ", start)
        if end < 0:
            return
        chain = (
            [{"kind": "unnamed_official", "name": "two officials", "span": None, "inferred": False}]
            if number % 2
            else []
        )
        yield {
            "id": f"s{number}",
            "kind": "attribution" if chain else "own_voice",
            "tier": "speech",
            "spans": [start, end],
            "source_spans": [],
            "text": text[start:end],
            "chain": json.dumps(chain),
        }
        start = end + 2


def build(folder: Path, pages: int, words: int) -> None:
    rows = Generator(7, words).pages(pages + ADDED)
    store = Store(folder, create=True)
    with store.writer(shard_size=1000) as writer:
        for number, entry in enumerate(entries(rows)):
            if number < pages:
                writer.add(entry)


def add(folder: Path, pages: int, words: int) -> None:
    """The last pages of the same run, as new arrivals."""
    new = list(Generator(7, words).pages(pages + ADDED))[pages:]
    started = time.perf_counter()
    with Store(folder).writer() as writer:
        for entry in entries(iter(new)):
            writer.add(entry)
    between = time.perf_counter()
    Case(folder).analyse()
    again = time.perf_counter() - between
    print(json.dumps({"added_s": round(between - started, 1), "again_s": round(again, 1)}))


def measure(folder: Path) -> None:
    started, cpu = time.perf_counter(), time.process_time()
    case = Case(folder)
    case.analyse()
    between, analysed = time.perf_counter(), time.process_time()
    for story in case.story_list()[:CLAIMS]:
        for claim in case.claims(story["id"])[:1]:
            case.origins(claim["id"])
    done = time.perf_counter()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "analyse_s": round(between - started, 1),
                "origins_s": round(done - between, 1),
                "cpu_s": round(time.process_time() - cpu + children.ru_utime + children.ru_stime, 1),
                "reuse_cpu_s": round(analysed - cpu, 1),
                "origins_cpu_s": round(time.process_time() - analysed, 1),
                "stories_cpu_s": round(children.ru_utime + children.ru_stime, 1),
                "memory_mb": (own.ru_maxrss + children.ru_maxrss) // 1024,
                "stories_mb": children.ru_maxrss // 1024,
            }
        )
    )


def tables(folder: Path, workers: int = 2) -> None:
    """What `sayso corpus build` works out beyond reuse and stories: claims and origins of every story."""
    Case(folder).build(workers=workers)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = resource.getrusage(resource.RUSAGE_SELF)
    spent = sum(used.ru_utime + used.ru_stime for used in (own, children))
    print(json.dumps({"tables_cpu_s": round(spent, 1), "tables_mb": own.ru_maxrss // 1024}))


def run(what: str, folder: Path, pages: int, words: int) -> dict[str, Any]:
    command = [
        sys.executable,
        __file__,
        "--step",
        what,
        "--keep",
        str(folder),
        "--pages",
        str(pages),
        "--words",
        str(words),
    ]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else {}
    return found


def analysed_s(row: dict[str, Any]) -> float:
    """Seconds of processor of reuse and stories together."""
    return float(row["reuse_cpu_s"] + row["stories_cpu_s"])


def slope(rows: list[dict[str, Any]]) -> float:
    """The power of pages that reuse and stories go with."""
    return exponent([row["pages"] for row in rows], [analysed_s(row) for row in rows])


def plot(rows: list[dict[str, Any]]) -> str:
    """Seconds of processor against pages: unlike those of the clock, they hang little on what else runs.

    Origins are left out: those of five stories cost much the same in every case.
    """
    most, top = max(r["pages"] for r in rows), max(map(analysed_s, rows))
    points = [(60 + 500 * r["pages"] / most, 260 - 220 * analysed_s(r) / top, r) for r in rows]
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in points)
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/><text x="{x - 20:.0f}" y="{y - 10:.0f}" font-size="12">'
        f"{analysed_s(r):.0f} s</text>"
        f'<text x="{x - 15:.0f}" y="280" font-size="12">{r["pages"]}</text>'
        for x, y, r in points
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300" font-family="sans-serif">'
        '<text x="60" y="20">Reuse and stories: seconds of processor, both processes, by pages, '
        f"exponent {slope(rows):.2f}</text>"
        f'<path d="M60 260 H600 M60 260 V30" stroke="#888" fill="none"/>'
        f'<polyline points="60,260 {line}" fill="none" stroke="#2a6"/>{marks}</svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="20000,40000,80000,100000,160000")
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--keep")
    parser.add_argument("--tables", action="store_true", help="the claims and origins of every story as well")
    parser.add_argument("--step", choices=["build", "measure", "tables", "add"])
    parser.add_argument("--plot", default=str(ROOT / "docs/pictures/scale.svg"))
    options = parser.parse_args()
    sizes = [int(size) for size in options.pages.split(",")]
    if options.step:
        folder = Path(options.keep)
        {
            "build": lambda: build(folder, sizes[0], options.words),
            "measure": lambda: measure(folder),
            "tables": lambda: tables(folder),
            "add": lambda: add(folder, sizes[0], options.words),
        }[options.step]()
        return
    rows = []
    for pages in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(options.keep or scratch) / str(pages)
            run("build", folder, pages, options.words)
            row = {
                "pages": pages,
                **run("measure", folder, pages, options.words),
                **(run("tables", folder, pages, options.words) if options.tables else {}),
                **run("add", folder, pages, options.words),
            }
        rows.append(row)
        print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    for a, b in itertools.pairwise(rows):
        more = b["pages"] / a["pages"]
        print(f"{more:.1f} times the pages: {analysed_s(b) / analysed_s(a):.2f} times the processor's time")
    if len(rows) > 1:
        print(f"exponent of reuse and stories {slope(rows):.3f}")
        Path(options.plot).write_text(plot(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
