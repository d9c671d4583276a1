"""Why two roots may be one, and lists of sources that are parted."""

import pytest

from sayso.corpus.graph import Source, Statement
from sayso.corpus.origins import origins
from sayso.model import Span


def told(page: str, *chain: Source, outlet: str = "", time: str | None = None, quote: str = "") -> Statement:
    return Statement(f"{page}/s", page, outlet or f"Outlet {page}", Span(0, 5), chain, time, quote)


def person(name: str, *roles: str) -> Source:
    return Source("person", name, roles=roles)


def unnamed(name: str) -> Source:
    return Source("unnamed", name)


def paper(name: str) -> Source:
    return Source("document", name)


def body(name: str) -> Source:
    return Source("organization", name)


def counts(*statements: Statement) -> tuple[int, int, int]:
    found = origins(statements)
    assert found.reasons or found.min == found.max
    return found.min, found.likely, found.max


MINISTER = person("Ana Roth", "the transport minister")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (MINISTER, unnamed("the transport minister"), (1, 1, 2)),
        (MINISTER, unnamed("the finance minister"), (1, 2, 2)),
        (MINISTER, unnamed("a nurse"), (2, 2, 2)),
        (person("Ed Lamb", "a clerk"), unnamed("a clerk"), (1, 2, 2)),
        (person("Ed Lamb", "a clerk who had spoken without giving his name"), unnamed("a clerk"), (1, 1, 2)),
        (unnamed("Prosecutors"), unnamed("prosecutors"), (1, 1, 2)),
        (unnamed("three prosecutors"), unnamed("two prosecutors"), (1, 2, 2)),
        (paper("The lawsuit, filed on Monday"), paper("a lawsuit in the district court"), (1, 1, 2)),
        (paper("a police report"), paper("an internal report"), (1, 2, 2)),
        (paper("a report of March 4"), paper("a report of April 9"), (2, 2, 2)),
        (paper("the report"), body("the Port Office"), (1, 2, 2)),
        (paper("a payroll list"), body("the Port Office"), (2, 2, 2)),
        (person("Ed Lamb", "the head of the Port Office"), body("the Port Office"), (1, 1, 2)),
        (person("Ed Lamb", "a former head of the Port Office"), body("the Port Office"), (1, 2, 2)),
        (unnamed("she"), person("Ana Roth"), (1, 2, 2)),
        (Source("outlet", "Radio Vesk"), person("Ana Roth"), (1, 2, 2)),
    ],
)
def test_two_roots_that_may_be_one(first, second, expected):
    assert counts(told("p", first), told("q", second)) == expected


def test_the_same_words_between_quotation_marks_have_one_speaker():
    words = "“Nobody told us that the brakes were worn,”"
    assert counts(told("p", person("Ana Roth"), quote=words), told("q", unnamed("a driver"), quote=words)) == (1, 1, 2)
    assert counts(told("p", person("Ana Roth"), quote=words), told("q", person("Ed Lamb"), quote=words)) == (2, 2, 2)
    assert counts(told("p", person("Ana Roth"), quote="“Yes,”"), told("q", unnamed("a nurse"), quote="“Yes,”"))[1] == 2


def test_people_who_say_it_together_are_counted_one_by_one():
    both = person("Ana Roth, a nurse, and Ed Lamb, a clerk, both")
    assert counts(told("p", both), told("q", person("Ed Lamb"))) == (2, 2, 2)
    found = origins([told("p", both)])
    assert [root.statements for root in found.roots] == [("p/s",), ("p/s",)]
    assert {edge.statement for edge in found.tree.edges} == {"p/s"}


def test_two_outlets_that_another_names_together_are_those_outlets():
    rows = [
        told("p", unnamed("a nurse"), outlet="The Post"),
        told("q", unnamed("a banker"), outlet="The Star"),
        told("r", Source("outlet", "The Post and The Star")),
    ]
    assert counts(*rows) == (2, 2, 2)


def test_a_body_s_name_with_and_in_it_stays_whole():
    assert counts(told("p", body("the Ministry of Trade and Industry"))) == (1, 1, 1)


def test_two_outlets_that_repeat_one_source_in_their_own_voice_are_none_more():
    rows = [
        told("p", person("Ana Roth"), time="2024-05-01"),
        told("q", time="2024-05-02"),
        told("r", time="2024-05-03"),
    ]
    assert counts(*rows) == (1, 1, 3)


def test_lawyers_speak_for_their_client():
    assert counts(told("p", unnamed("lawyers for Ana Roth")), told("q", person("Ana Roth"))) == (1, 1, 1)


def test_a_paper_is_the_one_whose_author_another_page_tells():
    filed = (paper("The lawsuit, filed by Ana Roth"), body("Ana Roth"))
    assert counts(told("p", *filed), told("q", paper("a lawsuit"))) == (1, 1, 2)
