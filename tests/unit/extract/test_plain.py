from __future__ import annotations

from time import process_time

import pytest

from sayso.extract.phrases import looks_like_title, phrases
from sayso.extract.plain import MAX_BLOCKS, plain_blocks, split_text

LONG = (
    "The council voted on Monday to close the old bridge over the river, and the mayor said the work would take a year."
)
STORY = f"""Published: Fri, March 6, 2020
Harbour News | By Ann Lee

Council closes the bridge

Council closes the bridge

{LONG}

{LONG} Traffic will be led through the harbour district.

{LONG} Nobody was hurt.

Film Star Peggy Moon Buys Castle In Wales
The actress, who won three prizes last year, said on a talk show that she had always wanted a moat and swans.

{LONG} The work begins in May.

Like this:
"""


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(block.kind, block.span.of(text)[:12]) for block in plain_blocks(text, title=title)]


def test_story() -> None:
    assert [kind for kind, _ in kinds(STORY)] == [
        *("date", "byline", "headline", "furniture", "paragraph", "paragraph", "paragraph"),
        *("teaser", "teaser", "paragraph", "widget"),
    ]


def test_a_spliced_teaser_is_foreign_and_nothing_else() -> None:
    foreign = [block.span.of(STORY) for block in plain_blocks(STORY) if block.foreign]
    assert [text[:9] for text in foreign] == ["Film Star", "The actre"]


def test_a_repeated_headline_counts_once() -> None:
    found = [block for block in plain_blocks(STORY) if "closes the bridge" in block.span.of(STORY)[:30]]
    assert [(block.kind, block.reason) for block in found] == [
        ("headline", "title line"),
        ("furniture", "headline repeated"),
    ]


def test_the_title_given_is_the_headline() -> None:
    text = f"Council notes\n\nBridge shut.\n\n{LONG}"
    assert kinds(text, "Bridge shut")[1][0] == "headline"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("one\n\ntwo", ["one", "two"]),
        ("one\r\n \t\r\ntwo", ["one", "two"]),
        ("a stamp\na byline", ["a stamp", "a byline"]),
        ("one\u2028two\x0bthree", ["one", "two", "three"]),
        ("  lead\n\n\n\ntrail  \n", ["lead", "trail"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert [block.span.of(text) for block in split_text(text)] == expected


def test_wrapped_lines_read_on() -> None:
    wrapped = (
        "The council voted on Monday to close the old bridge over the\n"
        "river, and the mayor said that the work would take about a year\nor more. Nobody was hurt."
    )
    assert [block.span.of(wrapped) for block in split_text(wrapped)] == [wrapped]


@pytest.mark.parametrize(
    "line, kind",
    [
        ("Like this:", "widget"),
        ("Share on Facebook", "widget"),
        ("Advertisement", "widget"),
        ("Read more: Mayor to step down", "teaser"),
        ("Read more", "teaser"),
        ("© 2020 Harbour News. All rights reserved.", "furniture"),
        ("By Ann Lee", "byline"),
        ("By Ann Lee and Bo Berg", "byline"),
        ("Published: Tue, September 11, 2018", "date"),
        ("March 6, 2020 10:15 a.m. EST", "date"),
        ("Updated 6 March 2020", "date"),
        ("2 hours ago", "date"),
        ("Photo: Harbour News", "caption"),
        ("By the time they came it was over.", None),
        ("May the road rise to meet you.", None),
        ("He said the plan was dead.", None),
        ("Related questions were not answered by the ministry.", None),
    ],
)
def test_lines(line: str, kind: str | None) -> None:
    found = phrases().kind_of(line)
    assert (found[0] if found else None) == kind


def test_title_case() -> None:
    assert looks_like_title("Film Star Peggy Moon Buys a Castle in Wales")
    assert not looks_like_title("The council voted on Monday.")
    assert not looks_like_title("the council voted on the bridge")


def _with_titles(pairs: int) -> str:
    story = "The council met on Monday and heard the engineers of the harbour, who asked it for another year. " * 2
    names = ["".join(chr(97 + int(d)) for d in f"{i:06d}").capitalize() for i in range(3 * pairs)]
    titles = [" ".join(names[i : i + 3]) + f"\nThe singer {'sang it again ' * 9}today." for i in range(0, 3 * pairs, 3)]
    return "\n\n".join(f"{story}\n\n{story}\n\n{story}\n\n{title}" for title in titles)


def test_titles_are_compared_with_the_text_once() -> None:
    """Four times the titles cost about four times as much, not sixteen."""

    def cost(pairs: int) -> float:
        text = _with_titles(pairs)
        before = process_time()
        blocks = plain_blocks(text)
        assert sum(block.foreign for block in blocks) == 2 * pairs
        return process_time() - before

    cost(10)
    assert min(cost(1600), cost(1600)) < 9 * max(min(cost(400), cost(400)), 0.01)


@pytest.mark.parametrize("unit", ["The mayor said it rained.\n", "The mayor said it rained.\n\n", "It rained. "])
def test_what_is_told_apart_is_bounded_and_nothing_is_lost(unit: str) -> None:
    text = (unit * 30_000).strip()
    blocks = split_text(text)
    assert len(blocks) <= MAX_BLOCKS + 1
    assert blocks[0].span.start == 0
    assert blocks[-1].span.end == len(text)
