from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from starlette.testclient import TestClient

HTML = {"accept": "text/html"}


def first(client: TestClient, address: str, name: str) -> dict[str, Any]:
    row: dict[str, Any] = client.get(address).json()[name][0]
    return row


def test_every_list_has_twins_that_say_the_same(client: TestClient) -> None:
    lists = {"/pages": "pages", "/stories": "stories", "/sources": "sources", "/search": "statements"}
    for path, name in lists.items():
        page = client.get(path, headers=HTML)
        assert page.status_code == 200, path
        data = client.get(f"{path}.json").json()
        table = list(csv.DictReader(io.StringIO(client.get(f"{path}.csv").text)))
        assert len(table) == len(data[name]) > 0
        assert f'href="{path}.json"' in page.text
        assert client.get(f"/api/v1{path}").json() == data


def test_lists_are_given_a_stretch_at_a_time(client: TestClient) -> None:
    whole = client.get("/search.json?limit=500").json()
    seen, address = [], "/search.json?limit=7"
    while address:
        part = client.get(address).json()
        seen += [row["address"] for row in part["statements"]]
        address = part["next"] and part["next"].replace("/search?", "/search.json?")
    assert seen == [row["address"] for row in whole["statements"]]
    assert len(seen) == whole["total"] > 20


def test_the_article_shows_statements_chains_findings_and_times(client: TestClient) -> None:
    key = first(client, "/pages.json", "pages")["key"]
    text = client.get(f"/pages/{key}", headers=HTML).text
    for part in ('class="note', 'class="chain"', 'class="fold"', "SAY", 'class="strip"', 'class="legend"'):
        assert part in text
    assert client.get(f"/pages/{key}.json").json()["sayso"] == "reading/1"
    assert "content" in client.get(f"/pages/{key}.csv").text.splitlines()[0]


def test_the_archived_page_stands_in_a_sandbox_with_the_same_marks(client: TestClient) -> None:
    row = first(client, "/pages.json?order=attributions", "pages")
    beside = client.get(f"/pages/{row['key']}?beside=page", headers=HTML).text
    assert f'sandbox src="/pages/{row["key"]}/frame' in beside
    frame = client.get(f"/pages/{row['key']}/frame")
    policy = frame.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.rstrip().endswith("sandbox")
    reading = client.get(f"/pages/{row['key']}.json").json()
    marked = sum(f'id="m-{a["id"]}"' in frame.text for a in reading["attributions"] if a["content"])
    assert marked == sum(bool(a["content"]) for a in reading["attributions"])


def test_a_story_tells_who_took_it_from_whom_and_every_edge_opens_its_passages(client: TestClient) -> None:
    story = client.get("/stories.json").json()["stories"][0]
    data = client.get(f"{story['address']}.json").json()
    times = [page["published"] for page in data["pages"]]
    assert times == sorted(times)
    edges = [edge for page in data["pages"] for edge in page["taken"]]
    assert {edge["kind"] for edge in edges} >= {"wire", "cited"}
    shown = client.get(story["address"], headers=HTML).text
    for edge in edges:
        assert edge["address"] in shown
        pair = client.get(f"{edge['address']}.json").json()
        assert pair["passages"] or pair["cites"]
        assert client.get(edge["address"], headers=HTML).status_code == 200


def test_two_versions_stand_side_by_side(client: TestClient) -> None:
    keys = [row["key"] for row in client.get("/pages.json").json()["pages"]]
    data = client.get(f"/compare.json?a={keys[0]}&b={keys[1]}").json()
    assert {"removed", "changed"} <= {row["what"] for row in data["changes"]}
    assert "<mark>" in client.get(f"/compare?a={keys[0]}&b={keys[1]}", headers=HTML).text


