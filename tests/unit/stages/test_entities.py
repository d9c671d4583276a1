from __future__ import annotations

import pytest

from sayso.model import Article, Span
from sayso.stages.entities import resolve
from sayso.stages.mentions import Mention

from .attribution.pages import page


def merged(text: str) -> dict[str, tuple[str, list[str]]]:
    read = page(text)
    return {e.name: (e.kind, [m.of(read.article.text) for m in e.mentions]) for e in read.entities.values()}


def test_full_name_title_and_surname_are_one() -> None:
    found = merged("Minister Ana Brook spoke. Ms. Brook left. Brook returned to the pier.")
    assert found["Ana Brook"] == ("person", ["Ana Brook", "Brook", "Brook"])


def test_outlet_and_its_short_form_are_one() -> None:
    found = merged("The New York Times broke the story. Then the Times reported more.")
    assert found["The New York Times"] == ("outlet", ["New York Times", "Times"])


def test_acronym_joins_its_long_form() -> None:
    found = merged("The Harbor Safety Board met on Monday. Later the HSB issued a statement about the pier.")
    assert [mentions for _, mentions in found.values() if "HSB" in mentions] == [["Harbor Safety Board", "HSB"]]


def test_countries_written_two_ways_are_one() -> None:
    found = merged("The United States sent help. The U.S. paid for it.")
    assert found["United States"][1] == ["United States", "U.S."]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The White House said no.", "White House", "government"),
        ("Reuters said so.", "Reuters", "outlet"),
        ("The Harbor Gazette said so.", "Harbor Gazette", "outlet"),
        ("The Justice Department said so.", "Justice Department", "government"),
    ],
)
def test_kind(text: str, name: str, kind: str) -> None:
    found = merged(text)
    assert any(key.removeprefix("The ") == name and value[0] == kind for key, value in found.items())


def test_people_with_titles_of_different_gender_stay_apart() -> None:
    found = merged("Mr. Tom Brook spoke. Mrs. Brook disagreed.")
    assert found["Tom Brook"][1] == ["Tom Brook"]


def test_mentions_point_at_their_words() -> None:
    read = page("President Ana Brook´s pier is shut. Señor Peña left.")
    for entity in read.entities.values():
        for mention in entity.mentions:
            assert mention.of(read.article.text).strip() == mention.of(read.article.text) != ""


def test_order_is_by_first_mention() -> None:
    read = page("Ana Brook met Tom Stone in Paris. Tom Stone left.")
    firsts = [e.mentions[0] for e in read.entities.values()]
    assert firsts == sorted(firsts)


def test_outlet_as_the_last_word() -> None:
    found = merged("The minister spoke to Reuters")
    assert found["Reuters"] == ("outlet", ["Reuters"])


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Lantry Moss, a nurse at the clinic, stayed. Moss said she was tired.", "Lantry Moss", "person"),
        ("Orla Quell, 43, was driving. Quell was unhurt.", "Orla Quell", "person"),
        ("Her sister told WQXZ on Monday that the road was shut.", "WQXZ", "outlet"),
        ("Fox 6 reports that the road was shut.", "Fox 6", "outlet"),
        ("The lights were out, according to News12.", "News12", "outlet"),
        ("The Tarn County Sheriff’s Office claims the road was shut.", "Tarn County Sheriff’s Office", "government"),
        ("Nobody there likes Trump.", "Trump", "person"),
    ],
)
def test_kind_by_what_stands_beside(text: str, name: str, kind: str) -> None:
    assert merged(text)[name][0] == kind


@pytest.mark.parametrize("text", ["The agency WADA said so.", "IT SAID WKLM WON", "He spent 6 million on news."])
def test_capitals_alone_make_no_station(text: str) -> None:
    assert not [name for name, (kind, _) in merged(text).items() if kind == "outlet"]


def test_a_surname_the_tagger_takes_for_a_verb_is_its_bearer_s() -> None:
    found = merged("The stepfather, Kurt Schilling, spoke. Schilling further told the paper that he was sad.")
    assert found["Kurt Schilling"][1] == ["Kurt Schilling", "Schilling"]


def test_a_surname_that_is_a_word_of_the_page_stays_a_word() -> None:
    found = merged("Mara Young spoke. Young people left. The young stayed, and Young left.")
    assert "Young people" not in found
    assert found["Mara Young"][1][0] == "Mara Young"


def test_a_namesake_in_a_caption_does_not_make_the_surname_doubtful() -> None:
    caption = Mention(Span(0, 8), ("rena", "pell"), "person", 1.0, caption=True)
    told = Mention(Span(20, 28), ("ana", "pell"), "person", 1.0)
    alone = Mention(Span(40, 44), ("pell",), "person", 1.0)
    text = "Rena Pell, Sunday.\n\nAna Pell spoke.\n     Pell left."
    entities = list(resolve([caption, told, alone], Article("a", "p", text, (), ()), set()))
    assert [len(entity.mentions) for entity in entities] == [1, 2]


def test_a_newspaper_stays_one_where_its_town_is_named_too() -> None:
    found = merged("The Ostrel Courier reported it. Ostrel was quiet. The Courier and Ostrel have had a dry year.")
    assert found["The Ostrel Courier"][0] == "outlet"
