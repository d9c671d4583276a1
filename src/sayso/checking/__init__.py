"""Quotations and attributed statements of a text, looked for in pages: to the letter, altered, stitched, or not."""

from .checker import check_pages
from .pages import CheckedPage, SaidThere
from .verdicts import STATUSES, Place, Verdict, is_right, summary

__all__ = ["STATUSES", "CheckedPage", "Place", "SaidThere", "Verdict", "check_pages", "is_right", "summary"]
