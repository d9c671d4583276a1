"""The gate fails when a floor is missed, and never lowers one silently."""

from __future__ import annotations

from sayso.evaluation.gate import Measured, compare_items, judge, raised

FLOORS = {"set": {"F1": 0.7}, "elsewhere": {"F1": 0.9}}


def test_a_floor_that_is_missed_is_named() -> None:
    assert judge(FLOORS, {"set": Measured({"F1": 0.69})}) == ["set: F1 is 0.6900, its floor 0.7000"]
    assert judge(FLOORS, {"set": Measured({"F1": 0.7})}) == []


def test_an_update_raises_floors_and_lowers_them_only_when_told() -> None:
    worse, better = {"set": Measured({"F1": 0.6})}, {"set": Measured({"F1": 0.8})}
    assert raised(FLOORS, better, allow_loss=False)["set"]["F1"] == 0.8
    assert raised(FLOORS, worse, allow_loss=False)["set"]["F1"] == 0.7
    assert raised(FLOORS, worse, allow_loss=True)["set"]["F1"] == 0.6
    assert raised(FLOORS, worse, allow_loss=True)["elsewhere"]["F1"] == 0.9


def test_gains_and_losses_are_listed_by_item() -> None:
    before, now = {"a": True, "b": False, "c": True}, {"a": False, "b": True, "c": True, "new": False}
    assert compare_items(before, now) == (["b"], ["a"])


def test_what_rounds_to_its_floor_meets_it() -> None:
    assert judge({"set": {"F1": 0.9091}}, {"set": Measured({"F1": 10 / 11}, {})}) == []
