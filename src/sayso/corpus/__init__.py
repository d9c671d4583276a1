"""Over many pages: who copied whom, which pages tell the same story, and how few origins a claim has."""

from .document import Document, document_of
from .families import DocFamily, build_families
from .reuse import Reuse, find_reuse

__all__ = ["DocFamily", "Document", "Reuse", "build_families", "document_of", "find_reuse"]
