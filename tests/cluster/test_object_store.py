"""Pages read from an object store and a case kept in one, against a server of that interface on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso import Case
from sayso.errors import InvalidSetting, Retryable

pytestmark = pytest.mark.cluster

BUCKET = "newsroom"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"{host}:{port}"
    running.stop()


@pytest.fixture
def address(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "cache"))
    return f"?endpoint_override={server}&scheme=http&region=us-east-1&allow_bucket_creation=true"


def lines(first: int, last: int) -> bytes:
    rows = [
        {"id": f"p{n}", "text": f"The mayor said pier {n} is shut.", "published": "2024-03-05"}
        for n in range(first, last)
    ]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def put(address: str, name: str, data: bytes) -> str:
    from pyarrow.fs import FileSystem

    fs, base = FileSystem.from_uri(f"s3://{BUCKET}{address}")
    fs.create_dir(base)
    with fs.open_output_stream(f"{base}/{name}") as sink:
        sink.write(data)
    return f"s3://{BUCKET}/{name}{address}"


def shards(case: Path) -> dict[str, bytes]:
    return {str(p.relative_to(case)): p.read_bytes() for p in sorted((case / "shards").rglob("*")) if p.is_file()}


def test_a_case_at_an_address_is_that_of_a_folder(address, tmp_path, monkeypatch):
    put(address, "in/one.jsonl", lines(0, 10))
    put(address, "in/two.jsonl", lines(10, 14))
    kept = f"s3://{BUCKET}/cases/harbor{address}"
    case = Case(kept)
    report = case.ingest([f"s3://{BUCKET}/in/*.jsonl{address}"], layers=("article",), shard_size=4)
    assert report.read == 14

    (tmp_path / "one.jsonl").write_bytes(lines(0, 10))
    (tmp_path / "two.jsonl").write_bytes(lines(10, 14))
    here = Case(tmp_path / "case")
    here.ingest([tmp_path / "one.jsonl", tmp_path / "two.jsonl"], layers=("article",), shard_size=4)
    assert shards(case.path) == shards(here.path)

    case.judge("same", "a", "b", by="K. Lund")
    assert case.build()["rows"]["stories"] == 14
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "elsewhere"))
    again = Case(kept)
    assert again.ingest([f"s3://{BUCKET}/in/*.jsonl{address}"], layers=("article",)).skipped == 14
    assert shards(again.path) == shards(here.path)
    assert [judgement.by for judgement in again.judgements()] == ["K. Lund"]
    built = {path.name: path.read_bytes() for path in (case.path / "corpus").iterdir()}
    assert {path.name: path.read_bytes() for path in (again.path / "corpus").iterdir()} == built
    assert again.build() == case.build()


def test_a_shard_without_its_manifest_is_not_pulled(address, tmp_path, monkeypatch):
    source = put(address, "in3/three.jsonl", lines(0, 8))
    kept = f"s3://{BUCKET}/cases/broken{address}"
    Case(kept).ingest([source], layers=("article",), shard_size=4)
    from pyarrow.fs import FileSystem

    fs, base = FileSystem.from_uri(kept)
    fs.delete_file(f"{base}/shards/000002/shard.json")
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "elsewhere"))
    again = Case(kept)
    assert again.store.shards == [1]
    assert again.ingest([source], layers=("article",), shard_size=4).read == 4


def test_what_is_not_there_is_told(address):
    with pytest.raises(InvalidSetting, match="expected files, got none"):
        Case(f"s3://{BUCKET}/cases/none{address}").ingest([f"s3://{BUCKET}/nowhere/*.jsonl{address}"])


def test_a_store_that_does_not_answer_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    away = "s3://nobody/case?endpoint_override=127.0.0.1:1&scheme=http&region=us-east-1"
    with pytest.raises(Retryable, match="expected the object store to answer"):
        Case(away).stories()
