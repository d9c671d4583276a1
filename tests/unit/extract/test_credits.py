from __future__ import annotations

import pytest

from sayso.extract.credits import agency_of, find_credits, read_dateline


@pytest.mark.parametrize(
    "text, place, agency",
    [
        ("PARIS, Sept 11 (Reuters) - A court ruled.", "PARIS", "Reuters"),
        ("WASHINGTON (AP) — The dam", "WASHINGTON", "Associated Press"),
        ("LONDON — Something", "LONDON", None),
        ("Berlin (dpa) - Der Damm", "Berlin", "dpa"),
        ("NEW YORK, Dec. 22, 2023 /PRNewswire/ -- Acme", "NEW YORK", "PR Newswire"),
        ("(CNN) -- Something", "", "CNN"),
    ],
)
def test_datelines(text: str, place: str, agency: str | None) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)
    assert text[found.end :] == text[text.index(text[found.end :]) :]
    assert text[: found.end].strip() == found.raw


@pytest.mark.parametrize("text", ["The man - who was", "Dam (the big one) - opened", "U.S. - x", "", "A" * 500])
def test_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


def test_credits_in_order_and_once() -> None:
    found = find_credits(
        ["The Associated Press"],
        ["PARIS (AFP) - x"],
        ["Copyright 2023 The Associated Press. All rights reserved.", "© 2023 Reuters", "We met at the PA meeting"],
    )
    assert found == ("Associated Press", "Agence France-Presse", "Reuters")


def test_marks_are_whole() -> None:
    assert agency_of("AP") == "Associated Press"
    assert agency_of("AP/Reuters") == "Associated Press"
    assert agency_of("Reuters/Ipsos poll") is None


def test_names_that_say_what_they_are() -> None:
    assert agency_of("The Nord Press Agency") == "Nord Press Agency"
    assert find_credits(["Nord News Agency", "Daily Bugle"], []) == ("Nord News Agency",)
    assert agency_of("the agency") is None
