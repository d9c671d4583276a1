"""The batch door's records: one JSON object in, one reading or error out; nothing gets past it."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sayso.errors import BadInput, SaysoError, TooLarge
from sayso.model import LAYERS, Given, Page, error_line
from sayso.readers import page_from_html, page_from_text
from sayso.readers import read_page as page_from_bytes

from .runner import read_page

__all__ = ["KNOWN_KEYS", "Answer", "Options", "answer", "dump", "id_of", "page_of"]

KNOWN_KEYS = frozenset({"id", "text", "html", "path", "url", "published", "title", "publisher"})
LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}
MAX_LINE_BYTES = 64 * 1024 * 1024
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Options:
    """What a run of the batch door computes; the same for every record."""

    layers: tuple[str, ...] = LAYERS
    min_score: float = 0.0
    folder: str = "."
    """Where relative `path`s are looked for after the current folder."""
    paths: bool = True
    """Whether a record may name a file; false behind HTTP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One output line, and what the run should tell the user once."""

    line: str
    failed: bool
    unknown_keys: tuple[str, ...] = field(default=())


def dump(value: Any) -> str:
    """JSON on one line, characters as they are but for those that some readers take for a line's end."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for char, escape in LINE_ENDS.items():
        if char in line:
            line = line.replace(char, escape)
    return line


def answer(raw: bytes, options: Options) -> Answer:
    """Answer one input line with a reading or an error object; never raises for what the line holds.

    Args:
        raw: the line's bytes, less its line end.
        options: layers and limits of the run.
    """
    record_id: str | None = None
    unknown: tuple[str, ...] = ()
    try:
        record = _record(raw)
        record_id = _id(record)
        unknown = tuple(sorted(set(record) - KNOWN_KEYS))
        page = _page(record, options)
        reading = read_page(page, layers=options.layers, min_score=options.min_score)
        return Answer(dump(reading.to_dict()), False, unknown)
    except SaysoError as error:
        return Answer(dump(error_line(record_id, error.kind, str(error))), True, unknown)
    except (RecursionError, MemoryError) as error:
        message = f"expected a record of bounded nesting and size, got {type(error).__name__}; cut the record down"
        return Answer(dump(error_line(record_id, "TooLarge", message)), True, unknown)
    except Exception as error:  # noqa: BLE001  the one place where a fault of ours must not cost the other records
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = (
            f"expected a reading, got {type(error).__name__} in {Path(where.filename).stem}.{where.name}; "
            "this is a fault in sayso: please report it with the record"
        )
        return Answer(dump(error_line(record_id, "BadInput", message)), True, unknown)


def page_of(raw: bytes, options: Options) -> Page:
    """The page of one input line.

    Raises:
        BadInput: the line is no record, or its page can't be read.
    """
    return _page(_record(raw), options)


def id_of(raw: bytes) -> str | None:
    """The caller's id on an input line, None where there is none that can be read."""
    try:
        return _id(_record(raw))
    except (SaysoError, RecursionError, MemoryError):
        return None


def _record(raw: bytes) -> dict[str, Any]:
    if len(raw) > MAX_LINE_BYTES:
        raise TooLarge(f"expected a line of at most {MAX_LINE_BYTES} bytes, got {len(raw)}; split the record")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"expected UTF-8, got byte 0x{raw[error.start]:02x} at byte {error.start} of the line; re-encode the file"
        ) from error
    try:
        record = json.loads(text)
    except ValueError as error:
        where = getattr(error, "pos", 0)
        raise BadInput(
            f"expected one JSON object a line, got {_shown(text, where)} at character {where}; write the record as JSON"
        ) from error
    if not isinstance(record, dict):
        raise BadInput(f"expected a JSON object, got {type(record).__name__}; wrap the record in braces")
    return {_clean(key): value for key, value in record.items()}


def _shown(text: str, where: int) -> str:
    return repr(_clean(text[where : where + 20])) if text[where:].strip() else "the end of the line"


def _id(record: dict[str, Any]) -> str | None:
    value = record.get("id")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BadInput(f"expected a string at `id`, got {type(value).__name__}; name the record by a string")
    return _clean(str(value))


def _clean(text: str) -> str:
    """Lone surrogates are U+FFFD, one for one: they are no characters and no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(
            f"expected a string at `{key}`, got {type(value).__name__}; mend the record or leave the key out"
        )
    return _clean(value)


def _page(record: dict[str, Any], options: Options) -> Page:
    given = Given(
        id=_id(record),
        url=_string(record, "url"),
        published=_string(record, "published"),
        title=_string(record, "title"),
        publisher=_string(record, "publisher"),
    )
    content = {key: value for key in ("text", "html", "path") if (value := _string(record, key)) is not None}
    if len(content) != 1:
        got = " and ".join(f"`{key}`" for key in content) or "none"
        raise BadInput(f"expected exactly one of `text`, `html`, `path`, got {got}; give the record one of them")
    ((key, value),) = content.items()
    if key == "text":
        return page_from_text(value, given=given)
    if key == "html":
        return page_from_html(value, given=given)
    return _file(value, given, options)


def _file(name: str, given: Given, options: Options) -> Page:
    if not options.paths:
        raise BadInput("expected `text` or `html`, got `path`, which only the command line reads; send the content")
    try:
        path = Path(name)
        if not path.is_absolute() and not path.exists():
            path = Path(options.folder) / name
        size = path.stat().st_size
        if size > MAX_LINE_BYTES:
            raise TooLarge(f"expected a file of at most {MAX_LINE_BYTES} bytes, got {size} at {name}; split it")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"expected a readable file, got “{why}” at {name}; check the path") from error
    return page_from_bytes(data, given=given, path_name=name)
