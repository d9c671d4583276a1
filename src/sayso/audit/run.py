"""The audit of one draft: which rules find what, where it stands in the draft, and the sourcing as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sayso.model import Finding, Reading, Span
from sayso.model.annotation import Severity
from sayso.stages.findings_registry import finding_codes

from .checks import CHECKS
from .draft import Draft, Marker, Place
from .rulebook import rules
from .scene import Scene
from .settings import GRAVITY, Settings
from .strip import Strip, strip_of

__all__ = ["Audit", "Violation", "audit"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One remark, at its place in the draft as given; a remark on the draft as a whole has no span."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span | None
    """In the draft, in code points."""
    start: Place
    end: Place
    words: str
    related: tuple[Span, ...] = ()
    label: str | None = None
    """`judgement` where style guides leave the matter to judgement."""
    guide: str | None = None
    """What the chosen style guide says of it, paraphrased."""

    def to_dict(self) -> dict[str, Any]:
        """The violation as plain JSON."""
        return {
            "code": self.code,
            "name": self.name,
            "severity": self.severity,
            "label": self.label,
            "message": self.message,
            "span": self.span.as_list() if self.span else None,
            "words": self.words,
            "line": self.start.line,
            "column": self.start.column,
            "end_line": self.end.line,
            "end_column": self.end.column,
            "related": [span.as_list() for span in self.related],
            "guide": self.guide,
        }


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit of a draft came to."""

    draft: Draft
    violations: tuple[Violation, ...]
    strip: Strip
    ignored: int = 0
    """Remarks that the draft's own markers left out."""

    def fails(self, settings: Settings) -> bool:
        """Whether a violation is as grave as the settings ask for."""
        return any(settings.fails(violation.severity) for violation in self.violations)

    def to_dict(self) -> dict[str, Any]:
        """The audit as plain JSON."""
        return {
            "draft": self.draft.name,
            "violations": [violation.to_dict() for violation in self.violations],
            "ignored": self.ignored,
            "sourcing": self.strip.to_dict(),
        }


def audit(draft: Draft, reading: Reading, settings: Settings | None = None, *, across: Iterable[Finding] = ()) -> Audit:
    """Audit one draft.

    Args:
        draft: as `draft_of` made it.
        reading: of the draft's text, with the layers article, sentences, entities, attributions and findings.
        settings: what is looked for; the default set without any.
        across: findings that a comparison with other pages made.
    """
    settings = settings or Settings()
    codes = settings.codes()
    scene = Scene(reading, (*reading.article.byline, *draft.writers, *settings.writers))
    found = sorted({*_found(scene, codes), *(f for f in across if f.code in codes)}, key=_place)
    made = [_violation(f, draft, reading, codes[f.code], settings) for f in found]
    kept = [v for v, f in zip(made, found, strict=True) if not _is_ignored(v, draft, reading)]
    kept.sort(key=lambda v: (v.span.start if v.span else -1, -GRAVITY[v.severity], v.code))
    return Audit(draft, tuple(kept), strip_of(scene), len(made) - len(kept))


def _place(found: Finding) -> tuple[int, str, str]:
    return (found.span.start if found.span else -1, found.code, found.message)


def _found(scene: Scene, codes: Iterable[str]) -> Iterator[Finding]:
    """What the audit's rules find, and of the other codes what the reading has found."""
    codes = set(codes)
    for code in sorted(codes & CHECKS.keys()):
        yield from CHECKS[code](scene)
    yield from (f for f in scene.reading.findings or () if f.code in codes and f.code not in CHECKS)


def _violation(found: Finding, draft: Draft, reading: Reading, severity: Severity, settings: Settings) -> Violation:
    span = draft.origin(found.span, reading) if found.span else None
    known = rules().get(found.code)
    guide = settings.rule_set.guide
    return Violation(
        found.code,
        finding_codes()[found.code].name,
        severity,
        found.message,
        span,
        draft.place(span.start if span else 0),
        draft.place(span.end if span else 0),
        " ".join(found.span.of(reading.text).split()) if found.span else "",
        tuple(draft.origin(one, reading) for one in found.related),
        "judgement" if known and known.judgement else None,
        known.guides.get(guide) if known and guide else None,
    )


def _is_ignored(violation: Violation, draft: Draft, reading: Reading) -> bool:
    return any(
        (not marker.codes or any(violation.code.startswith(code) for code in marker.codes))
        and (marker.whole or (violation.span is not None and _covers(marker, violation.span, draft, reading)))
        for marker in draft.markers
    )


def _covers(marker: Marker, span: Span, draft: Draft, reading: Reading) -> bool:
    """Whether the marker stands in or at the end of the paragraph of the remark, or alone before it."""
    blocks = [draft.origin(block.span, reading) for block in reading.article.blocks]
    on = [b for b in blocks if b.start <= marker.span.start and "\n" not in draft.source[b.end : marker.span.start]]
    after = [b for b in blocks if b.start >= marker.span.end]
    if on:
        return on[-1].overlaps(span)
    return bool(after) and after[0].overlaps(span)
