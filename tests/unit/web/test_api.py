from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.engines.reader import PageReader
from sayso.pipeline import Options, answer
from sayso.pipeline.records import Answer
from sayso.store import Entry, Store
from sayso.web.app import make_app
from sayso.web.openapi import openapi
from sayso.web.room import Room


class NearReader(PageReader):
    """Reads in this very process: the models are loaded here already."""

    def entry(self, item: object) -> Entry:
        from sayso.engines.ingest import read_item

        return read_item(item, Options(paths=False))  # type: ignore[arg-type]

    def answer(self, line: bytes, layers: tuple[str, ...] = ()) -> Answer:
        return answer(line, Options(layers=layers, paths=False))


@pytest.fixture
def near(tmp_path: Path) -> Iterator[TestClient]:
    room = Room(tmp_path / "case", reader=NearReader())
    with TestClient(make_app(room), base_url="http://127.0.0.1") as client:
        yield client


def test_the_description_names_every_address_of_the_api(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document == openapi()
    assert client.get("/api/v1").json()["addresses"] == sorted(document["paths"])
    ids = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(ids) == len(set(ids)) >= 20


def test_annotate_answers_line_by_line_and_names_no_file(near: TestClient) -> None:
    lines = [{"id": "1", "text": "The mayor said it rained."}, {"id": "2", "path": "/etc/passwd"}]
    body = "\n".join(map(json.dumps, lines)) + "\n\nnonsense"
    answers = near.post("/api/v1/annotate?layers=attributions", content=body).text.splitlines()
    readings = [json.loads(line) for line in answers]
    assert [reading["id"] for reading in readings] == ["1", "2", None]
    assert len(readings[0]["attributions"]) == 1
    assert readings[1]["error"]["kind"] == "BadInput"
    assert near.post("/api/v1/annotate?layers=nonsense", content=body).status_code == 400


def test_read_answers_with_a_reading_or_one_error(near: TestClient) -> None:
    read = near.post("/api/v1/read?layers=article", json={"text": "It rained."})
    assert read.status_code == 200
    assert read.json()["article"]["text"] == "It rained."
    for body in (b"", b"[]", b'{"text": 1}', b"{" * 5_000, b"\xff"):
        refused = near.post("/api/v1/read", content=body)
        assert refused.status_code == 422
        assert set(refused.json()["error"]) == {"kind", "message"}


def test_what_is_handed_in_is_opened_and_known_again(near: TestClient) -> None:
    empty = near.get("/", headers={"accept": "text/html"}).text
    assert "Open the example" in empty
    form = {"text": "The mayor said the bridge was safe.", "title": "A <b>bridge</b>", "publisher": "The Gazette"}
    first = near.post("/pages", data=form, follow_redirects=False)
    again = near.post("/pages", data=form, follow_redirects=False)
    assert first.headers["location"] == again.headers["location"]
    assert "A &lt;b&gt;bridge" in near.get("/pages", headers={"accept": "text/html"}).text
    files = [("file", ("../../a.txt", b"Police said nobody was hurt.")), ("file", ("b.html", b"<p>It snowed.</p>"))]
    assert near.post("/pages", files=files, follow_redirects=False).headers["location"].startswith("/pages?")
    assert near.get("/pages.json").json()["total"] == 3
    assert near.post("/pages", files=[("file", ("x.png", b"\x89PNG\r\n\x1a\n" + bytes(40)))]).status_code >= 400
    assert near.post("/pages", data={"text": "  "}).status_code == 400


def test_one_record_over_the_api_has_an_address(near: TestClient) -> None:
    taken = near.post("/api/v1/pages", json={"id": "a/b?c", "text": "The mayor said it rained."})
    assert taken.status_code == 201
    (page,) = taken.json()["pages"]
    assert near.get(f"{page['address']}.json").json()["id"] == "a/b?c"
    assert near.post("/api/v1/pages", json={"path": "/etc/passwd"}).status_code == 422


def test_many_readers_and_one_writer_lose_nothing(near: TestClient, tmp_path: Path) -> None:
    near.post("/api/v1/pages", json={"id": "first", "text": "The mayor said it rained."})
    paths = [f"/{name}.json" for name in ("pages", "search", "sources", "judgements", "timeline", "stories")]
    said = {"what": "root", "verdict": "same", "a": "x"}

    def write() -> list[int]:
        pages = [{"id": f"p{n}", "text": f"The mayor said it rained {n} times."} for n in range(4)]
        codes = [near.post("/api/v1/pages", json=page).status_code for page in pages]
        return codes + [near.post("/api/v1/judgements", json={**said, "b": f"y{n}"}).status_code for n in range(8)]

    with ThreadPoolExecutor(17) as pool:
        writing = pool.submit(write)
        answers = list(pool.map(lambda n: near.get(paths[n % len(paths)]), range(200)))
        assert set(writing.result()) == {201}
    assert {answer.status_code for answer in answers} <= {200, 202}
    for answer_ in answers:
        json.loads(answer_.text)
    assert near.get("/pages.json").json()["total"] == 5
    assert near.get("/judgements.json").json()["total"] == 8
    Store(tmp_path / "case").check(deep=True)


@pytest.mark.parametrize("moment", [pytest.param("at once", marks=pytest.mark.full), "in the middle of a read"])
def test_the_server_ends_cleanly_when_told_to(tmp_path: Path, moment: str) -> None:
    import httpx2

    port = 8_900 + os.getpid() % 90
    command = [sys.executable, "-m", "sayso", "serve", str(tmp_path / "case"), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    told: list[int] = []
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                httpx2.get(f"http://127.0.0.1:{port}/pages.json", timeout=5)
                break
            except httpx2.HTTPError:
                time.sleep(0.1)

        def ask() -> None:
            record = {"text": "The mayor said it rained. " * 4_000}
            told.append(httpx2.post(f"http://127.0.0.1:{port}/api/v1/pages", json=record, timeout=60).status_code)

        thread = threading.Thread(target=ask)
        if moment != "at once":
            thread.start()
            time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
        if moment != "at once":
            thread.join(20)
            assert told == [503]
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
        Store(tmp_path / "case").check(deep=True)
    finally:
        process.kill()
        process.communicate()


@pytest.mark.full
def test_no_request_that_the_description_allows_breaks_the_server(fresh: TestClient) -> None:
    import schemathesis
    from hypothesis import HealthCheck, given, settings
    from schemathesis.checks import not_a_server_error

    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", fresh.app, headers={"host": "127.0.0.1"})
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path.endswith("/annotate"):
            # A stream of lines is no media type that it can make.
            continue

        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def attempt(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"host": "127.0.0.1"}, checks=(not_a_server_error,))

        attempt()
