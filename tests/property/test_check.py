"""No edit of a quotation is ever called exact, and no text makes a check fail."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.checking import CheckedPage
from sayso.checking.exact import find_exact
from sayso.checking.markdown import shown
from sayso.checking.pages import Voices
from sayso.checking.quotation import read_quotation

VOCABULARY = "the a dam mayor not never it will hold break in may is was safe we they no one asked"
WORDS = st.sampled_from(tuple(VOCABULARY.split(" ")))


def test_hostile_repetition_is_quick(sign: str) -> None:
    text = sign * 20_000
    page = CheckedPage("p", text, blocks=((0, len(text)),))
    find_exact(read_quotation(text), page, Voices(page, ()))
    assert shown(text).origins[-1] == len(text)
