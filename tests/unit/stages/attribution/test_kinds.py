"""Source kinds by the words that describe a source."""

from __future__ import annotations

import pytest

from .pages import page

KINDS = {
    "unnamed_official": [
        "An officer",
        "One of the officials", "Soldiers", "The deputy mayor", "MPs", "A police source", "The party's chief whip",
        "UN observers", "Regulators", "The bank governor", "Firefighters", "The president's spokesman",
        "A member of parliament", "The representative of the ministry", "The government's chief scientist",
        "A central banker", "The inquiry's chairman",
    ],
    "unnamed_person": [
        "The finance director", "Defence lawyers", "A former minister", "An aide", "The rebel commander",
        "The first", "The accused", "A party official", "Suppliers' lawyers", "The club secretary",
        "A source close to the premier", "Security experts", "Those present", "One", "The clockmaker",
        "The minister's adviser",
    ],
    "government": [
        "A spokesman for the ministry", "A police spokeswoman", "The authorities", "The city",
        "The regulator", "The inquiry", "A spokesman for the central bank", "The asylum agency",
        "The accident investigation board", "The central bank", "The attorney general's office",
    ],
    "organization": [
        "The rating agency", "The UN refugee agency", "A spokesman for the rebels", "The research council",
        "Insurers", "A hospital spokeswoman", "The rebels", "The press service of the firm",
    ],
    "document": [
        "Textbooks", "The libretto", "Official figures", "Court papers", "A paper", "Bank records",
        "Accounts",
    ],
    "outlet": [
        "The paper", "State media", "The state news agency",
    ],
    "reporter": [
        "Our correspondent",
    ],
    "social_post": [
        "A message on Telegram", "A post on the page", "The club's account",
    ],
    "unknown": [
        "Nobody", "The other side",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("source", "kind"), [(source, kind) for kind, sources in KINDS.items() for source in sources])
def test_kind_of_words(source: str, kind: str) -> None:
    assert page(f"{source} said on Monday that the bridge was closed.").by_cue("said").source_kind == kind


def test_paper_called_by_its_short_name_is_an_outlet() -> None:
    assert page("The Ledger reported that the bridge was closed.").by_cue("reported").source_kind == "outlet"


def test_party_named_by_its_colour_is_an_organization() -> None:
    assert page("The Greens want to close the bridge.").by_cue("want").source_kind == "organization"


NAMED = {
    "organization": ["Carmaker Belfort", "NATO", "The United Nations", "Mirren Airport", "The Liberal Democrats"],
    "outlet": ["The news site Ferret", "TV Norte", "The Trumpet", "LawBuzz", "The Morning Whistle"],
    "government": ["Harwick Council", "The Bank of Norway", "Kyiv", "Ofcom"],
    "named_official": [
        "The mayor of Sandholm, Piet Oster,",
        "Police constable Rory Bell",
        "The councillor Marisol Prado",
    ],
    "named_person": ["Tycoon Rex Gold", "The founder, Noor Halabi,"],
    "reporter": ["The BBC's Jane Poole"],
}


@pytest.mark.parametrize(("source", "kind"), [(source, kind) for kind, sources in NAMED.items() for source in sources])
def test_kind_of_names(source: str, kind: str) -> None:
    assert page(f"{source} said on Monday that the bridge was closed.").by_cue("said").source_kind == kind


def test_somebody_with_a_relative_clause_is_not_whoever_was_named_before() -> None:
    read = page("Organist Felix Brandt locked the loft. The sexton, who has the only other key, said it was open.")
    assert read.by_cue("said").source_kind == "unnamed_person"
