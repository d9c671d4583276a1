"""Own voice: what the page asserts with nobody behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.model import Article, Attribution, OwnVoice, Sentence, Span, merged

__all__ = ["own_voice"]

MIN_FREE_SHARE = 0.6
MIN_WORDS = 4
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
    return len(words.split()) >= MIN_WORDS and not words.rstrip("\"”’' ").endswith("?")


def _is_free(sentence: Span, covered: list[Span]) -> bool:
    from bisect import bisect_right

    index = max(bisect_right(covered, sentence.start, key=lambda span: span.end), 0)
    taken = 0
    while index < len(covered) and covered[index].start < sentence.end:
        taken += min(covered[index].end, sentence.end) - max(covered[index].start, sentence.start)
        index += 1
    return taken <= (1 - MIN_FREE_SHARE) * len(sentence)
