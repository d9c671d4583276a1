"""A reading shown: in the terminal, or as a self-contained HTML file, written atomically."""

from __future__ import annotations

import os
from pathlib import Path

from sayso.errors import InvalidSetting
from sayso.model import Reading
from sayso.render import render_html, render_terminal

__all__ = ["print_reading", "write_html"]


def print_reading(reading: Reading) -> None:
    """Print the reading for people: the article, then who says what, when; findings last."""
    from rich.console import Console

    render_terminal(reading.to_dict(), Console(highlight=False))


def write_html(reading: Reading, path: str | os.PathLike[str]) -> Path:
    """Write the reading's report to `path`.

    Raises:
        InvalidSetting: the file can't be written.
    """
    target = Path(path)
    part = target.with_name(target.name + ".part")
    try:
        part.write_text(render_html(reading.to_dict()), encoding="utf-8")
        os.replace(part, target)
    except OSError as error:
        raise InvalidSetting(f"expected a writable file, got “{error.strerror}” at {target}; check the path") from error
    return target
