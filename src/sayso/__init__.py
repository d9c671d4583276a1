"""Sayso reads news pages and rebuilds, for every statement in them, the chain it stands on.

>>> import sayso
>>> reading = sayso.read_text("The mayor said the bridge was safe.", published="2024-05-01")
>>> reading.rows("attributions")[0]["source"]
'The mayor'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .errors import BadInput, InvalidSetting, SaysoError
    from .model import LAYERS, Article, Attribution, Finding, Reading, Span, Timex
    from .service import Case, annotate, read, read_all, read_html, read_text
    from .service.check import check

__all__ = [
    "LAYERS",
    "Article",
    "Attribution",
    "BadInput",
    "Case",
    "Finding",
    "InvalidSetting",
    "Reading",
    "SaysoError",
    "Span",
    "Timex",
    "__version__",
    "annotate",
    "check",
    "read",
    "read_all",
    "read_html",
    "read_text",
]

_HOMES = dict.fromkeys(("BadInput", "InvalidSetting", "SaysoError"), "sayso.errors") | dict.fromkeys(
    ("Case", "annotate", "check", "read", "read_all", "read_html", "read_text"), "sayso.service"
)


def __getattr__(name: str) -> Any:
    """Find a public name when it is first asked for, so that `import sayso` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "sayso.model")), name)
