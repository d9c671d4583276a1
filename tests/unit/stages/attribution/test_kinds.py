"""Source kinds by the words that describe a source."""

from __future__ import annotations

import pytest

from .pages import page

KINDS = {
    "unnamed_official": [
        "An officer", "Soldiers", "The deputy mayor", "MPs", "A police source", "The party's chief whip",
        "UN observers", "Regulators", "The bank governor", "Firefighters", "The president's spokesman",
        "A member of parliament", "The representative of the ministry",
    ],
    "unnamed_person": [
        "The finance director", "Defence lawyers", "A former minister", "An aide", "The rebel commander", "The first",
        "The accused", "A party official", "Suppliers' lawyers", "The club secretary",
    ],
    "government": [
        "A spokesman for the ministry", "A police spokeswoman", "The authorities", "The city", "The regulator",
        "The inquiry", "The central bank", "The attorney general's office",
    ],
    "organization": ["Insurers", "A hospital spokeswoman", "The rebels", "The press service of the firm"],
    "document": ["Court papers", "A paper", "Bank records", "Accounts"],
    "outlet": ["The paper", "State media", "The state news agency"],
    "reporter": ["Our correspondent"],
    "social_post": ["A post on the page", "The club's account"],
    "unknown": ["Nobody", "The other side"],
}  # fmt: skip


@pytest.mark.parametrize(("source", "kind"), [(source, kind) for kind, sources in KINDS.items() for source in sources])
def test_kind_of_words(source: str, kind: str) -> None:
    assert page(f"{source} said on Monday that the bridge was closed.").by_cue("said").source_kind == kind


def test_paper_called_by_its_short_name_is_an_outlet() -> None:
    assert page("The Ledger reported that the bridge was closed.").by_cue("reported").source_kind == "outlet"


def test_party_named_by_its_colour_is_an_organization() -> None:
    assert page("The Greens want to close the bridge.").by_cue("want").source_kind == "organization"
