"""Score attributions against gold of one layer: content, cue and source by tokens, matched one to one.

The figures and their rules are those of the PolNeAR evaluation: a pair counts where content tokens have a
Jaccard index of at least .5; it is joint where the source covers the gold source's head too. Nested
predictions (with a `parent`) are matched after the others and set aside where they fit none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .classes import classify, is_speech
from .matching import assign, document_tokens, prf, span_tokens

__all__ = ["Failure", "evaluate"]

ROLES = ("source", "cue", "content")
Json = dict[str, Any]
Tokens = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Failure:
    """One prediction that fits no gold, or the other way round."""

    kind: str
    doc_id: str
    words: str


@dataclass(slots=True)
class _Item:
    """One attribution with the tokens of its roles."""

    raw: Json
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    classes: tuple[str, str, str] = ("", "", "")
    ignored: bool = False
    head: int | None = None

    def role(self, name: str) -> frozenset[int]:
        tokens: frozenset[int] = getattr(self, name)
        return tokens


class _Scores:
    """Running counts over documents."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.tokens = {role: [0, 0, 0] for role in ROLES}
        self.spans = {role: [0, 0, 0] for role in ROLES}
        self.partial = [0.0, 0.0]
        self.by_class: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
        self.failures: list[Failure] = []


def evaluate(
    gold: Sequence[Json],
    predicted: Iterable[Json],
    *,
    heads: Mapping[str, Mapping[str, int]] | None = None,
    speech_only: bool = False,
) -> tuple[Json, list[Failure]]:
    """Score predictions against gold.

    Args:
        gold: `{"doc_id", "text", "attributions": [{"id", "source", "cue", "content"}]}`, spans in code points.
        predicted: the same without "text"; a document missing from it counts as no prediction.
        heads: per document and gold id the code point where the source's head starts.
        speech_only: set attributions aside whose cue has no speech word.
    Returns:
        The figures, each triple precision, recall, F1; and what went wrong, in document order.
    Source:
        Newell, Margolin, Ruths 2018 (data); Pareti 2013 (partial credit).
    """
    found = {document["doc_id"]: document["attributions"] for document in predicted}
    scores = _Scores()
    for document in gold:
        _score_document(document, found.get(document["doc_id"], []), heads or {}, speech_only, scores)
    return _figures(scores, len(gold)), scores.failures


def _items(tokens: Tokens, attributions: Iterable[Json]) -> list[_Item]:
    def of(a: Json, role: str) -> frozenset[int]:
        return span_tokens(tokens, a.get(role) or [])

    made = (_Item(a, of(a, "source"), of(a, "cue"), of(a, "content")) for a in attributions)
    return [item for item in made if item.content]


def _score_document(
    document: Json,
    attributions: Sequence[Json],
    heads: Mapping[str, Mapping[str, int]],
    speech_only: bool,
    scores: _Scores,
) -> None:
    text = document["text"]
    tokens = document_tokens(text)
    gold = _items(tokens, document["attributions"])
    for item in gold:
        item.classes = classify(text, item.raw)
        item.ignored = speech_only and item.classes[2] == "other"
        item.head = heads.get(document["doc_id"], {}).get(item.raw["id"])
    found = _items(tokens, attributions)
    scores.counts["pred_without_content"] += len(attributions) - len(found)
    if speech_only:
        found = [p for p in found if not p.cue or any(is_speech(text[a:b]) for a, b in tokens if a in p.cue)]
    overlap = _jaccards(found, gold)
    pairs, dropped = _pairs(found, overlap)
    if speech_only:
        dropped |= _best_is_ignored(found, gold, overlap)
    kept = [i for i in range(len(found)) if i not in dropped]
    wanted = [j for j in range(len(gold)) if not gold[j].ignored]
    pairs = [(i, j) for i, j in pairs if i not in dropped and not gold[j].ignored]
    predictions, golds = [found[i] for i in kept], [gold[j] for j in wanted]
    scores.counts["gold"] += len(golds)
    scores.counts["pred"] += len(predictions)
    _score_roles(tokens, predictions, golds, scores)
    _score_partial(predictions, golds, scores)
    _score_cues(predictions, golds, scores)
    joint = _score_pairs(tokens, found, gold, pairs, overlap, scores)
    for j in wanted:
        for row in zip(("form", "source", "cue"), gold[j].classes, strict=True):
            cell = scores.by_class[row]
            cell[0] += 1
            cell[1] += j in joint
            cell[2] += joint.get(j, False)
    matched = {i for i, j in pairs if overlap[i, j] >= 0.5}
    scores.failures += [_failure("FP", document, found[i]) for i in kept if i not in matched]
    scores.failures += [_failure("FN", document, gold[j]) for j in wanted if j not in joint]


