from __future__ import annotations

import math

import numpy as np

from sayso.extract.foreign_features import PageView, features, second
from sayso.extract.foreign_shape import headings, lists, seams
from sayso.extract.foreign_words import lexicon, read_words

PLAIN = "The bridge will close in spring for a year, the council said on Tuesday."
RUN_ON = "Lina Voss Shows Off Her New Puppy The singer melted hearts with a clip of the tiny spaniel."


def test_a_title_that_runs_into_text_leaves_a_seam() -> None:
    texts = [PLAIN, RUN_ON]
    found = seams(2, read_words(texts, lexicon()))
    assert found["seam"].tolist() == [0, 1]
    assert found["seam.at"].tolist() == [-1, 7]
    assert found["seam.case"][1] > 0.5 > found["seam.case"][0]
    assert found["seam.step"][1] > 0.5
    assert found["seam.stop"].tolist() == [14, 18]


def test_words_after_the_blocks_are_left_out() -> None:
    texts = [PLAIN, RUN_ON]
    assert seams(1, read_words(texts, lexicon()))["seam"].tolist() == [0]


def test_a_lists_numbers_go_on() -> None:
    found = lists(["1. Salt", "2. Flour", "9. Keystone", "3. Water", "Stir well."])
    assert found["list.step"][1:4].tolist() == [1, 7, -6]
    assert math.isnan(found["list.step"][0])
    assert math.isnan(found["list.step"][4])
    assert found["list.next"][0] == 1
    assert found["list.count"].tolist() == [4, 4, 4, 4, 0]


def test_a_block_between_two_items_of_a_list() -> None:
    found = lists(["- Salt", "- Flour", "Popstar shows off puppy", "- Water", "Stir."])
    assert found["list.inside"].tolist() == [0, 0, 1, 0, 0]
    assert found["list.before"].tolist() == [0, 1, 0, 0, 0]
    assert found["list.after"].tolist() == [1, 0, 0, 0, 0]


def test_a_heading_beside_the_other_headings() -> None:
    texts = ["How we tested", PLAIN, "What we liked", PLAIN, "Popstar Shows Off Puppy", PLAIN]
    found = headings(texts, read_words(texts, lexicon()))
    assert found["head"].tolist() == [1, 0, 1, 0, 1, 0]
    assert found["head.case"][4] > 0.6
    assert found["head.case"][2] <= 0
    assert math.isnan(found["head.case"][1])
    assert found["head.gap"][2] == found["head.ahead"][0] == 2
    assert found["head.since"].tolist() == [0, 1, 0, 1, 0, 1]


def test_a_block_stands_out_from_blocks_of_its_shape() -> None:
    texts = [
        "Why it closes",
        PLAIN,
        "What it costs",
        PLAIN + " Cars go round.",
        "Lina Voss tours",
        PLAIN + " Boats do not.",
    ]
    page = PageView(texts, None, lexicon())
    found = second(page, features(page), np.array([0.2, 0.01, 0.2, 0.01, 0.6, 0.01]))
    assert found["first.alike.lead"][4] > 1.5
    assert found["first.alike.rank"].tolist() == [1, 0, 1, 0, 0, 0]
    assert found["first.share"].argmax() == 4
    assert found["first.others"][0] > found["first.others"][4]
    assert found["first.near"][5] > 0.6


def test_blocks_that_fit_each_other_better_than_the_one_between() -> None:
    texts = [PLAIN, "Lina Voss sang.", "The council said the bridge will close in spring.", PLAIN]
    page = PageView(texts, None, lexicon())
    bridge = features(page)["words.bridge"]
    assert bridge[1] > 0.3
    assert math.isnan(bridge[0])
    assert math.isnan(bridge[3])
