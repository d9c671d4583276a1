"""What a page says of itself: headline, byline, outlet, dates, credits, kind, language."""

from .bylines import Byline, is_agency, is_person, opens_byline, parse_byline
from .dates import FoundDate, find_dates, parse_date, timezone_known
from .headlines import Headline
from .published import DateConflict
from .reader import read_metadata
from .types import Metadata

__all__ = [
    "Byline",
    "DateConflict",
    "FoundDate",
    "Headline",
    "Metadata",
    "find_dates",
    "is_agency",
    "is_person",
    "opens_byline",
    "parse_byline",
    "parse_date",
    "read_metadata",
    "timezone_known",
]
