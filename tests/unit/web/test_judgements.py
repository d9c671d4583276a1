from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

HTML = {"accept": "text/html"}


def judge(client: TestClient, **said: Any) -> dict[str, Any]:
    answer = client.post("/api/v1/judgements", json=said)
    assert answer.status_code == 201, answer.text
    kept: dict[str, Any] = answer.json()
    return kept


def wire_edge(client: TestClient) -> dict[str, Any]:
    story = client.get("/stories.json").json()["stories"][0]
    pages = client.get(f"{story['address']}.json").json()["pages"]
    edge: dict[str, Any] = next(e for page in pages for e in page["taken"] if e["kind"] == "wire")
    return edge


def test_a_rejected_edge_and_its_withdrawal_change_the_number_of_origins(fresh: TestClient) -> None:
    edge = wire_edge(fresh)
    story = fresh.get("/stories.json").json()["stories"][0]["address"]

    def numbers() -> list[tuple[int, int]]:
        rows = fresh.get(f"{story}/claims.json?show=all&limit=500").json()["claims"]
        return sorted((row["min"], row["max"]) for row in rows)

    before = numbers()
    kept = judge(
        fresh, what="edge", verdict="reject", a=edge["earlier"], b=edge["later"], by="Kim", why="own reporting"
    )
    after = numbers()
    assert sum(high for _, high in after) > sum(high for _, high in before)
    page = fresh.get(edge["address"], headers=HTML).text
    assert "rejected" in page
    assert "Kim" in page
    fresh.post(f"/judgements/{kept['number']}/withdraw")
    assert numbers() == before
    assert fresh.get("/judgements.json").json()["judgements"][0]["withdrawn_at"]


def test_a_corrected_attribution_is_shown_beside_the_machines(fresh: TestClient) -> None:
    row = fresh.get("/search.json?voice=attributed").json()["statements"][0]
    subject = f"{row['doc']}/{row['id']}"
    form = {
        "what": "attribution",
        "verdict": "correct",
        "a": subject,
        "source": "Ada <b>",
        "source_kind": "named_person",
    }
    done = fresh.post("/judgements", data={**form, "back": row["address"]}, follow_redirects=False)
    assert done.headers["location"] == row["address"]
    shown = fresh.get(row["page_address"], headers=HTML).text
    assert "corrected: Ada &lt;b&gt;" in shown
    machine = fresh.get(f"{row['address']}.json").json()
    assert machine["judgements"][0]["value"] == {"source": "Ada <b>", "source_kind": "named_person"}
    assert machine["attribution"]["id"] == row["id"]


def test_a_corrected_day_moves_the_page_in_its_story(fresh: TestClient) -> None:
    story = fresh.get("/stories.json").json()["stories"][0]["address"]
    pages = [page["id"] for page in fresh.get(f"{story}.json").json()["pages"]]
    judge(fresh, what="date", verdict="correct", a=pages[0], value={"value": "2031-01-01"})
    assert [page["id"] for page in fresh.get(f"{story}.json").json()["pages"]] == [*pages[1:], pages[0]]


def test_a_rejected_event_leaves_the_timeline(fresh: TestClient) -> None:
    before = fresh.get("/timeline.json").json()["total"]
    row = next(r for r in fresh.get("/timeline.json").json()["events"] if len(r["evidence"]) == 1)
    judge(fresh, what="date", verdict="reject", a=f"{row['evidence'][0]['page']}/{row['evidence'][0]['event']}")
    assert fresh.get("/timeline.json").json()["total"] == before - 1


def test_sources_judged_the_same_are_shown_together(fresh: TestClient) -> None:
    one, other = fresh.get("/sources.json").json()["sources"][:2]
    judge(fresh, what="source", verdict="same", a=one["id"], b=other["id"])
    data = fresh.get(f"{one['address']}.json").json()
    assert len(data["statements"]) == one["statements"] + other["statements"]
    assert [row["id"] for row in data["merged"]] == [other["id"]]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"what": "root", "verdict": "same", "a": "x", "b": "x"},
        {"what": "taste", "verdict": "accept", "a": "x"},
        {"what": "attribution", "verdict": "accept", "a": "nopage/a1"},
        {"what": "date", "verdict": "correct", "a": "nopage", "value": {"value": "soon"}},
        {"what": "edge", "verdict": "accept", "a": "x", "b": "y"},
        {"what": ["root"], "verdict": "same", "a": "x", "b": "y"},
        {"what": "root", "verdict": "same", "a": "x", "b": "y" * 9_000},
    ],
)
def test_what_cannot_be_judged_is_told(client: TestClient, said: dict[str, Any]) -> None:
    assert client.post("/api/v1/judgements", json=said).status_code == 400
    assert client.get("/judgements.json").json()["total"] == 0


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "http://evil.example", "", "/a\r\nx: y"])
def test_nobody_is_sent_elsewhere(fresh: TestClient, back: str) -> None:
    form = {"what": "root", "verdict": "same", "a": "x", "b": "y", "back": back}
    assert fresh.post("/judgements", data=form, follow_redirects=False).headers["location"] == "/judgements"
