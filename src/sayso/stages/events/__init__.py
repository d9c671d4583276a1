"""Events: who did what to whom, when, on which footing, under which attribution."""

from .stage import Events

__all__ = ["Events"]
