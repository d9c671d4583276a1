"""Text put together from pieces of the page, each piece remembering where it stood."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sayso.model import Run

from .references import decode_reference

__all__ = ["INSERTED", "SPACE", "Pieces", "join_runs"]

INSERTED = -1
"""Origin of characters that don't stand on the page."""
SPACE = " \t\n\r\f"
"""White space of HTML; a no-break space is none."""
INVISIBLE = "\0\u00ad\u200b\u2060\ufeff"
"""Characters that show nothing and would part a word: soft hyphen, zero-width space, word joiner, byte-order mark."""

_ODD = re.compile(rf"[&\t\n\r\f{INVISIBLE}]|  ")
_PART = re.compile(
    rf"(?P<plain>(?:[^& \t\n\r\f{INVISIBLE}]++| (?![ \t\n\r\f]|\Z))++)|(?P<space>[{SPACE}]++)"
    rf"|(?P<reference>&[#0-9a-zA-Z]{{1,40}}+;?)|(?P<drop>[{INVISIBLE}]++)|(?P<mark>&)"
)
_LINE_PART = re.compile(
    rf"(?P<plain>[^&{INVISIBLE}]++)|(?P<reference>&[#0-9a-zA-Z]{{1,40}}+;?)|(?P<drop>[{INVISIBLE}]++)|(?P<mark>&)"
)


@dataclass(slots=True)
class Pieces:
    """One block's text under construction: copied stretches and inserted white space, in order."""

    chars: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    """Where each piece of `chars` stood on the page, or INSERTED."""
    gap: str = ""
    """White space due before the next character, dropped at the block's end."""

    def add(self, source: str, start: int, end: int, *, raw: bool = False) -> int:
        """Add `source[start:end]`, white space folded and, unless `raw`, references decoded.

        Returns:
            How many characters other than white space at the ends were added.
        """
        body = source[start:end]
        bare = body.lstrip(SPACE)
        if not bare:
            self.space()
            return 0
        if len(bare) < len(body):
            self.space()
            start += len(body) - len(bare)
        trimmed = bare.rstrip(SPACE)
        if _ODD.search(trimmed) is None:
            self.copy(trimmed, start)
        else:
            self._add_parts(trimmed, start, raw=raw)
        if len(trimmed) < len(bare):
            self.space()
        return len(trimmed)

    def _add_parts(self, body: str, start: int, *, raw: bool) -> None:
        for match in _PART.finditer(body):
            kind = match.lastgroup
            if kind == "space":
                self.space()
            elif kind == "reference" and not raw:
                self._add_reference(match[0], start + match.start())
            elif kind != "drop":
                self.copy(match[0], start + match.start())

    def _add_reference(self, source: str, at: int) -> None:
        chars, length = decode_reference(source)
        if not length:
            self.copy(source, at)
            return
        if chars.strip(SPACE):
            shown = chars.strip(INVISIBLE)
            if shown:
                self.copy(shown, at)
        else:
            self.space()
        if length < len(source):
            self.copy(source[length:], at + length)

    def add_lines(self, source: str, start: int, end: int, *, raw: bool = False) -> int:
        """Add preformatted text: white space and line breaks stand as they are."""
        added = 0
        for match in _LINE_PART.finditer(source, start, end):
            kind = match.lastgroup
            if kind == "reference" and not raw:
                chars, length = decode_reference(match[0])
                if length:
                    self.copy(chars, match.start())
                self.copy(match[0][length:], match.start() + length)
            elif kind != "drop":
                self.copy(match[0], match.start())
            added += len(match[0].strip())
        return added

    def copy(self, chars: str, origin: int) -> None:
        """Add characters that stand on the page at `origin`."""
        if not chars:
            return
        if self.gap:
            if self.chars:
                self.chars.append(self.gap)
                self.origins.append(INSERTED)
            self.gap = ""
        self.chars.append(chars)
        self.origins.append(origin)

    def insert(self, chars: str) -> None:
        """Add characters that don't stand on the page."""
        self.copy(chars, INSERTED)

    def space(self) -> None:
        """White space: one space, unless a line break is due."""
        if not self.gap:
            self.gap = " "

    def line(self) -> None:
        """A line break."""
        self.gap = "\n"

    @property
    def text(self) -> str:
        """The characters so far, without the gap at the end."""
        return "".join(self.chars)

    def trimmed(self) -> Pieces:
        """A copy without white space at either end."""
        chars, origins = list(self.chars), list(self.origins)
        while chars and not chars[-1].strip():
            chars.pop()
            origins.pop()
        first = next((i for i, c in enumerate(chars) if c.strip()), 0)
        chars, origins = chars[first:], origins[first:]
        if chars:
            chars[-1] = chars[-1].rstrip()
            lead = len(chars[0]) - len(chars[0].lstrip())
            if lead and origins[0] != INSERTED:
                origins[0] += lead
            chars[0] = chars[0][lead:]
        return Pieces(chars, origins)


def join_runs(blocks: Sequence[Pieces], *, gap: str = "\n\n") -> tuple[str, list[int], tuple[Run, ...]]:
    """Join blocks to one text.

    Args:
        blocks: in page order, none of them empty.
        gap: what stands between two blocks.
    Returns:
        The text; where each block starts in it; runs that cover it exactly.
    """
    parts: list[str] = []
    starts: list[int] = []
    runs: list[Run] = []
    at = inserted = 0
    for block in blocks:
        if parts:
            parts.append(gap)
            inserted += len(gap)
            at += len(gap)
        starts.append(at)
        for chars, origin in zip(block.chars, block.origins, strict=True):
            parts.append(chars)
            at += len(chars)
            if origin == INSERTED:
                inserted += len(chars)
                continue
            if inserted:
                runs.append(_inserted(inserted))
                inserted = 0
            runs.append(Run(len(chars), origin))
    if inserted:
        runs.append(_inserted(inserted))
    return "".join(parts), starts, tuple(runs)


@lru_cache(maxsize=64)
def _inserted(length: int) -> Run:
    """A run of inserted characters; the same few recur between all blocks."""
    return Run(length, None)
