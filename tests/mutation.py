"""Pages broken on purpose, by seed: bytes flipped, cut off, nested, stuffed, packed tight, mislabelled."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

from sayso.examples import example_pages

Mutation = Callable[[random.Random, bytes], tuple[str, bytes]]
"""A file's name and bytes."""

DEEP = 100_000
MANY = 1_000_000
RARE = 400
"""One page in so many is of the largest size."""


def flipped(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    body = bytearray(page)
    for _ in range(chance.choice((1, 20, 400, len(body) // 10))):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return "page.html", bytes(body)


def cut_off(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    start = chance.choice((0, 0, chance.randrange(len(page))))
    return "page.html", page[start : chance.randrange(start, len(page))]


def shuffled(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    pieces = page.split(b"<")
    chance.shuffle(pieces)
    return "page.html", b"<".join(pieces)


def spliced_in(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    marks = (
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"<script>",
        b"</p>",
        b"<table>",
        b"&#x110000;",
        b"\0",
        b"<svg>",
        b"<p title='",
    )
    body = page
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(body))
        body = body[:at] + chance.choice(marks) + body[at:]
    return "page.html", body


def nested(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    depth = DEEP if chance.randrange(RARE // 8) == 0 else chance.randrange(10, 3_000)
    tag = chance.choice((b"div", b"p", b"span", b"table", b"b", b"blockquote", b"li", b"svg", b"nosuch"))
    closed = chance.choice((True, False))
    return "page.html", page + b"<" + tag + b">" + (b"<" + tag + b">x") * depth + (b"</" + tag + b">") * depth * closed


def attributes(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    count = MANY if chance.randrange(RARE // 8) == 0 else chance.randrange(10, 5_000)
    same = chance.choice((True, False))
    listed = b" a=b" * count if same else b"".join(b" a%d='%d'" % (i, i) for i in range(count))
    return "page.html", page + b"<p" + listed + b">The dam held.</p>"


def many_blocks(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    count = 50_000 if chance.randrange(RARE // 8) == 0 else chance.randrange(10, 2_000)
    return "page.html", page + chance.choice(
        (b"<p>The dam held, she said.", b"<li><a href=x>More</a>", b"<br>x", b"<td>1")
    ) * count


def mislabelled(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    told = chance.choice(
        ("utf-16", "utf-7", "shift_jis", "iso-8859-1", "koi8-r", "no-such", "utf-8", "utf-32", "hz", "x" * 900)
    )
    really = chance.choice(("utf-8", "utf-16", "utf-16-be", "cp1252", "shift_jis", "utf-32", "koi8-r"))
    text = page.decode("utf-8", "replace")
    return "page.html", f'<meta charset="{told}">{text}'.encode(really, "replace")


def bomb(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    """A small file that unpacks to a large one."""
    size = 60 * 2**20 if chance.randrange(RARE // 8) == 0 else chance.randrange(2**16, 2**21)
    plain = page + chance.choice((b"\0", b"<p>", b"a ")) * (size // 2)
    kind = chance.randrange(4)
    if kind == 0:
        return "page.warc.gz", gzip.compress(_warc(plain), 9, mtime=0)
    if kind == 1:
        packed = zlib.compress(plain, 9)
        return "page.warc", _warc(packed, coded=b"Content-Encoding: deflate\r\n")
    if kind == 2:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("archive/data.warc.gz"), gzip.compress(_warc(plain), 9, mtime=0))
        return "page.wacz", held.getvalue()
    return "page.html", chance.choice((gzip.compress(plain, mtime=0), bz2.compress(plain)))


def _warc(body: bytes, coded: bytes = b"") -> bytes:
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + coded + b"\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n.example/a\r\n"
        b"WARC-Date: 2024-05-01T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: application/http; "
        b"msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(reply)
    )
    return head + reply + b"\r\n\r\n"


def noise(chance: random.Random, page: bytes) -> tuple[str, bytes]:
    return chance.choice(("page.html", "page", "page.txt", "page.eml", "page.xml")), chance.randbytes(
        chance.randrange(5_000)
    )


MUTATIONS: tuple[Mutation, ...] = (
    flipped,
    cut_off,
    shuffled,
    spliced_in,
    nested,
    attributes,
    many_blocks,
    mislabelled,
    bomb,
    noise,
)


def mutated_pages(count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """`count` pages as (mutation, file name, bytes); mutations take turns, one in three on top of another."""
    chance = random.Random(seed)
    pages = [path.read_bytes() for path in example_pages() if path.suffix == ".html"]
    for number in range(count):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        page = chance.choice(pages)
        if chance.randrange(3) == 0:
            page = chance.choice((flipped, cut_off, spliced_in, shuffled))(chance, page)[1] or page
        name, body = mutation(chance, page)
        yield mutation.__name__, name, body
