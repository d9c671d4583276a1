from __future__ import annotations

import pytest

from sayso.corpus.source_context import called_untrue, paper_before, relied_on, spokespeople


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ina Bell, a spokeswoman for the Skell Line, said so.", {"ina bell": "Skell Line"}),
        ("“So it is,” said Ina Bell, who speaks for the Skell Line.", {"ina bell": "Skell Line"}),
        ("A spokesman for the Skell Line, Tom Roe, said so.", {"tom roe": "Skell Line"}),
        ("Skell Line spokesman Tom Roe said so.", {"tom roe": "Skell Line"}),
        ("The Skell Line's spokesman, Tom Roe, said so.", {"tom roe": "Skell Line"}),
        ("Tom Roe, the Skell Line's spokesman, said so.", {"tom roe": "Skell Line"}),
        ("police spokesman Tom Roe said so.", {"tom roe": "police"}),
        ("A spokesman said that Ina Bell was there.", {}),
        ("Tom Roe, a clerk of the Skell Line, said so.", {}),
    ],
)
def test_who_is_named_as_speaking_for_a_body(text, found):
    assert spokespeople(text) == found


def test_a_source_that_relies_on_an_outlet_s_report():
    assert relied_on("Citing Radio Osk, the mayor said so.", {"radio osk"}) == ("Radio Osk", 7)
    assert relied_on("So it is, the mayor said, quoting from an article in Havel Times.", ()) == ("Havel Times", 53)
    assert relied_on("The mayor, citing Ina Bell, said so.", {"radio osk"}) is None
    assert relied_on("citing a report of rain", ()) is None


def test_words_that_call_it_untrue_stand_before_or_behind():
    assert called_untrue("The mayor called false a report ", ".")
    assert called_untrue("Claims ", " were baseless, the mayor said")
    assert not called_untrue("It was untrue; the mayor said ", ".")
    assert not called_untrue("The mayor said ", " and it was false of him to leave")


def test_a_paper_named_by_its_copy():
    assert paper_before("a copy of which the Post has", "An old map, ") == "An old map, a copy of which the Post has"
    assert paper_before("a clerk", "An old map, ") == "a clerk"


@pytest.mark.parametrize(
    "read", [spokespeople, lambda text: relied_on(text, {"x"}), lambda text: called_untrue(text, text)]
)
def test_hostile_text_is_read_in_time(read):
    assert not read("A spokesman for " + "A" * 50_000 + " A." * 20_000)
