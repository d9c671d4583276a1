"""Time expressions: tokens with classes, rules that compose them, anchors, and TimeML values at the end."""

from .stage import Timexes

__all__ = ["Timexes"]
