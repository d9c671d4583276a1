"""Readings written by hand, for tests of what is shown."""

from __future__ import annotations

from typing import Any

LINES = (
    ("headline", "Mayor denies <b>deal</b>, paper says"),
    ("paragraph", "The Gazette said on Saturday that an aide told it the mayor had lied. “No,” she said."),
    ("furniture", "Sign up & save"),
    ("paragraph", "قال الوزير إن الاجتماع لم يحدث."),
)


def span_of(text: str, words: str, after: int = 0) -> list[int]:
    start = text.index(words, after)
    return [start, start + len(words)]


def attribution(number: int, **changes: Any) -> dict[str, Any]:
    item = {
        "id": f"a{number}", "source": [], "cue": [], "content": [], "form": "indirect", "tier": "speech",
        "source_kind": "outlet", "entity": None, "candidates": [], "parent": None, "chain": [],
        "footing": {"polarity": "affirmed", "certainty": "plain", "attitude": "neutral", "act": "report"},
        "description": [], "anonymity_reason": [], "heads": None, "hand": None, "score": 0.9, "reason": None,
    }  # fmt: skip
    return item | changes


def step(kind: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "entity": None, "span": None, "attribution": None, "inferred": False} | more


def reading(lines: tuple[tuple[str, str], ...] = LINES) -> dict[str, Any]:
    """Two nested attributions, an open speaker, a fold, times and a finding."""
    text = "\n\n".join(words for _, words in lines)
    blocks, at = [], 0
    for kind, words in lines:
        blocks.append(
            {"span": [at, at + len(words)], "kind": kind, "foreign": False, "foreign_score": 0.0, "reason": None}
        )
        at += len(words) + 2
    gazette, aide = span_of(text, "The Gazette"), span_of(text, "an aide")
    outer = attribution(
        1, source=[gazette], cue=[span_of(text, "said")],
        content=[span_of(text, "that an aide told it the mayor had lied")],
        entity="e1", chain=[step("page"), step("outlet", entity="e1", span=gazette)],
    )  # fmt: skip
    inner = attribution(
        2, source=[aide], cue=[span_of(text, "told")], content=[span_of(text, "the mayor had lied")], parent="a1",
        source_kind="unnamed_official", heads=[1, 1],
        footing={"polarity": "negated", "certainty": "hedged", "attitude": "neutral", "act": "denial"},
        chain=[
            step("page"), step("outlet", entity="e1", span=gazette), step("unnamed_official", span=aide, inferred=True),
        ],
    )  # fmt: skip
    she = span_of(text, "she")
    spoken = attribution(
        3, source=[she], cue=[span_of(text, "said", she[0])], content=[span_of(text, "“No,”")], form="direct",
        source_kind="unknown", reason="two women were named",
        candidates=[{"entity": None, "span": aide, "score": 0.4, "reason": "named last"}],
        chain=[step("page"), step("unknown", span=she)],
    )  # fmt: skip
    day = span_of(text, "Saturday")
    return {
        "sayso": "reading/1", "version": "0.1.0", "id": "p1",
        "page": {"id": "0" * 64, "url": "https://gazette.example/1", "media_type": "text/html", "encoding": "utf-8",
                 "fetched_at": None},
        "article": {
            "text": text, "language": "en", "headline": {"value": lines[0][1], "span": blocks[0]["span"]},
            "byline": [], "publisher": "The Gazette", "section": None,
            "date_published": {"value": "2023-09-17", "raw": "", "from": "meta"}, "date_modified": None,
            "representation": "partial", "blocks": blocks, "runs": [],
        },
        "sentences": [], "entities": [{"id": "e1", "name": "The Gazette", "kind": "outlet", "mentions": [gazette]}],
        "attributions": [outer, inner, spoken], "own_voice": [],
        "timexes": [
            {"id": "t1", "span": day, "type": "DATE", "value": "2023-09-16", "mod": None, "anchor": None,
             "earliest": "2023-09-16", "latest": "2023-09-16", "score": 0.9, "reason": None},
        ],
        "events": [],
        "findings": [
            {"code": "SAY101", "span": aide, "severity": "warning", "message": "no reason <i>given</i>", "related": []},
        ],
    }  # fmt: skip
