"""One run of `ingest`: only what is new is read, and every shard is a checkpoint."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypedDict

from sayso.engines.engine import Engine
from sayso.engines.ingest import Item, items_of, read_entries
from sayso.errors import BrokenStore, InvalidSetting
from sayso.model import LAYERS, Given, Page
from sayso.pipeline import check_layers
from sayso.readers.decode import decode_as
from sayso.store.store import SHARD_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.engines.local import Guard
    from sayso.errors import BadInput
    from sayso.store import Store, StoredDocument, Writer

    from .case import IngestReport
    from .case_inputs import Position
    from .run_log import RunLog

__all__ = ["Ingesting", "Plan", "ingest", "plan_of", "reread"]


class Ingesting(TypedDict, total=False):
    """How a run of `ingest` goes about it; `Case.ingest` explains each."""

    layers: tuple[str, ...]
    workers: int
    engine: Literal["local", "ray"]
    address: str | None
    guard: Guard | None
    retry: bool
    shard_size: int | None
    progress: Callable[[int], None]
    watch: RunLog | None
    position: Position | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run of `ingest` is to do, its settings checked."""

    layers: tuple[str, ...]
    engine: Engine
    retry: bool = False
    """Whether records refused before are tried again."""
    shard_size: int = SHARD_SIZE
    on_shard: Callable[[int], None] | None = None
    """Called with the number of each shard once it is written."""


def plan_of(how: Ingesting, on_shard: Callable[[int], None]) -> Plan:
    """The plan that settings come to.

    Raises:
        InvalidSetting: a layer doesn't exist, or the article isn't among them.
    """
    layers = check_layers(how.get("layers", LAYERS))
    if "article" not in layers:
        raise InvalidSetting("expected the layer article among --layers, got none; a case needs the text")
    engine = Engine(how.get("engine", "local"), how.get("workers", 1), how.get("guard"), how.get("address"))
    return Plan(layers, engine, how.get("retry", False), how.get("shard_size") or SHARD_SIZE, on_shard)


def ingest(
    store: Store,
    records: Iterable[tuple[str, bytes | Page | BadInput]],
    folder: str,
    plan: Plan,
    report: IngestReport,
    progress: Callable[[int], None],
) -> IngestReport:
    """Read what is new among the records and write it, a shard at a time."""
    with store.writer(shard_size=plan.shard_size) as writer:
        writer.on_shard = plan.on_shard or writer.on_shard
        open_letters = (letter.key for letter in store.ledger.dead_letters() if letter.state == "open")
        again = set(open_letters) if plan.retry else set()
        items = _new(items_of(records, folder), writer, again, report, progress)
        for entry in read_entries(items, layers=plan.layers, engine=plan.engine, folder=folder):
            writer.add(entry)
            if entry.refused is not None:
                kind = entry.refused["kind"]
                report.failures[kind] = report.failures.get(kind, 0) + 1
            _count(report, writer)
            progress(report.skipped + sum(writer.outcomes.values()))
    _count(report, writer)
    return report


def _count(report: IngestReport, writer: Writer) -> None:
    report.read, report.refused = writer.outcomes["read"], writer.outcomes["refused"]
    report.repeated = writer.outcomes["repeat"]


def _new(
    items: Iterator[Item], writer: Writer, again: set[str], report: IngestReport, progress: Callable[[int], None]
) -> Iterator[Item]:
    """Items that the case does not hold, each once."""
    taken: set[str] = set()
    for item in items:
        if item.key in taken or (writer.seen(item.key) and item.key not in again):
            report.skipped += 1
            progress(report.skipped + sum(writer.outcomes.values()))
            continue
        taken.add(item.key)
        report.bytes += item.size
        yield _unread(item, writer)


def _unread(item: Item, writer: Writer) -> Item:
    """The item; a page of a web archive that the case holds is seen again, and costs no reading."""
    page = item.content
    if isinstance(page, Page) and page.record and page.given == Given() and writer.holds(page.id):
        return replace(item, content=page.sighting)
    return item


def reread(store: Store, workers: int, progress: Callable[[int], None]) -> int:
    """Read pages again that another version of the program read, from the bytes kept; returns how many."""
    from sayso.version import __version__

    old = [d for d in store.view().documents() if d.version != __version__]
    done = 0
    with store.writer() as writer:
        by_layers: dict[tuple[str, ...], list[StoredDocument]] = {}
        for document in old:
            by_layers.setdefault(document.layers, []).append(document)
        for layers, documents in sorted(by_layers.items()):
            items = (_kept_item(store, document) for document in documents)
            entries = read_entries(items, layers=layers, engine=Engine(workers=workers))
            for document, entry in zip(documents, entries, strict=True):
                if entry.refused is None:
                    writer.reread(entry, document.id, document.generation + 1, document.number)
                    done += 1
                progress(done)
    return done


def _kept_item(store: Store, document: StoredDocument) -> Item:
    """A page as it was received, with what was said of it then."""
    view = store.view()
    body = view.body(document.page)
    if body is None:
        raise BrokenStore(f"expected the bytes of {document.id}, got none in {store.root}; ingest its file again")
    given = json.loads(document.given)
    text = decode_as(bytes(body["body"]), body["encoding"])
    page = Page(
        id=document.page,
        body=bytes(body["body"]),
        text=text,
        media_type=body["media_type"],
        encoding=body["encoding"],
        urls=(given[1],) if given[1] else (),
        fetched_at=body["fetched_at"],
        given=Given(*given),
    )
    return Item("", document.source, page)
