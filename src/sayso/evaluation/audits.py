"""Scores of audits against marked drafts: by rule and by family, a remark found where it overlaps the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.errors import InvalidSetting

__all__ = ["AuditScores", "score_audits"]

Made = tuple[str, tuple[int, int] | None]
"""Code and place of a remark, in code points of the draft."""


@dataclass
class AuditScores:
    """Counts by rule, and which drafts came out whole."""

    right: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    expected: Counter[str] = field(default_factory=Counter)
    outcomes: dict[str, bool] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    """Family of each code; a code without one is left out of the families' figures."""
    errors: list[str] = field(default_factory=list)
    """One line a remark missed or made in vain."""

    def precision(self, code: str) -> float:
        """Share of the remarks made that were expected; 1 where none was made."""
        return self.right[code] / self.made[code] if self.made[code] else 1.0

    def recall(self, code: str) -> float:
        """Share of the expected remarks that were made; 1 where none was expected."""
        return self.right[code] / self.expected[code] if self.expected[code] else 1.0

    def family(self, name: str) -> tuple[float, float]:
        """Precision and recall over the rules of a family; 1 where nothing was made or expected."""
        codes = [code for code, family in self.families.items() if family == name]
        right, made, expected = (sum(counts[code] for code in codes) for counts in self._counts())
        return right / made if made else 1.0, right / expected if expected else 1.0

    def _counts(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        return self.right, self.made, self.expected

    def _family_figures(self, codes: Iterable[str]) -> dict[str, float]:
        out = {}
        names = sorted({self.families[code] for code in codes if code in self.families})
        for name in names:
            out[f"{name} precision"], out[f"{name} recall"] = self.family(name)
        if names:
            out["worst family precision"] = min(out[f"{name} precision"] for name in names)
            out["worst family recall"] = min(out[f"{name} recall"] for name in names)
        return out

    def figures(self) -> dict[str, float]:
        """Precision and recall of each rule, of each family, of all together, and the worst of rules and families."""
        codes = sorted(self.made.keys() | self.expected.keys())
        out = {}
        for code in codes:
            out[f"{code} precision"], out[f"{code} recall"] = self.precision(code), self.recall(code)
        out |= self._family_figures(codes)
        right, made, expected = (sum(c.values()) for c in self._counts())
        out["precision"], out["recall"] = right / max(1, made), right / max(1, expected)
        out["worst precision"] = min((self.precision(code) for code in codes), default=1.0)
        out["worst recall"] = min((self.recall(code) for code in codes), default=1.0)
        return out


def score_audits(
    gold: Iterable[Mapping[str, Any]], made: Mapping[str, Sequence[Made]], families: Mapping[str, str] | None = None
) -> AuditScores:
    """Score the remarks made on marked drafts.

    Args:
        gold: drafts with `id`, `draft` and `expect`, each `{code, words}`.
        made: by id, the remarks made.
        families: family of each code, for figures by family.
    Raises:
        InvalidSetting: words that a draft expects a remark on don't stand in it.
    """
    scores = AuditScores(families=families or {})
    for row in gold:
        open_remarks = list(made[row["id"]])
        before = len(scores.errors)
        for expected in row["expect"]:
            code, places = expected["code"], _places(row, expected)
            scores.expected[code] += 1
            found = next((m for m in open_remarks if m[0] == code and _falls_on(m[1], places)), None)
            if found is None:
                scores.errors.append(f"missed {row['id']} {code} {expected['words']!r}")
            else:
                open_remarks.remove(found)
                scores.right[code] += 1
        scores.made.update(code for code, _ in made[row["id"]])
        for code, span in open_remarks:
            words = row["draft"][slice(*span)] if span else ""
            scores.errors.append(f"in vain {row['id']} {code} {words!r}")
        scores.outcomes[row["id"]] = len(scores.errors) == before
    return scores


def _places(row: Mapping[str, Any], expected: Mapping[str, Any]) -> list[tuple[int, int]]:
    places = (
        [m.span() for m in re.finditer(re.escape(expected["words"] or ""), row["draft"])] if expected["words"] else []
    )
    if expected["words"] and not places:
        raise InvalidSetting(
            f"expected words that stand in the draft, got {expected['words']!r} at {row['id']}; mend the set"
        )
    return places


def _falls_on(span: tuple[int, int] | None, places: list[tuple[int, int]]) -> bool:
    if span is None or not places:
        return span is None and not places
    return any(span[0] < end and start < span[1] for start, end in places)
