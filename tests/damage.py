"""Damaged records for the batch door, by seed: what the world sends, and worse."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

from sayso.examples import example_pages

Maker = Callable[[random.Random, str], bytes]


def _record(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def truncated(chance: random.Random, page: str) -> bytes:
    line = _record(id="cut", html=page)
    return line[: chance.randrange(len(line))]


def truncated_page(chance: random.Random, page: str) -> bytes:
    return _record(id="half", html=page[: chance.randrange(len(page))])


def binary(chance: random.Random, page: str) -> bytes:
    return chance.randbytes(chance.randrange(1, 400)).replace(b"\n", b"\0")


def binary_text(chance: random.Random, page: str) -> bytes:
    return _record(id="binary", text=chance.randbytes(400).decode("latin-1"))


def flipped(chance: random.Random, page: str) -> bytes:
    body = bytearray(page.encode())
    for _ in range(chance.randrange(1, 60)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return _record(id="flipped", html=bytes(body).decode("utf-8", "replace"))


def wrong_encoding(chance: random.Random, page: str) -> bytes:
    text = json.dumps({"id": "café", "text": "Le café “said” – naïve"}, ensure_ascii=False)
    return text.encode(chance.choice(("utf-16", "cp1252", "utf-8-sig", "mac-roman", "cp037")), "replace")


def mojibake(chance: random.Random, page: str) -> bytes:
    return _record(id="mojibake", html=page.encode().decode("cp1252", "replace"))


def nested(chance: random.Random, page: str) -> bytes:
    depth = chance.choice((500, 5_000, 50_000))
    return chance.choice(
        (
            b"[" * depth + b"]" * depth,
            b'{"id": "n", "text": ' + b"[" * depth + b"]" * depth + b"}",
            _record(id="tags", html="<div>" * depth + "deep" + "</div>" * depth),
            _record(id="quotes", text="“He said " * min(depth, 5_000)),
        )
    )


def empty(chance: random.Random, page: str) -> bytes:
    return chance.choice(
        (b"", b" ", b"{}", b"null", b'{"id": "e", "text": ""}', b'{"id": "e", "html": ""}', b'""', b"[]")
    )


def nul_bytes(chance: random.Random, page: str) -> bytes:
    where = chance.randrange(len(page))
    return _record(id="nul", html=page[:where] + "\0" * chance.randrange(1, 50) + page[where:])


def lone_surrogates(chance: random.Random, page: str) -> bytes:
    return b'{"id": "\\ud800", "text": "The mayor \\udfff said \\ud83d it was over.", "title": "\\udc00"}'


def unknown_keys(chance: random.Random, page: str) -> bytes:
    return _record(id="extra", text="The mayor said it was over.", colour="red", **{"\u0000": 1, "nested": {"a": [1]}})


def wrong_types(chance: random.Random, page: str) -> bytes:
    value = chance.choice((1, 1.5, True, [], {}, ["x"], float("nan")))
    key = chance.choice(("id", "text", "html", "path", "url", "published", "title", "publisher"))
    return _record(**{"id": "types", "text": "x", key: value})


def odd_dates(chance: random.Random, page: str) -> bytes:
    day = chance.choice(("0000-00-00", "9999-99-99", "yesterday", "", "2018-02-31", "-1", "1e9", "２０１８-09-11"))
    return _record(id="day", text="He said on Monday, a year ago, that he left 3000 years ago.", published=day)


def odd_paths(chance: random.Random, page: str) -> bytes:
    return _record(
        id="path", path=chance.choice(("/nowhere", "", ".", "/dev/null", "a\0b", "x" * 5000, "../..", "/proc/self/mem"))
    )


def two_contents(chance: random.Random, page: str) -> bytes:
    return _record(id="both", text="x", html="<p>x</p>")


def odd_text(chance: random.Random, page: str) -> bytes:
    marks = "“”\"'‘’«»''´`.,:;-–—()[]{}<>&#x;\u200f\u202e\u00ad\u0301\ufeff\U0001f600 \n\r\t\x0b\x85\u2028"
    words = [
        "said",
        "He",
        "according",
        "to",
        "Monday",
        "31 February",
        "9999",
        "officials",
        "told",
        "U.S.",
        "a year ago",
    ]
    parts = [chance.choice(words) if chance.random() < 0.5 else chance.choice(marks) for _ in range(300)]
    return _record(id="odd", text=chance.choice(("", " ")).join(parts))


def long_lines(chance: random.Random, page: str) -> bytes:
    kind = chance.randrange(4)
    if kind == 0:
        return _record(id="long", text="x" * 200_000)
    if kind == 1:
        return _record(id="long", text="He said no. " * 3_000)
    if kind == 2:
        return _record(id="long", html="<p " + "a=b " * 20_000 + ">x</p>")
    return _record(id="long", text="1" * 100_000 + "-" * 1_000)


def broken_markup(chance: random.Random, page: str) -> bytes:
    pieces = [
        "<p>",
        "</p>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<script>",
        "</script>",
        "<table><tr><td>",
        "&#0;",
        "&#x110000;",
    ]
    pieces += [
        "&amp",
        "&nosuch;",
        "<a href='",
        '"',
        ">",
        "<",
        "<ruby>x<rt>y",
        "<b><i></b></i>",
        "text said he",
        "<svg><title>",
    ]
    return _record(id="markup", html="".join(chance.choice(pieces) for _ in range(200)))


MAKERS: tuple[Maker, ...] = (
    truncated,
    truncated_page,
    binary,
    binary_text,
    flipped,
    wrong_encoding,
    mojibake,
    nested,
    empty,
    nul_bytes,
    lone_surrogates,
    unknown_keys,
    wrong_types,
    odd_dates,
    odd_paths,
    two_contents,
    odd_text,
    long_lines,
    broken_markup,
)


def huge_line(size: int = 50 * 1024 * 1024) -> bytes:
    """One record of `size` bytes."""
    return b'{"id": "huge", "text": "' + b"The mayor said no. " * (size // 19) + b'"}'


def damaged_lines(count: int, seed: int) -> Iterator[bytes]:
    """`count` lines without line ends, each kind in turn."""
    chance = random.Random(seed)
    pages = [path.read_text(encoding="utf-8") for path in example_pages()]
    for number in range(count):
        line = MAKERS[number % len(MAKERS)](chance, chance.choice(pages))
        yield line.replace(b"\n", b" ").replace(b"\r", b" ")
