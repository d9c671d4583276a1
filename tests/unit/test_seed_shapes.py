"""A rewritten page of ours with the troubles that aggregators make: what must be told, and what must stay open."""

from __future__ import annotations

from functools import cache

import sayso

TEXT = """Published: Tue, March 12, 2019
Globe Digest | By Rita Amsel

Plotters 'met harbour chief'

Plotters 'met harbour chief'

The Merrow Gazette has said the meetings were held over the a year ago, but led nowhere \
after the ministry would not lend money.

The Merrow Gazette, citing unnamed Danish officials and a former harbour pilot who took part in the talks, \
said in a story published Saturday that the plan stalled.

Lena Marsh Says Yes To Baking Show
Lena Marsh is back in the tent and her fans can't keep calm. The actress cried when she saw the oven, said her agent.

Around the same time, he said publicly that he would not rule out a "harbour option".

Port staff were at first afraid that the request was a trap, the Gazette reported.

Like this:"""


@cache
def reading() -> sayso.Reading:
    return sayso.read_text(TEXT)


def test_the_title_counts_once_and_the_page_dates_itself() -> None:
    article = reading().article
    assert [b.span.of(TEXT) for b in article.blocks if b.kind == "headline"] == ["Plotters 'met harbour chief'"]
    assert article.date_published is not None
    assert article.date_published.value == "2019-03-12"
    assert article.byline == ("Rita Amsel",)


def test_the_teaser_and_the_widget_are_kept_out_of_the_story() -> None:
    story = " ".join(block.span.of(TEXT) for block in reading().article.story)
    assert "Lena Marsh" not in story
    assert "Like this" not in story
    assert not [a for a in reading().attributions or () if "oven" in reading().words(a.content)]


def test_the_chain_leads_through_the_outlet_to_its_unnamed_officials() -> None:
    chains = {row["chain"]: row["source_kind"] for row in reading().rows("attributions")}
    found = [kind for chain, kind in chains.items() if "Merrow Gazette" in chain and "Danish officials" in chain]
    assert found == ["unnamed_official"]


def test_times_are_told_where_they_can_be_and_left_open_where_not() -> None:
    times = {row["words"]: row for row in reading().rows("timexes")}
    assert times["Saturday"]["value"] == "2019-03-09"
    assert times["Around the same time"]["value"] is None
    assert times["Around the same time"]["reason"]


def test_a_pronoun_behind_another_storys_text_stays_open() -> None:
    he = [a for a in reading().attributions or () if reading().words(a.source) == "he"]
    assert he
    assert all(a.entity is None and a.reason for a in he)
