from __future__ import annotations

from typing import Any

from sayso.render.timeline import WIDTH, build_timeline

from .readings import reading


def timed(*days: tuple[str | None, str | None]) -> dict[str, Any]:
    data = reading()
    first = data["timexes"][0]
    data["timexes"] = [first | {"id": f"t{i}", "earliest": low, "latest": high} for i, (low, high) in enumerate(days)]
    return data


def strip(*days: tuple[str | None, str | None]) -> Any:
    return build_timeline(timed(*days), lambda span: f"words {span[0]}")


def test_a_day_is_a_dot_and_an_interval_has_length() -> None:
    line = strip(("2023-09-01", "2023-09-01"), ("2023-08-01", "2023-08-31"))
    assert [bar.is_day for bar in line.bars] == [False, True]
    assert line.bars[0].width > 0


def test_bars_stand_in_order_and_inside_the_drawing() -> None:
    line = strip(("2009-01-01", "2009-12-31"), ("2023-09-01", "2023-09-01"), ("2023-09-03", "2023-09-03"))
    xs = [bar.x for bar in line.bars]
    assert xs == sorted(xs)
    assert all(0 <= bar.x <= bar.x + bar.width <= WIDTH for bar in line.bars)


def test_a_long_gap_is_cut_short_and_marked() -> None:
    line = strip(*((f"2023-09-{d:02}", f"2023-09-{d:02}") for d in (11, 13, 15, 16)), ("1950-01-01", "1950-01-01"))
    assert len(line.breaks) == 1
    assert line.bars[1].x - line.bars[0].x < WIDTH * 0.9


def test_labels_in_one_lane_do_not_meet() -> None:
    line = strip(*((f"2023-09-{d:02}", f"2023-09-{d:02}") for d in range(1, 9)))
    assert len({bar.y for bar in line.bars}) > 1


def test_an_open_end_is_marked() -> None:
    line = strip(("2023-09-01", None))
    assert line.bars[0].open_high
    assert not line.bars[0].is_day


def test_the_same_interval_is_drawn_once() -> None:
    line = strip(("2023-09-01", "2023-09-01"), ("2023-09-01", "2023-09-01"))
    assert [bar.count for bar in line.bars] == [2]


def test_nothing_dated_nothing_drawn() -> None:
    assert strip((None, None)) is None
