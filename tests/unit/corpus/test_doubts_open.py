"""Roots that nothing tells apart, statements that may not say the claim, and sources named beside them."""

import pytest

from sayso.corpus.graph import Copy, Source, Statement
from sayso.corpus.origins import origins
from sayso.corpus.unnamed import roles_meant
from sayso.model import Span


def told(page: str, *chain: Source, beside: str = "", after: str = "", loose: bool = False) -> Statement:
    return Statement(f"{page}/s", page, f"Outlet {page}", Span(0, 5), chain, beside=beside, after=after, loose=loose)


def counts(*statements: Statement, copies: tuple[Copy, ...] = ()) -> tuple[int, int, int]:
    found = origins(statements, copies)
    assert found.reasons or found.min == found.max
    return found.min, found.likely, found.max


def person(name: str, *roles: str) -> Source:
    return Source("person", name, roles=roles)


def body(name: str) -> Source:
    return Source("organization", name)


def unnamed(name: str) -> Source:
    return Source("unnamed", name)


def paper(name: str) -> Source:
    return Source("document", name)


MINER, ROWER = person("Ana Roth", "a miner"), person("Ed Lamb", "a rower")


@pytest.mark.parametrize(
    ("first", "second", "least"),
    [
        (person("Anna Roth", "a miner"), person("Ana Roth", "a miner"), 1),
        (person("Ana Roth"), person("Dr. Roth"), 1),
        (MINER, ROWER, 2),
        (person("Ana Roth"), body("the Port Office"), 1),
        (person("Ana Roth", "the chief executive"), body("the Lindholm Line"), 1),
        (person("Ana Roth", "the chairwoman"), body("the Lindholm Line"), 1),
        (MINER, body("the Lindholm Line"), 2),
        (body("the company"), body("the Lindholm Line"), 1),
        (body("the police"), body("the Lindholm Line"), 2),
        (body("the NSB"), body("the National Safety Board"), 1),
        (body("the Harbour Union"), body("the Lindholm Line"), 2),
        (unnamed("an official"), person("Ana Roth"), 1),
        (unnamed("two officials"), person("Ana Roth"), 2),
        (unnamed("a nurse"), MINER, 2),
        (unnamed("a nurse"), person("Ana Roth", "a doctor at the clinic"), 1),
        (unnamed("officials"), body("the Port Office"), 1),
        (unnamed("a rower"), body("the Port Office"), 2),
        (paper("internal documents"), paper("a memo"), 1),
        (paper("an invoice"), paper("a memo"), 2),
        (paper("the indictment"), unnamed("prosecutors"), 2),
        (paper("the report"), unnamed("researchers"), 1),
    ],
)
def test_roots_that_no_page_tells_apart_may_be_one(first, second, least):
    assert counts(told("p", first), told("q", second)) == (least, 2, 2)


def test_a_page_that_has_both_tells_them_apart():
    both = [
        Statement(f"p/{at}", "p", "P", Span(at, at + 5), (who,))
        for at, who in enumerate([unnamed("an official"), MINER])
    ]
    assert counts(*both) == (2, 2, 2)


def test_who_is_named_beside_a_statement_may_be_its_source():
    beside = "Ana Roth said she had heard from Ed Lamb that …."
    assert counts(told("p", MINER, beside=beside), told("q", ROWER)) == (1, 2, 2)


def test_own_voice_beside_a_source_on_one_page_goes_by_it():
    rows = [Statement("p/0", "p", "P", Span(0, 5)), Statement("p/1", "p", "P", Span(9, 14), (MINER,))]
    assert counts(*rows) == (1, 1, 2)


@pytest.mark.parametrize(
    ("beside", "likely"),
    [
        ("The Port Office would not say whether …", 1),
        ("The Port Office asked if …", 1),
        ("The Port Office dismissed as nonsense a report that …", 1),
        ("The Port Office said … It dismissed three clerks.", 2),
        ("The Port Office, which had dismissed the clerk; said …", 2),
    ],
)
def test_who_asks_or_rejects_says_nothing(beside, likely):
    found = counts(told("p", body("the Port Office"), beside=beside), told("q", MINER))
    assert found == (likely, likely, 2)


def test_a_statement_with_another_word_may_not_say_the_claim():
    assert counts(told("p", MINER), told("q", ROWER, loose=True)) == (1, 2, 2)
    assert counts(told("p", MINER, loose=True)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("beside", "after", "most"),
    [
        ("Ana Roth, a miner, as well as two drivers told the Post that …", "", 2),
        ("Ana Roth, a miner, told the Post that …", "A second official confirmed the account.", 2),
        ("Ana Roth said …", "Roth said the same in March.", 1),
        ("Ana Roth said …", "It could not be independently confirmed.", 1),
        ("Ana Roth said …", "The river rose.", 1),
    ],
)
def test_a_source_named_beside_a_statement_may_be_one_more(beside, after, most):
    row = told("p", MINER, beside=beside, after=after)
    assert counts(row) == (1, 1, most)
    parent = told("q", MINER)
    assert counts(parent, row, copies=(Copy(row.id, parent.id, 0.9, "verbatim"),)) == (1, 1, 1)


def test_a_vague_description_means_many_roles():
    assert len(roles_meant("people familiar with the talks")) > 3
    assert roles_meant("a nurse") == {"medical"}
