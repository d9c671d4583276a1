"""Score readings against the chains set: chains, source kinds, footing, and speakers resolved or left open.

Every gold attribution counts; one that no prediction fits is wrong in every respect. A prediction fits where the
contents' characters have a Jaccard index of at least .5; of several, the one whose source and cue fit best.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .chain_markup import GoldAttribution, Item

__all__ = ["MEASURES", "ChainScores", "load_chains", "score_chains"]

Json = Mapping[str, Any]
MEASURES = ("found", "chain", "source_kind", "polarity", "certainty", "act", "attitude", "form")
FORMS = frozenset(
    {
        "according",
        "adverb",
        "citing",
        "document",
        "doublenegation",
        "floating",
        "headline",
        "interrupted",
        "inverted",
        "long",
        "multiparagraph",
        "negation",
        "none",
        "noun",
        "oddmarks",
        "passive",
        "scare",
        "social",
        "transcript",
        "via",
    }
)
"""Labels of items that figures are broken down by; the rest of the breakdown is read off the marks themselves."""
MIN_JACCARD = 0.5
_ARTICLES = frozenset({"the", "a", "an", "mr", "mr.", "mrs", "ms", "dr", "dr.", "its", "his", "her", "our"})


def load_chains(path: Path) -> Iterator[Item]:
    """Items of a half of the set.

    Args:
        path: tune.jsonl or unseen.jsonl.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        golds = [GoldAttribution(**_tuples(gold)) for gold in row.pop("attributions")]
        yield Item(**row, attributions=golds)


def _tuples(gold: dict[str, Any]) -> dict[str, Any]:
    return gold | {key: [tuple(pair) for pair in gold[key]] for key in ("source", "cue", "content", "chain")}


