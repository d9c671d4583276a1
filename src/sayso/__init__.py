"""Sayso reads news pages and rebuilds, for every statement in them, the chain it stands on."""

__version__ = "0.1.0"
