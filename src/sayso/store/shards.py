"""Shards: folders of Parquet files that appear whole or not at all and never change."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sayso.errors import BrokenStore, InvalidSetting, Retryable, SaysoError

from .tables import SCHEMA_VERSION, TABLES, arrow_schema

__all__ = ["check_shard", "clean", "shard_numbers", "shard_path", "trouble", "write_shard"]

MANIFEST = "shard.json"
PART = ".part-"
ROW_GROUP = 1024


def shard_path(root: Path, number: int) -> Path:
    """Where a shard lies."""
    return root / "shards" / f"{number:06}"


def shard_numbers(root: Path) -> list[int]:
    """Numbers of the shards that are there, in order."""
    folder = root / "shards"
    if not folder.is_dir():
        return []
    return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdigit() and entry.is_dir())


def clean(root: Path) -> None:
    """Remove what an interrupted writer left half done."""
    for entry in sorted((root / "shards").glob(f"{PART}*")):
        shutil.rmtree(entry, ignore_errors=True)


def write_shard(root: Path, number: int, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write one shard; it is there with all its tables once this returns, and not at all before.

    Raises:
        Retryable: the disk is full.
        InvalidSetting: the folder can't be written to.
    """
    part, final = root / "shards" / f"{PART}{number:06}", shard_path(root, number)
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        sizes = {f"{table}.parquet": _write_table(part, table, rows.get(table, ())) for table in TABLES}
        manifest = json.dumps({"schema": SCHEMA_VERSION, "files": sizes}, indent=1, sort_keys=True)
        _write_bytes(part / MANIFEST, manifest.encode())
        _sync_folder(part)
        os.replace(part, final)
        _sync_folder(final.parent)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise trouble(error, final) from error
    return final


def trouble(error: OSError, path: Path) -> SaysoError:
    """What a failed write means for the caller."""
    why = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return Retryable(
            f"expected room for {path}, got “{why}”; nothing that was there is lost: make room and run the same again"
        )
    return InvalidSetting(f"expected to write {path}, got “{why}”; check the folder's permissions")


def _write_table(folder: Path, table: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    data = pa.Table.from_pylist([dict(row) for row in rows], schema=arrow_schema(table))
    pq.write_table(data, sink, compression="zstd", row_group_size=ROW_GROUP, write_statistics=table != "bodies")
    packed = sink.getvalue().to_pybytes()
    _write_bytes(folder / f"{table}.parquet", packed)
    return {"bytes": len(packed), "rows": len(rows), "sha256": hashlib.sha256(packed).hexdigest()}


def _write_bytes(path: Path, data: bytes) -> None:
    with open(path, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_shard(root: Path, number: int, *, deep: bool = False) -> Mapping[str, Any]:
    """The manifest of a shard whose files are as they were written: by size, or by hash as well.

    Raises:
        BrokenStore: a file is missing or isn't what was written.
    """
    folder = shard_path(root, number)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files: Mapping[str, Mapping[str, Any]] = manifest["files"]
        schema = int(manifest["schema"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _broken(folder, f"no readable {MANIFEST}") from error
    if schema > SCHEMA_VERSION:
        raise BrokenStore(
            f"expected tables of version {SCHEMA_VERSION} or older, got {schema} at {folder}; use a newer sayso"
        )
    for name, wanted in sorted(files.items()):
        path = folder / name
        size = path.stat().st_size if path.is_file() else None
        if size != wanted["bytes"]:
            raise _broken(folder, f"{name} of {'no' if size is None else size} bytes instead of {wanted['bytes']}")
        if deep and hashlib.sha256(path.read_bytes()).hexdigest() != wanted["sha256"]:
            raise _broken(folder, f"{name} with other bytes than were written")
    return files


def _broken(folder: Path, what: str) -> BrokenStore:
    return BrokenStore(
        f"expected the shard as it was written, got {what} at {folder}; restore that folder from a copy, "
        "or delete it and ingest the same files again: only what it held is read anew"
    )
