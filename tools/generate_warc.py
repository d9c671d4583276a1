"""Generate news pages as crawls bring them: WARC files a day, with all that stands in them beside pages.

    python tools/generate_warc.py FOLDER --pages 500 --days 3

Outlets tell stories that agencies tell first; they copy, cut and credit. A day's file holds requests, responses,
metadata, robots.txt, pictures, redirects, pages fetched again unchanged (revisits), pages whose body changed since,
and records whose lengths lie. The same seed gives the same bytes. Words and names are invented.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "vor", "bel", "dun", "tes", "ull", "gar", "ine", "pom", "wick", "hal")
PLACES = ("harbor", "station", "market", "bridge", "school", "hospital", "tower", "tunnel", "dam", "library", "airport")
DEEDS = ("shut", "reopen", "be rebuilt", "be sold", "lose its license", "be searched again", "get new guards")
NAMES = ("Ada", "Tomas", "Ines", "Paul", "Mara", "Jon", "Rhea", "Eli")
ROLES = ("mayor", "police chief", "engineer", "minister", "spokeswoman", "judge", "surgeon", "union leader")
OUTLETS = (
    "Skell Courier",
    "Morvane Post",
    "Daily Ledger",
    "Tarn Observer",
    "Evening Mail",
    "The Herald",
    "Coast Times",
)
AGENCY = "North Press Agency"
HTTP = "application/http; msgtype=response"
BEGUN = datetime(2024, 3, 4, 6, 0)


@dataclass(frozen=True)
class Told:
    """One page of an outlet."""

    id: str
    outlet: str
    title: str
    sentences: tuple[str, ...]
    published: datetime
    version: int = 1
    """A page changed after it was fetched is another version at the same address."""

    @property
    def url(self) -> str:
        return f"https://{self.outlet.lower().replace(' ', '')}.example/{self.id}"

    @property
    def text(self) -> str:
        return "\n\n".join(self.sentences)

    def row(self) -> dict[str, str]:
        """A line of the batch door."""
        return {
            "id": self.id,
            "text": self.text,
            "title": self.title,
            "publisher": self.outlet,
            "published": self.published.isoformat(),
            "url": self.url,
        }

    def html(self) -> bytes:
        body = "".join(f"<p>{sentence}</p>" for sentence in self.sentences)
        return (
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{self.title} | {self.outlet}</title>"
            f'<meta property="og:site_name" content="{self.outlet}">'
            f'<meta property="article:published_time" content="{self.published.isoformat()}Z">'
            f"</head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>{self.title}</h1>"
            f"{body}</article><footer>© {self.outlet}</footer></body></html>"
        ).encode()


@dataclass(frozen=True)
class Topic:
    """What a story is about."""

    town: str
    place: str
    deed: str
    people: tuple[str, ...]


class Newsroom:
    """Stories as outlets tell them, in time."""

    def __init__(self, seed: int, sentences: int = 8) -> None:
        self.draw, self.sentences = random.Random(seed), sentences

    def pages(self, count: int) -> Iterator[Told]:
        made = story = 0
        while made < count:
            topic = self._topic()
            first: Told | None = None
            for _ in range(min(count - made, 1 + self.draw.choice((0, 1, 1, 2, 3, 5)))):
                moment = BEGUN + timedelta(minutes=7 * story + 3 * made)
                page = self._original(topic, made, moment) if first is None else self._taken(topic, first, made, moment)
                first = first or page
                yield page
                made += 1
            story += 1

    def _word(self) -> str:
        return "".join(self.draw.choices(SYLLABLES, k=3)).capitalize()

    def _topic(self) -> Topic:
        people = tuple(f"{self.draw.choice(NAMES)} {self._word()}" for _ in range(3))
        return Topic(self._word(), self.draw.choice(PLACES), self.draw.choice(DEEDS), people)

    def _original(self, topic: Topic, number: int, moment: datetime) -> Told:
        sentences = tuple(self._sentence(topic) for _ in range(self.sentences))
        title = f"{topic.town} {topic.place} to {topic.deed} after {self.draw.randint(2, 900)} complaints"
        outlet = self.draw.choice((AGENCY, *OUTLETS))
        return Told(f"p{number:06}", outlet, title, sentences, moment)

    def _sentence(self, topic: Topic) -> str:
        draw, town, place = self.draw, topic.town, topic.place
        name, role, number = draw.choice(topic.people), draw.choice(ROLES), draw.randint(2, 9_000)
        return draw.choice(
            (
                f"The {place} of {town} will {topic.deed} in {number} days, {name}, the {role}, said on Tuesday.",
                f"“We counted {number} cracks in the {place} and nobody listened,” {name} told reporters in {town}.",
                f"Two officials who asked not to be named denied that {name} signed order {number} for the {place}.",
                f"According to the {role}, {number} people in {town} wrote to {name} about the {place}.",
                f"The {place} was built by {name} and cost {number} crowns, a report of {town}'s {role} says.",
                f"{name} warned that {number} families near the {place} may have to leave {town} by May.",
                f"It is unclear whether the {place} can {topic.deed} while {number} workers of {name} are on strike.",
            )
        )

    def _taken(self, topic: Topic, first: Told, number: int, moment: datetime) -> Told:
        """The same story by another outlet: copied whole, cut, or told with sentences of its own."""
        draw = self.draw
        outlet = draw.choice([name for name in OUTLETS if name != first.outlet])
        kept = [sentence for sentence in first.sentences if draw.random() > 0.25] or list(first.sentences[:1])
        own = [self._sentence(topic) for _ in range(draw.choice((0, 0, 1, 2)))]
        credit = [f"({''.join(word[0] for word in first.outlet.split())})"] if draw.random() < 0.3 else []
        return replace(first, id=f"p{number:06}", outlet=outlet, sentences=(*credit, *kept, *own), published=moment)


def changed(page: Told, draw: random.Random) -> Told:
    """The page after its outlet changed a sentence and added one."""
    sentences = list(page.sentences)
    sentences[draw.randrange(len(sentences))] = f"The count was corrected to {draw.randint(2, 900)} on Wednesday."
    sentences.append(f"This page was updated with what {draw.choice(NAMES)} said.")
    return replace(page, sentences=tuple(sentences), version=page.version + 1)


@dataclass
class Crawl:
    """WARC files of some days; counts what was put in."""

    seed: int = 1
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.number = 0

    def write(self, folder: Path, pages: list[Told], days: int) -> list[Path]:
        """One file a day; every page is fetched on its day, and some again on each day that follows."""
        folder.mkdir(parents=True, exist_ok=True)
        paths: list[Path] = []
        known: list[Told] = []
        for day in range(days):
            new = pages[day::days]
            moment = BEGUN + timedelta(days=day)
            path = folder / f"NEWS-{moment:%Y%m%d}-00001.warc.gz"
            with open(path, "wb") as handle:
                for record in self._day(new, known, moment):
                    handle.write(record)
            known += new
            paths.append(path)
        return paths

    def _day(self, new: list[Told], known: list[Told], moment: datetime) -> Iterator[bytes]:
        yield self._record("warcinfo", "", b"software: generated\r\n", moment, "application/warc-fields")
        yield self._fetched("https://coasttimes.example/robots.txt", b"User-agent: *\n", moment, "text/robots")
        for at in range(len(known)):
            if self.draw.random() < 0.2:
                yield from self._again(known, at, moment)
        for page in new:
            yield from self._first(page, moment)
        yield self._broken(moment)

    def _first(self, page: Told, moment: datetime) -> Iterator[bytes]:
        request = f"GET /{page.id} HTTP/1.1\r\nHost: {page.url.split('/')[2]}\r\n\r\n".encode()
        yield self._record("request", page.url, request, moment, "application/http; msgtype=request")
        self._count("pages")
        yield self._fetched(page.url, page.html(), moment, "text/html; charset=utf-8")
        yield self._record("metadata", page.url, b"fetchTimeMs: 12\r\n", moment, "application/warc-fields")
        dice = self.draw.random()
        if dice < 0.1:
            yield self._fetched(f"{page.url}.png", b"\x89PNG\r\n\x1a\n" + bytes(64), moment, "image/png")
        elif dice < 0.2:
            self._count("moved")
            yield self._fetched(f"{page.url}?from=feed", b"", moment, "text/html", f"302 Found\r\nLocation: {page.url}")
        elif dice < 0.25:
            self._count("duplicates")
            yield self._fetched(f"{page.url}?utm=1", page.html(), moment, "text/html; charset=utf-8")

    def _again(self, known: list[Told], at: int, moment: datetime) -> Iterator[bytes]:
        """A page fetched on a later day: unchanged, said in a short record or fetched whole, or changed."""
        page, dice = known[at], self.draw.random()
        if dice < 0.4:
            self._count("revisits")
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            yield self._record("revisit", page.url, head, moment, HTTP, page.html())
        elif dice < 0.6:
            self._count("duplicates")
            yield self._fetched(page.url, page.html(), moment, "text/html; charset=utf-8")
        else:
            self._count("revisions")
            known[at] = changed(page, self.draw)
            yield self._fetched(page.url, known[at].html(), moment, "text/html; charset=utf-8")

    def _broken(self, moment: datetime) -> bytes:
        """A record whose length lies; its member of the file ends, and the file goes on after it."""
        self._count("broken")
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Cut o"
        return self._record("response", "https://cut.example/a", block, moment, HTTP, longer=900)

    def _fetched(self, url: str, body: bytes, moment: datetime, kind: str, status: str = "200 OK") -> bytes:
        block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        return self._record("response", url, block, moment, HTTP, body)

    def _record(
        self, kind: str, url: str, block: bytes, moment: datetime, media: str, payload: bytes = b"", longer: int = 0
    ) -> bytes:
        self.number += 1
        lines = [
            "WARC/1.0",
            f"WARC-Type: {kind}",
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{self.number:012}>",
            f"WARC-Date: {moment:%Y-%m-%dT%H:%M:%SZ}",
            *([f"WARC-Target-URI: {url}"] if url else []),
            *([f"WARC-Payload-Digest: sha1:{digest(payload)}"] if payload else []),
            f"Content-Type: {media}",
            f"Content-Length: {len(block) + longer}",
        ]
        return gzip.compress("\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def digest(body: bytes) -> str:
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    crawl = Crawl(options.seed)
    for path in crawl.write(options.folder, list(Newsroom(options.seed).pages(options.pages)), options.days):
        print(path)
    print(crawl.counts)


if __name__ == "__main__":
    main()