def test_claims_carry_the_number_of_their_origins_and_the_tree_behind_it(client: TestClient) -> None:
    story = client.get("/stories.json").json()["stories"][0]
    claims = client.get(f"{story['address']}/claims.json").json()["claims"]
    assert all(1 <= row["min"] <= row["likely"] <= row["max"] for row in claims)
    assert all(row["likely"] <= len(row["statements"]) for row in claims)  # one may stand on several people: `max`
    top = claims[0]
    assert len(top["pages"]) > top["min"]
    tree = client.get(f"{top['address']}.json").json()
    assert (tree["min"], tree["max"]) == (top["min"], top["max"])
    page = client.get(top["address"], headers=HTML).text
    assert page.count('class="node') == len(tree["nodes"])
    for edge in tree["edges"]:
        assert f'class="say {edge["kind"]}"' in page


def test_a_source_shows_all_it_said_in_time(client: TestClient) -> None:
    row = first(client, "/sources.json?group=named", "sources")
    data = client.get(f"{row['address']}.json").json()
    assert len(data["statements"]) == row["statements"]
    assert {one["hand"] for one in data["statements"]} <= {"first", "second"}
    for one in data["statements"][:3]:
        assert client.get(one["address"], headers=HTML).status_code == 200
    second = client.get("/sources.json?hand=second").json()["sources"]
    assert all(one["second_hand"] == one["statements"] for one in second)


def test_search_narrows_by_words_fields_and_facets(client: TestClient) -> None:
    everything = client.get("/search.json?q=dam").json()
    assert everything["total"] > 5
    for name, values in everything["facets"].items():
        for value in values[:2]:
            part = client.get(value["address"].replace("/search?", "/search.json?")).json()
            assert part["total"] == value["count"], (name, value)
    field = client.get('/search.json?q=source:unnamed "dam"').json()
    assert 0 < field["total"] < everything["total"]
    assert all("unnamed" in row["source"] for row in field["statements"])
    assert client.get("/search.json?q=nobodysaysthis").json()["total"] == 0
    days = [row["day"] for row in client.get("/search.json?q=dam&order=newest").json()["statements"]]
    assert days == sorted(days, reverse=True)
    assert client.get("/search.json?q=dam&before=2023-09-17").json()["total"] < everything["total"]


def test_the_timeline_is_filtered_by_actor_place_in_the_chain_and_footing(client: TestClient) -> None:
    whole = client.get("/timeline.json?limit=500").json()
    days = [(row["earliest"], row["latest"]) for row in whole["events"]]
    assert days == sorted(days)
    own = client.get("/timeline.json?depth=own&limit=500").json()
    assert 0 < own["total"] < whole["total"]
    assert not any(e["chain"] for row in own["events"] for e in row["evidence"])
    soft = client.get("/timeline.json?footing=not_firm&limit=500").json()["events"]
    assert not {f for row in soft for f in row["footings"]} & {"own_voice", "reported"}
    assert client.get("/timeline.json?actor=engineers").json()["total"] < whole["total"]
    evidence = whole["events"][0]["evidence"][0]
    assert client.get(f"/pages/{evidence['page'][:12]}/events/{evidence['event']}", headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pages/nothing", 404), ("/stories/nothing", 404), ("/claims/c000", 404), ("/sources/0", 404),
        ("/nowhere", 404),
        ("/pages?limit=0", 400), ("/pages?limit=x", 400), ("/search?q=planet:mars", 400), ("/timeline?after=soon", 400),
        ("/compare", 400), ("/claims", 400), ("/static/../app.py", 404), ("/static/%2e%2e%2fapp.py", 404),
        ("/pages/..%2f..%2fetc%2fpasswd", 404), ("/search?limit=99999999999", 400), ("/pages?order=random", 400),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told_in_one_shape(client: TestClient, path: str, status: int) -> None:
    shown = client.get(path, headers=HTML)
    assert shown.status_code == status
    assert 'role="alert"' in shown.text
    path, _, query = path.partition("?")
    told = client.get(f"/api/v1{path}?{query}")
    assert told.status_code == (status if not path.startswith("/static") else 404)
    assert set(told.json()) == {"error"}
    assert set(told.json()["error"]) == {"kind", "message"}
