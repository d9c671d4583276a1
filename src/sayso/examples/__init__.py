"""Example pages: one fictional story as eight invented outlets told it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["example_pages"]

_PAGES = Path(__file__).resolve().parent / "pages"


def example_pages() -> list[Path]:
    """The example pages as files, in the order of their numbers.

    >>> example_pages()[0].name
    '01-norrin-press-agency.html'
    """
    return sorted(_PAGES.glob("*.html"))
