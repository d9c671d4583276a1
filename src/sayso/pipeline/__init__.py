"""From page to reading: which stages there are, which run, and what becomes of a record."""

from .records import Options, answer
from .registry import check_layers, stages
from .runner import read_page, warm_up

__all__ = ["Options", "answer", "check_layers", "read_page", "stages", "warm_up"]
