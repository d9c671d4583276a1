"""Gradient-boosted trees: trained with LightGBM, evaluated here in numpy alone."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from sayso.errors import InvalidSetting

if TYPE_CHECKING:
    from os import PathLike

__all__ = ["Forest"]

FORMAT: Final = 1
CELLS_AT_ONCE: Final = 1 << 18
"""Rows times trees walked in one go; bounds the memory at a few MB."""
UNITS: Final = float(1 << 40)
"""Leaf values are added as whole numbers of 2^-40, so that no order of adding changes a bit."""
DECIMALS: Final = 9
"""Probabilities are rounded, since `exp` differs in the last bit between processors."""
MISSING_NONE, MISSING_ZERO, MISSING_NAN = 0, 1, 2

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """A boosted forest as flat arrays over all nodes of all trees; a leaf points at itself.

    Missing values (NaN): a split on a feature that had missing values in training sends NaN the way
    learned there; any other split reads NaN as 0, as LightGBM does.
    """

    objective: str
    """`binary`, `multiclass`, or another, whose predictions are left raw."""
    classes: int
    """Trees per round: 1, or the number of classes."""
    depth: int
    """Most splits between a root and a leaf."""
    names: tuple[str, ...]
    """Feature names, in the order of the columns."""
    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    """The largest float32 not above LightGBM's threshold: exact for float32 input."""
    children: NDArray[np.int32]
    """Shape [2 * nodes]: right child at 2i, left child at 2i + 1."""
    nan_left: NDArray[np.bool_]
    splits: NDArray[np.bool_]
    """False at leaves."""
    leaf: NDArray[np.int64]
    """Value of each leaf in units of 2^-40, 0 at splits."""

    @property
    def features(self) -> int:
        """Number of columns expected."""
        return len(self.names)

    def predict(self, x: NDArray[np.float32], *, sift: tuple[int, float] | None = None) -> Floats:
        """Probabilities, rounded to 9 decimals.

        Args:
            x: features, float32, shape [n, f]; float64 is rounded to float32.
            sift: trees and a sum; rows whose raw sum over that many first trees is lower get no further, and
                keep that sum. For forests of two classes.

        Returns:
            Shape [n] for a binary forest, [n, k] for k classes (rows add up to 1, but for rounding);
            raw values for any other objective.

        Raises:
            InvalidSetting: `x` hasn't the forest's number of columns.
        """
        raw = self.predict_raw(x) if sift is None else self._sifted(x, *sift)
        if self.objective == "binary":
            return cast("Floats", np.round(1.0 / (1.0 + np.exp(-np.clip(raw, -700.0, 700.0))), DECIMALS))
        if self.objective == "multiclass":
            shares = np.exp(raw - raw.max(axis=1, keepdims=True))
            return cast("Floats", np.round(shares / shares.sum(axis=1, keepdims=True), DECIMALS))
        return raw

    def predict_raw(self, x: NDArray[np.float32]) -> Floats:
        """Sums of leaf values, shape [n], or [n, k] for k > 1 classes; a row's sum depends on that row alone."""
        sums = self._sums(self._checked(x), self.roots)
        values = sums / UNITS
        return values[:, 0] if self.classes == 1 else values

    def _sifted(self, x: NDArray[np.float32], trees: int, least: float) -> Floats:
        x = self._checked(x)
        sums = self._sums(x, self.roots[:trees])[:, 0]
        on = np.flatnonzero(sums >= least * UNITS)
        sums[on] += self._sums(x[on], self.roots[trees:])[:, 0]
        return sums / UNITS

    def _checked(self, x: NDArray[np.float32]) -> NDArray[np.float32]:
        x = np.ascontiguousarray(x, dtype=np.float32)
        if x.ndim != 2 or x.shape[1] != self.features:
            raise InvalidSetting(
                f"expected features of shape [n, {self.features}], got {list(x.shape)}; pass the columns {self.names}"
            )
        return x

    def _sums(self, x: NDArray[np.float32], roots: NDArray[np.int32]) -> NDArray[np.int64]:
        """Sums of leaves of the trees at `roots`, shape [n, classes], in units."""
        step = max(1, CELLS_AT_ONCE // max(1, len(roots)))
        parts = [self._walk(x[start : start + step], roots) for start in range(0, len(x), step)]
        return np.concatenate(parts) if parts else np.zeros((0, self.classes), dtype=np.int64)

    def _walk(self, x: NDArray[np.float32], roots: NDArray[np.int32]) -> NDArray[np.int64]:
        rows = len(x)
        flat = x.ravel()
        missing = np.isnan(flat)
        any_missing = bool(missing.any())
        node = np.tile(roots, rows)
        base = np.repeat(np.arange(rows, dtype=np.int32) * self.features, len(roots))
        going = np.arange(len(node), dtype=np.int32)
        at = node
        for level in range(self.depth):
            cell = base + self.feature.take(at)
            left = flat.take(cell) <= self.threshold.take(at)
            if any_missing:
                left |= missing.take(cell) & self.nan_left.take(at)
            at = self.children.take(2 * at + left)
            if level % 2 or level == self.depth - 1:  # every second level: leaves point at themselves, so they may wait
                node[going] = at
                on = np.flatnonzero(self.splits.take(at))
                at, base, going = at.take(on), base.take(on), going.take(on)
        values = self.leaf.take(node).reshape(rows, -1, self.classes)
        return cast("NDArray[np.int64]", values.sum(axis=1, dtype=np.int64))

    def save(self, path: str | PathLike[str]) -> None:
        """Write a compressed `.npz`: plain arrays, no pickle; the same forest gives the same bytes."""
        with Path(path).open("wb") as handle:
            np.savez_compressed(
                handle,
                format=np.array([FORMAT, self.classes, self.depth], dtype=np.int32),
                objective=np.array(self.objective),
                names=np.array(self.names),
                roots=self.roots,
                feature=self.feature,
                threshold=self.threshold,
                children=self.children,
                nan_left=np.packbits(self.nan_left),
                leaf=(self.leaf[~self.splits] / UNITS).astype(np.float32),
            )

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Forest:
        """Read what `save` wrote.

        Raises:
            InvalidSetting: the file is missing or isn't a forest of this format.
        """
        try:
            with np.load(BytesIO(Path(path).read_bytes()), allow_pickle=False) as held:
                return cls._from_arrays({name: held[name] for name in held.files})
        except (OSError, EOFError, ValueError, KeyError, IndexError, BadZipFile) as error:
            raise InvalidSetting(
                f"expected a forest of format {FORMAT}, got {error!r} at {path}; train or fetch it again"
            ) from error

    @classmethod
    def _from_arrays(cls, held: dict[str, NDArray[Any]]) -> Forest:
        version, classes, depth = (int(value) for value in held["format"])
        nodes = len(held["feature"])
        children = held["children"].astype(np.int32)
        if version != FORMAT or children.shape != (2 * nodes,):
            raise ValueError(f"format {version} with {nodes} nodes")
        names = tuple(str(name) for name in held["names"])
        if nodes and (children.min() < 0 or children.max() >= nodes or held["feature"].max() >= len(names)):
            raise ValueError("a node points outside the forest")
        splits = children[1::2] != np.arange(nodes)
        leaf = np.zeros(nodes, dtype=np.int64)
        leaf[~splits] = np.rint(held["leaf"].astype(np.float64) * UNITS).astype(np.int64)
        return cls(
            objective=str(held["objective"]),
            classes=classes,
            depth=depth,
            names=names,
            roots=held["roots"].astype(np.int32),
            feature=held["feature"].astype(np.int16),
            threshold=held["threshold"].astype(np.float32),
            children=children,
            nan_left=np.unpackbits(held["nan_left"], count=nodes).astype(np.bool_),
            splits=splits,
            leaf=leaf,
        )

    @classmethod
    def from_lightgbm(cls, booster: Any) -> Forest:
        """Take over a trained `lightgbm.Booster`, up to its best round; used in training alone.

        Args:
            booster: a Booster, or the text of `model_to_string()`.

        Raises:
            InvalidSetting: the model has categorical splits, linear leaves, averaging, zeros as missing values,
                or an objective whose probabilities are neither a plain sigmoid nor a softmax.
        """
        text = booster if isinstance(booster, str) else booster.model_to_string()
        return _read_lightgbm(text)


class _Builder:
    """Appends trees to flat lists."""

    def __init__(self) -> None:
        self.roots: list[int] = []
        self.feature: list[int] = []
        self.threshold: list[np.float32] = []
        self.children: list[int] = []
        self.nan_left: list[bool] = []
        self.leaf: list[int] = []
        self.depth = 0

    def add(self, tree: dict[str, str]) -> None:
        leaves = [float(value) for value in tree["leaf_value"].split()]
        splits = len(leaves) - 1
        base = len(self.feature)
        self.roots.append(base)
        if splits:
            self._add_splits(tree, base, splits)
        for number, value in enumerate(leaves):
            self._append(0, np.float32(0), (base + splits + number,) * 2, False, float(np.float32(value)))

    def _add_splits(self, tree: dict[str, str], base: int, splits: int) -> None:
        features = [int(value) for value in tree["split_feature"].split()]
        thresholds = [float(value) for value in tree["threshold"].split()]
        decisions = [int(value) for value in tree["decision_type"].split()]
        left, right = ([int(value) for value in tree[f"{side}_child"].split()] for side in ("left", "right"))
        depths = [1] * splits
        for i in range(splits):
            for child in (left[i], right[i]):
                if child >= 0:
                    depths[child] = depths[i] + 1
            # A negative child -1 - n is leaf n.
            pair = tuple(base + (child if child >= 0 else splits - 1 - child) for child in (right[i], left[i]))
            nan_left = _nan_left(decisions[i], thresholds[i])
            self._append(features[i], _floor32(thresholds[i]), (pair[0], pair[1]), nan_left, 0.0)
        self.depth = max(self.depth, *depths)

    def _append(self, feature: int, threshold: np.float32, pair: tuple[int, int], nan_left: bool, value: float) -> None:
        self.feature.append(feature)
        self.threshold.append(threshold)
        self.children.extend(pair)
        self.nan_left.append(nan_left)
        self.leaf.append(round(value * UNITS))


def _nan_left(decision: int, threshold: float) -> bool:
    categorical, default_left, missing = decision & 1, bool(decision & 2), (decision >> 2) & 3
    if categorical or missing == MISSING_ZERO:
        raise InvalidSetting("expected numeric splits with NaN or no missing values, got others; train without them")
    return default_left if missing == MISSING_NAN else threshold >= 0.0


def _floor32(value: float) -> np.float32:
    limit = float(np.finfo(np.float32).max)
    rounded = np.float32(math.copysign(min(abs(value), limit), value))
    if float(rounded) <= value:
        return rounded
    with np.errstate(over="ignore"):
        return np.float32(np.nextafter(rounded, np.float32(-np.inf)))


def _read_lightgbm(text: str) -> Forest:
    head, *trees = text.split("\nend of trees", 1)[0].split("\nTree=")
    header = _fields(head)
    kind, *settings = header.get("objective", "none").split()
    sigmoid = next((s for s in settings if s.startswith("sigmoid:")), "sigmoid:1")
    if "average_output" in header or kind == "multiclassova" or float(sigmoid.partition(":")[2]) != 1.0:
        raise InvalidSetting(
            f"expected a boosted model, sigmoid 1 or softmax, got {header.get('objective')}; train it so"
        )
    builder = _Builder()
    for tree in trees:
        fields = _fields(tree)
        if fields.get("is_linear", "0") != "0":
            raise InvalidSetting("expected constant leaves, got linear ones; train with linear_tree=False")
        builder.add(fields)
    return Forest(
        objective=kind,
        classes=int(header["num_tree_per_iteration"]),
        depth=builder.depth,
        names=tuple(header["feature_names"].split()),
        roots=np.array(builder.roots, dtype=np.int32),
        feature=np.array(builder.feature, dtype=np.int16),
        threshold=np.array(builder.threshold, dtype=np.float32),
        children=np.array(builder.children, dtype=np.int32),
        nan_left=np.array(builder.nan_left, dtype=np.bool_),
        splits=np.array(builder.children[1::2], dtype=np.int32) != np.arange(len(builder.feature)),
        leaf=np.array(builder.leaf, dtype=np.int64),
    )


def _fields(section: str) -> dict[str, str]:
    lines = (line.partition("=") for line in section.splitlines() if re.match(r"\w+(=|$)", line))
    return {key: value for key, _, value in lines}
