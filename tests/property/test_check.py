"""No edit of a quotation is ever called exact, and no text makes a check fail."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.checking import CheckedPage
from sayso.checking.exact import find_exact
from sayso.checking.fold import fold
from sayso.checking.markdown import shown
from sayso.checking.near import changes
from sayso.checking.pages import Voices
from sayso.checking.quotation import read_quotation

VOCABULARY = "the a dam mayor not never it will hold break in may is was safe we they no one asked"
WORDS = st.sampled_from(tuple(VOCABULARY.split(" ")))
SPEECH = st.lists(WORDS, min_size=4, max_size=18)
NOISE = st.text(alphabet="ab c.…[]()“”\"'’—–-\n\x00\ue000*_>#?", max_size=80)


def page_of(words: list[str]) -> CheckedPage:
    text = f"Before it all.\n\n“{' '.join(words)},” the mayor said. Nothing else was asked.\n"
    return CheckedPage("p", text, blocks=((0, 14), (16, len(text) - 1)))


def is_found(quotation: str, page: CheckedPage) -> bool:
    return any(match.is_right for match in find_exact(read_quotation(quotation), page, Voices(page, ())))


@given(SPEECH)
def test_what_was_said_is_found(words: list[str]) -> None:
    assert is_found(" ".join(words), page_of(words))
    assert is_found(f'"{"  ".join(words)}."', page_of(words))


@settings(max_examples=80)
@given(SPEECH, st.data())
def test_no_edit_of_one_word_is_found(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(words) - 2))
    edits = {
        "another": [*words[:at], data.draw(st.sampled_from(["ice", "Dam", "holds", "x"])), *words[at + 1 :]],
        "one more": [*words[:at], data.draw(st.sampled_from(["ice", "not", "-"])), *words[at:]],
        "one less": [*words[:at], *words[at + 1 :]],
        "another order": [*words[:at], words[at + 1], words[at], *words[at + 2 :]],
        "a letter": [*words[:at], words[at] + "s", *words[at + 1 :]],
        "a capital": [*words[:at], words[at].upper(), *words[at + 1 :]],
        "a comma": [*words[:at], words[at] + ",", *words[at + 1 :]],
    }
    page = page_of(words)
    for name, edited in edits.items():
        quotation = " ".join(edited)
        if not re.search(rf"(?<!\w){re.escape(fold(quotation).text)}(?!\w)", page.folded.text):
            assert not is_found(quotation, page), name


@given(SPEECH, st.data())
def test_a_denial_that_something_hangs_on_is_never_left_out(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(2, len(words) - 2))
    plain = [word for word in words if word not in ("not", "never", "no")]
    plain += ["dam"] * (at + 2 - len(plain))
    quotation = f"{' '.join(plain[:at])} … {' '.join(plain[at:])}"
    assert not is_found(quotation, page_of([*plain[:at], "not", *plain[at:]]))


@given(NOISE, NOISE)
def test_nothing_makes_it_fail(quotation: str, text: str) -> None:
    page = CheckedPage("p", text, blocks=((0, len(text)),) if text else ())
    for match in find_exact(read_quotation(quotation), page, Voices(page, ())):
        assert all(0 <= a <= b <= len(text) for a, b in match.spans)
    assert changes(quotation, text) or quotation.split() == text.split() or fold(quotation).text == fold(text).text


@given(NOISE)
def test_places_of_markdown_are_in_order_and_true(text: str) -> None:
    plain = shown(text)
    assert len(plain.origins) == len(plain.text) + 1
    assert list(plain.origins) == sorted(plain.origins)
    for sign, origin in zip(plain.text, plain.origins, strict=False):
        assert sign == text[origin] or sign in "“” "


@pytest.mark.parametrize("sign", ["“", '"', "[", ">", "*", "…", "' ", "_a", "\\", "- "])
def test_hostile_repetition_is_quick(sign: str) -> None:
    text = sign * 20_000
    page = CheckedPage("p", text, blocks=((0, len(text)),))
    find_exact(read_quotation(text), page, Voices(page, ()))
    assert shown(text).origins[-1] == len(text)
