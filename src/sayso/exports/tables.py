"""The tables of an export: every column with its type and what it means, and the rows under them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .material import Document, Json, Material
from .sources import source_rows

__all__ = ["TABLES", "Column", "Table", "dictionary_markdown"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is string, integer, number, boolean, or a list of one of them."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, and how its rows come from the material."""

    name: str
    summary: str
    columns: tuple[Column, ...]
    rows: Callable[[Material], Iterator[Json]]


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from lines of `name type: meaning`."""
    found = []
    for line in text.strip().splitlines():
        head, _, meaning = line.strip().partition(": ")
        name, _, kind = head.partition(" ")
        found.append(Column(name, kind, meaning))
    return tuple(found)


def _each(rows: Callable[[Document], Iterator[Json]]) -> Callable[[Material], Iterator[Json]]:
    def all_rows(material: Material) -> Iterator[Json]:
        for document in material.documents:
            for row in rows(document):
                yield {"document": document.id, **row}

    return all_rows


def _document(document: Document) -> Iterator[Json]:
    reading, article = document.reading, document.article
    yield {
        "page": reading["page"]["id"],
        "url": document.url,
        "fetched_at": document.fetched_at,
        "outlet": document.outlet,
        "title": document.title,
        "published": document.published,
        "byline": article["byline"],
        "language": article["language"],
        "representation": article["representation"],
        "version": reading["version"],
        "text": document.text,
    }


def _edges(spans: Sequence[Sequence[int]]) -> Json:
    return {
        "start": spans[0][0] if spans else None,
        "end": spans[-1][1] if spans else None,
        "spans": [edge for span in spans for edge in span],
    }


def _statements(document: Document) -> Iterator[Json]:
    rows = [_attribution(document, a) for a in document.attributions if a["content"]]
    rows += [_own_voice(document, span) for span in document.reading.get("own_voice", [])]
    yield from sorted(rows, key=lambda row: (row["spans"], row["id"]))


def _own_voice(document: Document, span: Sequence[int]) -> Json:
    return {"id": f"o{span[0]}", "kind": "own_voice", "text": document.words([span]), **_edges([span])}


def _attribution(document: Document, a: Json) -> Json:
    low, high = a["heads"] or (None, None)
    return {
        "id": a["id"],
        "kind": "attribution",
        "text": document.words(a["content"]),
        **_edges(a["content"]),
        "source": document.words(a["source"]) or None,
        "source_spans": [edge for span in a["source"] for edge in span],
        "name": document.name(a["entity"]),
        "cue": document.words(a["cue"]) or None,
        **{key: a[key] for key in ("source_kind", "form", "tier", "parent", "hand", "score", "reason")},
        **a["footing"],
        "chain": document.chain(a),
        "heads_min": low,
        "heads_max": high,
    }


def _timexes(document: Document) -> Iterator[Json]:
    for t in document.reading.get("timexes", []):
        start, end = t["span"]
        yield {
            "id": t["id"],
            "text": document.text[start:end],
            "start": start,
            "end": end,
            "anchor": t["anchor"]["kind"] if t["anchor"] else None,
            **{key: t[key] for key in ("type", "value", "mod", "earliest", "latest", "score", "reason")},
        }


def _events(document: Document) -> Iterator[Json]:
    for e in document.reading.get("events", []):
        start, end = e["trigger"]
        time = e["time"] or {}
        yield {
            "id": e["id"],
            "action": e["action"],
            "trigger": document.text[start:end],
            "start": start,
            "end": end,
            "actor": document.words(e["actor"]) or None,
            "target": document.words(e["target"]) or None,
            "earliest": time.get("earliest"),
            "latest": time.get("latest"),
            "attribution": e["attribution"],
            "footing": e["footing"],
        }


def _reuse(material: Material) -> Iterator[Json]:
    for pair in material.reuse:
        for (a_start, a_end), (b_start, b_end) in pair["passages"]:
            yield {
                **{key: pair[key] for key in ("a", "b", "kind", "earlier", "later", "score", "reason")},
                "a_start": a_start,
                "a_end": a_end,
                "b_start": b_start,
                "b_end": b_end,
            }


def _claims(material: Material) -> Iterator[Json]:
    for claim in material.claims:
        for told in claim["statements"]:
            start, end = told["span"]
            yield {
                "claim": claim["id"],
                "claim_text": claim["text"],
                "statement": told["id"],
                "document": told["page"],
                "outlet": told["outlet"],
                "published": told["published"],
                "text": told["text"],
                "start": start,
                "end": end,
                "chain": " ← ".join(["this page", *(step["name"] for step in told["chain"])]),
                "polarity": told["polarity"],
                "hedged": told["hedged"],
            }


def _origins(material: Material) -> Iterator[Json]:
    for found in material.origins:
        for root in found["roots"]:
            yield {
                "claim": found["claim"]["id"],
                **{key: found[key] for key in ("min", "likely", "max")},
                "root": root["id"],
                "root_kind": root["kind"],
                "name": root["name"],
                **{key: root[key] for key in ("outlets", "statements", "may_equal")},
                "documents": root["pages"],
            }


_DOCUMENT = "document string: the page's id in the case, key of documents.document"
_PLACE = """start integer: first code point, in documents.text
end integer: one past the last code point"""

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "One row a page; its text is what every position points into.",
        _columns("""document string: the caller's id, else the page's SHA-256
            page string: SHA-256 of the bytes as received
            url string: address
            fetched_at string: ISO 8601 moment of the fetch, where known
            outlet string: publisher, as given or as the page says
            title string: headline, as given or as the page says
            published string: ISO 8601 day or moment, as given or as the page says
            byline list<string>: authors
            language string: ISO 639-1
            representation string: full, or partial where the page is cut off
            version string: of the program that read it
            text string: the article's text"""),
        _each(_document),
    ),
    Table(
        "statements",
        "What is said: attributions, and sentences in the page's own voice.",
        _columns(f"""{_DOCUMENT}
            id string: the attribution's id; `o` and the start for own voice
            kind string: attribution or own_voice
            text string: the words; pieces of a discontinuous content are joined by " … "
            {_PLACE}
            spans list<integer>: start, end, start, end… of the pieces
            source string: the words that name who says it; empty where the page names nobody
            source_spans list<integer>: start, end… of those words
            name string: the one whom the source names, as resolved within the page
            source_kind string: named_person, unnamed_official…
            cue string: the words that link source and content
            form string: direct, indirect or mixed
            tier string: speech or stance
            polarity string: affirmed, negated, mixed
            certainty string: plain or hedged
            attitude string: neutral, factive, doubting
            act string: report, denial, order…
            parent string: id of the attribution whose content holds this one
            chain string: from the page inward to the innermost source stated
            hand string: first or second, where the page tells
            heads_min integer: fewest people the source's words imply
            heads_max integer: most, empty where unbounded or unknown
            score number: 0 to 1, how sure the reading is
            reason string: why something was left open or doubted"""),
        _each(_statements),
    ),
    Table(
        "sources",
        "Who is quoted: one row a name within its group, over all pages; an unnamed source stays with its own page.",
        _columns("""source string: group and plain name; for an unnamed source also the document
            group string: named, unnamed, body, media, record or open
            name string: as most statements have it
            source_kind string: as most statements have it
            statements integer: attributions to it
            documents list<string>: the pages, in their order
            outlets list<string>: whose pages they are
            second_hand integer: statements told by way of someone else
            hedged integer: statements told with a hedge
            denied integer: denials and negated statements
            first string: earliest publication
            last string: latest publication"""),
        source_rows,
    ),
    Table(
        "timexes",
        "Time expressions, with the days that each can mean.",
        _columns(f"""{_DOCUMENT}
            id string: the expression's id
            text string: the words
            {_PLACE}
            type string: DATE, TIME, DURATION, SET
            value string: TimeML value, empty where unresolved
            mod string: TimeML modifier
            anchor string: what it was counted from: publication, timex, event, narrative
            earliest string: first day, ISO 8601
            latest string: last day, ISO 8601
            score number: 0 to 1
            reason string: how it was resolved, or why it was left open"""),
        _each(_timexes),
    ),
    Table(
        "events",
        "Who did what to whom, when.",
        _columns(f"""{_DOCUMENT}
            id string: the event's id
            action string: the trigger's lemma
            trigger string: the word that tells it
            {_PLACE}
            actor string: words
            target string: words
            earliest string: first day it can have happened
            latest string: last day
            attribution string: id of the statement under which it is told
            footing string: own_voice, reported, denied…"""),
        _each(_events),
    ),
    Table(
        "reuse",
        "Passages that two pages share, one row a passage.",
        _columns("""a string: a page, key of documents.document
            b string: the other, later in order of arrival
            kind string: wire, verbatim, edited, rewrite, quotation…
            earlier string: which of the two was first, empty where open
            later string: the other
            score number: 0 to 1, how sure the direction is
            reason string: by what
            a_start integer: the passage in the text of a, code points
            a_end integer: one past its last
            b_start integer: the passage in the text of b
            b_end integer: one past its last"""),
        _reuse,
    ),
    Table(
        "claims",
        "Statements of all pages that say the same, one row a statement.",
        _columns(f"""claim string: the claim's id
            claim_text string: the claim in the words of one of its pages
            statement string: the statement's id
            document string: the page that tells it
            outlet string: its publisher
            published string: when
            text string: its words
            {_PLACE}
            chain string: from the page inward
            polarity string: affirmed or negated
            hedged boolean: whether it is told with a hedge"""),
        _claims,
    ),
    Table(
        "origins",
        "The independent origins of each claim, one row an origin.",
        _columns("""claim string: the claim's id
            min integer: fewest independent origins the claim can have
            likely integer: what a careful reader would count
            max integer: most
            root string: the origin's id
            root_kind string: page, outlet, person, unnamed, document, organization
            name string: as the pages name it
            documents list<string>: pages whose statements go back to it
            outlets list<string>: whose they are
            statements list<string>: ids of those statements
            may_equal list<string>: other origins that it can't be told from"""),
        _origins,
    ),
)


def dictionary_markdown() -> str:
    """The data dictionary, for the docs."""
    parts = []
    for table in TABLES:
        rows = "\n".join(f"| `{c.name}` | {c.type} | {c.meaning} |" for c in table.columns)
        parts.append(f"## {table.name}\n\n{table.summary}\n\n| column | type | meaning |\n|---|---|---|\n{rows}\n")
    return "\n".join(parts)
