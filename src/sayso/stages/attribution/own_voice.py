"""Own voice: what the page asserts with nobody behind it.

Captions, teasers and furniture are no blocks of the story's body; calls to the reader and somebody's own view stand in
it and are told by their words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from sayso import lang
from sayso.model import Article, Attribution, OwnVoice, Sentence, Span, merged

__all__ = ["own_voice"]

MIN_FREE_SHARE = 0.6
MIN_WORDS = 3
MIN_SCORE = 0.5
"""A doubtful attribution takes no sentence from the page's own voice."""
BODY = frozenset({"paragraph", "list", "headline", "dek"})


def own_voice(
    article: Article, sentences: Sequence[Sentence], attributions: Sequence[Attribution]
) -> Iterator[OwnVoice]:
    """Sentences of the story mostly free of any attribution's parts, in text order."""
    covered = merged(
        span for a in attributions if (a.score or 0) >= MIN_SCORE for span in (*a.source, *a.cue, *a.content)
    )
    blocks = [block.span for block in article.story if block.kind in BODY]
    place = 0
    for sentence in sentences:
        while place < len(blocks) and blocks[place].end <= sentence.span.start:
            place += 1
        if place == len(blocks):
            return
        if (
            blocks[place].contains(sentence.span)
            and _asserts(article.text, sentence.span)
            and _is_free(sentence.span, covered)
        ):
            yield OwnVoice(sentence.span)


def _asserts(text: str, span: Span) -> bool:
    words = span.of(text)
    if len(words.split()) < MIN_WORDS or words.rstrip("\"”’' ").endswith("?"):
        return False
    outside = _QUOTED.sub(" ", words).replace("’", "'")
    if _calls().match(outside.lstrip()) or _views().search(outside):
        return False
    return _FIRST_PERSON.search(outside) is None


_FIRST_PERSON = re.compile(r"(?:^|(?:^|\s)[^A-Z\s]\S*\s)I\b(?!\.)")
"""`I`, not the number of `World War I`."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@cache
def _calls() -> re.Pattern[str]:
    """How a call to the reader begins: `Sign up for our newsletter`."""
    return re.compile(rf"(?:{_any('calls')})\b", re.IGNORECASE)


@cache
def _views() -> re.Pattern[str]:
    """Words of somebody's own view: `in our view`, `we must`."""
    return re.compile(rf"\b(?:{_any('views')})\b(?!\.)", re.IGNORECASE)


def _any(name: str) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in lang.load("own_voice")[name])


def _is_free(sentence: Span, covered: list[Span]) -> bool:
    index = max(bisect_right(covered, sentence.start, key=lambda span: span.end), 0)
    taken = 0
    while index < len(covered) and covered[index].start < sentence.end:
        taken += min(covered[index].end, sentence.end) - max(covered[index].start, sentence.start)
        index += 1
    return taken <= (1 - MIN_FREE_SHARE) * len(sentence)
