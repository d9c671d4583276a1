"""Settings: sets, selections, severities, files."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.audit import Settings
from sayso.audit.settings import find_settings, load_settings, settings_of
from sayso.errors import InvalidSetting
from sayso.service import audit_settings
from sayso.service.audit import Overrides


def test_selection() -> None:
    assert set(Settings(select=("SAY10",), ignore=("SAY105",)).codes()) >= {"SAY101", "SAY107"}
    assert "SAY105" not in Settings(ignore=("SAY105",)).codes()
    assert "SAY304" in Settings(extend_select=("SAY304",)).codes()
    assert "SAY310" in Settings(select=("ALL",)).codes()


def test_the_longest_beginning_tells_the_severity() -> None:
    codes = Settings(severity={"SAY1": "note", "SAY101": "error"}).codes()
    assert (codes["SAY101"], codes["SAY102"], codes["SAY203"]) == ("error", "note", "warning")


def test_a_file(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text(
        '[audit]\nrules = "ap"\nignore = ["SAY4"]\n[audit.severity]\nSAY202 = "error"\n'
    )
    inner = tmp_path / "drafts"
    inner.mkdir()
    assert find_settings(inner) == tmp_path / "sayso.toml"
    got = audit_settings(inner, Overrides(ignore=("SAY101",), fail_on="error"))
    assert (got.rules, got.ignore, got.fail_on) == ("ap", ("SAY4", "SAY101"), "error")
    assert got.codes()["SAY202"] == "error"
    assert audit_settings(inner, Overrides(rules="nyt")).rules == "nyt"


def test_a_project_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.sayso.audit]\nfail-on = "note"\n')
    got = load_settings(tmp_path / "pyproject.toml")
    assert got is not None
    assert got.fail_on == "note"
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    assert load_settings(tmp_path / "pyproject.toml") is None


@pytest.mark.parametrize(
    "table",
    [
        {"ruels": "ap"},
        {"rules": "abc"},
        {"select": ["XYZ1"]},
        {"select": 3},
        {"fail-on": "bad"},
        {"severity": []},
        {"severity": {"SAY101": "loud"}},
        {"writers": "me"},
    ],
)
def test_what_the_audit_does_not_know(table: dict[str, object]) -> None:
    with pytest.raises(InvalidSetting, match="expected"):
        settings_of(table, "here")


def test_a_broken_file(tmp_path: Path) -> None:
    (tmp_path / "sayso.toml").write_text("[audit")
    with pytest.raises(InvalidSetting, match="TOML"):
        load_settings(tmp_path / "sayso.toml")
