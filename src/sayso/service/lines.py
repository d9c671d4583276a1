"""JSON on one line, for the doors."""

from __future__ import annotations

from sayso.pipeline.records import dump

__all__ = ["dump"]
