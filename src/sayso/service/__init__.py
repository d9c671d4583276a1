"""One function per thing a user can do; the doors import nothing else."""

from .audit import audit_draft, audit_drafts, audit_settings
from .batch import Report, annotate
from .case import Case
from .case_origin_rows import graphml, origin_lines, origins_html
from .case_reuse import reuse_heading
from .case_timeline import timeline_html
from .check import check, check_lines
from .evaluating import evaluate
from .export import export, formats
from .findings import FindingCode, finding_codes
from .pack import pack, verify
from .reading import Options, find_pages, holds_many, layers_of, read, read_all, read_html, read_text
from .report import print_reading, write_html
from .schema import schema_text

__all__ = [
    "Case",
    "FindingCode",
    "Options",
    "Report",
    "annotate",
    "audit_draft",
    "audit_drafts",
    "audit_settings",
    "check",
    "check_lines",
    "evaluate",
    "export",
    "find_pages",
    "finding_codes",
    "formats",
    "graphml",
    "holds_many",
    "layers_of",
    "origin_lines",
    "origins_html",
    "pack",
    "print_reading",
    "read",
    "read_all",
    "read_html",
    "read_text",
    "reuse_heading",
    "schema_text",
    "timeline_html",
    "verify",
    "write_html",
]