@dataclass(slots=True)
class ChainScores:
    """Counts of right and all, whole and by form; the errors in words."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    by_form: dict[str, Counter[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def share(self, measure: str) -> float | None:
        """Share right, 0..1; None where nothing was asked."""
        return self.right[measure] / self.total[measure] if self.total[measure] else None

    def count(self, measure: str, right: bool, forms: Sequence[str]) -> None:
        """Count one answer."""
        self.total[measure] += 1
        self.right[measure] += right
        for form in forms:
            counts = self.by_form.setdefault(form, Counter())
            counts[f"{measure}/all"] += 1
            counts[measure] += right

    def lines(self) -> list[str]:
        """The figures as a table, one measure a line, then chains by form."""
        names = [*MEASURES, "speaker_resolved_right", "speaker_resolved_of_all", "speaker_left_open", "nothing_added"]
        rows = [f"{name:<26}{self.share(name) or 0:6.1%}  {self.right[name]}/{self.total[name]}" for name in names]
        for form, counts in sorted(self.by_form.items()):
            if counts["chain/all"]:
                rows.append(f"  chain, {form:<22}{counts['chain']:4}/{counts['chain/all']}")
        return rows


def score_chains(items: Iterable[Item], readings: Mapping[str, Json]) -> ChainScores:
    """Score readings by item id; an item without a reading counts as one with nothing found."""
    scores = ChainScores()
    for item in items:
        reading = readings.get(item.id, {})
        found = list(reading.get("attributions") or [])
        names = {entity["id"]: str(entity["name"]) for entity in reading.get("entities") or []}
        if not item.attributions:
            scores.count("nothing_added", not [a for a in found if a["tier"] == "speech"], _labels(item, None))
        pairs = _pairs(item.attributions, found)
        for i, gold in enumerate(item.attributions):
            _score_one(item, gold, pairs.get(i), names, scores)
    return scores


def _labels(item: Item, gold: GoldAttribution | None) -> list[str]:
    """What the figures are broken down by: register, forms as labelled, and what the marks say."""
    labels = [f"register {item.register}", *(form for form in item.forms if form in FORMS)]
    if gold is not None:
        labels.append(gold.form)
        marks = {
            "nested": gold.parent is not None, "no source": not gold.source, "open": gold.open,
            "resolved": gold.entity is not None, "hedged": gold.certainty == "hedged",
            "neither yes nor no": gold.polarity == "mixed", "negated": gold.polarity == "negated",
            "stance": gold.tier == "stance", f"act {gold.act}": gold.act != "report",
        }  # fmt: skip
        labels += [label for label, holds in marks.items() if holds]
    return list(dict.fromkeys(labels))


def _score_one(
    item: Item, gold: GoldAttribution, got: Json | None, names: Mapping[str, str], scores: ChainScores
) -> None:
    answers = dict.fromkeys(MEASURES, False)
    if got is not None:
        footing = got["footing"]
        answers = {
            "found": True,
            "chain": _same_chain(item, gold, got, names),
            "source_kind": got["source_kind"] == gold.kind,
            "polarity": footing["polarity"] == gold.polarity,
            "certainty": footing["certainty"] == gold.certainty,
            "act": footing["act"] == gold.act,
            "attitude": footing["attitude"] == gold.attitude,
            "form": got["form"] == gold.form,
        }
        _score_speaker(item, gold, got, names, scores)
    for measure, right in answers.items():
        scores.count(measure, right, _labels(item, gold))
        if not right and (measure == "found" or got is not None):
            scores.errors.append(f"{measure:<12}{item.id} {_told(item, gold, got, measure, names)}")


def _score_speaker(item: Item, gold: GoldAttribution, got: Json, names: Mapping[str, str], scores: ChainScores) -> None:
    entity = names.get(got.get("entity") or "")
    if gold.open:
        scores.count("speaker_left_open", entity is None, _labels(item, gold))
    if gold.entity:
        scores.count(
            "speaker_resolved_of_all", entity is not None and _same_name(gold.entity, entity), _labels(item, gold)
        )
    if entity is not None and (gold.entity or gold.open):
        right = bool(gold.entity) and _same_name(gold.entity or "", entity)
        scores.count("speaker_resolved_right", right, _labels(item, gold))


def _told(item: Item, gold: GoldAttribution, got: Json | None, measure: str, names: Mapping[str, str]) -> str:
    words = " … ".join(item.text[a:b] for a, b in gold.content)[:70]
    if got is None:
        return f"“{words}”"
    if measure == "chain":
        seen = [_step_name(item.text, step, names) or step["kind"] for step in got["chain"]]
        return f"want {[name or kind for kind, name in gold.chain]} got {seen} “{words}”"
    want = {"source_kind": gold.kind}.get(measure) or getattr(gold, measure)
    have = got.get(measure) if measure in {"source_kind", "form"} else got["footing"].get(measure)
    source = " ".join(item.text[a:b] for a, b in gold.source)
    return f"want {want} got {have} “{source}” “{words}”"


# -- which prediction fits which gold --------------------------------------------------------------------------


def _characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _pairs(golds: Sequence[GoldAttribution], found: Sequence[Json]) -> dict[int, Json]:
    fits: list[tuple[float, int, int]] = []
    for i, gold in enumerate(golds):
        content, source, cue = (_characters(spans) for spans in (gold.content, gold.source, gold.cue))
        for j, got in enumerate(found):
            overlap = _jaccard(content, _characters(got["content"]))
            if overlap >= MIN_JACCARD:
                beside = _jaccard(source, _characters(got["source"])) if source or got["source"] else 1.0
                fits.append((overlap + 2 * beside + _jaccard(cue, _characters(got["cue"])), i, j))
    pairs: dict[int, Json] = {}
    used: set[int] = set()
    for _, i, j in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2])):
        if i not in pairs and j not in used:
            pairs[i] = found[j]
            used.add(j)
    return pairs


# -- chains and names ------------------------------------------------------------------------------------------


def _step_name(text: str, step: Json, names: Mapping[str, str]) -> str:
    if step.get("entity") in names:
        return names[step["entity"]]
    span = step.get("span")
    return text[span[0] : span[1]] if span else ""


def _same_chain(item: Item, gold: GoldAttribution, got: Json, names: Mapping[str, str]) -> bool:
    chain = got["chain"]
    if len(chain) != len(gold.chain) or not chain or chain[0]["kind"] != "page":
        return False
    anaphors = {a.entity: " ".join(item.text[s:e] for s, e in a.source) for a in item.attributions if a.entity}
    for (_, name), step in zip(gold.chain[1:], chain[1:], strict=True):
        seen = _step_name(item.text, step, names)
        span = step.get("span")
        own = item.text[span[0] : span[1]] if span else ""
        bare = not step.get("entity")
        if not (_same_name(name, seen) or (bare and name not in anaphors and _same_name(name, own))):
            return False
    return True


def _words(name: str) -> set[str]:
    bare = "".join(c if c.isalnum() or c in "-." else " " for c in name.replace("’s", "").replace("'s", "").casefold())
    return {word for word in bare.split() if word not in _ARTICLES}


def _same_name(one: str, other: str) -> bool:
    """Whether two names or descriptions mean the same: the words of one are all among the other's."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return not left and not right
    return left <= right or right <= left
