"""The report's view: everything a template shows, worked out from a reading/1 dict, so that templates stay dumb."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .happenings import NOTHING, Happenings, build_happenings
from .labels import clean, clipped, footing_tags, group_of, heads_label, kind_label
from .segments import Mark, Piece, cut, levels
from .timeline import Timeline, build_timeline

__all__ = ["BlockView", "FindingView", "Fold", "Note", "PieceView", "ReportView", "SourceRow", "Step", "build_view"]

Span = Sequence[int]
BLOCK_TAGS = {"headline": "h2", "heading": "h3", "quote": "blockquote", "caption": "figcaption"}
ASIDE_KINDS = frozenset({"teaser", "widget", "furniture"})
MAX_LEVEL = 4
MAX_DEPTH = 20
WIDE_CHARS = 4000
"""Marks longer than this are few and looked at for every block; the others are found by position."""


@dataclass(frozen=True, slots=True)
class Step:
    """One node of a chain as drawn."""

    label: str
    group: str
    kind: str
    inferred: bool = False


@dataclass(slots=True)
class Note:
    """One attribution, as its note in the margin shows it."""

    number: int
    id: str
    group: str
    chain: list[Step]
    tags: list[tuple[str, str]]
    cue: str
    content: str
    meta: list[str]
    details: list[tuple[str, str]]
    open: bool = False
    reason: str | None = None
    candidates: list[tuple[str, str, str | None]] = field(default_factory=list)
    level: int = 0
    when: list[str] = field(default_factory=list)
    verdicts: list[tuple[str, str]] = field(default_factory=list)
    """What a person said of it, as (class, words)."""
    links: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Where more of it is to be seen, as (address, words, frame)."""

    @property
    def source(self) -> Step:
        """The innermost step."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as shown."""

    number: int
    code: str
    severity: str
    message: str
    quote: str | None


@dataclass(slots=True)
class PieceView:
    """A stretch of text and what is drawn on it; contents are (group, level, tag classes), outermost first."""

    text: str
    contents: list[tuple[str, int, str]] = field(default_factory=list)
    source: Note | None = None
    cue: Note | None = None
    notes_of: str = ""
    timex: TimexView | None = None
    finding: FindingView | None = None
    own: bool = False
    anchors: list[str] = field(default_factory=list)
    numbers: list[Note] = field(default_factory=list)
    opens: list[Note] = field(default_factory=list)
    flags: list[FindingView] = field(default_factory=list)
    open_time: TimexView | None = None


@dataclass(frozen=True, slots=True)
class TimexView:
    """A time expression as shown."""

    words: str
    value: str | None
    span: str
    reason: str | None
    resolved: bool


@dataclass(slots=True)
class BlockView:
    """One block of the story, or beside it, with what the margin says of it."""

    tag: str
    kind: str
    language: str | None
    pieces: list[PieceView]
    notes: list[Note] = field(default_factory=list)
    findings: list[FindingView] = field(default_factory=list)
    times: list[TimexView] = field(default_factory=list)
    own: int = 0
    span: tuple[int, int] = (0, 0)
    """Where it stands in the article's text."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Neighbouring blocks that are not of the story, shown folded."""

    label: str
    blocks: list[tuple[str, str, str | None, str | None]]
    """(what it is, text, reason, language)"""


@dataclass(slots=True)
class SourceRow:
    """A source and everything it is said to have said."""

    step: Step
    notes: list[Note]


@dataclass(slots=True)
class ReportView:
    """What the report shows."""

    title: str
    eyebrow: list[str]
    facts: list[tuple[str, str]]
    summary: list[str]
    partial: bool
    language: str | None
    direction: str
    flow: list[BlockView | Fold]
    notes: list[Note]
    sources: list[SourceRow]
    findings: list[FindingView]
    loose_findings: list[FindingView]
    timeline: Timeline | None
    times: list[TimexView]
    groups: list[tuple[str, str, str]]
    footer: list[str]
    error: str | None = None
    has_title_block: bool = False
    happenings: Happenings = NOTHING
    chains: dict[str, Note] = field(default_factory=dict)
    """Notes by the id of their attribution."""


def build_view(reading: Mapping[str, Any]) -> ReportView:
    """Work out what is shown of a reading.

    Args:
        reading: a reading/1 object; layers may be absent; an error object gives a view that shows the error.
    """
    if reading.get("error"):
        return _error_view(reading)
    return _Builder(reading).view()


