"""Every format is read back by another program, on the example pages and on made-up ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.exports.checks_tables import check_csv, check_jsonl, check_parquet

from sayso.exports import Material, exporter, exporters

Check = Callable[[dict[str, bytes], Material, Path], None]
CHECKS: dict[str, Check] = {
    "csv": check_csv,
    "jsonl": check_jsonl,
    "parquet": check_parquet,
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
    CHECKS[name](files, material, tmp_path)
    assert files == {file: b"".join(parts) for file, parts in exporter(name).write(material)}


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_format_on_many(name: str, many: Material, tmp_path: Path) -> None:
    CHECKS[name](_written(name, many, tmp_path), many, tmp_path)
