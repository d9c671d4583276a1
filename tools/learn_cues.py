"""Learn the cue lexicon and the candidate weights from annotated articles.

    SAYSO_DATA=… python tools/learn_cues.py [--hold-out N]

Reads `$SAYSO_DATA/attribution/polnear_train.jsonl`, writes `cues.yaml` and `cue_weights.yaml` to the
language folder. Every N-th document (default 8) is left out of both, for measuring on.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from sayso.model import Article, Block, Context, Layers, Run, Span
from sayso.stages.attribution import candidates, detect, lexicon, scoring
from sayso.stages.attribution.attach import contents
from sayso.stages.attribution.quotes import find_quotes
from sayso.stages.attribution.repairs import repaired
from sayso.stages.parse import Parse, Parser
from sayso.stages.sentences import Sentences

LANG = Path(__file__).resolve().parent.parent / "src" / "sayso" / "lang" / "en"
WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
FOLDS = 5
MIN_SEEN = 3
Counts = dict[str, dict[str, list[int]]]


def article_of(doc: dict[str, Any]) -> Article:
    """The document in blocks parted by blank lines; a short first one without a full stop is the headline."""
    text = doc["text"]
    blocks: list[Block] = []
    for match in re.finditer(r"\S(?:.*?\S)?(?=\s*\n\s*\n|\s*\Z)", text, re.DOTALL):
        words = match.group()
        headline = not blocks and len(words) < 200 and words[-1] not in '.!?"”'
        blocks.append(Block(Span(*match.span()), "headline" if headline else "paragraph"))
    return Article(doc["doc_id"], doc["doc_id"], text, tuple(blocks), (Run(len(text), None),), "en")


def parses_of(docs: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Article, list[Parse]]]:
    """Each document with its parses."""
    for doc in docs:
        article, layers = article_of(doc), Layers()
        for stage in (Sentences(), Parser()):
            layers = layers.with_made(stage.provides, stage(article, layers, Context()))
        yield doc, article, list(layers[Parse])


def words_in(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(match.start() for span in spans for match in WORD.finditer(text, span.start, span.end))


def gold_of(doc: dict[str, Any]) -> list[tuple[frozenset[int], frozenset[int], frozenset[int]]]:
    text = doc["text"]
    return [
        tuple(words_in(text, [Span(*s) for s in a[part]]) for part in ("source", "cue", "content"))  # type: ignore[misc]
        for a in doc["attributions"]
    ]


class Example:
    """One candidate with what people marked there."""

    def __init__(self, doc_id: int, view: Any, candidate: Any, content: tuple[Span, ...]) -> None:
        self.doc_id = doc_id
        self.view, self.candidate, self.content = view, candidate, content
        self.is_cue = False
        self.is_right = False
        self.is_inner = False
        """Whether it stands in the content of a gold attribution: one layer was marked, so nobody said yes or no."""

    def label(self, text: str, gold: list[tuple[frozenset[int], frozenset[int], frozenset[int]]]) -> None:
        """`is_cue`: the same content; `is_right`: the source's head too."""
        mine = words_in(text, self.content)
        source = self.candidate.source
        between = self.view.parse.between
        ours = words_in(text, [between(*source)]) if source else frozenset()
        cue = words_in(text, [between(*self.candidate.cue)])
        for theirs, _, words in gold:
            both = len(mine & words)
            self.is_inner = self.is_inner or bool(cue & words and len(words) > len(mine))
            if both and both / len(mine | words) >= 0.5:
                self.is_cue = True
                self.is_right = self.is_right or bool(ours & theirs) or (not ours and not theirs)


def examples_of(parsed: Iterable[tuple[dict[str, Any], Article, list[Parse]]], known: Any) -> list[Example]:
    out: list[Example] = []
    for number, (doc, article, parses) in enumerate(parsed):
        gold = gold_of(doc)
        for view in detect.read_views(article, parses, find_quotes(article.text, article.story)):
            found = repaired(view, list(candidates.find_candidates(view)))
            found = [c for c in found if c.content or c.frame == "quote"]
            for candidate, content in zip(found, contents(view, found, known), strict=True):
                if content:
                    example = Example(number, view, candidate, content)
                    example.label(doc["text"], gold)
                    if example.is_right or not example.is_inner:
                        out.append(example)
    return out


def count(examples: Iterable[Example]) -> tuple[Counts, dict[str, list[int]]]:
    lemmas: Counts = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    frames: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for example in examples:
        c = example.candidate
        for pair in (lemmas[c.lemma][c.frame], frames[c.frame]):
            pair[0] += example.is_cue
            pair[1] += 1
    return lemmas, frames


def as_lexicon(lemmas: Counts, frames: dict[str, list[int]]) -> lexicon.Lexicon:
    return lexicon.Lexicon(
        {k: {f: (p[0], p[1]) for f, p in v.items()} for k, v in lemmas.items()},
        {f: (p[0], p[1]) for f, p in frames.items()},
    )


def fit(examples: list[Example]) -> dict[str, float]:
    """Weights learned on features whose lexicon never saw the document."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows: list[dict[str, float]] = []
    labels: list[int] = []
    for fold in range(FOLDS):
        known = as_lexicon(*count(e for e in examples if e.doc_id % FOLDS != fold))
        for e in examples:
            if e.doc_id % FOLDS == fold:
                rows.append(scoring.features_of(e.view, e.candidate, e.content, known))
                labels.append(int(e.is_right))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(max_iter=2000, C=0.5).fit(matrix, labels)
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True))
    weights["bias"] = model.intercept_[0]
    return {name: round(float(w), 4) for name, w in sorted(weights.items()) if abs(w) > 0.01}


def write(lemmas: Counts, frames: dict[str, list[int]], weights: dict[str, float]) -> None:
    kept: dict[str, dict[str, list[int]]] = {}
    for lemma, by_frame in sorted(lemmas.items()):
        seen = sum(n for _, n in by_frame.values())
        if seen >= MIN_SEEN and re.fullmatch(r"[a-z:'’-]+", lemma):
            kept[lemma] = dict(sorted(by_frame.items()))
    seen_frames: Counter[str] = Counter({f: p[1] for f, p in frames.items()})
    table = {"frames": {f: frames[f] for f in sorted(seen_frames)}, "lemmas": kept}
    header = "# Written by tools/learn_cues.py: lemma -> frame -> [times a cue, times seen].\n"
    dumped = yaml.safe_dump(table, default_flow_style=None, sort_keys=True, width=110)
    (LANG / "cues.yaml").write_text(header + dumped, encoding="utf-8")
    header = "# Written by tools/learn_cues.py: weights of the logistic model in attribution/scoring.py.\n"
    (LANG / "cue_weights.yaml").write_text(header + yaml.safe_dump({"weights": weights}), encoding="utf-8")


def learn(parsed: Iterable[tuple[dict[str, Any], Article, list[Parse]]]) -> None:
    """Two passes: counts with an empty lexicon say which cues own quotations; then counts and weights."""
    kept = list(parsed)
    known = as_lexicon(*count(examples_of(kept, lexicon.Lexicon({}, {}))))
    examples = examples_of(kept, known)
    lemmas, frames = count(examples)
    write(lemmas, frames, fit(examples))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hold-out", type=int, default=8, help="leave out every N-th document")
    options = parser.parse_args()
    path = Path(os.environ["SAYSO_DATA"]) / "attribution" / "polnear_train.jsonl"
    docs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    learn(parses_of(doc for i, doc in enumerate(docs) if i % options.hold_out != options.hold_out - 1))


if __name__ == "__main__":
    main()
