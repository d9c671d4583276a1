"""Learned models evaluated with numpy alone; training libraries stay out of the package."""

from .forest import Forest
from .onnx import open_session

__all__ = ["Forest", "open_session"]
