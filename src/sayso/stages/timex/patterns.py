"""Patterns over token classes: one character per set of classes, so that a rule is a plain regular expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .expr import Expr, Found
from .tokens import Token

__all__ = ["Match", "Rule", "RuleSet"]

_PLACE = re.compile(r"(?<!\?P)<(\w+)>")
_MACRO = re.compile(r"\{(\w+)\}")


class Alphabet:
    """Gives each set of classes a character of its own, as it is met."""

    def __init__(self) -> None:
        self.chars: dict[frozenset[str], str] = {}

    def char(self, classes: frozenset[str]) -> str:
        """The character of a set of classes."""
        found = self.chars.get(classes)
        if found is None:
            found = self.chars[classes] = chr(0xE000 + len(self.chars))
        return found

    def holding(self, name: str) -> str:
        """All characters whose set holds the class."""
        return "".join(char for classes, char in self.chars.items() if name in classes)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: groups give tokens."""

    tokens: Sequence[Token]
    match: re.Match[str]

    def get(self, name: str) -> Token | None:
        """First token of the group; None where it took no part."""
        at = self.start(name)
        return self.tokens[at] if at >= 0 else None

    def need(self, name: str) -> Token:
        """First token of a group that the pattern always fills."""
        return self.tokens[self.match.start(name)]

    def has(self, name: str) -> bool:
        """Whether the group took part."""
        return self.start(name) >= 0

    def start(self, name: str) -> int:
        """Index of the group's first token; -1 where it took no part or the rule has no such group."""
        return self.match.start(name) if name in self.match.re.groupindex else -1

    @property
    def first(self) -> int:
        """Index of the first token."""
        return self.match.start()

    @property
    def last(self) -> int:
        """Index of the last token."""
        return self.match.end() - 1

    def before(self, back: int = 1) -> Token | None:
        """The token `back` places before the match."""
        at = self.first - back
        return self.tokens[at] if at >= 0 else None

    def after(self, ahead: int = 1) -> Token | None:
        """The token `ahead` places after the match."""
        at = self.last + ahead
        return self.tokens[at] if at < len(self.tokens) else None

    def need_before(self, word: str) -> bool:
        """Whether the token before the match is the word."""
        before = self.before()
        return before is not None and before.lower == word

    def found(self, expr: Expr) -> list[Found]:
        """The whole match as one expression."""
        return [Found(self.first, self.last, expr)]


Builder = Callable[[Match], list[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern in which `<name>` is a token of that class and `{name}` a macro, and what it builds."""

    pattern: str
    build: Builder


class RuleSet:
    """Rules compiled against the classes seen so far; recompiled when a new set of classes turns up."""

    def __init__(self, rules: Sequence[Rule], macros: dict[str, str], seeds: Sequence[frozenset[str]]) -> None:
        self.alphabet = Alphabet()
        self._rules, self._macros = rules, macros
        self.idle = self.alphabet.char(frozenset())
        for classes in seeds:
            self.alphabet.char(classes)
        self._size = 0
        self._compiled: list[tuple[re.Pattern[str], Builder]] = []

    def encode(self, tokens: Sequence[Token]) -> str:
        """One character per token."""
        return "".join([self.alphabet.char(token.classes) for token in tokens])

    def _compile(self) -> None:
        if self._size == len(self.alphabet.chars):
            return
        self._size = len(self.alphabet.chars)
        self._compiled = [(re.compile(self._expand(rule.pattern)), rule.build) for rule in self._rules]

    def _expand(self, pattern: str) -> str:
        for _ in range(4):
            pattern = _MACRO.sub(lambda m: self._macros[m[1]] if m[1] in self._macros else m[0], pattern)
        pattern = re.sub(r"\s+", "", pattern)
        return _PLACE.sub(
            lambda m: f"[{self.alphabet.holding(m[1])}]" if self.alphabet.holding(m[1]) else "(?!)", pattern
        )

    def longest(self, tokens: Sequence[Token], code: str, at: int) -> list[Found]:
        """What the longest matching rule builds at a position, the earlier rule on a tie; empty if none."""
        hits = []
        self._compile()
        for index, (pattern, _) in enumerate(self._compiled):
            match = pattern.match(code, at)
            if match and match.end() > at:
                hits.append((-match.end(), index, match))
        hits.sort(key=lambda hit: hit[:2])
        for _, index, match in hits:
            found = self._compiled[index][1](Match(tokens, match))
            if found:
                return found
        return []
