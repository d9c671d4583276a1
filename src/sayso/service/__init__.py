"""One function per thing a user can do; the doors import nothing else."""

from .batch import Report, annotate
from .evaluating import evaluate
from .findings import FindingCode, finding_codes
from .reading import Options, find_pages, holds_many, layers_of, read, read_all, read_html, read_text
from .report import print_reading, write_html
from .schema import schema_text

__all__ = [
    "FindingCode",
    "Options",
    "Report",
    "annotate",
    "evaluate",
    "find_pages",
    "finding_codes",
    "holds_many",
    "layers_of",
    "print_reading",
    "read",
    "read_all",
    "read_html",
    "read_text",
    "schema_text",
    "write_html",
]
