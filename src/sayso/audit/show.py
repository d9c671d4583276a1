"""An audit shown: text with the line and a caret, JSON, SARIF 2.1.0, GitHub annotations."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any

from sayso.model import Span
from sayso.version import __version__

from .rulebook import rule
from .run import Audit, Violation
from .settings import Settings
from .strip import GLYPHS, MEANING

__all__ = ["FORMATS", "explain", "github_lines", "json_text", "sarif", "text_lines"]

FORMATS = ("text", "json", "sarif", "github")
WIDTH = 100
"""Columns of a shown line; a longer one is cut around the words."""
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def text_lines(audits: Sequence[Audit]) -> Iterator[str]:
    """Violations with their lines, each draft closed by its sourcing strip."""
    for audit in audits:
        for violation in audit.violations:
            yield from _shown(audit, violation)
            yield ""
        yield from _closing(audit)


def _shown(audit: Audit, violation: Violation) -> Iterator[str]:
    label = f" [{violation.label}]" if violation.label else ""
    where = f"{audit.draft.name}:{violation.start.line}:{violation.start.column}"
    yield f"{where}: {violation.code} {violation.severity}{label} {violation.message} ({violation.name})"
    if violation.span is not None:
        yield from _caret(audit, violation)
    if violation.guide:
        yield f"  = guide: {violation.guide}"


def _caret(audit: Audit, violation: Violation) -> Iterator[str]:
    """The line and carets under its characters, cut around them where it is long."""
    line = audit.draft.line(violation.start.line).expandtabs(1)
    start = violation.start.column - 1
    end = violation.end.column - 1 if violation.end.line == violation.start.line else len(line)
    end = max(min(end, len(line)), start + 1)
    left = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    right = min(len(line), left + WIDTH)
    head, tail = "…" if left else "", "…" if right < len(line) else ""
    number = str(violation.start.line)
    pad = " " * _width(head + line[left:start])
    carets = "^" * max(1, _width(line[start : min(end, right)]))
    yield f"{number} | {head}{_plain(line[left:right])}{tail}"
    yield f"{' ' * len(number)} | {pad}{carets}"


def _plain(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(char if unicodedata.category(char) != "Cc" else "�" for char in text)


def _width(text: str) -> int:
    """Columns that a terminal gives the characters: none to combining marks, two to wide ones."""
    return sum(
        0 if unicodedata.combining(c) or c in "\u200b\u200d\ufe0f" else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _closing(audit: Audit) -> Iterator[str]:
    counts = Counter(violation.severity for violation in audit.violations)
    told = ", ".join(
        f"{counts[s]} {s}{'s' if counts[s] != 1 else ''}" for s in ("error", "warning", "note") if counts[s]
    )
    ignored = f" ({audit.ignored} ignored)" if audit.ignored else ""
    strip = audit.strip
    yield f"{audit.draft.name}: {told or 'nothing found'}{ignored}"
    if strip.paragraphs:
        yield f"  sourcing  {strip.glyphs}"
        shown = [kind for kind in GLYPHS if kind in strip.paragraphs]
        yield f"            {'  '.join(f'{GLYPHS[kind]} {MEANING[kind]}' for kind in shown)}"
        said = ", ".join(f"{count} by {MEANING[kind]}" for kind, count in strip.statements.items())
        yield f"  statements {sum(strip.statements.values())}{': ' + said if said else ''}"
        yield f"  sources {strip.sources}, unnamed {strip.unnamed_sources}; own voice {strip.own_share:.0%} of the text"
    yield ""


def json_text(audits: Sequence[Audit]) -> str:
    """One JSON object: version, and each draft's audit."""
    return json.dumps(
        {"sayso": "audit/1", "version": __version__, "drafts": [audit.to_dict() for audit in audits]},
        ensure_ascii=False,
        indent=1,
    )


def github_lines(audits: Iterable[Audit]) -> Iterator[str]:
    """Workflow commands that GitHub turns into annotations."""
    for audit in audits:
        for v in audit.violations:
            level = {"note": "notice"}.get(v.severity, v.severity)
            same = v.end.line == v.start.line
            place = f"line={v.start.line},endLine={v.end.line}"
            place += f",col={v.start.column},endColumn={v.end.column}" if same else ""
            title = _property(f"{v.code} {v.name}")
            yield f"::{level} file={_property(audit.draft.name)},{place},title={title}::{_data(v.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(audits: Sequence[Audit], settings: Settings) -> dict[str, Any]:
    """A SARIF 2.1.0 log of one run; columns count code points."""
    codes = settings.codes()
    order = {code: number for number, code in enumerate(codes)}
    described = [_descriptor(code, severity) for code, severity in codes.items()]
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "sayso",
                        "version": __version__,
                        "rules": described,
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": _uri(audit)}, "sourceLanguage": "en"} for audit in audits],
                "results": [
                    _result(audit, number, v, order) for number, audit in enumerate(audits) for v in audit.violations
                ],
            }
        ],
    }


def _descriptor(code: str, severity: str) -> dict[str, Any]:
    known = rule(code)
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in known.entry.name.split("-")),
        "shortDescription": {"text": known.entry.summary},
        "fullDescription": {"text": known.flags},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"tags": [known.family, *(["judgement"] if known.judgement else [])]},
    }


def _result(audit: Audit, number: int, v: Violation, order: dict[str, int]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(audit), "index": number}}
    if v.span is not None:
        place["region"] = _region(audit, v.span)
    out: dict[str, Any] = {
        "ruleId": v.code,
        "ruleIndex": order[v.code],
        "level": LEVELS[v.severity],
        "message": {"text": v.message},
        "locations": [{"physicalLocation": place}],
    }
    if v.related:
        out["relatedLocations"] = [_related(audit, number, span) for span in v.related]
    return out


def _related(audit: Audit, number: int, span: Span) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": _uri(audit), "index": number}, "region": _region(audit, span)}
    return {"physicalLocation": place}


def _region(audit: Audit, span: Span) -> dict[str, Any]:
    start, end = audit.draft.place(span.start), audit.draft.place(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "charOffset": span.start,
        "charLength": len(span),
        "snippet": {"text": span.of(audit.draft.source)},
    }


def _uri(audit: Audit) -> str:
    from urllib.parse import quote

    name = audit.draft.name
    return "stdin" if name == "-" else quote(PurePath(name).as_posix())


def explain(code: str) -> str:
    """The rule's page, as Markdown: what it flags and spares, examples, what the guides say.

    Raises:
        InvalidSetting: no such code.
    """
    from .pages import page

    return page(rule(code))
