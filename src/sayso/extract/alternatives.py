"""Many patterns of whole lines as one, tried by the letter that a line begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["AnyOf", "first_letters"]

_OPTIONAL = frozenset("?*{")


class AnyOf:
    """Patterns, case ignored, of which a whole line may match any.

    Most of a page's lines match none, which a regular expression of forty alternatives is slow to find out;
    so only those are tried that can begin with the line's first letter.
    """

    __slots__ = ("_all", "_by_letter", "_patterns")

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = [(pattern, first_letters(pattern)) for pattern in patterns]
        self._all = _joined(patterns)
        self._by_letter: dict[str, re.Pattern[str] | None] = {}

    def fullmatch(self, line: str) -> re.Match[str] | None:
        """The match of the whole line, None where no pattern matches it."""
        letter = line[:1]
        if not letter.isascii():  # letters beyond ASCII may equal ones within it where case is ignored
            return self._all.fullmatch(line)
        if letter not in self._by_letter:
            self._by_letter[letter] = self._of(letter.lower())
        pattern = self._by_letter[letter]
        return pattern.fullmatch(line) if pattern is not None else None

    def _of(self, letter: str) -> re.Pattern[str] | None:
        found = [pattern for pattern, letters in self._patterns if letters is None or letter in letters]
        return _joined(found) if found else None


def _joined(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def first_letters(pattern: str) -> frozenset[str] | None:
    """Letters and digits of ASCII, in lower case, one of which a match begins with; None where that isn't plain to see.

    >>> sorted(first_letters("(also|f(a|b))?read") or ()), first_letters(".{0,40}read")
    (['a', 'f', 'r'], None)
    """
    out: set[str] = set()
    for branch in _branches(pattern):
        letters = _first_of_branch(branch)
        if letters is None:
            return None
        out |= letters
    return frozenset(out)


def _first_of_branch(branch: str) -> frozenset[str] | None:
    if branch.startswith("("):
        end = _closing(branch)
        inner = branch[1:end].removeprefix("?:")
        letters = None if inner.startswith("?") else first_letters(inner)
        after = branch[end + 1 :]
    elif branch[:1].isascii() and branch[:1].isalnum():
        letters, after = frozenset(branch[0].lower()), branch[1:]
    else:
        return None
    if letters is None or after[:1] not in _OPTIONAL or not after:
        return letters
    rest = _first_of_branch(after[1:].lstrip("?+")) if after[0] != "{" else None
    return letters | rest if rest is not None else None


def _closing(pattern: str) -> int:
    """Where the group that opens the pattern ends."""
    depth = 0
    for at, char in _plain(pattern):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at
    return len(pattern)


def _branches(pattern: str) -> list[str]:
    """The pattern's alternatives, less what groups hold of them."""
    depth = start = 0
    out = []
    for at, char in _plain(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            out.append(pattern[start:at])
            start = at + 1
    return [*out, pattern[start:]]


def _plain(pattern: str) -> Iterator[tuple[int, str]]:
    """The pattern's characters with their places, less what is escaped or stands in a class."""
    at, inside = 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 2
            continue
        if not inside:
            yield at, char
        inside = char == "[" or (inside and char != "]")
        at += 1
