"""How quickly the reading room opens an article, a story and a search, on generated readings.

usage: python tools/bench_room.py [--pages N] [--work FOLDER]

A long article of 5,000 words with 400 attributions; a story of 500 pages; a case of N pages (100,000) searched with
forty questions. Each address is asked through the whole application, and once before for what is kept; the article is
laid out in Chromium too where there is one.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from generate_readings import Generator
from starlette.testclient import TestClient

from sayso.model import Article, Attribution, ChainStep, Footing, Given, Reading, Run, Span, annotation_id
from sayso.model.annotation import SOURCE_KINDS
from sayso.model.article import Block
from sayso.readers import page_from_text
from sayso.render import render_html
from sayso.store import Store, entry_of
from sayso.version import __version__
from sayso.web.app import make_app
from sayso.web.room import Room, key_of

HTML = {"accept": "text/html"}
LONG_SENTENCES, LONG_WORDS = 400, 13
STORY_PAGES = 500


def reading(row: dict[str, str], dice: random.Random) -> Reading:
    """A reading whose every sentence is an attribution; no model is asked."""
    page = page_from_text(row["text"], given=Given(row["id"], None, row["published"], row["title"], row["publisher"]))
    found, blocks, at = [], [], 0
    for line in row["text"].split("\n"):
        words = line.split(" ")
        blocks.append(Block(Span(at, at + len(line)), "paragraph"))
        if len(words) > 6:
            source = Span(at, at + len(" ".join(words[:2])))
            cue = Span(source.end + 1, source.end + 1 + len(words[2]))
            content = Span(cue.end + 1, at + len(line))
            kind = dice.choice(SOURCE_KINDS)
            footing = Footing(certainty=dice.choice(("plain", "plain", "hedged")))
            id = annotation_id("a", page.id, at)
            chain = (ChainStep("page"), ChainStep(kind, span=source, attribution=id))
            said = Attribution(id, (source,), (cue,), (content,), "indirect", "speech", kind, chain=chain)
            found.append(replace(said, footing=footing, score=0.9))
        at += len(line) + 1
    runs = (Run(len(row["text"]), 0),)
    article = Article(page.id, page.id, row["text"], tuple(blocks), runs, language="en")
    return Reading(
        row["id"], __version__, page, article, layers=("article", "attributions"),
        attributions=tuple(found), own_voice=(),
    )  # fmt: skip


def fill(folder: Path, rows: Any, shard_size: int = 2_048) -> None:
    dice = random.Random(1)
    store = Store(folder, create=True)
    with store.writer(shard_size=shard_size) as writer:
        for row in rows:
            writer.add(entry_of(reading(row, dice), row["id"], "generated"))


def seconds(client: TestClient, address: str, times: int = 5) -> float:
    """Median of asking, after what is kept was made."""
    while (first := client.get(address, headers=HTML)).status_code == 202:
        time.sleep(0.5)
    assert first.status_code == 200, first.text[:300]
    spent = []
    for _ in range(times):
        since = time.perf_counter()
        client.get(address, headers=HTML)
        spent.append(time.perf_counter() - since)
    return statistics.median(spent)


def laid_out(html: str) -> tuple[float, float] | None:
    """Seconds until Chromium has laid the report out, and the slowest frame of a scroll, in ms."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(html, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        since = time.perf_counter()
        page.goto(file.as_uri())
        opened = time.perf_counter() - since
        frames = page.evaluate(
            """() => new Promise(done => { const spent = []; let last = performance.now(), n = 0;
            const step = now => { spent.push(now - last); last = now; scrollBy(0, 240);
            if (++n < 60) requestAnimationFrame(step); else done(spent.slice(2)); }; requestAnimationFrame(step); })"""
        )
        browser.close()
    return opened, statistics.median(frames)


def article(folder: Path) -> None:
    generator = Generator(3, 300)
    sentences = [" ".join(generator.draw(LONG_WORDS)).capitalize() + "." for _ in range(LONG_SENTENCES)]
    row = {
        "id": "long",
        "text": "\n".join(sentences),
        "title": "Long",
        "published": "2024-05-01",
        "publisher": "The Gazette",
    }
    fill(folder, [row])
    with TestClient(make_app(Room(folder)), base_url="http://localhost") as client:
        spent = seconds(client, f"/pages/{key_of('long')}")
        words = len(row["text"].split())
        print(f"article of {words} words, {LONG_SENTENCES} attributions: answered in {spent:.2f} s  (bound 1)")
    shown = laid_out(render_html(reading(row, random.Random(1)).to_dict()))
    if shown:
        print(f"  laid out by Chromium in {shown[0]:.2f} s; {shown[1]:.0f} ms a frame at the median of a scroll")


def story(folder: Path) -> None:
    generator = Generator(5, 300)
    theme = [name.capitalize() for name in generator.draw(90) if len(name) > 4][:30]
    told: list[list[list[str]]] = []
    rows = []
    for number in range(STORY_PAGES):
        # Copies of one page: what stands furthest from a small picture.
        told.append(generator.copy(told[0]) if number else generator.original(theme))
        rows.append(generator.row(number, 1, told[-1]))
    fill(folder, rows)
    with TestClient(make_app(Room(folder)), base_url="http://localhost") as client:
        since = time.perf_counter()
        while client.get("/stories.json").status_code == 202:
            time.sleep(0.5)
        made = time.perf_counter() - since
        found = client.get("/stories.json").json()["stories"][0]
        spent = seconds(client, found["address"])
        print(f"story of {found['pages']} pages: worked out in {made:.0f} s, then opened in {spent:.2f} s  (bound 2)")


def search(folder: Path, pages: int) -> None:
    since = time.perf_counter()
    if not (folder / "case.json").exists():
        fill(folder, Generator(7, 60).pages(pages))
    print(f"case of {pages} pages written in {time.perf_counter() - since:.0f} s")
    generator, dice = Generator(9, 300), random.Random(2)
    with TestClient(make_app(Room(folder)), base_url="http://localhost") as client:
        since = time.perf_counter()
        while client.get("/search.json?q=nothing").status_code == 202:
            time.sleep(1)
        print(f"  index of statements made in {time.perf_counter() - since:.0f} s")
        total = client.get("/search.json").json()["total"]
        spent = []
        for number in range(40):
            words = " ".join(generator.draw(dice.choice((1, 2))))
            facet = ("", "&certainty=hedged", "&order=newest", "&after=2024-01-20")[number % 4]
            since = time.perf_counter()
            answer = client.get(f"/search?q={words}{facet}", headers=HTML)
            spent.append(time.perf_counter() - since)
            assert answer.status_code == 200
    print(
        f"search over {total} statements of {pages} pages: {1000 * statistics.median(spent):.0f} ms at the median, "
        f"{1000 * max(spent):.0f} ms at most  (bound 300)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--work", type=Path, help="keep the cases here")
    args = parser.parse_args()
    work = args.work or Path(tempfile.mkdtemp(prefix="sayso-bench-"))
    for name in ("article", "story"):
        shutil.rmtree(work / name, ignore_errors=True)
    article(work / "article")
    story(work / "story")
    search(work / f"case-{args.pages}", args.pages)
    if args.work is None:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
