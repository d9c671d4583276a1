"""The findings there are."""

from __future__ import annotations

from sayso.stages.findings_registry import FindingCode, finding_codes

__all__ = ["FindingCode", "finding_codes"]
