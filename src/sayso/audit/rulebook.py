"""The rules and the sets they come in: what each flags and spares, with examples, from the language data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from sayso import lang
from sayso.errors import InvalidSetting
from sayso.model.annotation import Severity
from sayso.stages.findings_registry import FindingCode, finding_codes

__all__ = ["Rule", "RuleSet", "rule", "rule_set", "rule_sets", "rules"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What the audit says of a code beyond the registry's entry."""

    code: str
    family: str
    """Rules that say much the same are measured together."""
    flags: str
    spares: tuple[str, ...]
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    guides: Mapping[str, str] = field(default_factory=dict)
    """Style guide to its own rule, paraphrased."""
    lists: tuple[str, ...] = ()
    """Word lists that the docs show."""
    judgement: bool = False
    """Whether style guides leave the matter to judgement."""
    case: bool = False
    """Whether it needs the earlier pages of a case."""

    @property
    def entry(self) -> FindingCode:
        """The registry's entry: name, severity, summary, message."""
        return finding_codes()[self.code]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Codes that belong together, and how grave each is."""

    name: str
    title: str
    severities: Mapping[str, Severity]
    guide: str | None = None
    source: str | None = None


@cache
def rules() -> Mapping[str, Rule]:
    """The audit's own rules by code."""
    out = {}
    for row in lang.load("audit"):
        lists: dict[str, Any] = {key: tuple(row.get(key, ())) for key in ("spares", "bad", "good", "lists")}
        out[row["code"]] = Rule(**{**row, **lists})
    return MappingProxyType(dict(sorted(out.items())))


def rule(code: str) -> Rule:
    """The rule of that code; a finding with no page of its own has a short one.

    Raises:
        InvalidSetting: no such code.
    """
    code = code.upper()
    if code in rules():
        return rules()[code]
    if code not in finding_codes():
        raise InvalidSetting(f"expected a finding code, got {code}; `sayso findings` lists them")
    entry = finding_codes()[code]
    return Rule(code, "reading", entry.summary, (), (entry.bad,), (entry.good,))


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """The sets by name, `default` first."""
    return MappingProxyType(
        {
            name: RuleSet(name, row["title"], row["rules"], row.get("guide"), row.get("source"))
            for name, row in lang.load("audit_sets").items()
        }
    )


def rule_set(name: str) -> RuleSet:
    """The set of that name.

    Raises:
        InvalidSetting: there is none.
    """
    if name not in rule_sets():
        raise InvalidSetting(f"expected rules {', '.join(rule_sets())} or a TOML file, got {name}; check the spelling")
    return rule_sets()[name]
