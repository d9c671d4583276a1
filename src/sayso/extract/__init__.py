"""From a page to its article: blocks, runs back to the page, metadata."""

from .article import EXTRACTOR, EXTRACTOR_VERSION, extract

__all__ = ["EXTRACTOR", "EXTRACTOR_VERSION", "extract"]
