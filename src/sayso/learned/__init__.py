"""Learned models evaluated with numpy alone; training libraries stay out of the package."""

from .forest import Forest

__all__ = ["Forest"]
