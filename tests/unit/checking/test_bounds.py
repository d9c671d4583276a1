"""A quotation longer than is compared is never called exact for its beginning."""

from __future__ import annotations

import itertools

import pytest

from sayso.checking import CheckedPage, Verdict, check_pages

WORDS = ["".join(letters) for letters in itertools.product("abcdefghijklm", repeat=4)][:9_000]


def checked(quotation: str, page: str) -> Verdict:
    """What a check says of a quotation, text and page not being read for speakers."""
    texts = [f'Ruth Hale said: "{quotation}"', f'The mayor, Ruth Hale, said: "{page} end."\n']
    answer, source = (CheckedPage(text[:4], text, blocks=((0, len(text)),)) for text in texts)
    return check_pages(answer, (), [source], lambda ids: lambda id: ())[0]


def status(quotation: str, page: str) -> str:
    return checked(quotation, page).status


@pytest.mark.parametrize("count", [1_500, 3_900, 5_000, 9_000])
def test_a_word_changed_at_the_end_of_a_long_quotation_is_never_found(count: int) -> None:
    page = " ".join(WORDS[:count])
    changed = " ".join([*WORDS[: count - 10], "zzzz", *WORDS[count - 9 : count]])
    assert status(changed, page) != "found"


def test_a_piece_changed_behind_many_others_is_never_found() -> None:
    pieces = WORDS[:200:2]
    assert status(" … ".join([*pieces[:90], "zzzz", *pieces[91:]]), " ".join(WORDS[:200])) != "found"


def test_a_long_quotation_to_the_letter_is_found_or_says_that_it_is_too_long() -> None:
    page = " ".join(WORDS[:3_000])
    assert status(page, page) == "found"
    whole = " ".join(WORDS)
    verdict = checked(whole, whole)
    assert verdict.status == "not_found"
    assert "part by part" in verdict.notes[0]
