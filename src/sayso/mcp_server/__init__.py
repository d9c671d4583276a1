"""The Model Context Protocol door: a handful of read-only tools over standard input and output."""

from .server import serve

__all__ = ["serve"]
