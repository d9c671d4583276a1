"""Copy findings on wording no writer leaves: doubled and clashing small words, a name in two styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sayso.model import Article, Block, Finding, Span

from .findings_registry import finding
from .parse import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["garbled_wording", "mixed_styles"]

ARTICLES: Final = frozenset({"a", "an", "the"})
POSSESSIVES: Final = frozenset({"my", "your", "his", "its", "our", "their"})
DOUBLED: Final = frozenset(
    {"the", "a", "an", "of", "and", "to", "for", "from", "at", "by", "is", "was", "were", "are", "be", "been"}
)
"""Words that never stand twice in a row but by mistake; `that that`, `had had`, `in in` do."""
BORROWED: Final = frozenset({"cappella", "capella", "la", "priori", "posteriori", "fortiori", "deux", "go"})


def garbled_wording(parses: Sequence[Parse], article: Article) -> Iterator[Finding]:
    """Two small words side by side that exclude each other: `over the a year ago`, `an year`."""
    for parse in parses:
        if not parse.block.in_story:
            continue
        for first, second in pairwise(parse.doc):
            if _clash(first, second) and first.whitespace_:
                span = parse.between(first.i, second.i)
                yield finding("SAY304", span, words=span.of(article.text))


def _clash(first: Token, second: Token) -> bool:
    one, two = first.lower_, second.text
    if not two.islower() or not first.text.isalpha() or first.is_sent_end:
        return False
    if one == two:
        return one in DOUBLED and first.text == one
    if one in ARTICLES and two in ARTICLES | POSSESSIVES:
        return first.text == one and not _is_letter(first, second)
    if one in POSSESSIVES and two in ARTICLES:
        return second.tag_ == "DT" and first.tag_ == "PRP$" and not _is_letter(first, second)
    return one in ("a", "an") and _wrong_article(one, two)


def _is_letter(first: Token, second: Token) -> bool:
    """Whether an `a` is the letter, as in `plan a`, or Latin or Italian, as in `the a cappella group`."""
    after = second.nbor() if second.i + 1 < len(second.doc) else None
    return second.text == "a" and (after is None or not after.text[0].isalnum() or after.lower_ in BORROWED)


VOWEL: Final = re.compile(r"(?!eu|ewe|on[ce]|ou[ai]|u[^aeiou][aeiou]|u[bknst]|uni|x)[aeiou][a-z]{3}")
"""A word that wants `an`; those that may begin with a consonant's sound (`one`, `use`, `unit`) are left out."""
CONSONANT: Final = re.compile(r"[bcdgjkpqtvwz][a-z]{3}|y[aeou][a-z]{2}|[flmnrs][aeiou][a-z]{2}")
"""A word that wants `a`; those in h, which may be silent, and those that may be letters read out are left out."""


def _wrong_article(article: str, word: str) -> bool:
    """`a example`, `an year`: the wrong form before a plain word in lower case."""
    wrong = VOWEL if article == "a" else CONSONANT
    return word.isalpha() and wrong.match(word) is not None


STYLES: Final = {
    "the United States": {"U.S.": r"U\.\s?S\.(?!\s?A\.)", "US": r"US", "USA": r"USA", "U.S.A.": r"U\.S\.A\."},
    "the United Kingdom": {"U.K.": r"U\.\s?K\.", "UK": r"UK"},
    "the European Union": {"E.U.": r"E\.\s?U\.", "EU": r"EU"},
    "the United Nations": {"U.N.": r"U\.\s?N\.", "UN": r"UN"},
}
NAME_BESIDE: Final = r"(?!\s?(?:[A-Z]\w|[$£€\d/-]))"
"""A capitalised word, a currency sign, a digit or a hyphen after: part of a longer name, which keeps its own style."""
NAME_BEFORE: Final = re.compile(r"([A-Z][\w'’.-]*),? $|[\w/$£€.@#-]$")
"""So does a name before it, as in `Team USA`, but for a word that a sentence merely begins with."""
OPENERS: Final = frozenset(
    {"the", "a", "an", "in", "on", "at", "to", "for", "from", "by", "with", "of", "and", "but", "or", "as", "if"}
    | {"when", "while", "since", "after", "before", "both", "all", "that", "this"}
)
QUOTED: Final = re.compile(r"“[^”]{0,2000}”|\"[^\"]{0,2000}\"|‘[^’]{0,300}’")


def mixed_styles(article: Article) -> Iterator[Finding]:
    """One name abbreviated in two ways by the page itself, quotations, headings and longer names left out."""
    blocks = [block for block in article.story if block.kind in ("paragraph", "list")]
    quiet = [(block, [Span(*m.span()) for m in QUOTED.finditer(block.span.of(article.text))]) for block in blocks]
    for name, styles in STYLES.items():
        found = {style: _uses(article, quiet, pattern) for style, pattern in styles.items()}
        used = [style for style in styles if found[style]]
        if len(used) < 2:
            continue
        used.sort(key=lambda style: (-len(found[style]), found[style][0]))
        rare = used[-1]
        related = tuple(found[style][0] for style in used[:-1])
        yield finding("SAY305", found[rare][0], name=name, styles=_listed(used), related=related)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1]


def _uses(article: Article, blocks: Sequence[tuple[Block, list[Span]]], pattern: str) -> list[Span]:
    compiled = re.compile(r"(?<!\w)(?:" + pattern + r")(?!\w)" + NAME_BESIDE)
    return [
        Span(*match.span()).shifted(block.span.start)
        for block, quoted in blocks
        for match in compiled.finditer(block.span.of(article.text))
        if not any(span.start <= match.start() < span.end for span in quoted)
        and not _follows_name(match.string[max(0, match.start() - 30) : match.start()])
    ]


def _follows_name(before: str) -> bool:
    found = NAME_BEFORE.search(before)
    return found is not None and (found[1] is None or found[1].lower() not in OPENERS)
