"""What a text has that can be checked: its quotations, and what it says that others said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sayso.corpus.graph import Source
from sayso.model import Span

from .pages import CheckedPage, SaidThere, Voices
from .quotation import Quotation, read_quotation

__all__ = ["Item", "items_of"]

Kind = Literal["quotation", "paraphrase"]
MIN_WORDS = 3
"""Of a quotation that nobody is credited with: what is shorter is a name or a word held at arm's length."""
MIN_PARAPHRASE = 4
MIN_OUTSIDE = 5
"""Words outside quotation marks from which on a mixed statement is looked for as a whole too."""
MAX_ITEMS = 2_000
_SIGNED = re.compile(r"[.!?”\"]?[^\S\n]*\n?[^\S\n]*[—–-]{1,2}[^\S\n]*([A-Z][^\n.,(“\"]{1,60}?)[^\S\n]*(?=[,.(\n]|$)")
_SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "with", "by", "from", "as"]
)


@dataclass(frozen=True, slots=True)
class Item:
    """One quotation or paraphrase of the text that is checked."""

    kind: Kind
    span: tuple[int, int]
    text: str
    chain: tuple[Source, ...]
    """Whom the text credits, outermost first; empty where nobody."""
    quotation: Quotation | None = None
    denied: bool = False


def items_of(answer: CheckedPage, said: tuple[SaidThere, ...]) -> list[Item]:
    """What there is to check, in order.

    Args:
        answer: the text.
        said: its attributions.
    """
    voices = Voices(answer, said)
    found = [*_quotations(answer, voices), *_turns(answer, said), *_paraphrases(answer, said)]
    return sorted(found, key=lambda item: (item.span, item.kind))[:MAX_ITEMS]


def _quotations(answer: CheckedPage, voices: Voices) -> Iterator[Item]:
    for quote in answer.quotes:
        start, end = quote.span.start, quote.span.end
        text = answer.text[start:end]
        quotation = read_quotation(_inside(text) if quote.single else text)
        voice = voices.at(start, end)
        chain = voice.chain if voice else ()
        signed = _SIGNED.match(answer.text, end)
        if signed and (not chain or "\n" in signed.group()):
            chain = (Source("person", signed.group(1), Span(*signed.span(1))),)
        if chain or (len(quotation.words) >= MIN_WORDS and not _is_title(quotation.text)):
            yield Item("quotation", (start, end), text, chain, quotation, bool(voice and voice.denied))


def _inside(text: str) -> str:
    """A quotation in single marks, less these."""
    return text[1:-1] if len(text) > 2 else text


def _is_title(text: str) -> bool:
    """Whether words look like the name of a work."""
    words = re.findall(r"[^\W\d_]+", text)
    return not re.search(r"[.!?,]$", text) and all(word[0].isupper() or word in _SMALL for word in words)


def _turns(answer: CheckedPage, said: tuple[SaidThere, ...]) -> Iterator[Item]:
    """Speech without marks, as in a transcript."""
    for one in said:
        if one.form != "direct":
            continue
        for start, end in one.spans:
            if any(quote.span.start < end and start < quote.span.end for quote in answer.quotes):
                continue
            text = answer.text[start:end]
            yield Item("quotation", (start, end), text, one.chain, read_quotation(text), one.denied)


def _paraphrases(answer: CheckedPage, said: tuple[SaidThere, ...]) -> Iterator[Item]:
    for one in said:
        if one.form not in ("indirect", "mixed") or (one.tier != "speech" and not one.denied):
            continue
        if any(_is_inside(other, one) for other in said):
            continue
        text = " ".join(answer.text[start:end] for start, end in one.spans)
        words = len(text.split())
        outside = words - sum(len(answer.text[a:b].split()) for a, b in _quoted(answer, one))
        if words >= MIN_PARAPHRASE and (one.form == "indirect" or outside >= MIN_OUTSIDE):
            yield Item("paraphrase", (one.start, one.end), text, one.chain, None, one.denied)


def _is_inside(other: SaidThere, one: SaidThere) -> bool:
    """Whether another attribution says nearly all of what one says, being nearer to whoever said it."""
    if other is one or not other.chain or other.form is None or len(other.chain) <= len(one.chain):
        return False
    return 5 * one.holds(other.start, other.end) >= 3 * (one.end - one.start) and other.parent == one.id


def _quoted(answer: CheckedPage, one: SaidThere) -> list[tuple[int, int]]:
    out = []
    for quote in answer.quotes:
        for start, end in one.spans:
            low, high = max(start, quote.span.start), min(end, quote.span.end)
            if low < high:
                out.append((low, high))
    return out
