"""Plain text cut into blocks, and what each block is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from sayso.model import Block, Span
from sayso.model.article import BlockKind

from .phrases import looks_like_title, phrases

__all__ = ["MAX_BLOCKS", "TextBlock", "plain_blocks", "split_text"]

MAX_BLOCKS = 20_000
"""Blocks told apart; the text after them is one block."""
MAX_LINES = 60_000
"""Lines looked at; the text after them is one block."""
MAX_LOOKED_AT = 10_000
"""Characters of a block from which its kind is told."""
MAX_WRAP = 120
"""Longest line of text that was wrapped by hand, in characters."""
MIN_WRAP = 40
MAX_HEADLINE = 250
LONG = 100
"""Characters from which a block without a full stop is prose all the same."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(r"\s*(?:[-*•‣◦▪●·–]\s+|\(?\d{1,2}[.)]\s+)\S")
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*\s*\Z")
_SPACE = re.compile(r"\s+")
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A stretch of plain text: one line, or several that read on."""

    span: Span
    group: int
    """Blocks that no blank line parts have the same group."""


def split_text(text: str) -> list[TextBlock]:
    """Cut plain text at blank lines, and at single line breaks where the lines read as separate."""
    groups, rest = _line_groups(text)
    wrapped = _is_wrapped(text, groups)
    out: list[TextBlock] = []
    for number, lines in enumerate(groups):
        start = lines[0].start
        if len(out) >= MAX_BLOCKS:
            rest = Span(start, len(text))
            break
        for line, after in pairwise(lines[: MAX_BLOCKS - len(out)]):
            if not (wrapped and _reads_on(text, line, after)):
                out.append(TextBlock(Span(start, line.end), number))
                start = after.start
        out.append(TextBlock(Span(start, lines[-1].end), number))
    rest = rest.stripped(text)
    return [*out, TextBlock(rest, len(groups))] if rest else out


def _line_groups(text: str) -> tuple[list[list[Span]], Span]:
    """Lines that hold anything, stripped, in groups parted by blank lines; and the text after the last of them."""
    groups: list[list[Span]] = []
    last_end = -1
    lines = _LINE.finditer(text)
    for match in islice(lines, MAX_LINES):
        line = Span(*match.span()).stripped(text)
        if not line:
            continue
        breaks = 0
        if last_end >= 0:
            breaks = sum(1 for _ in _BREAK.finditer(text, last_end, line.start))
        if groups and breaks == 1:
            groups[-1].append(line)
        else:
            groups.append([line])
        last_end = line.end
    after = next(lines, None)
    return groups, Span(after.start() if after else len(text), len(text))


def _is_wrapped(text: str, groups: list[list[Span]]) -> bool:
    """Whether the text's lines were broken to a width: most full lines are about equally long."""
    lengths = [len(line) for lines in groups for line in lines[:-1]]
    if len(lengths) < 2 or max(len(line) for lines in groups for line in lines) > MAX_WRAP:
        return False
    width = max(lengths)
    full = sum(length > 0.8 * width for length in lengths)
    return width >= MIN_WRAP and full >= 0.6 * len(lengths)


def _reads_on(text: str, line: Span, after: Span) -> bool:
    """Whether `after` continues `line` in a text wrapped to a width."""
    if _BULLET.match(after.of(text)) or phrases().kind_of(line.of(text)) or phrases().kind_of(after.of(text)):
        return False
    if text[after.start].islower():
        return True
    return len(line) >= MIN_WRAP and not (looks_like_title(line.of(text)) and len(after) > len(line))


def plain_blocks(text: str, *, title: str | None = None) -> list[Block]:
    """Blocks of plain text with their kinds.

    Args:
        text: the article, as given.
        title: the headline, where the caller gave one.
    Returns:
        Blocks in text order; foreign is False on every one but teasers that the layout gives away.
    """
    cut = split_text(text)
    lines = [_SPACE.sub(" ", block.span.of(text)[:MAX_LOOKED_AT]) for block in cut]
    kinds = [_own_kind(line) for line in lines]
    lede = next((i for i, line in enumerate(lines) if len(line) >= LONG and kinds[i] is None), len(lines))
    headline = _headline(lines, kinds, lede, title)
    blocks: list[Block] = []
    for i, block in enumerate(cut):
        kind, reason = kinds[i] or ("paragraph", None)
        if i == headline:
            kind, reason = "headline", "title line" if title is None else "the title given"
        elif headline is not None and lines[i].casefold() == lines[headline].casefold():
            kind, reason = "furniture", "headline repeated"
        elif kinds[i] is None:
            kind, reason = _shape(lines, i, headline=headline, lede=lede)
        blocks.append(Block(block.span, kind, reason=reason))
    return _teasers(text, cut, blocks, lede)


