from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sayso.errors import InvalidSetting
from sayso.learned import Forest

STUMPS = """tree
version=v4
num_class=1
num_tree_per_iteration=1
objective=binary sigmoid:1
feature_names=length links

Tree=0
num_leaves=3
split_feature=0 1
threshold=0.5 2
decision_type=10 0
left_child=-1 -2
right_child=1 -3
leaf_value=-1 0.25 2
is_linear=0

Tree=1
num_leaves=1
leaf_value=0.5

end of trees
"""


def rows(*values: tuple[float, float]) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_walks_to_the_leaf_and_adds_the_trees() -> None:
    forest = Forest.from_lightgbm(STUMPS)
    raw = forest.predict_raw(rows((0.5, 9), (0.6, 2), (0.6, 2.1)))
    assert raw.tolist() == [-0.5, 0.75, 2.5]


def test_binary_probability_is_the_sigmoid() -> None:
    forest = Forest.from_lightgbm(STUMPS)
    assert forest.predict(rows((0, 0)))[0] == pytest.approx(1 / (1 + np.exp(0.5)), abs=1e-8)


def test_sifted_rows_keep_the_sum_of_the_first_trees() -> None:
    forest = Forest.from_lightgbm(STUMPS)
    x = rows((0.5, 9), (0.6, 2), (0.6, 2.1))
    whole = 1 / (1 + np.exp(-np.array([-0.5, 0.75, 2.5])))
    partial = 1 / (1 + np.exp(1.0))
    assert forest.predict(x, sift=(1, -0.9)).tolist() == pytest.approx([partial, *whole[1:]], abs=1e-8)
    assert forest.predict(x, sift=(1, -1.0)).tolist() == forest.predict(x).tolist()
    assert forest.predict(x[:0], sift=(1, 0.0)).shape == (0,)


def test_missing_goes_the_learned_way_or_counts_as_zero() -> None:
    forest = Forest.from_lightgbm(STUMPS)
    assert forest.predict_raw(rows((np.nan, 9))).tolist() == [-0.5]
    assert forest.predict_raw(rows((0.6, np.nan))).tolist() == [0.75]
    right = Forest.from_lightgbm(STUMPS.replace("decision_type=10 0", "decision_type=8 0"))
    assert right.predict_raw(rows((np.nan, 9))).tolist() == [2.5]


def test_infinities_and_huge_thresholds() -> None:
    forest = Forest.from_lightgbm(STUMPS.replace("threshold=0.5 2", "threshold=-1e300 1e300"))
    assert forest.predict_raw(rows((-np.inf, 0), (-3e38, 3e38), (0, np.inf))).tolist() == [-0.5, 0.75, 2.5]


def test_no_rows_gives_no_predictions() -> None:
    assert Forest.from_lightgbm(STUMPS).predict(np.zeros((0, 2), dtype=np.float32)).shape == (0,)


def test_wrong_columns_are_refused() -> None:
    with pytest.raises(InvalidSetting, match=r"\[n, 2\]"):
        Forest.from_lightgbm(STUMPS).predict(np.zeros((1, 3), dtype=np.float32))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("decision_type=10 0", "decision_type=1 0"),
        ("decision_type=10 0", "decision_type=4 0"),
        ("is_linear=0", "is_linear=1"),
        ("sigmoid:1", "sigmoid:2"),
        ("version=v4", "average_output"),
    ],
)
def test_models_outside_the_format_are_refused(old: str, new: str) -> None:
    with pytest.raises(InvalidSetting):
        Forest.from_lightgbm(STUMPS.replace(old, new, 1))


def test_saved_bytes_are_equal_and_read_back(tmp_path: Path) -> None:
    forest = Forest.from_lightgbm(STUMPS)
    forest.save(tmp_path / "a.npz")
    Forest.load(tmp_path / "a.npz").save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    x = rows((0.5, 9), (0.6, 2), (np.nan, np.nan))
    assert Forest.load(tmp_path / "b.npz").predict(x).tolist() == forest.predict(x).tolist()


def test_a_file_that_is_no_forest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.npz").write_bytes(b"not a forest")
    with pytest.raises(InvalidSetting, match=r"x\.npz"):
        Forest.load(tmp_path / "x.npz")
    (tmp_path / "z.npz").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(InvalidSetting):
        Forest.load(tmp_path / "z.npz")
    (tmp_path / "empty.npz").write_bytes(b"")
    with pytest.raises(InvalidSetting):
        Forest.load(tmp_path / "empty.npz")
    np.savez(tmp_path / "y.npz", format=np.array([1, 1, 1]))
    with pytest.raises(InvalidSetting):
        Forest.load(tmp_path / "y.npz")


def noisy(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    x = generator.normal(size=(count, 6)).astype(np.float32)
    x[:, 4] = np.round(x[:, 4])
    x[generator.random(x.shape) < 0.05] = np.nan
    y = (np.nan_to_num(x[:, 0] * x[:, 1] + x[:, 4], nan=0.5) + generator.normal(size=count)) * 1.5
    return x, y


@pytest.mark.parametrize("objective", ["binary", "multiclass", "regression"])
def test_agrees_with_lightgbm(objective: str, tmp_path: Path) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    x, y = noisy(1, 1500)
    labels = {"binary": y > 0, "multiclass": np.digitize(y, [-1, 1]), "regression": y}[objective]
    settings = {"objective": objective, "verbosity": -1, "num_threads": 1, "seed": 1, "num_leaves": 15}
    if objective == "multiclass":
        settings["num_class"] = 3
    booster = lightgbm.train(settings, lightgbm.Dataset(x, label=labels), num_boost_round=60)
    Forest.from_lightgbm(booster).save(tmp_path / "f.npz")
    forest = Forest.load(tmp_path / "f.npz")
    fresh, _ = noisy(2, 500)
    assert np.abs(forest.predict_raw(fresh) - booster.predict(fresh, raw_score=True)).max() < 1e-6
    assert np.abs(forest.predict(fresh) - booster.predict(fresh)).max() < 1e-6


def test_a_row_counts_the_same_alone_and_in_company() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    x, y = noisy(3, 400)
    booster = lightgbm.train(
        {"objective": "binary", "verbosity": -1, "num_threads": 1}, lightgbm.Dataset(x, label=y > 0), num_boost_round=40
    )
    forest = Forest.from_lightgbm(booster)
    alone = np.concatenate([forest.predict_raw(x[i : i + 1]) for i in range(len(x))])
    assert alone.tobytes() == forest.predict_raw(x).tobytes()
