"""The audit: remarks on a draft's sourcing, as a linter gives; pure, a reading in and violations out."""

from .draft import Draft, draft_of
from .rulebook import Rule, RuleSet, rule, rule_sets, rules
from .run import Audit, Violation, audit
from .settings import Settings

__all__ = [
    "Audit",
    "Draft",
    "Rule",
    "RuleSet",
    "Settings",
    "Violation",
    "audit",
    "draft_of",
    "rule",
    "rule_sets",
    "rules",
]
