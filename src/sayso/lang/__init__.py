"""Language data: word lists as YAML, one folder per language, loaded once on first use."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["load"]


@cache
def load(name: str, language: str = "en") -> Any:
    """The content of `lang/<language>/<name>.yaml`; the same object each time, so don't change it.

    Raises:
        FileNotFoundError: there is no such file.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files(__package__).joinpath(language, f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=loader)
