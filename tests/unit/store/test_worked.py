"""Tables worked out from a whole case: whole or not at all, part by part, of one state."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.unit.store.entries import entry

from sayso.errors import InvalidSetting
from sayso.store import Store
from sayso.store.worked import WORKED_TABLES, Worked, worked_markdown


def test_tables_appear_together_and_of_one_state(tmp_path):
    worked = Worked(tmp_path, {"case": "a"})
    worked.put("stories", [{"id": "p1", "story": "p1"}])
    worked.put("claims", [], 1)
    worked.put("claims", [{"id": "c1", "pages": ["p1", "p2"]}], 2)
    assert (worked.has("claims", 2), worked.has("claims", 3), worked.card()) == (True, False, None)
    said = worked.finish({"version": "9"})
    assert said == worked.card()
    assert (said["rows"]["claims"], said["rows"]["stories"], said["version"]) == (1, 1, "9")
    assert Worked(tmp_path, {"case": "b"}).card() is None
    assert pq.read_table(tmp_path / "corpus/claims-000002.parquet").to_pylist()[0]["pages"] == ["p1", "p2"]
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]


def test_another_state_takes_the_place_and_leaves_nothing_behind(tmp_path):
    Worked(tmp_path, {"case": "broken off"}).put("stories", [])
    for state, ids in (("a", "pq"), ("b", "r")):
        worked = Worked(tmp_path, {"case": state})
        worked.put("stories", [{"id": id, "story": id} for id in ids])
        worked.finish({})
    assert [path.name for path in tmp_path.iterdir()] == ["corpus"]
    assert pq.read_table(tmp_path / "corpus/stories-000001.parquet").num_rows == 1


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidSetting, match="expected to write"):
        Worked(tmp_path / "file", {}).put("stories", [])


def test_the_docs_name_every_column():
    page = (Path(__file__).parents[3] / "docs/corpus.md").read_text(encoding="utf-8")
    assert worked_markdown().strip() in page
    assert page.count("\n### ") == len(WORKED_TABLES)


def test_a_case_of_before_sightings_has_none(tmp_path):
    with Store(tmp_path, create=True).writer() as writer:
        writer.add(entry("It rained.", "a"))
    manifest = tmp_path / "shards/000001/shard.json"
    said = json.loads(manifest.read_text())
    del said["files"]["sightings.parquet"]
    manifest.write_text(json.dumps(said))
    (tmp_path / "shards/000001/sightings.parquet").unlink()
    assert Store(tmp_path).view().query("SELECT * FROM sightings") == []
