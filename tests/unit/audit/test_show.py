"""What is printed: text with a caret, JSON, SARIF, annotations; the command and its status."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from sayso.audit import Audit, Settings
from sayso.audit.show import explain, github_lines, json_text, sarif, text_lines
from sayso.cli.main import main
from sayso.errors import InvalidSetting
from sayso.service import audit_draft

DRAFT = "日本 and 🙂: the firm is reportedly for sale.\n\nThe bridge will close, officials said."


@pytest.fixture(scope="module")
def audit() -> Audit:
    return audit_draft(DRAFT, name="a, b.txt")


def test_text_points_at_the_words(audit: Audit) -> None:
    lines = list(text_lines([audit]))
    at = next(i for i, line in enumerate(lines) if "SAY203" in line)
    assert lines[at].startswith("a, b.txt:1:23: SAY203 warning")
    columns = lines[at + 2].index("^") - len("1 | ")
    assert columns == len("日本 and 🙂: the firm is ") + 3  # three wide characters
    assert lines[at + 2].count("^") == len("reportedly")
    assert any(line.endswith("2 warnings") for line in lines)


def test_a_long_line_is_cut_around_the_words() -> None:
    draft = "The bridge was built by many hands. " * 20 + "The firm is reportedly for sale."
    lines = list(text_lines([audit_draft(draft)]))
    shown, carets = lines[1], lines[2]
    assert len(shown) < 120
    assert shown[carets.index("^") : carets.index("^") + 10] == "reportedly"


def test_control_characters_are_not_printed() -> None:
    lines = list(text_lines([audit_draft("The firm \x1b[31m is reportedly for sale.")]))
    assert not any("\x1b" in line for line in lines)


def test_json(audit: Audit) -> None:
    said = json.loads(json_text([audit]))
    assert said["sayso"] == "audit/1"
    [draft] = said["drafts"]
    assert {v["code"] for v in draft["violations"]} == {"SAY203", "SAY102"}
    for violation in draft["violations"]:
        start, end = violation["span"]
        assert DRAFT[start:end] == violation["words"]
    assert draft["sourcing"]["unnamed_sources"] == 1


def test_annotations_are_escaped(audit: Audit) -> None:
    lines = list(github_lines([audit]))
    assert lines[0].startswith("::warning file=a%2C b.txt,line=1,endLine=1,col=23,endColumn=33,title=SAY203 ")
    assert len(lines) == 2


def test_sarif_holds_to_its_schema(audit: Audit, root: Path) -> None:
    schema = json.loads(gzip.decompress((root / "tests/schemas/sarif-2.1.0.json.gz").read_bytes()))
    log = json.loads(json.dumps(sarif([audit], Settings())))
    assert log["runs"][0]["results"]
    assert list(Draft4Validator(schema).iter_errors(log)) == []
    del log["runs"][0]["tool"]
    assert list(Draft4Validator(schema).iter_errors(log)) != []


def test_sarif(audit: Audit) -> None:
    log = sarif([audit], Settings())
    [run] = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    assert len(set(ids)) == len(ids)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["artifacts"][0]["location"]["uri"] == "a%2C%20b.txt"
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        region = result["locations"][0]["physicalLocation"]["region"]
        start = region["charOffset"]
        assert DRAFT[start : start + region["charLength"]] == region["snippet"]["text"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["audit", *arguments])
    return int(ended.value.code or 0)


def test_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, good, empty = tmp_path / "bad.txt", tmp_path / "good.txt", tmp_path / "empty.txt"
    bad.write_text("The firm is reportedly for sale.")
    good.write_text("The firm is for sale, its owner, Karl Voss, said.")
    empty.write_text("")
    assert run(str(bad)) == 1
    assert "reportedly" in capsys.readouterr().out
    assert run(str(bad), "--exit-zero") == 0
    assert run(str(bad), "--fail-on", "error") == 0
    assert run(str(bad), "--ignore", "SAY203") == 0
    assert run(str(good)) == 0
    assert run(str(empty)) == 2
    assert run(str(tmp_path / "none.txt")) == 2
    assert run() == 2
    assert run(str(bad), "--rules", "abc") == 2
    assert run(str(bad), "--format", "sarif") == 1


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--explain", "say105") == 0
    assert "# SAY105 boilerplate-anonymity-reason" in capsys.readouterr().out
    assert "SAY304" in explain("SAY304")
    with pytest.raises(InvalidSetting, match="SAY999"):
        explain("SAY999")
