"""The command line: a command parses and prints; the work is in `sayso.service`."""

from .main import main

__all__ = ["main"]
