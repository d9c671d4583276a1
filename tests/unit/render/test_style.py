"""The style sheet's colours, held to WCAG AA."""

from __future__ import annotations

import re
from importlib import resources

import pytest

CSS = (resources.files("sayso.render") / "templates" / "style.css.j2").read_text(encoding="utf-8")
THEMES = re.findall(r":root\{(.*?)\}", CSS, re.S)[:2]
LIGHT, DARK = (dict(re.findall(r"--([a-z]+):(#[0-9a-f]{3,6})", theme)) for theme in THEMES)
TEXT = ("ink", "soft", "named", "unnamed", "body", "media", "record", "unknown", "flag", "error")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "leaf", "wash", "flagwash"])
@pytest.mark.parametrize("name", TEXT)
def test_words_stand_out_from_every_ground(theme: dict[str, str], ground: str, name: str) -> None:
    assert contrast(theme[name], theme[ground]) >= 4.5


def test_every_group_has_a_line_of_its_own() -> None:
    styles = dict(re.findall(r"\.c\.([a-z]+)\{text-decoration-style:([a-z]+)", CSS))
    assert set(styles) == {"named", "unnamed", "body", "media", "record", "unknown"}
    assert len({styles[group] for group in styles if group != "unknown"}) == 5


def test_both_themes_have_every_colour() -> None:
    assert set(LIGHT) == set(DARK)
