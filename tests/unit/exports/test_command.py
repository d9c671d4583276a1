"""The command: what it takes, what it refuses, and that nothing half-written stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso import service
from sayso.cli.main import cli
from sayso.errors import InvalidSetting
from sayso.exports import Exporter, Material, exporter, exporters
from sayso.exports import registry as registry_module
from sayso.exports.registry import File


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text("The bridge is closed, the mayor said on Monday.\n", encoding="utf-8")
    return path


def _run(*arguments: object) -> tuple[int, str, bytes]:
    done = CliRunner().invoke(cli, [*map(str, arguments)], standalone_mode=False)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.return_value or 0, done.stderr, done.stdout_bytes


def test_list_names_every_format() -> None:
    _, _, out = _run("export", "--list")
    lines = out.decode().splitlines()
    assert [line.split()[0] for line in lines] == sorted(exporters())


def test_one_file(page: Path, tmp_path: Path) -> None:
    status, said, _ = _run("export", page, "-f", "csl-json", "-o", tmp_path / "refs.json")
    assert (status, json.loads((tmp_path / "refs.json").read_bytes())[0]["type"]) == (0, "article-newspaper")
    assert "1 file →" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.txt", "refs.json"]
    _, _, out = _run("export", page, "-f", "csl-json", "-o", "-")
    assert out == (tmp_path / "refs.json").read_bytes()


def test_a_folder(page: Path, tmp_path: Path) -> None:
    status, _, _ = _run("export", page, "-f", "brat", "-o", tmp_path / "a" / "notes")
    assert status == 0
    held = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "a" / "notes").iterdir()}
    assert len(held) == 3
    assert "Source" in next(text for name, text in held.items() if name.endswith(".ann"))
    with pytest.raises(InvalidSetting, match="new or empty folder"):
        _run("export", page, "-f", "brat", "-o", tmp_path / "a" / "notes")
    with pytest.raises(InvalidSetting, match="standard output"):
        _run("export", page, "-f", "brat", "-o", "-")


def test_a_story_of_a_case(case: service.Case, material: Material, tmp_path: Path) -> None:
    first = next(iter(material.documents)).id
    _run("export", case.path, "-f", "jsonl", "-o", tmp_path / "story", "--story", first)
    rows = [json.loads(line) for line in (tmp_path / "story" / "documents.jsonl").read_bytes().splitlines()]
    assert 1 < len(rows) < len(list(material.documents))
    assert rows[0]["document"] == first
    kept = {row["document"] for row in rows}
    for line in (tmp_path / "story" / "reuse.jsonl").read_bytes().splitlines():
        assert {json.loads(line)["a"], json.loads(line)["b"]} <= kept


def test_what_is_refused(case: service.Case, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(InvalidSetting, match=r"a format among .*csv.*got 'xls'"):
        service.export([page], "xls", out)
    with pytest.raises(InvalidSetting, match="one case, or pages"):
        service.export([page, case.path], "csv", out)
    with pytest.raises(InvalidSetting, match="a case for --story"):
        service.export([page], "csv", out, story="s1")
    with pytest.raises(InvalidSetting, match="expected to write"):
        service.export([page], "csl-json", page / "below")
    with pytest.raises(InvalidSetting, match="expected to write"):
        service.pack([page], page / "below")
    assert not out.exists()


def test_a_page_that_cannot_be_read_is_told_and_the_rest_written(page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    status, said, _ = _run("export", page, empty, "-f", "csl-json", "-o", tmp_path / "refs.json")
    assert status == 2
    assert "empty.txt" in said
    assert len(json.loads((tmp_path / "refs.json").read_bytes())) == 1


def test_nothing_half_written_stays(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(material: Material) -> Iterator[File]:
        yield "one.txt", [b"whole"]
        yield "two.txt", (b"%d" % (1 // number) for number in (1, 0))

    for many in (True, False):
        broken = Exporter("broken", "breaks", "text/plain", "txt", write, many=many)
        monkeypatch.setitem(exporters(), "broken", broken)
        target = tmp_path / f"out-{many}"
        with pytest.raises(ZeroDivisionError):
            service.export([page], "broken", target)
        assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part") or path.name.startswith(".out")]
    assert not (tmp_path / "out-True").exists()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry_module, "find_spec", lambda name: None)
    for name in ("prov-json", "prov-o", "uima-cas", "ftm"):
        with pytest.raises(InvalidSetting, match=r"pip install sayso\[export\]"):
            exporter(name)
    assert exporter("csv").name == "csv"
