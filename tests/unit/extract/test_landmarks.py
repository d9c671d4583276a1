from __future__ import annotations

from typing import Any

import numpy as np

from sayso.extract.landmarks import LANDMARK_NAMES, Landmarks, landmark_columns
from sayso.extract.model import SECOND_COLUMNS, block_model
from sayso.extract.segment import segment
from sayso.extract.text import PageFacts
from sayso.extract.tree import parse_html

PROSE = "The harbour council voted seven to two on Monday evening to close the old swing bridge for at least a year."
PAGE = f"""<body><h1>Council closes bridge</h1><p>By Ann Lee</p><p>{PROSE}</p>
<p>Ann Lee writes of harbours for the Daily Bugle.</p><ul><li>Lee keeps a boat</li></ul>
<h2><a href=/tram>Tram lines grow</a></h2><p>{PROSE} Twice.</p><table><tr><td>Boats 12</td></tr></table>"""
FACTS = PageFacts(titles=("Council closes bridge",))


def table(html: str, landmarks: Landmarks, facts: PageFacts = FACTS) -> dict[str, list[float]]:
    blocks = segment(parse_html(html))
    columns: Any = landmark_columns(blocks, range(len(blocks)), facts, landmarks)
    assert columns.shape == (len(blocks), len(LANDMARK_NAMES))
    return dict(zip(LANDMARK_NAMES, columns.T.tolist(), strict=True))


def test_blocks_are_counted_from_headline_byline_and_date() -> None:
    found = table(PAGE, Landmarks(headline=0, byline=1))
    assert found["since_headline"] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert found["since_byline"] == [-1, 0, 1, 2, 3, 4, 5, 6]
    assert set(found["since_date"]) == {-100}


def test_counts_are_bounded() -> None:
    page = "<body>" + f"<p>{PROSE}</p>" * 300
    found = table(page, Landmarks(headline=0, byline=299))
    assert (max(found["since_headline"]), min(found["since_byline"])) == (200, -60)


def test_authors_and_outlet_by_how_early_they_are_named() -> None:
    found = table(PAGE, Landmarks(authors=("Ann Lee",), publisher="Daily Bugle"))
    assert found["author_named"] == [0, 0.5, 0, 1, 0, 0, 0, 0]
    assert found["author_surname"] == [0, 1, 0, 1, 1, 0, 0, 0]
    assert found["publisher_named"] == [0, 0, 0, 1 / 8, 0, 0, 0, 0]
    nobody = table(PAGE, Landmarks(authors=("", "…"), publisher=""))
    assert not any(nobody["author_named"] + nobody["author_surname"] + nobody["publisher_named"])


def test_the_heading_above() -> None:
    found = table(PAGE, Landmarks())
    assert found["heading_rank"] == [0, 1, 1, 1, 1, 1, 2, 2]
    assert found["heading_links"] == [-1, 0, 0, 0, 0, 0, 1, 1]
    assert found["heading_words"] == [-1, 3, 3, 3, 3, 3, 3, 3]
    assert found["heading_title"] == [-1, 1, 1, 1, 1, 1, 0, 0]
    assert found["headings_so_far"] == [0, 0, 0, 0, 0, 0, 1, 1]


def test_how_the_page_is_built() -> None:
    found = table(PAGE, Landmarks())
    words = 3 + 3 + 21 + 9 + 4 + 22 + 2  # all that is no link
    assert set(found["page_lists"]) == {6 / words}
    assert set(found["page_tables"]) == {2 / words}
    assert set(found["page_paragraphs"]) == {2}
    assert set(found["page_headings"]) == {1}


def test_only_the_blocks_asked_for() -> None:
    blocks = segment(parse_html(PAGE))
    whole = landmark_columns(blocks, range(len(blocks)), FACTS, Landmarks(0, 1, None, ("Ann Lee",), "Daily Bugle"))
    some = landmark_columns(blocks, [2, 5], FACTS, Landmarks(0, 1, None, ("Ann Lee",), "Daily Bugle"))
    assert np.array_equal(some, whole[[2, 5]])
    assert landmark_columns(blocks, [], FACTS, Landmarks()).shape == (0, len(LANDMARK_NAMES))


def test_the_second_forest_reads_them_in_this_order() -> None:
    assert block_model().second.names == SECOND_COLUMNS
    assert [name for name in SECOND_COLUMNS if name in LANDMARK_NAMES] == list(LANDMARK_NAMES)
