"""Every format is read back by another program, on the example pages and on made-up ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.exports.checks_annotation import check_brat, check_in_javascript, check_web_annotation
from tests.unit.exports.checks_corpus import check_cas, check_spacy, check_tei, check_tei_schema
from tests.unit.exports.checks_graph import (
    check_csl,
    check_ftm,
    check_gexf,
    check_graphml,
    check_ninjs,
    check_prov_json,
    check_prov_o,
    check_schema_org,
)
from tests.unit.exports.checks_tables import check_csv, check_jsonl, check_parquet

from sayso.exports import TABLES, Material, exporter, exporters

Check = Callable[[dict[str, bytes], Material, Path], None]
CHECKS: dict[str, Check] = {
    "brat": check_brat,
    "csl-json": check_csl,
    "csv": check_csv,
    "ftm": check_ftm,
    "gexf": check_gexf,
    "graphml": check_graphml,
    "jsonl": check_jsonl,
    "ninjs": check_ninjs,
    "parquet": check_parquet,
    "prov-json": check_prov_json,
    "prov-o": check_prov_o,
    "schema-org": check_schema_org,
    "spacy": check_spacy,
    "tei": check_tei,
    "uima-cas": check_cas,
    "web-annotation": check_web_annotation,
}


def _written(name: str, material: Material, folder: Path) -> dict[str, bytes]:
    files = {file: b"".join(parts) for file, parts in exporter(name).write(material)}
    for file, data in files.items():
        (folder / file).write_bytes(data)
    return files


def test_every_format_is_checked() -> None:
    assert sorted(CHECKS) == sorted(exporters())


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_format(name: str, material: Material, tmp_path: Path) -> None:
    files = _written(name, material, tmp_path)
    assert files
    CHECKS[name](files, material, tmp_path)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_the_same_bytes_each_time(name: str, sample: Material, tmp_path: Path) -> None:
    assert _written(name, sample, tmp_path) == _written(name, sample, tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_format_on_many(name: str, many: Material, tmp_path: Path) -> None:
    files = _written(name, many, tmp_path)
    assert files
    CHECKS[name](files, many, tmp_path)


def test_offsets_agree_in_javascript(material: Material, tmp_path: Path) -> None:
    check_in_javascript(_written("web-annotation", material, tmp_path), material, tmp_path)


@pytest.mark.full
def test_offsets_agree_in_javascript_on_many(many: Material, tmp_path: Path) -> None:
    check_in_javascript(_written("web-annotation", many, tmp_path), many, tmp_path)


@pytest.mark.full
def test_tei_is_valid(material: Material, many: Material, tmp_path: Path) -> None:
    check_tei_schema(_written("tei", material, tmp_path))
    check_tei_schema(_written("tei", many, tmp_path))


def test_every_format_is_in_the_docs(root: Path) -> None:
    page = (root / "docs/exports.md").read_text(encoding="utf-8")
    for name, one in exporters().items():
        assert f"`{name}`" in page
        assert one.summary
    dictionary = (root / "docs/data-dictionary.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert all(f"| `{column.name}` | {column.type} |" in dictionary for column in table.columns)
