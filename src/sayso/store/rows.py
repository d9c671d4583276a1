"""A reading as rows of the case's tables, and a record that could not be read as a row of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sayso.model import Attribution, Given, OwnVoice, Reading, Sighting, Span

__all__ = ["Entry", "entry_of", "refused", "sighted"]

Row = dict[str, Any]


@dataclass(slots=True)
class Entry:
    """What became of one record; positions and ids are the reading's."""

    key: str
    source: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    """Rows by table; empty where the record was refused."""
    given: str = ""
    """What the caller said of the page beside its bytes: the same page said otherwise is another document.
    Empty where nothing was said: the same bytes at another address are the same page, seen again."""
    refused: Row | None = None

    @property
    def document(self) -> Row:
        """The row of `documents`."""
        row: Row = self.rows["documents"][0]
        return row


def refused(key: str, source: str, id: str | None, kind: str, message: str, trace: str | None = None) -> Entry:
    """The entry of a record that could not be read."""
    row = {"key": key, "id": id, "source": source, "kind": kind, "message": message, "trace": trace}
    return Entry(key, source, refused=row)


def sighted(key: str, source: str, sighting: Sighting) -> Entry:
    """The entry of a record that says no more than that a page was seen again."""
    return Entry(key, source, {"sightings": [_sighting(sighting, source)]})


def _sighting(sighting: Sighting, source: str) -> Row:
    return {
        "page": sighting.page,
        "digest": sighting.digest,
        "url": sighting.url,
        "fetched_at": sighting.fetched_at,
        "source": source,
    }


def entry_of(reading: Reading, key: str, source: str) -> Entry:
    """The rows of a reading; `doc` and `generation` are set when it is written."""
    from sayso.model import LAYERS

    page, article, given = reading.page, reading.article, reading.page.given
    document = {
        "id": reading.id,
        "page": page.id,
        "source": source,
        "url": page.url,
        "outlet": given.publisher or article.publisher,
        "title": given.title or (article.headline.value if article.headline else None),
        "published": given.published or (article.date_published.value if article.date_published else None),
        "language": article.language,
        "representation": article.representation,
        "page_kind": article.page_kind,
        "credits": list(article.credits),
        "byline": list(article.byline),
        "text": article.text,
        "story": _flat(block.span for block in article.blocks if block.in_story),
        "version": reading.version,
        "layers": [layer for layer in LAYERS if layer in reading.layers],
    }
    body = {
        "page": page.id,
        "media_type": page.media_type,
        "encoding": page.encoding,
        "fetched_at": page.fetched_at,
        "body": page.body,
    }
    line = json.dumps(reading.to_dict(), ensure_ascii=False, separators=(",", ":"))
    said = json.dumps([given.id, page.url, given.published, given.title, given.publisher], ensure_ascii=False)
    rows: dict[str, list[Row]] = {
        "documents": [document],
        "bodies": [body],
        "sightings": [_sighting(page.sighting, source)] if page.record else [],
        "readings": [{"reading": line}],
        "statements": _statements(reading),
        "events": _events(reading),
        "timexes": _timexes(reading),
        "entities": [
            {"id": e.id, "name": e.name, "kind": e.kind, "mentions": len(e.mentions)} for e in reading.entities or ()
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity,
                "start": f.span.start if f.span else None,
                "end": f.span.end if f.span else None,
                "message": f.message,
            }
            for f in reading.findings or ()
        ],
    }
    document["given"] = said
    return Entry(key, source, rows, given="" if given == Given() else said)


def _flat(spans: Iterable[Span]) -> list[int]:
    return [edge for span in spans for edge in (span.start, span.end)]


def _statements(reading: Reading) -> list[Row]:
    said = [_attribution(reading, a) for a in reading.attributions or () if a.content]
    own = [_own_voice(reading, o) for o in reading.own_voice or ()]
    return sorted([*said, *own], key=lambda row: (row["spans"], row["id"]))


def _own_voice(reading: Reading, own: OwnVoice) -> Row:
    return {
        "id": f"o{own.span.start}",
        "kind": "own_voice",
        "spans": own.span.as_list(),
        "text": own.span.of(reading.text),
        "chain": "[]",
        "source_spans": [],
    }


def _attribution(reading: Reading, a: Attribution) -> Row:
    return {
        "id": a.id,
        "kind": "attribution",
        "spans": _flat(a.content),
        "text": reading.words(a.content),
        "source": reading.words(a.source) or None,
        "source_spans": _flat(a.source),
        "source_kind": a.source_kind,
        "name": getattr(reading.entity(a.entity), "name", None),
        "cue": reading.words(a.cue) or None,
        "form": a.form,
        "tier": a.tier,
        "polarity": a.footing.polarity,
        "certainty": a.footing.certainty,
        "attitude": a.footing.attitude,
        "act": a.footing.act,
        "parent": a.parent,
        "chain": json.dumps(_chain(reading, a), ensure_ascii=False, separators=(",", ":")),
        "heads_min": a.heads[0] if a.heads else None,
        "heads_max": a.heads[1] if a.heads else None,
        "score": a.score,
    }


def _chain(reading: Reading, a: Attribution) -> list[Row]:
    """The steps beyond the page, each by name."""
    steps = []
    for step in a.chain:
        if step.kind != "page":
            words = step.span.of(reading.text) if step.span else None
            name = getattr(reading.entity(step.entity), "name", None)
            unnamed = step.kind.startswith("unnamed")
            span = step.span.as_list() if step.span else None
            shown = (words or name) if unnamed else (name or words)
            steps.append({"kind": step.kind, "name": shown, "span": span, "inferred": step.inferred})
    return steps


def _events(reading: Reading) -> list[Row]:
    return [
        {
            "id": e.id,
            "start": e.trigger.start,
            "end": e.trigger.end,
            "action": e.action,
            "actor": reading.words(e.actor) or None,
            "target": reading.words(e.target) or None,
            "earliest": e.time.earliest if e.time else None,
            "latest": e.time.latest if e.time else None,
            "attribution": e.attribution,
            "footing": e.footing,
        }
        for e in reading.events or ()
    ]


def _timexes(reading: Reading) -> list[Row]:
    return [
        {
            "id": t.id,
            "start": t.span.start,
            "end": t.span.end,
            "text": t.span.of(reading.text),
            "type": t.type,
            "value": t.value,
            "earliest": t.earliest,
            "latest": t.latest,
        }
        for t in reading.timexes or ()
    ]
