"""Attributions: who said what, in which words, how firmly, by way of whom."""

from __future__ import annotations

from .raw import Detector, RawAttribution

__all__ = ["Detector", "RawAttribution"]
