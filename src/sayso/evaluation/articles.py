"""Score article extraction against gold pages: text by shingles, headline, byline, publication day."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sayso.model import BODY_KINDS

from .matching import f1

__all__ = ["evaluate", "fold", "shingles", "story"]

Json = dict[str, Any]
WORD = re.compile(r"\w+")
SHINGLE = 4


def story(reading: Json | None) -> str:
    """The body of the story: own blocks of a body kind, one a line; empty for a page that wasn't read."""
    if reading is None or "error" in reading:
        return ""
    text = reading["article"]["text"]
    return "\n".join(
        text[block["span"][0] : block["span"][1]]
        for block in reading["article"]["blocks"]
        if not block["foreign"] and block["kind"] in BODY_KINDS
    )


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Multiset of 4-token shingles; a shorter text is one shingle."""
    tokens = WORD.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)))


def _fold_space(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()


def fold(text: str | None) -> str:
    """Case, accents and punctuation folded away."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", bare.lower()).strip()


def evaluate(gold: Iterable[Json], readings: Mapping[str, Json]) -> Json:
    """Score readings by id against `{"id", "gold": {"text", "title"?, "authors"?, "date"?, "with"?, "without"?}}`.

    Returns:
        Shingle precision and recall are means over pages, F1 their harmonic mean; title, date and authors are
        shares of pages that state them; None where no page does.
    Source:
        Scrapinghub 2020, article extraction benchmark.
    """
    precision: list[float] = []
    recall: list[float] = []
    segments: Counter[str] = Counter()
    hits: dict[str, list[bool]] = {"title": [], "date": [], "authors": []}
    for page in gold:
        reading = readings.get(page["id"])
        got = story(reading)
        _score_text(page["gold"], got, precision, recall, segments)
        _score_metadata(page["gold"], (reading or {}).get("article") or {}, hits)
    p = statistics.mean(precision) if precision else 0.0
    r = statistics.mean(recall) if recall else 0.0
    found = 2 * segments["tp"] + segments["fp"] + segments["fn"]
    return {
        "pages": len(recall),
        "precision": p,
        "recall": r,
        "f1": f1(p, r),
        "with_without_f1": 2 * segments["tp"] / found if found else None,
        **{name: statistics.mean(values) if values else None for name, values in hits.items()},
    }


def _score_text(gold: Json, got: str, precision: list[float], recall: list[float], segments: Counter[str]) -> None:
    if gold.get("text"):
        true, said = shingles(gold["text"]), shingles(got)
        shared = (true & said).total()
        if said:
            precision.append(shared / said.total())
        recall.append(shared / true.total())
    folded = _fold_space(got)
    for segment in gold.get("with") or []:
        segments["tp" if _fold_space(segment) in folded else "fn"] += 1
    for segment in gold.get("without") or []:
        segments["fp" if _fold_space(segment) in folded else "tn"] += 1


def _score_metadata(gold: Json, article: Json, hits: dict[str, list[bool]]) -> None:
    if gold.get("title"):
        headline = (article.get("headline") or {}).get("value")
        hits["title"].append(_fold_space(headline) == _fold_space(gold["title"]))
    if gold.get("date"):
        hits["date"].append(((article.get("date_published") or {}).get("value") or "")[:10] == gold["date"])
    if gold.get("authors"):
        hits["authors"].append({fold(a) for a in gold["authors"]} == {fold(a) for a in article.get("byline") or []})
