"""The published contract."""

from __future__ import annotations

import json

from sayso.model.schema import reading_schema

__all__ = ["schema_text"]


def schema_text() -> str:
    """The JSON Schema of reading/1, indented."""
    return json.dumps(reading_schema(), indent=2, ensure_ascii=False)