def _failure(kind: str, document: Json, item: _Item) -> Failure:
    words = " | ".join(
        " … ".join(document["text"][start:end] for start, end in item.raw.get(role) or []) for role in ROLES
    )
    return Failure(kind, document["doc_id"], words)


def _jaccards(found: Sequence[_Item], gold: Sequence[_Item]) -> dict[tuple[int, int], float]:
    return {
        (i, j): len(p.content & g.content) / len(p.content | g.content)
        for i, p in enumerate(found)
        for j, g in enumerate(gold)
        if p.content & g.content
    }


def _pairs(found: Sequence[_Item], overlap: Mapping[tuple[int, int], float]) -> tuple[list[tuple[int, int]], set[int]]:
    """Pairs of the top layer, then nested predictions in what it left; and the nested ones to set aside."""
    nested = {i for i, p in enumerate(found) if p.raw.get("parent")}
    pairs = assign({ij: w for ij, w in overlap.items() if ij[0] not in nested})
    filled = {j for i, j in pairs if overlap[i, j] >= 0.5}
    for_nested = {j for (i, j), w in overlap.items() if i in nested and w >= 0.5}
    pairs = [(i, j) for i, j in pairs if j in filled or j not in for_nested]
    taken = {j for _, j in pairs}
    pairs += assign({(i, j): w for (i, j), w in overlap.items() if i in nested and j not in taken and w >= 0.5})
    return pairs, nested - {i for i, _ in pairs}


def _best_is_ignored(
    found: Sequence[_Item], gold: Sequence[_Item], overlap: Mapping[tuple[int, int], float]
) -> set[int]:
    best: dict[int, tuple[float, int]] = {}
    for (i, j), weight in overlap.items():
        best[i] = max(best.get(i, (0.0, -1)), (weight, j))
    return {i for i, (_, j) in best.items() if gold[j].ignored}


def _score_roles(tokens: Tokens, predictions: Sequence[_Item], golds: Sequence[_Item], scores: _Scores) -> None:
    for role in ROLES:
        right = frozenset().union(*(g.role(role) for g in golds))
        said = frozenset().union(*(p.role(role) for p in predictions))
        _add(scores.tokens[role], len(right & said), len(said), len(right))
        gold_spans, found_spans = _fragments(tokens, golds, role), _fragments(tokens, predictions, role)
        _add(scores.spans[role], len(gold_spans & found_spans), len(found_spans), len(gold_spans))


def _add(cell: list[int], *values: int) -> None:
    for i, value in enumerate(values):
        cell[i] += value


def _fragments(tokens: Tokens, items: Sequence[_Item], role: str) -> set[frozenset[int]]:
    return {span_tokens(tokens, [span]) for item in items for span in item.raw.get(role) or []} - {frozenset()}


def _score_partial(predictions: Sequence[_Item], golds: Sequence[_Item], scores: _Scores) -> None:
    for p in predictions:
        scores.partial[0] += max((len(p.content & g.content) / len(p.content) for g in golds), default=0.0)
    for g in golds:
        scores.partial[1] += max((len(p.content & g.content) / len(g.content) for p in predictions), default=0.0)


