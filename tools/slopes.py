"""How cost grows with size: the slope of its logarithm."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["exponent"]


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The power of size that cost goes with, by least squares on logarithms: 1 where cost is in proportion.

    >>> round(exponent([1, 2, 4], [3, 12, 48]), 6)
    2.0
    """
    x, y = ([math.log(value) for value in values] for values in (sizes, costs))
    middle, height = sum(x) / len(x), sum(y) / len(y)
    rise = sum((a - middle) * (b - height) for a, b in zip(x, y, strict=True))
    return rise / sum((a - middle) ** 2 for a in x)
