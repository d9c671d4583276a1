"""Score the audit on marked drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sayso.audit import rules
from sayso.evaluation.audits import AuditScores, score_audits

from .audit import audit_draft

__all__ = ["evaluate_audits"]


def evaluate_audits(gold: Iterable[Mapping[str, Any]]) -> AuditScores:
    """Audit every draft with the default set, and score the remarks.

    Args:
        gold: drafts with `id`, `draft` and `expect`.
    """
    rows = list(gold)
    made = {}
    for row in rows:
        violations = audit_draft(row["draft"], name=row.get("name", "draft.txt")).violations
        made[row["id"]] = [(v.code, (v.span.start, v.span.end) if v.span else None) for v in violations]
    return score_audits(rows, made, {code: rule.family for code, rule in rules().items()})