def _score_cues(predictions: Sequence[_Item], golds: Sequence[_Item], scores: _Scores) -> None:
    overlap = {
        (i, j): len(p.cue & g.cue) / len(p.cue | g.cue)
        for i, p in enumerate(predictions)
        for j, g in enumerate(golds)
        if p.cue & g.cue
    }
    scores.counts["cue_pred"] += sum(bool(p.cue) for p in predictions)
    scores.counts["cue_gold"] += sum(bool(g.cue) for g in golds)
    for pair in assign(overlap):
        scores.counts["cue_any"] += 1
        scores.counts["cue_exact"] += overlap[pair] == 1


def _score_pairs(
    tokens: Tokens,
    found: Sequence[_Item],
    gold: Sequence[_Item],
    pairs: Sequence[tuple[int, int]],
    overlap: Mapping[tuple[int, int], float],
    scores: _Scores,
) -> dict[int, bool]:
    """Count matched pairs; returns, for each gold matched, whether the source is right too."""
    joint: dict[int, bool] = {}
    for i, j in pairs:
        if overlap[i, j] >= 0.5:
            scores.counts["m50"] += 1
            scores.counts["m100"] += overlap[i, j] == 1
            joint[j] = _score_pair(tokens, found[i], gold[j], scores.counts)
    return joint


def _score_pair(tokens: Tokens, p: _Item, g: _Item, counts: Counter[str]) -> bool:
    both_none = not p.source and not g.source
    shared = bool(p.source & g.source)
    source_right = shared or both_none
    counts["src_any"] += source_right
    counts["src_exact"] += p.source == g.source
    counts["src_t"] += len(p.source & g.source)
    counts["src_p"] += len(p.source)
    counts["src_g"] += len(g.source)
    if g.source:
        counts["src_given"] += 1
        counts["src_given_any"] += shared
        head = g.head
        at_head = {a for a, b in tokens if a in g.source and head is not None and a <= head < b}
        if at_head:
            counts["head_n"] += 1
            source_right = bool(at_head & p.source)
            counts["head_ok"] += source_right
    else:
        counts["src_nogold"] += 1
        counts["src_nogold_ok"] += both_none
    cue_right = bool(p.cue & g.cue) or (not p.cue and not g.cue)
    counts["m_cue_any"] += cue_right
    counts["joint"] += source_right
    counts["joint_cue"] += source_right and cue_right
    return source_right


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _figures(scores: _Scores, documents: int) -> Json:
    c = scores.counts
    figures: Json = {"docs": documents, "gold": c["gold"], "pred": c["pred"]}
    for role in ROLES:
        figures[f"tok.{role}"] = prf(*scores.tokens[role])
        figures[f"span.{role}"] = prf(*scores.spans[role])
    figures["att@0.5"] = prf(c["m50"], c["pred"], c["gold"])
    figures["att@1.0"] = prf(c["m100"], c["pred"], c["gold"])
    precision, recall = (_ratio(scores.partial[0], c["pred"]) or 0), (_ratio(scores.partial[1], c["gold"]) or 0)
    figures["att.partial"] = (
        precision,
        recall,
        2 * precision * recall / (precision + recall) if precision + recall else 0,
    )
    figures["cue@any"] = prf(c["cue_any"], c["cue_pred"], c["cue_gold"])
    figures["cue@exact"] = prf(c["cue_exact"], c["cue_pred"], c["cue_gold"])
    figures["joint@0.5"] = prf(c["joint"], c["pred"], c["gold"])
    figures["joint+cue"] = prf(c["joint_cue"], c["pred"], c["gold"])
    matched = c["m50"] or 1
    figures["src.exact"], figures["src.any"] = c["src_exact"] / matched, c["src_any"] / matched
    figures["src.head"] = _ratio(c["head_ok"], c["head_n"])
    figures["src.given_any"] = _ratio(c["src_given_any"], c["src_given"])
    figures["src.none_ok"] = _ratio(c["src_nogold_ok"], c["src_nogold"])
    figures["src.tok"] = prf(c["src_t"], c["src_p"], c["src_g"])
    figures["cue.any|matched"] = c["m_cue_any"] / matched
    figures["by_class"] = {
        f"{kind}={value}": {"n": n, "att_recall": found / n, "joint_recall": joint / n}
        for (kind, value), (n, found, joint) in sorted(scores.by_class.items())
    }
    return figures
