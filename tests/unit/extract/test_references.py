from __future__ import annotations

import pytest

from sayso.extract.references import decode_attribute, decode_pieces


@pytest.mark.parametrize(
    "source, decoded",
    [
        ("a &amp; b", "a & b"),
        ("&lt&gt", "<>"),
        ("&notit;", "¬it;"),
        ("&unknown; & &;", "&unknown; & &;"),
        ("&#8217;&#x2019;&#X2019", "’’’"),
        ("&#150;&#x80;", "–€"),
        ("&#0;&#xD800;&#x110000;&#99999999999;", "\ufffd\ufffd\ufffd\ufffd"),
        ("&NotEqualTilde;", "≂̸"),
        ("&#x;&#;&#xg", "&#x;&#;&#xg"),
        ("&eacute&Eacute;", "éÉ"),
        ("&hellip", "&hellip"),
    ],
)
def test_text(source: str, decoded: str) -> None:
    assert "".join(chars for chars, _ in decode_pieces(source, 0, len(source))) == decoded


def test_pieces_name_the_ampersand() -> None:
    assert decode_pieces("ab&amp;cd", 1, 9) == [("b", 1), ("&", 2), ("cd", 7)]


def test_a_reference_does_not_reach_beyond_the_end() -> None:
    assert decode_pieces("x&amp;y", 0, 4) == [("x&am", 0)]


@pytest.mark.parametrize(
    "value, decoded",
    [("?a&lt=b", "?a&lt=b"), ("?a&lt;=b", "?a<=b"), ("a&lt", "a<"), ("a&copyx", "a&copyx"), ("&#65a", "Aa")],
)
def test_attributes(value: str, decoded: str) -> None:
    assert decode_attribute(value) == decoded
