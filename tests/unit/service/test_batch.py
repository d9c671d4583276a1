"""The batch door: every line answered, in order; the same bytes whatever the workers; resumable."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.damage import damaged_lines, huge_line

from sayso.errors import InvalidSetting
from sayso.model.schema import reading_schema
from sayso.service import annotate

VALIDATOR = Draft202012Validator(reading_schema())
TEXT = "The mayor said on Monday that the bridge was safe. “It will hold,” she added."


def write(path: Path, records: list[bytes]) -> Path:
    path.write_bytes(b"\n".join(records) + b"\n")
    return path


def records(count: int) -> list[bytes]:
    return [
        json.dumps({"id": f"r{i}", "text": f"{TEXT} No. {i}.", "published": "2024-05-01"}).encode()
        for i in range(count)
    ]


def check_answers(lines: list[str], expected: int) -> None:
    assert len(lines) == expected
    for line in lines:
        row = json.loads(line)
        VALIDATOR.validate(row)
        if "error" in row:
            assert row["error"]["message"].strip()
            assert "fault in sayso" not in row["error"]["message"], row


def test_damaged_lines_are_each_answered_in_order(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", list(damaged_lines(76, seed=11)))
    report = annotate(str(source), str(tmp_path / "out.jsonl"))
    check_answers((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines(), 76)
    assert report.answered == 76
    assert 10 < report.failed < 70
    assert "colour" in report.unknown_keys


@pytest.mark.full
def test_two_thousand_damaged_lines(tmp_path: Path) -> None:
    lines = [*damaged_lines(1999, seed=23), huge_line()]
    source = write(tmp_path / "in.jsonl", lines)
    code = (
        "import resource, sys; from sayso.service import annotate; annotate(sys.argv[1], sys.argv[2]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(source), str(tmp_path / "out.jsonl")],
        capture_output=True,
        text=True,
        check=True,
    )
    check_answers((tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")[:-1], 2000)
    assert int(done.stdout) * 1024 < 2e9


def test_ids_and_errors_say_what_came(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl", [b'{"id": "a", "text": "x", "html": "y"}', b"no json", b'{"id": 7, "text": "Hm."}']
    )
    annotate(str(source), str(tmp_path / "out.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0]["id"] == "a"
    assert "exactly one of" in rows[0]["error"]["message"]
    assert rows[1]["id"] is None
    assert "'no json'" in rows[1]["error"]["message"]
    assert rows[2]["id"] == "7"


def run(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sayso", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_workers_seed_locale_and_zone_change_no_byte(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", [*records(6), *damaged_lines(19, seed=5)])
    outs = [tmp_path / f"out{i}.jsonl" for i in range(3)]
    annotate(str(source), str(outs[0]))
    annotate(str(source), str(outs[1]), workers=2)
    done = run(
        ["annotate", str(source), "--output", str(outs[2])], PYTHONHASHSEED="77", LC_ALL="C", TZ="Pacific/Kiritimati"
    )
    assert done.returncode == 0, done.stderr
    assert outs[0].read_bytes() == outs[1].read_bytes() == outs[2].read_bytes()


def test_resume_goes_on_after_the_last_whole_line(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.jsonl", records(5)), tmp_path / "out.jsonl"
    annotate(str(source), str(out))
    whole = out.read_bytes()
    out.unlink()

    class StopError(Exception):
        pass

    def stop(done: int) -> None:
        if done == 3:
            raise StopError

    with pytest.raises(StopError):
        annotate(str(source), str(out), progress=stop)
    part = tmp_path / "out.jsonl.part"
    assert part.read_bytes().count(b"\n") == 3
    part.write_bytes(part.read_bytes() + b'{"half a li')
    report = annotate(str(source), str(out), resume=True)
    assert (report.resumed, report.answered) == (3, 2)
    assert out.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [source, out] or len(list(tmp_path.iterdir())) == 2


def test_resume_refuses_another_run(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.jsonl", records(3)), tmp_path / "out.jsonl"

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        annotate(str(source), str(out), progress=stop)
    with pytest.raises(InvalidSetting, match="same layers"):
        annotate(str(source), str(out), resume=True, layers=("article",))
    write(source, records(4))
    with pytest.raises(InvalidSetting, match="same input"):
        annotate(str(source), str(out), resume=True)


def test_only_asked_layers_are_there(tmp_path: Path) -> None:
    source, out = write(tmp_path / "in.jsonl", records(1)), tmp_path / "out.jsonl"
    annotate(str(source), str(out), layers=("timexes",))
    row = json.loads(out.read_text(encoding="utf-8"))
    assert "timexes" in row
    assert not {"article", "attributions", "own_voice", "events", "entities", "findings", "sentences"} & set(row)
