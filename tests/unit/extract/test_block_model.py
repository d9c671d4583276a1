from __future__ import annotations

import itertools

import numpy as np
import pytest

from sayso.extract.classes import names_of
from sayso.extract.facts import page_facts
from sayso.extract.features import NAMES, block_features, crumbs
from sayso.extract.groups import groups_of
from sayso.extract.model import COLUMNS, HIGHEST, LOWEST, best_cut, block_model, headings_above
from sayso.extract.places import Place, places
from sayso.extract.segment import PageBlock, segment
from sayso.extract.text import TEXT, tokens_of, words_of
from sayso.extract.tree import Tree, parse_html
from sayso.extract.wording import Markup, Wording, heading_marks, line_marks, marks_of

LINKS = "".join(f"<li><a href=/{word}>{word.title()}</a></li>" for word in ("home", "sport", "culture", "weather"))
PROSE = "The harbour council voted seven to two on Monday evening to close the old swing bridge for at least a year."
PAGE = f"""<title>Council closes bridge</title><body><nav><ul>{LINKS}</ul></nav>
<article class="story-body"><h1><a href=/bridge>Council closes bridge</a></h1><p>{PROSE}</p>
<p><a href=/report>The whole report</a></p><p>{PROSE} Again.</p></article>
<h2>More news</h2><ul class=teasers>{LINKS}</ul><div id=siteFooter><a href=/about>About us</a></div>"""


def parsed(html: str) -> tuple[Tree, list[PageBlock], list[Place]]:
    tree = parse_html(html)
    blocks = segment(tree)
    return tree, blocks, places(blocks)


def test_crumbs_are_short_links_of_a_frame_or_in_a_row() -> None:
    _, blocks, where = parsed(PAGE)
    found = [block.text for block, crumb in zip(blocks, crumbs(blocks, where), strict=True) if crumb]
    row = ["Home", "Sport", "Culture", "Weather"]
    assert found == [*row, *row[1:], "About us"]


def test_crumbs_get_their_probability_by_rule_and_no_features() -> None:
    tree, blocks, where = parsed(PAGE)
    rows, columns = block_features(blocks, page_facts(tree), where, groups_of(blocks, where))
    skipped = crumbs(blocks, where)
    assert rows == [i for i, crumb in enumerate(skipped) if not crumb]
    assert columns.shape == (len(rows), len(NAMES))
    probabilities = block_model().probabilities(blocks, page_facts(tree), where)
    assert {p for p, crumb in zip(probabilities, skipped, strict=True) if crumb} == {0.01}
    likely = {block.text for block, p in zip(blocks, probabilities, strict=True) if p > 0.5}
    assert {PROSE, f"{PROSE} Again."} <= likely
    assert not likely & {"More news", "About us"}


def test_a_page_of_crumbs_alone() -> None:
    tree, blocks, where = parsed(f"<nav>{LINKS}</nav>")
    rows, columns = block_features(blocks, page_facts(tree), where, groups_of(blocks, where))
    assert (rows, columns.shape) == ([], (0, len(NAMES)))
    assert block_model().probabilities(blocks, page_facts(tree)) == [0.01] * 4


def test_the_forest_reads_the_columns_in_their_order() -> None:
    assert block_model().forest.names == COLUMNS
    assert len(set(COLUMNS)) == len(COLUMNS)


@pytest.mark.parametrize("seed", range(12))
def test_the_cut_has_the_highest_expected_sum_of_precision_and_recall(seed: int) -> None:
    rng = np.random.default_rng(seed)
    p, sizes = rng.uniform(0.05, 0.95, 9), rng.integers(1, 400, 9)
    cut = best_cut(sizes.tolist(), p.tolist())

    def expected(threshold: float) -> float:
        keep = p >= threshold
        found = (p * sizes)[keep].sum()
        return float(found / sizes[keep].sum() + found / (p * sizes).sum())

    best = max(p, key=expected)
    assert cut == pytest.approx(min(HIGHEST, max(LOWEST, best)))


def test_the_cut_of_a_page_without_blocks() -> None:
    assert best_cut([], []) == HIGHEST


