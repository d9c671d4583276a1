"""Audit drafts: read them, compare them with a case where one is given, and tell what a standards editor would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.audit import Audit, Draft, Settings, audit, draft_of
from sayso.audit.settings import find_settings, load_settings, settings_of
from sayso.audit.show import FORMATS, explain, github_lines, json_text, sarif, text_lines
from sayso.errors import BadInput, InvalidSetting
from sayso.model import Finding, Reading
from sayso.readers import MAX_BYTES
from sayso.readers.decode import decode

from .reading import read_html, read_text

if TYPE_CHECKING:
    from .case import Case

__all__ = [
    "FORMATS",
    "Audit",
    "Overrides",
    "Settings",
    "audit_draft",
    "audit_drafts",
    "audit_settings",
    "explain",
    "github_lines",
    "json_text",
    "read_draft",
    "sarif",
    "text_lines",
]

LAYERS = ("article", "sentences", "entities", "attributions", "timexes", "findings")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the call says on top of the settings on file."""

    rules: str | None = None
    """A set's name, or a TOML file."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None


def audit_settings(folder: Path, overrides: Overrides | None = None) -> Settings:
    """The settings on file nearest to `folder`, and what the call says on top.

    Raises:
        InvalidSetting: a file, set, code or severity isn't one that there is.
    """
    said = overrides or Overrides()
    on_file = Path(said.rules) if said.rules and said.rules.endswith(".toml") else find_settings(folder.resolve())
    base = (load_settings(on_file) if on_file else None) or Settings()
    table: dict[str, object] = {}
    if said.rules and not said.rules.endswith(".toml"):
        table["rules"] = said.rules
    if said.select:
        table["select"] = said.select
    if said.ignore:
        table["ignore"] = (*base.ignore, *said.ignore)
    if said.fail_on:
        table["fail-on"] = said.fail_on
    return settings_of(table, "the call", base=base)


def read_draft(draft: Draft) -> Reading:
    """The reading of a draft, as the audit asks for it."""
    if draft.kind == "html":
        return read_html(draft.source, layers=LAYERS)
    return read_text(draft.text, layers=LAYERS, title=draft.title, published=draft.published)


def audit_draft(
    source: str, *, name: str = "draft", settings: Settings | None = None, case: Case | None = None
) -> Audit:
    """Audit one draft that is at hand as a string.

    Args:
        source: plain text, Markdown or HTML.
        name: its file's name; `.md` and `.html` tell the kind.
        settings: what is looked for; the default set without any.
        case: earlier pages to compare it with.
    >>> [v.code for v in audit_draft("The bridge will close for a year, officials said on Monday.").violations]
    ['SAY102']
    """
    draft = draft_of(source, name=name)
    reading = read_draft(draft)
    return audit(draft, reading, settings, across=_across(reading, case))


def audit_drafts(
    names: tuple[str, ...], *, settings: Settings | None = None, case: str | os.PathLike[str] | None = None
) -> Iterator[tuple[str, Audit | BadInput]]:
    """Audit files, each as it is read.

    Args:
        names: paths, or `-` for standard input.
        settings: as `audit_draft`.
        case: folder of a case to compare them with.
    Yields:
        A draft's name, and its audit or why it can't be read.
    Raises:
        InvalidSetting: there is no such file or case.
    """
    from .case import Case

    held = Case(case) if case is not None else None
    if held is not None:
        _ = held.store
    for name in names:
        try:
            source = _text_of(name)
            yield name, audit_draft(source, name=name, settings=settings, case=held)
        except BadInput as error:
            yield name, error


def _text_of(name: str) -> str:
    import sys

    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as handle:
                data = handle.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidSetting(f"expected a readable file, got “{why}” at {name}; check the path") from error
    if not data.strip():
        raise BadInput(f"expected a draft, got nothing at {name}; leave it out")
    text, _ = decode(data, None)
    return text


def _across(reading: Reading, case: Case | None) -> list[Finding]:
    if case is None:
        return []
    from .audit_case import findings_across

    return findings_across(reading, case)
