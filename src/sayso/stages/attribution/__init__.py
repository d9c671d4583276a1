"""Attributions: who said what, in which words, how firmly, by way of whom."""

from __future__ import annotations

from .raw import Detector, RawAttribution
from .stage import Attributions

__all__ = ["Attributions", "Detector", "RawAttribution"]
