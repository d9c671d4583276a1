"""The language of a page and of its blocks."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["block_languages", "page_language"]


def page_language(stated: str | None, texts: Sequence[str]) -> str | None:
    """ISO 639-1 code of a page."""
    code = (stated or "").strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else None


def block_languages(texts: Sequence[str], language: str | None) -> tuple[str | None, ...]:
    """ISO 639-1 code per block where it differs from the page's."""
    return (None,) * len(texts)
