"""Markdown drafts: which characters are markup, and what the front matter says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.model import Span

__all__ = ["FrontMatter", "front_matter", "markup"]

MAX_HEAD = 20_000
_HEAD = re.compile(r"---[ \t]*\r?\n")
_HEAD_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n?")
_PREFIX = re.compile(r" {0,3}(?:#{1,6}[ \t]+|(?:>[ \t]?){1,9})")
_RULE = re.compile(r" {0,3}(?:=+|-{2,}|\*{3,}|_{3,})[ \t]*\r?\n?\Z")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s")
_TAIL = re.compile(r"[ \t]#+[ \t]*(?=\r?\n|\Z)")
_INLINE = re.compile(
    r"!\[[^\]\n]{0,300}\]\([^)\n]{0,600}\)"
    r"|(?P<open>\[)(?!\^)(?=[^\]\n]{1,400}\]\()"
    r"|(?P<close>\]\([^)\n]{0,600}\))"
    r"|\[\^[^\]\n]{1,40}\]"
    r"|<!--(?:(?!-->).){0,2000}-->"
    r"|</?[a-zA-Z][^>\n]{0,400}>"
    r"|<https?://[^>\s]{0,600}>"
    r"|\\[!-/:-@\[-`{-~]"
    r"|\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`{1,3}|~~",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between `---` lines at the head of the draft."""

    end: int
    title: str | None
    writers: tuple[str, ...]
    published: str | None


def front_matter(source: str) -> FrontMatter | None:
    """The draft's front matter; None where there is none or it can't be read."""
    import yaml

    head = _HEAD.match(source)
    end = _HEAD_END.search(source, head.end(), MAX_HEAD) if head else None
    if head is None or end is None:
        return None
    try:
        said = yaml.safe_load(source[head.end() : end.start()])
    except (yaml.YAMLError, ValueError, RecursionError):
        said = None
    said = said if isinstance(said, dict) else {}
    writers = _first(said, "byline", "authors", "author")
    names = writers if isinstance(writers, list) else [writers]
    published = _first(said, "published", "date")
    title = _first(said, "title", "headline")
    return FrontMatter(
        end.end(),
        title if isinstance(title, str) else None,
        tuple(re.sub(r"(?i)\A\s*by\s+", "", name).strip() for name in names if isinstance(name, str)),
        None if published is None else str(published),
    )


def _first(said: dict[Any, Any], *keys: str) -> Any:
    return next((said[key] for key in keys if said.get(key)), None)


def markup(source: str, start: int) -> tuple[list[Span], frozenset[int]]:
    """Characters that are markup, and line breaks inside a paragraph.

    Args:
        source: the draft.
        start: where its front matter ends.
    Returns:
        Spans to leave out, and positions of line breaks that read as spaces.
    """
    left_out: list[Span] = []
    breaks: set[int] = set()
    fenced = False
    before = ""
    for line in _lines(source, start):
        words = line.of(source)
        if _FENCE.match(words) or fenced:
            fenced = fenced != bool(_FENCE.match(words))
            left_out.append(line)
            before = ""
            continue
        if _RULE.match(words):
            left_out.append(Span(line.start, line.end - len(words) + len(words.rstrip("\r\n"))))
            before = ""
            continue
        prefix = _PREFIX.match(words)
        body = line.start
        if prefix:
            body += prefix.end()
            left_out.append(Span(line.start, body))
        if before and words.strip() and not _ITEM.match(words) and not _is_heading(words):
            breaks.add(line.start - 1)
        left_out += _inline(source, Span(body, line.end), heading=_is_heading(words))
        before = "" if _is_heading(words) else words.strip()
    return left_out, frozenset(breaks)


def _lines(source: str, start: int) -> Iterator[Span]:
    for match in _LINE.finditer(source, start):
        if match.end() > match.start():
            yield Span(*match.span())


def _is_heading(words: str) -> bool:
    return words.lstrip(" ").startswith("#")


def _inline(source: str, line: Span, *, heading: bool) -> Iterator[Span]:
    opened = 0
    bullet = _ITEM.match(source, line.start, line.end)
    if heading and (tail := _TAIL.search(source, line.start, line.end)):
        yield Span(*tail.span())
    for match in _INLINE.finditer(source, bullet.end() if bullet else line.start, line.end):
        if match["open"]:
            opened += 1
        elif match["close"]:
            if not opened:
                continue
            opened -= 1
        # Of an escaped sign only the stroke is markup.
        yield Span(match.start(), match.start() + 1 if match.group()[0] == "\\" else match.end())
