from __future__ import annotations

import pytest

from sayso.extract.metadata.bylines import is_agency, is_person, opens_byline, parse_byline


@pytest.mark.parametrize(
    "line, people, outlets",
    [
        ("By Ann Lee and Bo Ek in Oslo, Reuters", ("Ann Lee", "Bo Ek"), ("Reuters",)),
        ("By Ann Lee, Bo Ek & Cy Dow", ("Ann Lee", "Bo Ek", "Cy Dow"), ()),
        ("Daily Bugle | By Ann Lee", ("Ann Lee",), ("Daily Bugle",)),
        ("Ann Lee | ann@bugle.example | Daily Bugle", ("Ann Lee",), ("Daily Bugle",)),
        ("By Associated Press", (), ("Associated Press",)),
        ("Ann Lee The Associated Press", ("Ann Lee",), ()),
        ("Ann Lee MS, RDN", ("Ann Lee",), ()),
        ("By Martin Ode, Jr. and Anna de la Cruz", ("Martin Ode, Jr.", "Anna de la Cruz"), ()),
        ("Ann Lee Staff Writer", ("Ann Lee",), ()),
        ("By Ann Lee, Senior Editor", ("Ann Lee",), ()),
        ("By Ann Lee on December 21, 2023 at 3:53PM", ("Ann Lee",), ()),
        ("Ann Lee December 17", ("Ann Lee",), ()),
        ("View all posts by Ann Lee", ("Ann Lee",), ()),
        ("Ann Lee for The Bugle", ("Ann Lee",), ()),
        ("Ann Lee is a reporter who covers dams", ("Ann Lee",), ()),
        ("José Ángel Pérez", ("José Ángel Pérez",), ()),
        ("Di Marco", ("Di Marco",), ()),
        ("University of Oslo", (), ("University of Oslo",)),
        ("The Bugle Team", (), ("The Bugle Team",)),
        ("Staff", (), ("Staff",)),
        ("admin", (), ()),
        ("Read More", (), ()),
        ("Exclusive Details", (), ()),
        ("", (), ()),
    ],
)
def test_people_and_outlets(line: str, people: tuple[str, ...], outlets: tuple[str, ...]) -> None:
    found = parse_byline(line)
    assert (found.people, found.outlets) == (people, outlets)


def test_helpers_are_no_authors() -> None:
    found = parse_byline("Written by Ann Lee | Edited by Bo Ek | Photographs by Cy Dow")
    assert (found.people, found.helpers) == (("Ann Lee",), ("Bo Ek", "Cy Dow"))
    assert parse_byline("Reporting by Ann Lee; additional reporting by Bo Ek").people == ("Ann Lee",)


def test_single_words_are_kept_apart() -> None:
    assert parse_byline("By Linny").lone == ("Linny",)
    assert parse_byline("By Linny and Ann Lee").lone == ()


@pytest.mark.parametrize(
    "text, rest",
    [
        ("By Ann Lee", "Ann Lee"),
        ("Written by: Ann Lee", "Ann Lee"),
        ("By", ""),
        ("Byzantium fell", None),
        ("By noon it fell", None),
    ],
)
def test_cues(text: str, rest: str | None) -> None:
    assert opens_byline(text) == rest


def test_agencies_and_persons() -> None:
    assert is_agency("The Associated Press")
    assert not is_agency("Ann Lee")
    assert is_person("Ann Lee")
    assert not is_person("Daily Bugle Press")
