from __future__ import annotations

import pytest

from sayso.corpus.source_names import (
    bare_piece,
    core_name,
    credited_outlet,
    described_outlet,
    media_reports,
    nobody,
    of_staff,
    outlet_before,
    reporting_outlet,
    spoken_for,
    taken_back,
)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Three clerks, speaking on condition of anonymity,", "Three clerks"),
        ("two clerks briefed on the audit", "two clerks"),
        ("two clerks briefed on", "two clerks"),
        ("a person familiar with the audit", "a person familiar with the audit"),
        ("a clerk who asked not to be named", "a clerk"),
        ("a clerk who kept the books", "a clerk who kept the books"),
        ("a letter obtained by the Courier", "a letter"),
        ("the letter of March 4", "the letter of March 4"),
        ("the letter, a copy of which was seen by the Post", "the letter"),
        ("two clerks who briefed reporters on background", "two clerks"),
        ("", ""),
    ],
)
def test_what_tells_nothing_of_who_it_is_goes(name, core):
    assert core_name(name) == core


@pytest.mark.parametrize(
    ("name", "whom"),
    [
        ("a spokeswoman for the Skell Line, who declined to be named", "Skell Line"),
        ("the ministry's spokesman", "ministry"),
        ("a spokesman", None),
        ("a clerk of the ministry", None),
    ],
)
def test_who_speaks_for_whom(name, whom):
    assert spoken_for(name) == whom


def test_credits_beside_a_sentence():
    assert credited_outlet("First reported by the Havel Times, the dam was cracked.") == ("the Havel Times", 18)
    assert credited_outlet("The dam was cracked, as first reported by Radio Osk.") == ("Radio Osk", 42)
    assert credited_outlet("The crime was reported by Anna Holm on Friday.") is None
    assert credited_outlet("x" * 5000 + ", as reported by " + "A" * 5000) is None


def test_outlets_by_other_words():
    outlets = {"havel times", "radio osk"}
    assert reporting_outlet("an exclusive story in the Havel Times", outlets) == "the Havel Times"
    assert reporting_outlet("a report by the Audit Office", outlets) is None
    assert outlet_before("Radio Osk was the first to tell ", outlets) == ("Radio Osk", 0)
    assert outlet_before("Radio Osk and the Havel Times had it ", outlets) is None
    assert described_outlet("a state broadcaster")
    assert not described_outlet("a clerk")
    assert taken_back("an earlier version of this report")
    assert not taken_back("the earlier of the two letters")


def test_sources_that_stand_for_others():
    assert of_staff("Editors at the Havel Times", {"havel times"}) == "the Havel Times"
    assert of_staff("A reader of the Havel Times", {"havel times"}) is None
    assert media_reports("press reports")
    assert not media_reports("reports")
    assert bare_piece("its report")
    assert not bare_piece("the audit report")
    assert nobody("rumours")
    assert not nobody("somebody at the port")
