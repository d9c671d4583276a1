"""Settings of an audit: a set of rules, what is added and left out, how grave each is; from TOML or the call."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from sayso.errors import InvalidSetting
from sayso.model.annotation import Severity
from sayso.stages.findings_registry import finding_codes

from .rulebook import RuleSet, rule_set, rule_sets

__all__ = ["KEYS", "Settings", "find_settings", "load_settings", "settings_of"]

KEYS = frozenset({"rules", "select", "extend-select", "ignore", "severity", "fail-on", "writers"})
GRAVITY: dict[str, int] = {"error": 3, "warning": 2, "note": 1}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is looked for. Codes may be given as prefixes: `SAY1` means every code that begins so."""

    rules: str = "default"
    select: tuple[str, ...] = ()
    """Instead of the set's codes; `ALL` for every code there is."""
    extend_select: tuple[str, ...] = ()
    """Beside the set's codes."""
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity = "warning"
    """From this severity on a draft fails."""
    writers: tuple[str, ...] = ()
    """Who wrote the drafts, beside their bylines."""

    @property
    def rule_set(self) -> RuleSet:
        """The set of rules.

        Raises:
            InvalidSetting: there is none of that name.
        """
        return rule_set(self.rules)

    def codes(self) -> dict[str, Severity]:
        """The codes that are raised, and how grave each is."""
        base = self.rule_set.severities
        chosen = [c for c in finding_codes() if _begins(c, self.select)] if self.select else list(base)
        chosen += [c for c in finding_codes() if _begins(c, self.extend_select) and c not in chosen]
        kept = sorted(c for c in chosen if not _begins(c, self.ignore))
        return {c: self._severity(c, base) for c in kept}

    def _severity(self, code: str, base: Mapping[str, Severity]) -> Severity:
        own = [prefix for prefix in self.severity if code.startswith(prefix)]
        if own:
            return self.severity[max(own, key=len)]
        return base.get(code) or finding_codes()[code].severity

    def fails(self, severity: Severity) -> bool:
        """Whether a violation of that severity fails the draft."""
        return GRAVITY[severity] >= GRAVITY[self.fail_on]


def _begins(code: str, prefixes: Iterable[str]) -> bool:
    return any(prefix == "ALL" or code.startswith(prefix) for prefix in prefixes)


def _codes(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
        raise InvalidSetting(f'expected a list of codes, got {value!r} at {where}; write ["SAY101"]')
    out = tuple(v.strip().upper() for v in value if v.strip())
    for prefix in out:
        if prefix != "ALL" and not any(code.startswith(prefix) for code in finding_codes()):
            raise InvalidSetting(
                f"expected a finding code or the beginning of one, got {prefix} at {where}; `sayso findings` lists them"
            )
    return out


def _severity_of(value: object, where: str) -> Severity:
    for severity in get_args(Severity):
        if value == severity:
            found: Severity = severity
            return found
    raise InvalidSetting(f"expected {', '.join(get_args(Severity))}, got {value!r} at {where}; choose one")


def settings_of(table: Mapping[str, Any], where: str, *, base: Settings | None = None) -> Settings:
    """Settings from a TOML table (or the like), on top of `base`.

    Raises:
        InvalidSetting: a key or value is none that the audit knows.
    """
    unknown = sorted(set(table) - KEYS)
    if unknown:
        raise InvalidSetting(f"expected keys {', '.join(sorted(KEYS))}, got {unknown[0]} at {where}; leave it out")
    made = base or Settings()
    if "rules" in table:
        if table["rules"] not in rule_sets():
            raise InvalidSetting(
                f"expected rules {', '.join(rule_sets())}, got {table['rules']!r} at {where}; choose one"
            )
        made = replace(made, rules=str(table["rules"]))
    keys = [key for key in ("select", "extend-select", "ignore") if key in table]
    chosen = {key: _codes(table[key], f"{key} of {where}") for key in keys}
    made = replace(
        made,
        select=chosen.get("select", made.select),
        extend_select=chosen.get("extend-select", made.extend_select),
        ignore=chosen.get("ignore", made.ignore),
    )
    if "severity" in table:
        given = table["severity"]
        if not isinstance(given, dict):
            raise InvalidSetting(
                f"expected a table of code = severity, got {given!r} at severity of {where}; write one"
            )
        levels = {
            _codes(code, f"severity of {where}")[0]: _severity_of(level, f"{code} of {where}")
            for code, level in given.items()
        }
        made = replace(made, severity={**made.severity, **levels})
    if "fail-on" in table:
        made = replace(made, fail_on=_severity_of(table["fail-on"], f"fail-on of {where}"))
    if "writers" in table:
        names = table["writers"]
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise InvalidSetting(f'expected a list of names, got {names!r} at writers of {where}; write ["Anna Reyes"]')
        made = replace(made, writers=tuple(names))
    return made


def load_settings(path: Path) -> Settings | None:
    """Settings of a TOML file; None where it has none.

    They stand under `[audit]` in a `sayso.toml`, under `[tool.sayso.audit]` in a `pyproject.toml`.

    Raises:
        InvalidSetting: the file can't be read or isn't TOML, or says what the audit doesn't know.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidSetting(f"expected settings in TOML, got “{error}” at {path}; mend the file") from error
    if path.name == "pyproject.toml":
        tool = said.get("tool", {})
        said = tool.get("sayso", {}) if isinstance(tool, dict) else {}
    table = said.get("audit") if isinstance(said, dict) else None
    if table is None and path.name != "pyproject.toml":
        table = said
    if not isinstance(table, dict):
        return None
    return settings_of(table, str(path))


def find_settings(folder: Path) -> Path | None:
    """The settings that hold in a folder: the nearest `sayso.toml`, or `pyproject.toml` that speaks of the audit."""
    for here in (folder, *folder.parents):
        if (here / "sayso.toml").is_file():
            return here / "sayso.toml"
        project = here / "pyproject.toml"
        if project.is_file() and load_settings(project) is not None:
            return project
    return None
