"""Gold files as records to read, and readings in the shape that the scorers compare."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sayso.errors import InvalidSetting

__all__ = ["attributions_of", "read_lines", "record_of", "timexes_of"]

Json = dict[str, Any]


def read_lines(path: str | Path) -> Iterator[Json]:
    """The objects of a JSON Lines file, gzipped or not.

    Raises:
        InvalidSetting: the file can't be read or isn't JSON Lines.
    """
    name = str(path)
    try:
        with gzip.open(name, "rt", encoding="utf-8") if name.endswith(".gz") else open(name, encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
    except (OSError, ValueError) as error:
        raise InvalidSetting(f"expected JSON Lines, got “{error}” at {name}; check the file") from error


def record_of(gold: Json) -> Json:
    """The batch door's record for one gold document: only what a reader may know."""
    record = {"id": gold.get("doc_id", gold.get("id"))}
    for key in ("text", "html"):
        if key in gold:
            record[key] = gold[key]
    for key, source in (("url", "url"), ("published", "dct"), ("published", "date")):
        if isinstance(gold.get(source), str) and key not in record:
            record[key] = gold[source]
    return record


def attributions_of(reading: Json) -> Json:
    """A reading in the attribution scorer's shape."""
    return {
        "doc_id": reading["id"],
        "attributions": [
            {key: a[key] for key in ("id", "source", "cue", "content", "parent")}
            for a in reading.get("attributions") or []
        ],
    }


def timexes_of(reading: Json) -> Json:
    """A reading in the timex scorer's shape."""
    return {
        "doc_id": reading["id"],
        "timexes": [
            {"start": t["span"][0], "end": t["span"][1], "type": t["type"], "value": t["value"]}
            for t in reading.get("timexes") or []
        ],
    }
