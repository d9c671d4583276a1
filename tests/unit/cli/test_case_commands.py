"""Commands of a case, as somebody types them: in its folder, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import service
from sayso.cli.main import _run
from sayso.examples import example_pages


def test_every_command_answers_again_in_a_case_named_by_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(["ingest", "case", *map(str, example_pages()[:3])]) == 0
    capsys.readouterr()
    assert _run(["stories", "case"]) == 0
    story = capsys.readouterr().out.split()[0]
    asked = [
        ["stories", "case"],
        ["story", "case", story],
        ["claims", "case", story],
        ["origins", "case", "Tarvenian officials met engineers in secret"],
        ["reuse", "case"],
        ["timeline", "case"],
        ["search", "case", "source:unnamed_official"],
    ]
    for arguments in asked:
        answers = []
        for _ in range(2):
            assert _run(arguments) == 0, arguments
            answers.append(capsys.readouterr().out)
        assert answers[0], arguments
        assert answers[0] == answers[1]


def test_a_fault_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> str:
        raise KeyError("what nobody thought of")

    monkeypatch.setattr(service, "schema_text", broken)
    assert _run(["schema"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("sayso: a fault in sayso (KeyError")
    assert told.count("\n") == 1
    monkeypatch.setenv("SAYSO_TRACE", "1")
    with pytest.raises(KeyError):
        _run(["schema"])
