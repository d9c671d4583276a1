"""Exports: readings and what a case says across them, in the formats of other tools. Pure: material in, bytes out."""

from .material import Document, Material
from .registry import Exporter, exporter, exporters
from .tables import TABLES, dictionary_markdown

__all__ = ["TABLES", "Document", "Exporter", "Material", "dictionary_markdown", "exporter", "exporters"]