def _own_kind(line: str) -> tuple[BlockKind, str | None] | None:
    found = phrases().kind_of(line)
    if found is not None:
        return found
    return ("list", "bullet") if _BULLET.match(line) else None


def _headline(
    lines: list[str], kinds: list[tuple[BlockKind, str | None] | None], lede: int, title: str | None
) -> int | None:
    """Which block is the headline: the one that equals the title given, or the first plain line before the story."""
    before = [i for i in range(min(lede, len(lines))) if kinds[i] is None]
    if title is not None:
        wanted = _SPACE.sub(" ", title).strip().casefold().rstrip(".")
        equal = [i for i in before if lines[i].casefold().rstrip(".") == wanted]
        if equal:
            return equal[0]
    if lede == len(lines) or not before:
        return None
    first = before[0]
    return first if len(lines[first]) <= MAX_HEADLINE else None


def _shape(lines: list[str], i: int, *, headline: int | None, lede: int) -> tuple[BlockKind, str | None]:
    """Heading, dek or paragraph, by length and place."""
    line = lines[i]
    ends = _ENDS.search(line) is not None
    if headline is not None and headline < i < lede and i == headline + 1 and not ends and len(line) > 30:
        return "dek", "line under the headline"
    if len(line) <= 80 and not ends and i + 1 < len(lines) and line[0] not in "\"'“‘«" and lede <= len(lines):
        following = lines[i + 1]
        if len(following) >= LONG and (headline is None or i > headline):
            return "heading", "short line over a paragraph"
    return "paragraph", None


def _teasers(text: str, cut: list[TextBlock], blocks: list[Block], lede: int) -> list[Block]:
    """Mark a title line glued to the paragraph under it, where the story's own paragraphs stand apart.

    Both become foreign if the title's names stand nowhere else in the text.
    """
    sizes = Counter(block.group for block in cut)
    prose = [b for b, c in zip(blocks, cut, strict=True) if len(b.span) >= LONG]
    alone = sum(sizes[c.group] == 1 for b, c in zip(blocks, cut, strict=True) if len(b.span) >= LONG)
    if len(prose) < 4 or alone < 0.7 * len(prose):
        return blocks
    titles = [i for i in range(lede + 1, len(blocks) - 1) if _heads_its_own(text, cut, blocks, sizes, i)]
    everywhere = _longer_words(text) if titles else Counter()
    out = list(blocks)
    for i in titles:
        here, under = blocks[i], blocks[i + 1]
        shared = _shared_names(here.span.of(text), Span(here.span.start, under.span.end).of(text), everywhere)
        if shared <= 0.4:
            score = round(0.95 - shared, 3)
            out[i] = replace(here, kind="teaser", foreign=True, foreign_score=score, reason="title of another story")
            out[i + 1] = replace(
                under, kind="teaser", foreign=True, foreign_score=score, reason="teaser under its title"
            )
    return out


def _heads_its_own(text: str, cut: list[TextBlock], blocks: list[Block], sizes: Counter[int], i: int) -> bool:
    """Whether block `i` is a title line with one long paragraph glued under it and nothing else."""
    here, under = blocks[i], blocks[i + 1]
    if cut[i].group != cut[i + 1].group or sizes[cut[i].group] != 2 or here.kind not in ("paragraph", "heading"):
        return False
    return len(under.span) >= LONG and looks_like_title(here.span.of(text))


def _longer_words(text: str) -> Counter[str]:
    return Counter(_LONGER_WORD.findall(text.casefold()))


def _shared_names(title: str, pair: str, everywhere: Counter[str]) -> float:
    """Share of the title's longer words that stand in the text outside the title and the paragraph under it."""
    words, inside = _longer_words(title).keys(), _longer_words(pair)
    return sum(everywhere[word] > inside[word] for word in words) / len(words) if words else 1.0