def _error_view(reading: Mapping[str, Any]) -> ReportView:
    error = reading["error"]
    message = clean(f"{error.get('kind')}: {error.get('message')}")
    title = clean(str(reading.get("id") or "page"))
    return ReportView(title, [], [], [], False, None, "auto", [], [], [], [], [], None, [], [], [], error=message)


def _hull(spans: Sequence[Span]) -> tuple[int, int] | None:
    return (min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None


class _Builder:
    """One reading on its way to a view; every method adds one part."""

    def __init__(self, reading: Mapping[str, Any]) -> None:
        self.reading = reading
        self.article: Mapping[str, Any] = reading["article"]
        self.text: str = self.article["text"]
        self.entities = {e["id"]: e for e in reading.get("entities") or []}
        self.attributions: list[Mapping[str, Any]] = list(reading.get("attributions") or [])
        self.timexes: list[Mapping[str, Any]] = list(reading.get("timexes") or [])
        self.raw_findings: list[Mapping[str, Any]] = list(reading.get("findings") or [])
        self.own = [tuple(s) for s in reading.get("own_voice") or []]
        self.index = {a["id"]: i for i, a in enumerate(self.attributions)}
        self.levels = self._levels()
        self.ranks = self._ranks()
        self.notes = [self._note(i, a) for i, a in enumerate(self.attributions)]
        self.anchors = sorted((self._anchor(i), i) for i in range(len(self.notes)))
        self.in_order = sorted(self.notes, key=lambda note: note.number)
        self.times = [self._timex(t) for t in self.timexes]
        self.findings = [self._finding(i, f) for i, f in enumerate(self.raw_findings)]
        marks = sorted(self._marks(), key=lambda mark: (mark.start, mark.end))
        self.wide = [mark for mark in marks if mark.end - mark.start > WIDE_CHARS]
        self.marks = [mark for mark in marks if mark.end - mark.start <= WIDE_CHARS]
        self.starts = [mark.start for mark in self.marks]

    def words(self, span: Span) -> str:
        """The article's words at a span, fit to show."""
        return clean(self.text[span[0] : span[1]])

    # -- attributions ------------------------------------------------------------------------------------------

    def _levels(self) -> list[int]:
        hulls = [_hull(a["content"]) for a in self.attributions]
        parents = [self.index.get(a.get("parent") or "") for a in self.attributions]
        return [min(level, MAX_LEVEL) for level in levels(hulls, parents)]

    def _ranks(self) -> list[int]:
        """Where each attribution's note stands: in text order, what is nested right after what holds it."""
        paths: dict[int, tuple[int, ...]] = {}
        for i in range(len(self.attributions)):
            trail = [i]
            while (parent := self.index.get(self.attributions[trail[-1]].get("parent") or "")) is not None:
                if parent in trail or len(trail) > MAX_DEPTH:
                    break
                trail.append(parent)
            paths[i] = tuple(at for j in reversed(trail) for at in (self._anchor(j), j))
        order = sorted(paths, key=paths.__getitem__)
        ranks = {i: rank for rank, i in enumerate(order)}
        return [ranks[i] for i in range(len(order))]

    def _step(self, step: Mapping[str, Any]) -> Step:
        kind = str(step.get("kind"))
        entity = self.entities.get(step.get("entity") or "")
        if kind == "page":
            label = kind_label("page")
        elif entity:
            label = clean(entity["name"])
        elif step.get("span"):
            label = clipped(self.words(step["span"]), 80)
        else:
            label = "nobody named"
        return Step(label, group_of(kind), kind_label(kind), bool(step.get("inferred")))

    def _chain(self, item: Mapping[str, Any]) -> list[Step]:
        chain = [self._step(step) for step in item.get("chain") or []]
        if len(chain) > 1 or (chain and item["source_kind"] == "unknown" and not item["source"]):
            return chain
        hull = item["source"][0] if item["source"] else None
        own = {"kind": item["source_kind"], "entity": item.get("entity"), "span": hull}
        return [*(chain or [self._step({"kind": "page"})]), self._step(own)]

    def _note(self, i: int, item: Mapping[str, Any]) -> Note:
        kind, group = str(item["source_kind"]), group_of(str(item["source_kind"]))
        cue = " … ".join(self.words(s) for s in item["cue"])
        content = clipped(" … ".join(self.words(s) for s in item["content"][:8]), 180)
        meta = [kind_label(kind)]
        if heads := heads_label(item.get("heads")):
            meta.append(heads)
        if item.get("hand") == "second":
            meta.append("second hand")
        if item.get("form") in {"direct", "mixed"}:
            meta.append("in quotation marks" if item["form"] == "direct" else "partly quoted")
        score = item.get("score")
        if score is not None and score < 0.5:
            meta.append(f"unsure ({score:.2f})")
        candidates = [] if _stands_for(item) else [self._candidate(c) for c in (item.get("candidates") or [])[:5]]
        chain = self._chain(item)
        is_open = not item.get("entity") and (bool(candidates) or kind == "unknown")
        number = self.ranks[i] + 1
        return Note(
            number, str(item["id"]), group, chain, footing_tags(item.get("footing") or {}, str(item.get("tier"))),
            cue, content, meta, self._details(item), is_open, _text_or_none(item.get("reason")), candidates,
            self.levels[i],
        )  # fmt: skip

    def _details(self, item: Mapping[str, Any]) -> list[tuple[str, str]]:
        told = item.get("source") or []
        rows = [
            ("described as", s)
            for s in item.get("description") or []
            if s[1] - s[0] > 4 and not any(low <= s[0] and s[1] <= high for low, high in told)
        ]
        rows += [("stands for", s) for s in _stands_for(item) if s not in (item.get("description") or [])]
        rows += [("why unnamed", s) for s in item.get("anonymity_reason") or []]
        return [(label, clipped(self.words(span), 240)) for label, span in rows]

    def _candidate(self, item: Mapping[str, Any]) -> tuple[str, str, str | None]:
        entity = self.entities.get(item.get("entity") or "")
        name = clean(entity["name"]) if entity else self.words(item["span"]) if item.get("span") else "somebody else"
        return (clipped(name, 80), f"{item.get('score') or 0:.2f}", _text_or_none(item.get("reason")))

    # -- times and findings ------------------------------------------------------------------------------------

    def _timex(self, item: Mapping[str, Any]) -> TimexView:
        low, high = item.get("earliest"), item.get("latest")
        if low and high:
            span = str(low) if low == high else f"{low} – {high}"
        elif low or high:
            span = f"from {low}" if low else f"until {high}"
        else:
            span = ""
        value = item.get("value")
        return TimexView(
            clipped(self.words(item["span"]), 60), value, span, _text_or_none(item.get("reason")), value is not None
        )

    def _finding(self, i: int, item: Mapping[str, Any]) -> FindingView:
        quote = clipped(self.words(item["span"]), 120) if item.get("span") else None
        return FindingView(i + 1, str(item["code"]), str(item["severity"]), clean(str(item["message"])), quote)

    # -- marks and blocks --------------------------------------------------------------------------------------

    def _marks(self) -> list[Mark]:
        marks: list[Mark] = []
        for i, item in enumerate(self.attributions):
            for role in ("content", "source", "cue"):
                marks += [Mark(s[0], s[1], role, i) for s in item[role]]
        marks += [Mark(t["span"][0], t["span"][1], "timex", i) for i, t in enumerate(self.timexes)]
        marks += [Mark(f["span"][0], f["span"][1], "finding", i) for i, f in enumerate(self.raw_findings) if f["span"]]
        marks += [Mark(s[0], s[1], "own", i) for i, s in enumerate(self.own)]
        return marks

    def _marks_in(self, start: int, end: int) -> list[Mark]:
        first = bisect_right(self.starts, start - WIDE_CHARS - 1)
        last = bisect_right(self.starts, end - 1)
        wide = [mark for mark in self.wide if mark.start < end and mark.end > start]
        return wide + [mark for mark in self.marks[first:last] if mark.end > start]

    def _block(self, block: Mapping[str, Any]) -> BlockView:
        start, end = block["span"]
        marks = self._marks_in(start, end)
        kind = str(block["kind"])
        view = BlockView(BLOCK_TAGS.get(kind, "p"), kind, block.get("language"), [])
        view.pieces = [self._piece(piece) for piece in cut(start, end, marks)]
        first, last = bisect_left(self.anchors, (start, -1)), bisect_left(self.anchors, (end, -1))
        view.notes = sorted((self.notes[i] for _, i in self.anchors[first:last]), key=lambda note: note.number)
        view.findings = [self.findings[m.number] for m in marks if m.role == "finding" and m.start >= start]
        view.times = [self.times[m.number] for m in marks if m.role == "timex" and m.start >= start]
        view.span = (start, end)
        view.own = sum(1 for m in marks if m.role == "own" and m.start >= start)
        return view

    def _anchor(self, i: int) -> int:
        """Where an attribution's number stands: at its cue, else its source, else its content."""
        item = self.attributions[i]
        spans = item["cue"] or item["source"] or item["content"]
        return int(spans[0][0]) if spans else -1

    def _piece(self, piece: Piece) -> PieceView:
        view = PieceView(clean(self.text[piece.start : piece.end]))
        contents = sorted(piece.numbers("content"), key=lambda i: (self.levels[i], i))
        view.contents = [self._content_class(i) for i in contents]
        sources, cues = piece.numbers("source"), piece.numbers("cue")
        view.source = self.notes[sources[-1]] if sources else None
        view.cue = self.notes[cues[-1]] if cues else None
        view.notes_of = " ".join(str(self.notes[n].number) for n in dict.fromkeys([*contents, *sources, *cues]))
        if times := piece.numbers("timex"):
            view.timex = self.times[times[-1]]
        if findings := piece.numbers("finding"):
            view.finding = self.findings[findings[-1]]
        view.own = bool(piece.numbers("own")) and not contents
        self._edges(piece, view)
        return view

    def _content_class(self, i: int) -> tuple[str, int, str]:
        note = self.notes[i]
        kinds = {tag for tag, _ in note.tags}
        extra = " ".join(name for name in ("denied", "hedged") if name in kinds)
        return (note.group, note.level, extra)

    def _edges(self, piece: Piece, view: PieceView) -> None:
        for mark in piece.starts:
            if mark.role in {"content", "source", "cue"} and mark.start == self._anchor(mark.number):
                note = self.notes[mark.number]
                if f"t{note.number}" not in view.anchors:
                    view.anchors.append(f"t{note.number}")
        for mark in piece.ends:
            if mark.role == "finding":
                view.flags.append(self.findings[mark.number])
            elif mark.role == "timex" and not self.times[mark.number].resolved:
                view.open_time = self.times[mark.number]
            elif mark.role in {"content", "source", "cue"}:
                self._close(mark, view)

    def _close(self, mark: Mark, view: PieceView) -> None:
        item, note = self.attributions[mark.number], self.notes[mark.number]
        spans = item["cue"] or item["source"] or item["content"]
        role = "cue" if item["cue"] else "source" if item["source"] else "content"
        if mark.role == role and spans and [mark.start, mark.end] == list(spans[0]) and note not in view.numbers:
            view.numbers.append(note)
        opened = mark.role == "source" and note.open and [mark.start, mark.end] == list(item["source"][0])
        if opened and not view.opens:
            view.opens.append(note)

    # -- the whole ---------------------------------------------------------------------------------------------

    def _flow(self) -> list[BlockView | Fold]:
        flow: list[BlockView | Fold] = []
        aside: list[Mapping[str, Any]] = []
        for block in self.article["blocks"]:
            if block["foreign"] or block["kind"] in ASIDE_KINDS:
                aside.append(block)
                continue
            if aside:
                flow.append(self._fold(aside))
                aside = []
            flow.append(self._block(block))
        if aside:
            flow.append(self._fold(aside))
        return flow

    def _fold(self, blocks: Sequence[Mapping[str, Any]]) -> Fold:
        rows = [
            (_aside_label(b), self.words(b["span"]), _text_or_none(b.get("reason")), b.get("language")) for b in blocks
        ]
        labels = list(dict.fromkeys(row[0] for row in rows))
        count = f"{len(rows)} blocks" if len(rows) > 1 else "1 block"
        return Fold(f"{count} set aside: {', '.join(labels)}", rows)

    def _sources(self) -> list[SourceRow]:
        rows: dict[tuple[str, str], SourceRow] = {}
        for note in self.in_order:
            entity = self.attributions[self.index[note.id]].get("entity")
            key = ("e", entity) if entity else ("n", note.source.label + note.source.kind)
            rows.setdefault(key, SourceRow(note.source, [])).notes.append(note)
        return list(rows.values())

    def _summary(self) -> list[str]:
        if "attributions" not in self.reading:
            return []
        unnamed = sum(1 for n in self.notes if n.group == "unnamed")
        openly = sum(1 for n in self.notes if n.open)
        parts = [_count(len(self.notes), "attribution"), _count(len(self._sources()), "source")]
        if unnamed:
            parts.append(f"{unnamed} on unnamed people")
        if openly:
            parts.append(f"{openly} left open")
        parts.append(_count(len(self.own), "sentence") + " in the page’s own voice")
        return parts

    def _facts(self) -> list[tuple[str, str]]:
        article, page = self.article, self.reading.get("page") or {}
        rows = [("Byline", ", ".join(article.get("byline") or [])), ("Outlet", article.get("publisher"))]
        for label, key in (("Published", "date_published"), ("Changed", "date_modified")):
            if date := article.get(key):
                rows.append((label, f"{date['value']} (from {date['from']})"))
        rows += [
            ("Section", article.get("section")),
            ("Address", page.get("url")),
            ("Language", article.get("language")),
        ]
        return [(label, clean(str(value))) for label, value in rows if value]

    def view(self) -> ReportView:
        """Put the parts together."""
        article = self.article
        self._when()
        headline = (article.get("headline") or {}).get("value")
        page = self.reading.get("page") or {}
        title = clean(headline or page.get("url") or str(self.reading.get("id") or "page"))
        published = (article.get("date_published") or {}).get("value")
        flow = self._flow()
        groups = {n.group for n in self.notes} | {s.group for n in self.notes for s in n.chain}
        from .labels import GROUPS

        return ReportView(
            title=title,
            eyebrow=[clean(str(x)) for x in (article.get("publisher"), published) if x],
            facts=self._facts(),
            summary=self._summary(),
            partial=article.get("representation") == "partial",
            language=article.get("language"),
            direction="auto",
            flow=flow,
            notes=self.in_order,
            sources=self._sources(),
            findings=self.findings,
            loose_findings=[f for f in self.findings if f.quote is None],
            timeline=build_timeline(self.reading, self.words),
            times=self.times,
            happenings=build_happenings(self.reading, self.words),
            chains={note.id: note for note in self.notes},
            groups=[g for g in GROUPS if g[0] in groups],
            footer=self._footer(),
            has_title_block=any(isinstance(b, BlockView) and b.kind == "headline" for b in flow),
        )

    def _when(self) -> None:
        """Give each attribution the times inside its content."""
        ordered = sorted(range(len(self.timexes)), key=lambda i: (self.timexes[i]["span"][0], i))
        starts = [self.timexes[i]["span"][0] for i in ordered]
        for item, note in zip(self.attributions, self.notes, strict=True):
            for low, high in item["content"]:
                for i in ordered[bisect_right(starts, low - 1) : bisect_right(starts, high - 1)][:4]:
                    view = self.times[i]
                    note.when.append(
                        f"{view.words} = {view.span or view.value}" if view.resolved else f"{view.words} = ?"
                    )

    def _footer(self) -> list[str]:
        page = self.reading.get("page") or {}
        rows = [f"reading/1 by sayso {self.reading.get('version')}", f"page {page.get('id')}"]
        if page.get("fetched_at"):
            rows.append(f"fetched {page['fetched_at']}")
        return [clean(row) for row in rows]


def _aside_label(block: Mapping[str, Any]) -> str:
    if block["foreign"]:
        return "another story"
    return {"furniture": "furniture of the page", "widget": "widget", "teaser": "teaser"}.get(
        block["kind"], str(block["kind"])
    )


def _stands_for(item: Mapping[str, Any]) -> list[Any]:
    """The unnamed words that a pronoun was resolved to: a lone candidate that is nobody named."""
    found = item.get("candidates") or []
    lone = len(found) == 1 and not item.get("entity") and item["source_kind"] != "unknown"
    return [found[0]["span"]] if lone and not found[0].get("entity") and found[0].get("span") else []


def _text_or_none(value: object) -> str | None:
    return clean(str(value)) if value else None


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
