from __future__ import annotations

import gzip
import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.extract.blend import with_foreign
from sayso.extract.foreign import FOREIGN_THRESHOLD, SURE, score_foreign, score_sentences
from sayso.extract.plain import plain_blocks
from sayso.model import Block, Span

TITLE = "Harbour bridge in Dunmore to close for a year of repairs"
STORY = [
    "The swing bridge over the harbour in Dunmore will close in May for a year of repairs, the county council said on "
    "Tuesday, sending some 14,000 cars a day on a detour of nine miles.",
    "Engineers who inspected the bridge last autumn found cracks in two of the four steel girders that carry the road "
    "deck, according to a report that the council released with its decision.",
    "“We had a choice between closing it in an orderly way and closing it overnight when something gave,” said Ruth "
    "Hallam, the council's chief engineer.",
    "The repairs are expected to cost £31 million, of which the transport ministry is to pay two thirds.",
    "Shopkeepers on the quay, who depend on visitors from across the harbour, said they had been told of the closure "
    "only a day before.",
    "Tom Askew, who runs a chandlery beside the bridge, said that he would lose half his trade. “A year is a long time "
    "for a small shop,” he said.",
    "Hallam said the council would run a free ferry for people on foot, every twenty minutes from six in the morning, "
    "until the bridge reopens.",
    "The bridge was built in 1926 and last repaired in 1988, when it was shut for five months.",
    "A second inspection is planned for March, before the contractor puts up scaffolding around the girders.",
    "The council will hear objections to the closure at its next meeting in Dunmore town hall.",
]
TEASER = [
    "Popstar Lina Voss Shows Off Her New Puppy",
    "The singer melted hearts on Instagram with a clip of the tiny spaniel, days after her platinum album topped the "
    "charts. Fans can't get enough of it.",
]


def spliced(at: int, foreign: list[str]) -> list[str]:
    return [*STORY[:at], *foreign, *STORY[at:]]


@pytest.mark.parametrize("at", [3, 6, 9])
def test_a_teaser_scores_above_the_storys_own_blocks(at: int) -> None:
    scores = score_foreign(spliced(at, TEASER), TITLE)
    own = scores[:at] + scores[at + len(TEASER) :]
    foreign = scores[at : at + len(TEASER)]
    assert max(foreign) > FOREIGN_THRESHOLD > max(own)
    assert min(foreign) > 0.7 > max(own)


def test_a_page_without_a_suspect_is_read_once() -> None:
    page = spliced(6, TEASER)
    twice, once = score_foreign(page, TITLE, settled=0.0), score_foreign(page, TITLE, settled=2.0)
    assert score_foreign(page, TITLE) == twice != once
    calm = score_foreign(STORY, TITLE, settled=2.0)
    assert score_foreign(STORY, TITLE, settled=max(calm) + 0.01) == calm
    assert score_foreign(STORY, TITLE, settled=max(calm)) != calm


def test_a_block_that_is_surely_the_storys_keeps_its_first_score() -> None:
    page = spliced(6, TEASER)
    twice, once = score_foreign(page, TITLE), score_foreign(page, TITLE, settled=2.0)
    sure = [score < SURE for score in once]
    assert any(sure)
    assert [a == b for a, b in zip(twice, once, strict=True)] == sure


def test_an_untouched_story_is_left_alone() -> None:
    assert max(score_foreign(STORY, TITLE)) < FOREIGN_THRESHOLD
    assert max(score_foreign(STORY)) < FOREIGN_THRESHOLD


def test_order_does_not_make_a_block_foreign() -> None:
    assert max(score_foreign(STORY[::-1], TITLE)) < FOREIGN_THRESHOLD


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_short_pages_score_nothing(count: int) -> None:
    assert score_foreign((TEASER + STORY)[:count], TITLE) == [0.0] * count


def test_stamps_and_furniture_are_neither_scored_nor_compared_with() -> None:
    stamp, kinds = "Published 3 March 2020", ["date"] + ["paragraph"] * len(STORY)
    assert score_foreign([stamp, *STORY], TITLE, kinds) == [0.0, *score_foreign(STORY, TITLE)]


def test_blank_blocks_score_nothing_and_change_nothing() -> None:
    assert score_foreign([*STORY, " \n"], TITLE) == [*score_foreign(STORY, TITLE), 0.0]


def test_the_same_text_scores_the_same_every_time() -> None:
    text = spliced(4, TEASER)
    assert score_foreign(text, TITLE) == score_foreign(list(text), TITLE)


def test_sentences_glued_into_a_paragraph() -> None:
    glued = [STORY[3], *TEASER]
    scores = score_sentences(glued, STORY[:3] + STORY[4:], TITLE)
    assert len(scores) == 3
    assert scores[0] < min(scores[1:])


def test_hostile_text_is_bounded() -> None:
    start = time.process_time()
    pages = [
        ["-" * 100_000] * 8,
        ["a" * 100_000] * 8,
        ["- \n" * 30_000] * 8,
        ["\ud800"] * 8,
        ["!"] * 5000,
        ["x y"] * 900,
    ]
    for page in pages:
        scores = score_foreign(page, "\x00")
        assert len(scores) == len(page)
        assert all(0.0 <= score <= 1.0 for score in scores)
    assert time.process_time() - start < 8