def test_large_blocks_that_are_likely_lower_the_cut() -> None:
    probabilities = [0.9, 0.45, 0.05]
    assert best_cut([100, 400, 10], probabilities) < best_cut([400, 100, 10], probabilities) + 1e-9
    assert best_cut([100, 400, 10], probabilities) == 0.45


def test_marks() -> None:
    assert marks_of(["one", "two", "three"]) == []
    assert marks_of(["in", "2020", "we", "won"]) == ["in", "0", "we", "won", "in 0", "0 we", "we won"]
    assert len(marks_of(["a"] * 500)) == 63
    assert line_marks(["read", "more"]) == ["=read more", "^read", "more$", "read", "more", "read more"]
    assert line_marks(["a"] * 7) == line_marks([]) == heading_marks([]) == []
    assert heading_marks(["comments", "12"]) == ["=comments 0", "^comments", "comments", "0", "comments 0"]


def test_wording_adds_known_marks_in_any_order() -> None:
    model = Wording({"bridge": 40, "subscribe": -90, "old bridge": 10}, 0.1, 0.5)
    assert model.score(["bridge", "old bridge", "bridge", "new"]) == pytest.approx(0.5 + 5 / 2**0.5, abs=1e-6)
    assert model.score(["new"]) == 0.0
    shuffled = {model.score(list(marks)) for marks in itertools.permutations(["bridge", "subscribe", "old bridge"])}
    assert len(shuffled) == 1


def test_names_of_an_element() -> None:
    element = parse_html('<div class="entryContent_12 x-y-Zed" id=main-1 role=Main data-type="a b">').elements[0]
    found = names_of(element)
    assert found.named == ("content", "entry", "entry-content", "main", "role=main", "zed")
    assert found.classes == "entryContent_12 x-y-Zed"
    assert names_of(parse_html("<p>x").elements[0]).named == ()


def test_markup_counts_own_near_and_outer_names() -> None:
    _, blocks, where = parsed(
        "<main class=page><section class=wrap><div class=story><div class=page><p class=story>One.</p></div></div>"
        "</section></main><p>Two.</p>"
    )
    model = Markup({"story": (1, 10, 100), "page": (2, 20, 200), "wrap": (4, 40, 400)}, 0.5, 1.0)
    own, near, around = 1, 10 + 20 + 10, 100 * 2 + 200 * 2 + 400
    assert model.scores(where) == [1.0 + 0.5 * (own + near + around), 1.0]
    assert model.scores(where[::-1]) == model.scores(where)[::-1]
    assert len(blocks) == 2


def test_headings_above() -> None:
    _, blocks, _ = parsed("<p>a</p><h2>b</h2><p>c</p><p>d</p><h3>e</h3><h4>f</h4><p>g</p>")
    assert headings_above(blocks) == [-1, -1, 1, 1, -1, -1, 5]


def test_numbers_of_a_block_s_words() -> None:
    html = f"<title>Bridge closes</title><p>THE Bridge closed in 2020, {{x}} | <b>bold</b>.</p><p>{PROSE}</p>"
    tree, blocks, where = parsed(html)
    _, columns = block_features(blocks, page_facts(tree), where, groups_of(blocks, where))
    row = dict(zip(TEXT, columns[0].tolist(), strict=False))
    assert (row["words"], row["bars"], row["ends_sentence"], row["sentences"]) == (7, 1, 1, 1)
    size = len(blocks[0].text)
    shares = {name: round(row[name] * size) for name in ("capitals", "digits", "braces", "bold")}
    assert shares == {"capitals": 4, "digits": 4, "braces": 2, "bold": 4}
    assert row["title_in_block"] == pytest.approx(1 / 7)
    assert row["block_in_title"] == pytest.approx(1 / 2)


def test_words_are_worked_out_once_and_reckoned_in_very_long_blocks() -> None:
    _, blocks, _ = parsed("<p>One two three</p>")
    assert tokens_of(blocks[0]) is tokens_of(blocks[0])
    assert words_of("word " * 100_000) == 100_000
    assert words_of("日本語の文章です") == 4
