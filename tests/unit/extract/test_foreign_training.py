from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("lightgbm")
pytest.importorskip("scipy")

from tools.train_foreign import SECOND, averaged, boosted, trained

from sayso.learned import Forest

SMALL = {**SECOND, "rounds": 5, "min_data_in_leaf": 5}


def test_forests_of_several_draws_are_averaged() -> None:
    draw = np.random.default_rng(0)
    x = draw.normal(size=(400, 6)).astype(np.float32)
    x[::7, 2] = np.nan
    y = (x[:, 0] + np.nan_to_num(x[:, 2]) + draw.normal(size=400)) > 0.5
    forests = [Forest.from_lightgbm(boosted(x, y, {**SMALL, "seed": seed})) for seed in (1, 2, 3)]
    alone = np.array([forest.predict_raw(x) for forest in forests])
    assert np.abs(alone - alone[0]).max() > 0.01
    assert averaged(forests).predict_raw(x) == pytest.approx(alone.mean(axis=0), abs=1e-6)
    assert trained(x, y, list("abcdef"), SMALL).predict_raw(x) == pytest.approx(alone.mean(axis=0), abs=1e-6)
