"""What reading and working out a case costs, here and on Ray, over generated pages; writes a plot of reading.

    python tools/bench_cluster.py --pages 2000                     # both engines: same tables? what does each cost?
    python tools/bench_cluster.py --pages 1000,2000,4000,8000 --engines local --steps ingest --plot docs/pictures/…svg

CPU seconds are those of all processes below the command; memory is the largest resident size of one process.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from generate_warc import Newsroom
from slopes import exponent
from watched import watched

RUN = "import sys; from sayso.cli import main; sys.exit(main())"
FOLDERS = ("shards", "corpus")


def source(folder: Path, pages: int, sentences: int) -> Path:
    """Lines of the batch door, made once."""
    path = folder / f"pages-{pages}-{sentences}.jsonl"
    if not path.exists():
        lines = (json.dumps(page.row()) + "\n" for page in Newsroom(7, sentences).pages(pages))
        path.write_text("".join(lines), encoding="utf-8")
    return path


def hashes(case: Path) -> dict[str, str]:
    """Of every file of the tables."""
    paths = [path for name in FOLDERS for path in sorted((case / name).rglob("*")) if path.is_file()]
    return {str(path.relative_to(case)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def measure(case: Path, pages: Path, engine: str, workers: int, steps: list[str]) -> dict[str, Any]:
    """What each step costs on an engine."""
    how = ["--engine", engine, "--workers", str(workers)]
    commands = {"ingest": ["ingest", str(case), str(pages), *how], "build": ["corpus", "build", str(case), *how]}
    row: dict[str, Any] = {"engine": engine}
    for step in steps:
        cost = watched([sys.executable, "-c", RUN, *commands[step]])
        row |= {f"{step}_s": cost.wall_s, f"{step}_cpu_s": cost.cpu_s, f"{step}_mb": cost.peak_mb}
    return row


def compared(rows: list[dict[str, Any]], tables: list[dict[str, str]], steps: list[str]) -> str:
    """Whether the engines' tables are the same, and what one costs over the other."""
    same = all(table == tables[0] for table in tables)
    local, other = (sum(row[f"{step}_cpu_s"] for step in steps) for row in rows[:2])
    return f"tables {'the same' if same else 'DIFFER'} ({len(tables[0])} files), CPU {other / local:.2f} times"


def slope_of_reading(rows: list[dict[str, Any]]) -> float:
    """The power of pages that reading's CPU goes with."""
    return exponent([row["pages"] for row in rows], [row["ingest_cpu_s"] for row in rows])


def plot(rows: list[dict[str, Any]], slope: float) -> str:
    """CPU seconds of reading by pages, as SVG."""
    most, dear = max(row["pages"] for row in rows), max(row["ingest_cpu_s"] for row in rows)
    places = [(60 + 520 * row["pages"] / most, 260 - 210 * row["ingest_cpu_s"] / dear, row) for row in rows]
    marks = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="#2a6"/>'
        f'<text x="{x - 8:.0f}" y="{y - 10:.0f}" text-anchor="end">{row["ingest_cpu_s"]:.0f} s</text>'
        f'<text x="{x:.0f}" y="278" text-anchor="middle">{row["pages"]}</text>'
        for x, y, row in places
    )
    line = " ".join(f"{x:.0f},{y:.0f}" for x, y, _ in places)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" font-family="sans-serif" font-size="12">'
        f'<text x="60" y="20">Reading: CPU seconds by pages, exponent {slope:.3f}</text>'
        '<path d="M60 260 H600 M60 260 V30" stroke="#888" fill="none"/>'
        f'<polyline points="60,260 {line}" fill="none" stroke="#2a6"/>{marks}</svg>\n'
    )


def run(options: argparse.Namespace, folder: Path) -> None:
    steps, engines, rows = options.steps.split(","), options.engines.split(","), []
    for pages in map(int, options.pages.split(",")):
        found, tables = [], []
        for engine in engines:
            case = folder / f"{engine}-{pages}"
            row = {
                "pages": pages,
                **measure(case, source(folder, pages, options.sentences), engine, options.workers, steps),
            }
            print(json.dumps(row), flush=True)
            found.append(row)
            tables.append(hashes(case))
        rows += found[:1]
        if len(engines) > 1:
            print(compared(found, tables, steps), flush=True)
    if len(rows) > 1 and "ingest" in steps:
        for a, b in itertools.pairwise(rows):
            print(f"{b['pages'] / a['pages']:.1f} times the pages: {b['ingest_cpu_s'] / a['ingest_cpu_s']:.2f} the CPU")
        print(f"exponent of reading {slope_of_reading(rows):.3f}")
        if options.plot:
            Path(options.plot).write_text(plot(rows, slope_of_reading(rows)), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", default="2000", help="sizes, by commas")
    parser.add_argument("--sentences", type=int, default=4, help="of a page that is no copy")
    parser.add_argument("--engines", default="local,ray")
    parser.add_argument("--steps", default="ingest,build")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for pages and cases; removed otherwise")
    parser.add_argument("--plot", help="file for a plot of reading, SVG")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        run(options, options.keep)
        return
    with tempfile.TemporaryDirectory() as scratch:
        run(options, Path(scratch))


if __name__ == "__main__":
    main()
