"""Who speaks in a transcript, and who stands behind whoever is cited."""

from __future__ import annotations

import pytest

from .pages import page


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Q: Did you lock the door?", "unknown"),
        ("INTERVIEWER: Does it bite?", "reporter"),
        ("DR. LUND: Only on Mondays and on rainy days.", "named_person"),
        ("SENATOR QUILL: Because it is very late.", "named_official"),
    ],
)
def test_label(line: str, kind: str) -> None:
    assert page(line).attributions[0].source_kind == kind


def test_label_is_resolved_to_the_full_name() -> None:
    read = page("Erik Lund keeps snakes.\nDR. LUND: Only on Mondays and on rainy days.")
    assert read.name(read.attributions[-1]) == "Erik Lund"


def test_what_a_citer_says_rests_on_whom_it_cites() -> None:
    read = page("The Harbor Gazette, citing an internal memo, said the bank had warned that the vault was empty.")
    assert read.chain(read.by_cue("warned")) == ["page", "The Harbor Gazette", "an internal memo", "the bank"]


def test_source_that_cites_another() -> None:
    read = page("A submarine was seen off the cape, according to a website that cites a fisherman.")
    assert [read.chain(a)[-1] for a in read.attributions if a.parent] == ["a fisherman"]


def test_nobody_claims() -> None:
    read = page("No one has claimed that the leak was planned.")
    claimed = read.by_cue("claimed")
    assert (claimed.source_kind, claimed.footing.polarity) == ("unknown", "negated")
