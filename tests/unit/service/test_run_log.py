"""Report, metrics and log of a run, and the estimate beforehand."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from sayso import Case
from sayso.errors import InvalidSetting
from sayso.service.run_log import RunLog, estimate


def source(folder: Path, count: int) -> Path:
    rows = [json.dumps({"id": f"p{n}", "text": f"The mayor said pier {n} is shut."}) for n in range(count)]
    path = folder / "in.jsonl"
    path.write_text("\n".join([*rows, "{broken"]) + "\n", encoding="utf-8")
    return path


def ticking() -> RunLog:
    return RunLog(clock=itertools.count(0.0, 4.0).__next__, settings={"engine": "local"})


def test_a_run_is_reported_counted_and_logged(tmp_path):
    log = ticking()
    log.report, log.metrics, log.log = tmp_path / "r.json", tmp_path / "m.prom", tmp_path / "l.jsonl"
    case = Case(tmp_path / "case")
    with log.watch():
        log.end(case, case.ingest([source(tmp_path, 9)], layers=("article",), shard_size=4, watch=log))
    report = json.loads(log.report.read_text())
    assert report["pages"] == {"read": 9, "refused": 1, "repeated": 0, "taken_in_before": 0}
    assert report["failures"] == {"BadInput": 1}
    assert report["shards"] == {"written": 3, "in_the_case": 3}
    assert report["case"] == case.store.digest()
    assert list(report["shard_hashes"].values()) == list(case.store.manifests())
    assert {"python", "pyarrow", "spacy"} <= report["versions"].keys()
    counts = log.metrics.read_text()
    assert 'sayso_records_total{outcome="read"} 9' in counts
    assert 'sayso_refused_total{kind="BadInput"} 1' in counts
    for line in counts.splitlines():
        assert re.fullmatch(r'# (HELP|TYPE) sayso_\w+ .+|sayso_\w+(\{\w+="\w+"\})? [\d.]+', line)
    events = [json.loads(line)["event"] for line in log.log.read_text().splitlines()]
    assert events == ["begin", "shard", "shard", "shard", "end"]


def test_a_run_that_fails_is_logged(tmp_path):
    log = RunLog(log=tmp_path / "l.jsonl")
    with pytest.raises(InvalidSetting), log.watch():
        Case(tmp_path / "case").ingest([tmp_path / "nothing.jsonl"], layers=("article",), watch=log)
    last = json.loads(log.log.read_text().splitlines()[-1])
    assert (last["event"], last["error"]) == ("failed", "InvalidSetting")


def test_a_log_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(InvalidSetting, match="expected to write"), RunLog(log=tmp_path / "no" / "l").watch():
        pass


def test_the_estimate_comes_from_a_sample_and_keeps_nothing(tmp_path):
    found = estimate([str(source(tmp_path, 59))], layers=("article",), clock=itertools.count(0.0, 2.0).__next__)
    assert (found.records, found.sampled) == (60, 20)
    assert found.seconds == 2.0 * 60
    assert found.case_bytes > 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]


def test_nothing_to_take_in_costs_nothing(tmp_path):
    (tmp_path / "empty.jsonl").write_text("")
    assert estimate([str(tmp_path / "empty.jsonl")]).records == 0
