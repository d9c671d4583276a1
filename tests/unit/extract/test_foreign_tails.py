from __future__ import annotations

import time

import pytest

from sayso.extract import extract
from sayso.extract.foreign_tails import REASON, without_tails
from sayso.model import Block, Span
from sayso.readers import page_from_text

TITLE = "Harbour bridge in Dunmore to close for a year of repairs"
STORY = [
    "The swing bridge over the harbour in Dunmore will close in May for a year of repairs, the county council said on "
    "Tuesday, sending some 14,000 cars a day on a detour of nine miles.",
    "Engineers who inspected the bridge last autumn found cracks in two of the four steel girders that carry the road "
    "deck, according to a report that the council released with its decision.",
    "The repairs are expected to cost £31 million, of which the transport ministry is to pay two thirds. The county "
    "council has set aside the rest.",
    "Shopkeepers on the quay, who depend on visitors from across the harbour, said they had been told of the closure "
    "only a day before. A year is a long time for a small shop, they said.",
    "The council would run a free ferry for people on foot, every twenty minutes from six in the morning, until the "
    "bridge reopens.",
    "The bridge was built in 1926 and last repaired in 1988, when it was shut for five months.",
    "A second inspection is planned for March, before the contractor puts up scaffolding around the girders.",
    "Tom Askew, who runs a chandlery beside the bridge, said that he would lose half his trade.",
    "The county council said drivers on the detour should expect delays until the bridge reopens.",
    "The council will hear objections to the closure at its next meeting in Dunmore town hall.",
]
TITLED = (
    "Popstar Lina Voss Shows Off Her New Puppy The singer melted hearts on Instagram with a clip of the tiny spaniel, "
    "days after her platinum album topped the charts."
)
PLAIN = (
    "Actress Greta Molloy celebrated her wedding anniversary with husband Dex Farrow aboard a luxury yacht in Ibiza, "
    "sharing glamorous snapshots of sunsets, cocktails and designer swimwear with eleven million Instagram followers. "
    "Molloy, whose romantic comedy topped the box office, wore a sequined gown by Italian designer Carlo Bruni."
)


def parted(paragraphs: list[str], *, markup: bool = False) -> list[tuple[str, bool]]:
    text, blocks = "", []
    for words in paragraphs:
        text += "\n\n" if text else ""
        blocks.append(Block(Span(len(text), len(text) + len(words)), "paragraph"))
        text += words
    out = without_tails(text, blocks, TITLE, markup=markup)
    assert all(block.reason == REASON for block in out if block.foreign)
    return [(block.span.of(text), block.foreign) for block in out]


@pytest.mark.parametrize("at", [2, 3, 5])
@pytest.mark.parametrize("markup", [True, False])
def test_a_title_and_its_text_behind_a_paragraph_are_cut_off(at: int, markup: bool) -> None:
    glued = [*STORY[:at], f"{STORY[at]} {TITLED}", *STORY[at + 1 :]]
    expected = [(words, False) for words in STORY]
    expected.insert(at + 1, (TITLED, True))
    assert parted(glued, markup=markup) == expected


def test_sentences_without_a_title_are_cut_off_a_text() -> None:
    glued = [*STORY[:3], f"{STORY[3]} {PLAIN}", *STORY[4:]]
    assert (PLAIN, True) in parted(glued)
    assert parted(glued, markup=True) == [(words, False) for words in glued]


def test_an_untouched_story_is_left_whole() -> None:
    assert parted(STORY) == [(words, False) for words in STORY]
    assert parted(STORY, markup=True) == [(words, False) for words in STORY]


def test_a_paragraph_of_another_story_is_not_cut() -> None:
    assert [words for words, _ in parted([*STORY, f"{PLAIN} {TITLED}"])][-1] == f"{PLAIN} {TITLED}"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_short_pages_are_left_alone(count: int) -> None:
    words = [f"{STORY[3]} {TITLED}"] * count
    assert parted(words) == [(paragraph, False) for paragraph in words]


def test_the_article_keeps_the_end_as_a_block_of_its_own() -> None:
    text = "\n\n".join([TITLE, *STORY[:4], f"{STORY[4]} {TITLED}", *STORY[5:]])
    article = extract(page_from_text(text))
    assert [block.span.of(text) for block in article.blocks if block.foreign] == [TITLED]
    assert article.headline is not None
    assert article.headline.value == TITLE


def test_hostile_text_is_bounded() -> None:
    start = time.process_time()
    for words in (
        "word. Other " * 20_000,
        "Aa Bb Cc " * 20_000,
        "Is A The " * 20_000,
        ". " * 40_000,
        "\ud800. a" * 9_000,
    ):
        parted([*STORY, words, words])
    assert time.process_time() - start < 5