@pytest.mark.data
def test_floor_on_spliced_articles() -> None:
    folder = os.environ.get("SAYSO_DATA")
    if not folder:
        pytest.skip("SAYSO_DATA isn't set")
    found, foreign, flagged, own = 0, 0, 0, 0
    with gzip.open(Path(folder) / "foreign/dev.jsonl.gz", "rt", encoding="utf-8") as handle:
        for number, line in enumerate(handle):
            if number % 40:
                continue
            document = json.loads(line)
            texts = [p["t"] for p in document["paras"]]
            text = "\n\n".join(texts)
            blocks = with_foreign(text, plain_blocks(text, title=document["title"]), document["title"], markup=False)
            start = 0
            for paragraph in document["paras"]:
                end = start + len(paragraph["t"])
                hit = any(b.foreign for b in blocks if b.span.start < end and b.span.end > start)
                start = end + 2
                foreign += paragraph["y"] == "foreign"
                found += hit and paragraph["y"] == "foreign"
                own += paragraph["y"] == "own"
                flagged += hit and paragraph["y"] == "own"
    assert found / foreign > 0.62
    assert flagged / own < 0.004


def text_blocks(paragraphs: list[str]) -> dict[str, Block]:
    text = "\n\n".join([TITLE, *paragraphs])
    blocks = with_foreign(text, plain_blocks(text, title=TITLE), TITLE, markup=False)
    return {block.span.of(text): block for block in blocks}


@pytest.mark.parametrize("pointer", ["READ MORE: Popstar Lina Voss Shows Off Her Puppy", "Related: Lina Voss on tour"])
def test_a_line_of_text_that_points_to_another_story_is_scored_and_flagged(pointer: str) -> None:
    block = text_blocks(spliced(5, [pointer]))[pointer]
    assert block.kind == "teaser"
    assert block.foreign
    assert block.foreign_score >= FOREIGN_THRESHOLD
    assert block.reason == "points to another story"


def test_a_dek_of_text_is_scored_too() -> None:
    dek = "Popstar Lina Voss shows off the newest member of the family in a clip on Instagram"
    block = text_blocks([dek, *STORY])[dek]
    assert block.kind == "dek"
    own = "Council orders a closure of the harbour bridge for a year, and shopkeepers fear for their trade"
    assert block.foreign_score > text_blocks([own, *STORY])[own].foreign_score > 0


STRANGE = "A clip of a tiny spaniel melted hearts on the phones of {who}, and {what} sang along with every chorus."


@pytest.mark.parametrize(
    ("who", "what", "foreign"),
    [
        ("Lina Voss", "the charts of Marlow", True),
        ("those who said so, Ruth Hallam and Lina Voss among them", "Marlow", False),
        ("all of Dunmore", "the council", False),
        ("all of Marlow", "the council of Dunmore, in Perrin,", True),
    ],
)
def test_what_the_storys_own_names_hold_is_not_flagged_by_its_words(
    monkeypatch: pytest.MonkeyPatch, who: str, what: str, foreign: bool
) -> None:
    words = STRANGE.format(who=who, what=what)
    story = [*STORY, "Hallam will answer questions in Dunmore on Friday."]
    monkeypatch.setattr("sayso.extract.blend.score_foreign", lambda texts, *_: [0.95 * (t == words) for t in texts])
    block = text_blocks([*story[:5], words, *story[5:]])[words]
    assert block.foreign is foreign
    assert block.foreign_score == 0.95
    assert (block.reason is not None) is foreign


def laid_out(blocks: list[Block], text: str) -> list[Block]:
    return with_foreign(text, blocks, TITLE, markup=True)


def paragraphs_of(texts: list[str], score: float) -> tuple[list[Block], str]:
    text, blocks = "", []
    for words in texts:
        text += "\n\n" if text else ""
        blocks.append(Block(Span(len(text), len(text) + len(words)), "paragraph", score=score))
        text += words
    return blocks, text


def test_the_layouts_doubt_counts_with_the_words() -> None:
    texts = spliced(5, [" ".join(TEASER)])
    doubted, sure = (laid_out(*paragraphs_of(texts, score))[5].foreign_score for score in (0.6, 0.9999))
    assert sure < doubted
    assert doubted > 0.5


def test_a_fragment_is_never_flagged_by_its_words_alone() -> None:
    fragment = "(PPF: 150-250 umol m-2s-1, 250-1,000 foot-candles, or 15-20 watts a tube)"
    block = laid_out(*paragraphs_of(spliced(5, [fragment]), 0.6))[5]
    assert not block.foreign
    assert block.foreign_score <= 0.5


def test_a_paragraph_that_opens_with_a_linked_title_was_glued_in() -> None:
    title = "Popstar Lina Voss Shows Off Her New Puppy to the World"
    glued = f"{title}\nThe engineers of joy told fans on Tuesday that the tiny spaniel is here to stay."
    blocks, text = paragraphs_of([*STORY[:2], glued, *STORY[2:], f"{title} By Bex Malone", STORY[4]], 0.9999)
    assert not laid_out(blocks, text)[2].foreign
    for at in (-1, -2):
        blocks[at] = replace(blocks[at], kind="teaser", foreign=True, foreign_score=0.9)
    found = laid_out(blocks, text)
    assert found[2].foreign
    assert found[2].reason == "opens with another story's title"
    own = [found[i] for i in range(len(STORY) + 1) if i != 2]
    assert not any(block.foreign for block in own), "a card that shows the story's own lines takes none away"
