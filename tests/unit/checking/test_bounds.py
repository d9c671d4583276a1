"""A quotation longer than is compared is never called exact for its beginning."""

from __future__ import annotations

import itertools

import pytest

import sayso

WORDS = ["".join(letters) for letters in itertools.product("abcdefghijklm", repeat=4)][:9_000]


def status(quotation: str, page: str) -> str:
    source = f'The mayor, Ruth Hale, said: "{page} end."\n'
    return sayso.check(f'Ruth Hale said: "{quotation}"', pages=[source]).verdicts[0].status


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
    report = sayso.check(f'Ruth Hale said: "{whole}"', pages=[f'Ruth Hale said: "{whole}"'])
    assert report.verdicts[0].status == "not_found"
    assert "part by part" in report.verdicts[0].notes[0]
