"""The reading: everything said about one page, in the shape of reading/1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .annotation import Attribution, Entity, Event, Finding, OwnVoice, Sentence, Timex
from .article import Article, PageDate
from .page import Page
from .span import Span

__all__ = ["CONTRACT", "LAYERS", "Operation", "Reading", "error_line"]

CONTRACT = "reading/1"
LAYERS: tuple[str, ...] = ("article", "sentences", "entities", "attributions", "timexes", "events", "findings")
SCORE_DIGITS = 4

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One stage that had a part in a reading: its versioned name and the layers it made."""

    name: str
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One page, read. A layer that was not asked for is None; one without a result is empty."""

    id: str
    version: str
    page: Page
    article: Article
    layers: tuple[str, ...] = LAYERS
    sentences: tuple[Sentence, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    own_voice: tuple[OwnVoice, ...] | None = None
    timexes: tuple[Timex, ...] | None = None
    events: tuple[Event, ...] | None = None
    findings: tuple[Finding, ...] | None = None
    operations: tuple[Operation, ...] = ()

    @property
    def text(self) -> str:
        """The article's text, which every span points into."""
        return self.article.text

    def words(self, spans: Iterable[Span]) -> str:
        """The characters under the spans, joined by " … ".

        >>> Reading.words.__name__
        'words'
        """
        return " … ".join(span.of(self.text) for span in spans)

    def entity(self, entity_id: str | None) -> Entity | None:
        """The entity of that id, or None."""
        return next((e for e in self.entities or () if e.id == entity_id), None)

    def to_dict(self) -> Json:
        """The reading as reading/1: plain lists, dicts, strings, numbers."""
        out: Json = {
            "sayso": CONTRACT,
            "version": self.version,
            "id": self.id,
            "page": _page(self.page),
        }
        if "article" in self.layers:
            out["article"] = _article(self.article)
        if self.sentences is not None:
            out["sentences"] = [s.span.as_list() for s in self.sentences]
        if self.entities is not None:
            out["entities"] = [_entity(e) for e in self.entities]
        if self.attributions is not None:
            out["attributions"] = [_attribution(a) for a in self.attributions]
            out["own_voice"] = [o.span.as_list() for o in self.own_voice or ()]
        if self.timexes is not None:
            out["timexes"] = [_timex(t) for t in self.timexes]
        if self.events is not None:
            out["events"] = [_event(e) for e in self.events]
        if self.findings is not None:
            out["findings"] = [_finding(f) for f in self.findings]
        out["operations"] = [{"name": o.name, "layers": list(o.layers)} for o in self.operations]
        return out

    def rows(self, layer: str = "attributions") -> list[Json]:
        """One flat dict a result of `layer`, with the words beside the spans, for data frames."""
        from .rows import rows_of

        return rows_of(self, layer)

    def to_pandas(self, layer: str = "attributions") -> Any:
        """`rows(layer)` as a pandas data frame (pandas must be installed)."""
        import pandas

        return pandas.DataFrame(self.rows(layer))

    def to_polars(self, layer: str = "attributions") -> Any:
        """`rows(layer)` as a polars data frame (polars must be installed)."""
        import polars

        return polars.DataFrame(self.rows(layer))

    def _repr_html_(self) -> str:
        """The reading as a notebook shows it."""
        from importlib import import_module

        # The renderer lives above the model; it is looked up only when a notebook asks.
        fragment: str = import_module("sayso.render").render_fragment(self.to_dict())
        return fragment


def error_line(record_id: str | None, kind: str, message: str) -> Json:
    """What stands in place of a reading for a page that can't be read."""
    return {"sayso": CONTRACT, "id": record_id, "error": {"kind": kind, "message": message}}


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(float(score), SCORE_DIGITS)


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [span.as_list() for span in spans]


def _page(page: Page) -> Json:
    return {
        "id": page.id,
        "url": page.url,
        "media_type": page.media_type,
        "encoding": page.encoding,
        "fetched_at": page.fetched_at,
    }


def _date(date: PageDate | None) -> Json | None:
    return None if date is None else {"value": date.value, "raw": date.raw, "from": date.found}


def _article(article: Article) -> Json:
    headline = article.headline
    return {
        "text": article.text,
        "language": article.language,
        "headline": None
        if headline is None
        else {"value": headline.value, "span": None if headline.span is None else headline.span.as_list()},
        "byline": list(article.byline),
        "publisher": article.publisher,
        "section": article.section,
        "date_published": _date(article.date_published),
        "date_modified": _date(article.date_modified),
        "representation": article.representation,
        "page_kind": article.page_kind,
        "credits": list(article.credits),
        "blocks": [
            {
                "span": block.span.as_list(),
                "kind": block.kind,
                "foreign": block.foreign,
                "foreign_score": _rounded(block.foreign_score),
                "reason": block.reason,
                **({"language": block.language} if block.language else {}),
            }
            for block in article.blocks
        ],
        "runs": [[run.length, run.origin] for run in article.runs],
    }


def _entity(entity: Entity) -> Json:
    return {"id": entity.id, "name": entity.name, "kind": entity.kind, "mentions": _spans(entity.mentions)}


def _attribution(a: Attribution) -> Json:
    return {
        "id": a.id,
        "source": _spans(a.source),
        "cue": _spans(a.cue),
        "content": _spans(a.content),
        "form": a.form,
        "tier": a.tier,
        "source_kind": a.source_kind,
        "entity": a.entity,
        "candidates": [
            {
                "entity": c.entity,
                "span": None if c.span is None else c.span.as_list(),
                "score": _rounded(c.score),
                "reason": c.reason,
            }
            for c in a.candidates
        ],
        "parent": a.parent,
        "chain": [
            {
                "kind": step.kind,
                "entity": step.entity,
                "span": None if step.span is None else step.span.as_list(),
                "attribution": step.attribution,
                "inferred": step.inferred,
            }
            for step in a.chain
        ],
        "footing": {
            "polarity": a.footing.polarity,
            "certainty": a.footing.certainty,
            "attitude": a.footing.attitude,
            "act": a.footing.act,
        },
        "description": _spans(a.description),
        "anonymity_reason": _spans(a.anonymity_reason),
        "heads": None if a.heads is None else list(a.heads),
        "hand": a.hand,
        "score": _rounded(a.score),
        "reason": a.reason,
    }


def _timex(t: Timex) -> Json:
    return {
        "id": t.id,
        "span": t.span.as_list(),
        "type": t.type,
        "value": t.value,
        "mod": t.mod,
        "anchor": None if t.anchor is None else {"kind": t.anchor.kind, "id": t.anchor.id},
        "earliest": t.earliest,
        "latest": t.latest,
        "score": _rounded(t.score),
        "reason": t.reason,
    }


def _event(e: Event) -> Json:
    time: Mapping[str, str | None] | None = None
    if e.time is not None:
        time = {"timex": e.time.timex, "earliest": e.time.earliest, "latest": e.time.latest}
    return {
        "id": e.id,
        "trigger": e.trigger.as_list(),
        "actor": _spans(e.actor),
        "action": e.action,
        "target": _spans(e.target),
        "time": time,
        "attribution": e.attribution,
        "footing": e.footing,
    }


def _finding(f: Finding) -> Json:
    return {
        "code": f.code,
        "span": None if f.span is None else f.span.as_list(),
        "severity": f.severity,
        "message": f.message,
        "related": _spans(f.related),
    }
