"""The word classes of the time grammar, from `lang/en/time.yaml` and `time_names.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from sayso.lang import load

from .scan import TOKEN

__all__ = ["Lexicon", "lexicon"]

Classes = frozenset[str]
_NOTHING: tuple[Classes, float | None] = (frozenset(), None)


@dataclass(slots=True)
class Lexicon:
    """Words and phrases by class, and what they stand for."""

    classes: dict[str, set[str]] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    """TimeML code of a season, part of day, frequency or reference, or the name of a unit or holiday."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    capitalised: frozenset[str] = frozenset()
    tens: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    holidays: dict[str, str] = field(default_factory=dict)
    _cache: dict[tuple[str, bool], tuple[Classes, float | None]] = field(default_factory=dict)

    def word(self, lower: str, capital: bool) -> tuple[Classes, float | None]:
        """Classes and number of a word; none for a word of no class."""
        names = self.classes.get(lower)
        if names is None:
            return _NOTHING
        key = (lower, capital)
        found = self._cache.get(key)
        if found is None:
            if lower in self.capitalised and not capital:
                names = names - {"month", "weekday", "season"} | ({"lower_season"} if "season" in names else set())
            found = self._cache[key] = frozenset(names), self.numbers.get(lower)
        return found

    def phrase_classes(self, name: str) -> Classes:
        """Classes of a merged phrase."""
        return frozenset({name})


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = load("time")
    lex = Lexicon(capitalised=frozenset(data["capitalised"]))
    for name, key in (("month", "months"), ("weekday", "weekdays")):
        _numbered(lex, name, data[key])
        _numbered(lex, name, {f"{word}.": value for word, value in data[key].items() if len(word) <= 5})
    for word in data["doubtful"]:
        lex.classes[word].add("doubtful")
    _numbered(lex, "spelled", data["numbers"])
    _numbered(lex, "scale", data["scales"])
    _numbered(lex, "ordinal", data["ordinals"])
    _numbered(lex, "decade_word", data["decades"])
    for word in data["numbers"]:
        lex.classes[word] |= {"num", "small"}
    for word in data["ordinals"]:
        lex.classes[word].add("ordinal_day")
    lex.tens = frozenset(word for word, value in data["numbers"].items() if value >= 20)
    lex.ordinals = frozenset(data["ordinals"])
    _units(lex, data["units"])
    for name, key in (
        ("season", "seasons"),
        ("daypart", "parts"),
        ("clock_word", "clock_words"),
        ("frequency", "frequencies"),
        ("reference", "references"),
        ("zone", "zones"),
    ):
        for word, value in data[key].items():
            lex.classes.setdefault(word, set()).add(name)
            lex.values[f"{name}:{word}"] = value
    for word in data["weekdays"]:
        if len(word) > 5:
            lex.classes.setdefault(f"{word}s", set()).add("plural_weekday")
            lex.numbers[f"{word}s"] = data["weekdays"][word]
    _add(lex, "other_word", data["other_words"])
    for name in ("am", "pm"):
        _add(lex, name, data[name])
    for name, words in data["words"].items():
        _add(lex, name, words)
    for name, words in data["phrases"].items():
        _add(lex, name, words)
    _holidays(lex, load("time_names"))
    for entries in lex.phrases.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return lex


def _numbered(lex: Lexicon, name: str, words: Mapping[str, int]) -> None:
    for word, value in words.items():
        lex.classes.setdefault(word, set()).add(name)
        lex.numbers[word] = value


def _units(lex: Lexicon, units: Mapping[str, str]) -> None:
    for word, unit in units.items():
        names = lex.classes.setdefault(word, set())
        names.add("unit")
        lex.values[f"unit:{word}"] = unit
        if word != unit and not (len(word) <= 3 and not word.endswith("s")):
            names.add("units")
        else:
            names.add("unit1")
        names.add("short_unit" if unit in ("second", "minute", "hour") else "long_unit")


def _add(lex: Lexicon, name: str, words: list[str]) -> None:
    for word in words:
        pieces = tuple(_pieces(word))
        if len(pieces) > 1:
            lex.phrases.setdefault(pieces[0], []).append((pieces, name))
        else:
            lex.classes.setdefault(word, set()).add(name)


def _pieces(phrase: str) -> list[str]:
    return [match.group().strip().lower() for match in TOKEN.finditer(phrase)]


def _holidays(lex: Lexicon, names: Mapping[str, str]) -> None:
    for name, rule in names.items():
        pieces = tuple(_pieces(name))
        lex.holidays[" ".join(pieces)] = rule
        if len(pieces) > 1:
            lex.phrases.setdefault(pieces[0], []).append((pieces, "holiday"))
        else:
            lex.classes.setdefault(name, set()).add("holiday")
