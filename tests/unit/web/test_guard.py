from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.web.app import make_app
from sayso.web.guard import Settings
from sayso.web.room import Room

CROSS = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    room = Room(tmp_path_factory.mktemp("locked") / "case", token="open sesame")
    settings = Settings(frozenset({"room.example"}), any_address=True, token="open sesame", max_body=2_000)
    return TestClient(make_app(room, settings), base_url="http://room.example")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.", "[::2]", "10.0.0.1"])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    expected = 200 if host == "localhost." else 421
    assert client.get("/pages.json", headers={"host": host}).status_code == expected


def test_an_address_will_do_where_the_room_is_open_to_others_but_another_name_will_not(locked: TestClient) -> None:
    assert locked.get("/pages.json", headers={"host": "192.168.1.9:8700"}).status_code == 200
    assert locked.get("/pages.json", headers={"host": "rebound.example"}).status_code == 421


def test_other_sites_can_neither_load_nor_send(client: TestClient) -> None:
    assert client.get("/pages", headers=CROSS).status_code == 403
    framed = {**CROSS, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert client.get("/pages", headers=framed).status_code == 403
    link = {**CROSS, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/pages", headers=link).status_code == 200
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, link, {"sec-fetch-site": "same-site"}):
        refused = client.post("/judgements", data={"what": "root"}, headers=headers)
        assert refused.status_code == 403
        assert refused.json()["error"]["kind"] == "Forbidden"


def test_writing_asks_for_the_token_beyond_loopback(locked: TestClient) -> None:
    said = {"what": "root", "verdict": "same", "a": "x", "b": "y"}
    assert locked.post("/api/v1/judgements", json=said).status_code == 401
    assert locked.post("/api/v1/judgements", json=said, headers={"authorization": "Bearer guess"}).status_code == 401
    given = locked.post("/api/v1/judgements", json=said, headers={"authorization": "Bearer open sesame"})
    assert given.status_code == 201
    assert "asks for a token" in locked.get("/enter", headers={"accept": "text/html"}).text
    entered = locked.post("/enter", data={"token": "open sesame"}, follow_redirects=False)
    assert "httponly" in entered.headers["set-cookie"].lower()
    assert "samesite=strict" in entered.headers["set-cookie"].lower()
    assert locked.get("/judgements.json").json()["total"] == 1


def test_a_body_beyond_the_bound_is_refused_with_and_without_its_length(locked: TestClient) -> None:
    head = {"authorization": "Bearer open sesame"}
    assert locked.post("/api/v1/read", content=b"x" * 3_000, headers=head).status_code == 413

    def parts():
        for _ in range(30):
            yield b"x" * 100

    assert locked.post("/api/v1/read", content=parts(), headers=head).status_code == 413


def test_everything_that_goes_out_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/pages.json", "/nowhere", "/static/room.css", "/pages?limit=x"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-frame-options"] == "DENY"


def test_pages_hold_no_script_or_style_of_their_own(client: TestClient) -> None:
    for path in ("/", "/pages", "/stories", "/search?q=dam", "/timeline", "/sources", "/judgements"):
        text = client.get(path, headers={"accept": "text/html"}).text
        assert text.count("<script") == 1
        assert '<script src="/static/room.js" defer></script>' in text
        assert "<style" not in text
        assert " style=" not in text


def test_static_files_are_those_that_come_with_the_room(client: TestClient, kept_case: Path) -> None:
    assert client.get("/static/room.js").status_code == 200
    for name in ("app.py", "..%2Fapp.py", "%2e%2e/room.py", "/etc/passwd", str(kept_case / "case.json")):
        assert client.get(f"/static/{name}").status_code == 404
