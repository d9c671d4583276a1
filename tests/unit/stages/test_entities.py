from __future__ import annotations

import pytest

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
