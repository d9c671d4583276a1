"""Read the example pages, write a report of each, and say where they are."""

from __future__ import annotations

import sys
from pathlib import Path

import sayso
from sayso.examples import example_pages
from sayso.service import write_html

OUT = Path("out/demo")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    pages = example_pages()
    for number, path in enumerate(pages, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(pages)} {path.stem:<40}", end="", file=sys.stderr)
        reading = sayso.read(path)
        write_html(reading, OUT / f"{path.stem}.html")
        sources = {a.entity or reading.words(a.source) for a in reading.attributions or () if a.source}
        headline = reading.article.headline
        print(
            f"{path.name:<34} {len(reading.attributions or ()):>3} statements, {len(sources):>2} sources, "
            f"{len(reading.findings or ()):>2} findings   {headline.value if headline else '(no headline)'}"
        )
    print(f"\nReports: {OUT.resolve()}\nStart with {(OUT / (pages[0].stem + '.html')).resolve().as_uri()}")


if __name__ == "__main__":
    main()
