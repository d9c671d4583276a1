"""A reading shown: in the terminal, as one HTML file, as a fragment for notebooks."""

from .html import render_fragment, render_html
from .terminal import render_terminal

__all__ = ["render_fragment", "render_html", "render_terminal"]
