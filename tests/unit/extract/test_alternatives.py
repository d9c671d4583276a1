from __future__ import annotations

import re

import pytest

from sayso.extract.alternatives import AnyOf, first_letters

PATTERNS = (
    "share( this)?[.:]?",
    "(?:log|sign) in.{0,20}",
    "\\d+ min read",
    ".{0,10}\\ball rights reserved",
    "(re)?print",
    "k?ok|\\(c\\) .*",
)
LINES = (
    "Share this:",
    "sign in here",
    "LOG IN",
    "5 min read",
    "© all rights reserved",
    "(c) us",
    "print",
    "reprint",
    "ok",
    "kok",
    "\u212aok",  # the sign for kelvin is a k where case is ignored
    "\u017fhare",  # and the long s an s
    "the story",
    "",
)


@pytest.mark.parametrize("line", LINES)
def test_matches_what_the_alternatives_together_match(line: str) -> None:
    plain = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
    assert (AnyOf(PATTERNS).fullmatch(line) is None) == (plain.fullmatch(line) is None)


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("share this", "s"),
        ("(a|b(c|d))x", "ab"),
        ("(?:a)?x", "ax"),
        ("a*b", "ab"),
        ("a|[bc]", None),
        ("a{0,3}b", None),
        ("\\(a|b\\)", None),
        ("(?=a)b", None),
    ],
)
def test_first_letters(pattern: str, letters: str | None) -> None:
    found = first_letters(pattern)
    assert found == (frozenset(letters) if letters is not None else None)
