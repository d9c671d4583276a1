"""`sayso check`: exit status, both formats, standard input."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import sayso
from sayso.cli import main

PAGE = "“The bridge is not safe,” Mayor Anna Berg said.\n"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    sayso.Case(folder / "case").ingest([folder / "page.txt"])
    return folder / "case"


def status_of(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


@pytest.mark.parametrize(
    "text, status, told",
    [
        ("Anna Berg said: “The bridge is not safe.”", 0, "found"),
        ("Anna Berg said: “The bridge is safe.”", 1, "here “”, there “not”"),
        ("It rained.", 0, "nothing to check"),
    ],
)
def test_text_and_exit_status(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, status: int, told: str
) -> None:
    answer = tmp_path / "answer.md"
    answer.write_text(text, encoding="utf-8")
    assert status_of(["check", str(answer), "--case", str(case)]) == status
    assert told in capsys.readouterr().out


def test_json_of_standard_input(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = "<p>Anna Berg said: “The bridge is not safe.”</p>"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert status_of(["check", "-", "--case", str(case), "--html", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sayso"] == "check/1"
    place = found["items"][0]["places"][0]
    ((start, end),) = place["spans"]
    assert PAGE[start:end] == place["quote"] == "The bridge is not safe"


@pytest.mark.parametrize("arguments", [["check", "none.md", "--case", "none"], ["check", "none.md"], ["check"]])
def test_wrong_usage_is_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1
