"""The timeline in words."""

from __future__ import annotations

from typing import Any

import sayso
from sayso.render.happenings import MAX_ROWS, build_happenings

TEXT = (
    "The bridge fell on Saturday, police said. The city plans to rebuild it in December. "
    "The mayor denied that a crane had hit it on Friday. Boats came and went."
)


def event(trigger: int, low: str | None, high: str | None, **more: Any) -> dict[str, Any]:
    return {
        "id": f"v{trigger}", "trigger": [trigger, trigger + 1], "actor": [], "target": [],
        "time": {"timex": None, "earliest": low, "latest": high}, "footing": "reported", "attribution": None, **more,
    }  # fmt: skip


def built(*events: dict[str, Any]) -> Any:
    reading = {"article": {"date_published": {"value": "2018-09-11"}}, "events": list(events)}
    return build_happenings(reading, lambda span: "x" * (span[1] - span[0]))


def test_events_stand_in_order_of_their_days() -> None:
    found = built(
        event(0, "2018-09-09", "2018-09-09"), event(5, "2018-09-01", "2018-09-30"), event(9, None, "2018-08-01")
    )
    assert [row.days for row in found.rows] == ["by 2018-08-01", "2018-09-01 – 2018-09-30", "2018-09-09"]


def test_what_is_only_before_publication_is_counted_not_listed() -> None:
    found = built(event(0, None, "2018-09-11"), event(5, None, None), event(9, "2018-09-10", "2018-09-10"))
    assert len(found.rows) == 1
    assert found.undated == 2


def test_a_long_list_is_cut_and_says_so() -> None:
    found = built(*(event(n, "2018-09-09", "2018-09-09") for n in range(MAX_ROWS + 7)))
    assert len(found.rows) == MAX_ROWS
    assert found.more == 7


def test_rows_carry_footing_and_chain() -> None:
    data = sayso.read_text(TEXT, published="2018-09-11").to_dict()
    found = build_happenings(data, lambda span: data["article"]["text"][span[0] : span[1]])
    footing = {row.words: row.label for row in found.rows}
    assert any("rebuild" in words and label == "planned" for words, label in footing.items())
    assert any("hit" in words and label == "denied" for words, label in footing.items())
    fell = next(row for row in found.rows if "fell" in row.words)
    assert fell.days == "2018-09-08"
    assert fell.attribution in {a["id"] for a in data["attributions"]}
