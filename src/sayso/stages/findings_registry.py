"""The one registry of finding codes, which feeds the stages, the command line, the audit and the docs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import get_args

from sayso.errors import InvalidSetting
from sayso.model import Finding, Span
from sayso.model.annotation import Severity

__all__ = ["FindingCode", "finding", "finding_codes"]


@dataclass(frozen=True, slots=True)
class FindingCode:
    """What a code means; a code is never used twice, not even after it is withdrawn."""

    code: str
    name: str
    severity: Severity
    summary: str
    message: str
    """Format string of the finding's message."""
    bad: str
    """An example that raises it."""
    good: str
    """The same, mended."""


@cache
def finding_codes() -> dict[str, FindingCode]:
    """Every code, in order: SAY1xx sources, 2xx attribution, 3xx copy and page, 4xx time, 5xx across pages."""
    import yaml

    codes: dict[str, FindingCode] = {}
    folder = resources.files("sayso.lang.en")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not (entry.name.startswith("findings_") and entry.name.endswith(".yaml")):
            continue
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        for row in yaml.load(entry.read_text(encoding="utf-8"), Loader=loader):
            code = FindingCode(**row)
            _check(code, codes, entry.name)
            codes[code.code] = code
    return dict(sorted(codes.items()))


def _check(code: FindingCode, codes: dict[str, FindingCode], where: str) -> None:
    if code.code in codes:
        raise InvalidSetting(f"expected each code once, got {code.code} again in {where}; take the next free number")
    if code.severity not in get_args(Severity):
        raise InvalidSetting(
            f"expected a severity among {', '.join(get_args(Severity))}, got {code.severity} at {code.code} in {where}"
        )


def finding(code: str, span: Span | None, *, related: tuple[Span, ...] = (), **words: object) -> Finding:
    """A finding of that code, its message filled in with `words`."""
    entry = finding_codes()[code]
    return Finding(code, span, entry.severity, entry.message.format(**words), related)
