"""A page too small for the block model still has a story."""

from __future__ import annotations

import pytest

from sayso.extract import extract
from sayso.extract.html import at_least_prose
from sayso.model import Given
from sayso.readers import page_from_html


@pytest.mark.parametrize(
    "html", ["<p>The mayor said on Monday that the bridge was safe.</p>", "The mayor spoke of the bridge."]
)
def test_one_sentence_is_a_story(html: str) -> None:
    article = extract(page_from_html(html, given=Given()))
    assert [block.kind for block in article.story] == ["paragraph"]


def test_probabilities_stay_where_the_model_takes_a_block() -> None:
    texts = ["A whole sentence stands here.", "Another one stands there."]
    assert at_least_prose(texts, [0.9, 0.1], 0.5) == [0.9, 0.1]
    assert at_least_prose([*texts, "Menu"], [0.2, 0.1, 0.3], 0.5) == [0.5, 0.5, 0.3]
