"""Over many pages: who copied whom, which pages tell the same story, and how few origins a claim has."""

from .document import Document, document_of
from .families import DocFamily, build_families
from .reuse import Reuse, find_reuse
from .stories import Story, StoryChange, StoryIndex, cluster_stories

__all__ = [
    "DocFamily",
    "Document",
    "Reuse",
    "Story",
    "StoryChange",
    "StoryIndex",
    "build_families",
    "cluster_stories",
    "document_of",
    "find_reuse",
]
