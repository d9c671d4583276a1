"""Lines that a page's own words give away: stamps, bylines, widgets, pointers to other stories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from sayso.model.article import BlockKind

from .alternatives import AnyOf

__all__ = ["Phrases", "looks_like_title", "phrases"]

MAX_LINE = 420
"""Characters; a longer line is prose whatever it begins with."""
MAX_BYLINE = 160
_DIGIT = re.compile(r"\d")
_TODAY = re.compile(r"[Dd][Aa][Yy]")
"""One of both is in every stamp."""
_NAME = r"[A-ZÀ-Þ][\w'’.-]*"


@dataclass(frozen=True, slots=True)
class Phrases:
    """Compiled patterns, each for a whole line with white space folded."""

    widget: AnyOf
    teaser: AnyOf
    furniture: AnyOf
    caption: AnyOf
    stamp: re.Pattern[str]
    byline: re.Pattern[str]
    note: re.Pattern[str]
    """How a note on the article itself begins, such as a correction; matched at a line's start."""

    def kind_of(self, line: str) -> tuple[BlockKind, str] | None:
        """What a short line is by its words alone, with the reason; None where they say nothing."""
        return None if len(line) > MAX_LINE else _kind_of(line)

    def kind_of_short(self, line: str) -> tuple[BlockKind, str] | None:
        """The same for a line known to be short, worked out anew."""
        line = " ".join(line.split())
        if (_DIGIT.search(line) or _TODAY.search(line)) and self.stamp.fullmatch(line):
            return "date", "stamp"
        if len(line) <= MAX_BYLINE and self.byline.fullmatch(line):
            return "byline", "byline"
        if self.widget.fullmatch(line):
            return "widget", "words of a widget"
        if self.teaser.fullmatch(line):
            return "teaser", "points to another story"
        if self.furniture.fullmatch(line):
            return "furniture", "words of a page's foot"
        if self.caption.fullmatch(line):
            return "caption", "picture credit"
        return None


@lru_cache(maxsize=8_192)
def _kind_of(line: str) -> tuple[BlockKind, str] | None:
    return phrases().kind_of_short(line)


@cache
def phrases() -> Phrases:
    """The shipped patterns, compiled once per process."""
    import yaml

    data: dict[str, Any] = yaml.safe_load(files("sayso.lang").joinpath("en", "page.yaml").read_text("utf-8"))
    month = "|".join(sorted(data["months"], key=lambda w: (-len(w), w)))
    weekday = "|".join(sorted(data["weekdays"], key=lambda w: (-len(w), w)))
    zone = r"(?:\s*\(?[A-Z]{1,4}(?:[+-]\d{1,2}(?::?\d{2})?)?\)?)?"
    clock = (
        rf"(?:(?:at|,|-|–|\|)?\s*\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?\s*(?:[ap]\.?m\.?)?|\d{{1,2}}\s*[ap]\.?m\.?){zone}"
    )
    day = (
        rf"(?:(?:{weekday})\.?,?\s+)?(?:(?:{month})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{4}})?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?[\s-]+(?:{month})\.?,?[\s-]*(?:\d{{4}})?|\d{{4}}-\d{{2}}-\d{{2}}"
        r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d+ (?:second|minute|hour|day|week|month|year)s? ago|today|yesterday)"
    )
    moment = rf"(?:{clock}\s*[,|–-]?\s*(?:on\s+)?)?{day}(?:\s*[T,|·•@–-]?\s*(?:at\s+)?{clock})?"
    one = rf"(?:{data['stamp']})?{moment}"
    return Phrases(
        widget=AnyOf(data["widget"]),
        teaser=AnyOf(data["teaser"]),
        furniture=AnyOf(data["furniture"]),
        caption=AnyOf(data["caption"]),
        note=re.compile(data["note"], re.IGNORECASE),
        stamp=re.compile(rf"{one}(?:\s*[|·•,;/–-]?\s*{one})?\W*", re.IGNORECASE),
        byline=re.compile(
            rf"(?:[^|–—]{{2,50}}\s*[|–—]\s*)?(?i:{data['byline']}){_NAME}"
            rf"(?:[ ,]+(?:and |&\s*|of |for |in |de |van |von |al-|bin |the )?{_NAME}){{0,14}}"
            rf"(?:\s*[|·•,–—-]\s*(?i:{one}))?\W*"
        ),
    )


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "than",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "with",
        "is",
        "are",
        "nor",
        "off",
        "per",
    ]
)
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
MAX_TITLE = 200


def looks_like_title(line: str) -> bool:
    """Whether a line reads as a headline in title case: no full stop, most longer words capitalised."""
    line = line.strip()
    if not 8 <= len(line) <= MAX_TITLE or line[-1] in ".,;:…":
        return False
    words = [w for w in _WORD.findall(line) if w.lower() not in _SMALL]
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)
