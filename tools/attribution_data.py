"""Training data of the attribution tagger: documents, fixed parts, labels and links on word pieces."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from sayso.model import Span
from sayso.stages.attribution.footing import classes
from sayso.stages.attribution.tagger_input import (
    CLS,
    LABELS,
    SEP,
    Paragraph,
    Piece,
    encode,
    pack,
    paragraphs_of,
)

NAMES = ("PERSON", "ORG", "NORP", "GPE", "LOC", "FAC", "WORK_OF_ART", "LAW", "EVENT", "PRODUCT", "DATE")
"""Kinds of names, as spaCy's English pipelines call them; times of day are dates here."""
ROLES = ("content", "cue", "source")
LABEL_ID = {label: number for number, label in enumerate(LABELS)}
SPEECH_WEIGHT = 2.0
"""What a word of a statement with a cue of speech counts in training; people disagree on the other cues."""
IGNORED = -100
SWAPS = ({"“": '"', "”": '"'}, {"“": "«", "”": "»"}, {"“": "„", "”": "“"}, {'"': "”"}, {"“": "", "”": ""})
"""Other quotation marks that a page may use, tried on a share of the training windows."""


IRREGULAR = {"say": ("said",), "tell": ("told",), "write": ("wrote", "written"), "speak": ("spoke", "spoken")}
OWN_TIMES, TOGETHER = 2, 8
"""How often a pass reads the project's own passages, and how many make a document."""
LINKS_EVERY = 6
"""Trained on licensed texts alone, the encoder leaves every sixth document to links and score."""


def data_folder() -> Path:
    """Where the development data lies: SAYSO_DATA."""
    return Path(os.environ["SAYSO_DATA"])


def read_documents(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def part_of(doc_id: str) -> str:
    """`heldout` (10 %), `tune` (5 %) or `fit`: fixed by a hash of the document's name, before any result was seen."""
    number = int.from_bytes(hashlib.sha256(doc_id.encode()).digest()[:4], "big") % 1000
    return "heldout" if number < 100 else "tune" if number < 150 else "fit"


def training_documents(args: argparse.Namespace) -> list[dict[str, Any]]:
    """What the tagger learns from: the `fit` part and the project's own texts, or the latter alone."""
    own = own_documents(args.own)
    if args.licensed_only:
        return [document for number, document in enumerate(own) if number % LINKS_EVERY]
    return split_train(read_documents(data_folder() / "attribution" / "polnear_train.jsonl"))["fit"] + OWN_TIMES * own


def linking_documents(own: Iterable[Path]) -> list[dict[str, Any]]:
    """Of the project's own texts, those that links and score are fitted on where nothing else may be learned from."""
    return own_documents(own)[::LINKS_EVERY]


def own_documents(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The project's own passages, eight to a document, so that neighbours are seen; what is nested, apart."""
    layers = [layer for path in paths for document in read_documents(path) for layer in layers_of(document)]
    return [_joined(layers[i : i + TOGETHER]) for i in range(0, len(layers), TOGETHER)]


def _joined(passages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    text = ""
    rows: list[dict[str, Any]] = []
    for passage in passages:
        text = text + "\n\n" if text else text
        moved = [{role: [[a + len(text), b + len(text)] for a, b in row[role]] for role in ROLES}
                 for row in passage["attributions"]]  # fmt: skip
        rows += moved
        text += passage["text"]
    return {"text": text, "attributions": rows}


def layers_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The document with its outermost attributions, then each content that holds others, as a text of its own."""
    rows = document["attributions"]
    out = [{**document, "attributions": [row for row in rows if not row.get("parent")]}]
    for outer in rows:
        inner = [row for row in rows if row.get("parent") == outer["number"]]
        for start, end in outer["content"] if inner else []:
            moved = [{role: _inside(row[role], start, end) for role in ROLES} for row in inner]
            out.append({"text": document["text"][start:end], "attributions": [row for row in moved if row["content"]]})
    return out


def _inside(spans: list[list[int]], start: int, end: int) -> list[list[int]]:
    return [[a - start, b - start] for a, b in spans if start <= a and b <= end]


def split_train(documents: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The training file in its three parts; documents of `fit` that repeat one of the others are dropped."""
    parts: dict[str, list[dict[str, Any]]] = {"fit": [], "tune": [], "heldout": []}
    for document in documents:
        parts[part_of(document["doc_id"])].append(document)
    seen = {shingle for name in ("tune", "heldout") for doc in parts[name] for shingle in shingles(doc["text"])}
    parts["fit"] = [doc for doc in parts["fit"] if _repeated(doc["text"], seen) < 0.3]
    return parts


def shingles(text: str, size: int = 8) -> set[int]:
    words = text.lower().split()
    return {hash(tuple(words[i : i + size])) for i in range(len(words) - size + 1)}


def _repeated(text: str, seen: set[int]) -> float:
    own = shingles(text)
    return len(own & seen) / max(1, len(own))


@dataclass
class Example:
    """One window, ready for a batch."""

    ids: np.ndarray
    shapes: np.ndarray
    labels: np.ndarray
    cue_of: np.ndarray
    """Number of the attribution whose cue stands on the position, else 0."""
    content_of: np.ndarray
    source_of: list[tuple[int, int]]
    """(position, attribution) for every word of a source; one source may serve several cues."""
    weights: np.ndarray
    """What each position counts in the tags' loss."""
    names: np.ndarray
    """Label of a name for each first piece of a word: 0 none, odd where one begins, even where it goes on."""


def continuing(tokenizer: Tokenizer) -> np.ndarray:
    """For each vocabulary id, whether it goes on with the word before."""
    vocabulary = tokenizer.get_vocab()
    out = np.zeros(max(vocabulary.values()) + 1, bool)
    for word, number in vocabulary.items():
        out[number] = word.startswith("##")
    return out


@dataclass
class Prepared:
    """A document encoded once, with its gold on word pieces."""

    paragraphs: list[Paragraph]
    gold: list[list[tuple[str, int, int, int]]]
    """Per paragraph: (role, fragment number, attribution number, piece) of every covered word."""
    names: list[np.ndarray]
    """Per paragraph: the name label of every piece."""
    speech: frozenset[int]
    """Numbers of the attributions with a cue of speech."""
    attributed: bool
    """Whether people marked attributions here; else the text is read for its names alone."""


def prepare(document: dict[str, Any], tokenizer: Tokenizer, continues: np.ndarray, text: str | None = None) -> Prepared:
    text = document["text"] if text is None else text
    paragraphs = encode(tokenizer, text, paragraphs_of(text), continues)
    covered: list[dict[int, list[tuple[str, int, int]]]] = [{} for _ in paragraphs]
    fragment = 0
    for number, attribution in enumerate(document["attributions"], 1):
        for role in ROLES:
            for start, end in attribution[role]:
                fragment += 1
                for where, paragraph in zip(covered, paragraphs, strict=True):
                    _cover(where, paragraph, Span(start, end), (role, fragment, number))
    gold = [[(*mark, piece) for piece, marks in sorted(where.items()) for mark in marks] for where in covered]
    speech = frozenset(n for n, one in enumerate(document["attributions"], 1) if _is_speech(one, text))
    return Prepared(paragraphs, gold, _names(document, paragraphs), speech, not document.get("names_only"))


def _is_speech(attribution: dict[str, Any], text: str) -> bool:
    cue = " ".join(text[start:end] for start, end in attribution["cue"]).casefold()
    return any(word in speech_words() for word in re.findall(r"[a-z]+", cue))


@cache
def speech_words() -> frozenset[str]:
    """Verbs of saying of the language data, in every form."""
    words = {word for verb in classes().speech | classes().manner for word in verb.split()}
    return frozenset(form for word in words for form in (word, *_forms(word)))


def _forms(verb: str) -> Iterator[str]:
    yield from IRREGULAR.get(verb, ())
    stem = verb[:-1] if verb.endswith("e") else verb
    yield from (verb + "s", stem + "ed", stem + "ing", stem[:-1] + "ied", stem[:-1] + "ies", stem + stem[-1] + "ed")


def _names(document: dict[str, Any], paragraphs: Sequence[Paragraph]) -> list[np.ndarray]:
    out = [np.where(paragraph.first, 0, IGNORED) for paragraph in paragraphs]
    for start, end, label in document["names"]:
        number = 1 + 2 * NAMES.index(label)
        for labels, paragraph in zip(out, paragraphs, strict=True):
            where: dict[int, list[Any]] = {}
            _cover(where, paragraph, Span(start, end), ())
            labels[sorted(where)] = number + 1
            labels[sorted(where)[:1]] = number
    return out


def _cover(where: dict[int, list[tuple[str, int, int]]], paragraph: Paragraph, span: Span, mark: Any) -> None:
    if not len(paragraph) or span.end <= paragraph.starts[0] or span.start >= paragraph.ends[-1]:
        return
    low = int(np.searchsorted(paragraph.ends, span.start, side="right"))
    high = int(np.searchsorted(paragraph.starts, span.end, side="left"))
    for piece in range(low, high):
        if paragraph.first[piece]:
            where.setdefault(piece, []).append(mark)


def examples(prepared: Prepared, *, rng: random.Random | None = None) -> list[Example]:
    """The document's windows; with `rng`, packed from a random first size and sometimes without case."""
    first = rng.randint(48, 256) if rng else None
    return [_example(prepared, window, rng) for window in pack(prepared.paragraphs, first_window=first)]


def _example(prepared: Prepared, window: Sequence[Piece], rng: random.Random | None) -> Example:
    size = window[-1].at + len(window[-1].part) + 1
    ids = np.full(size, SEP)
    shapes, cue_of, content_of = (np.zeros(size, np.int64) for _ in range(3))
    labels, names = np.full(size, IGNORED), np.full(size, IGNORED)
    weights = np.ones(size, np.float32)
    ids[0], source_of = CLS, []
    for piece in window:
        here = slice(piece.at, piece.at + len(piece.part))
        ids[here], shapes[here] = piece.part.ids, piece.part.shapes
        names[here] = prepared.names[piece.paragraph][piece.start : piece.start + len(piece.part)]
        labels[here] = np.where(piece.part.first, 0 if prepared.attributed else IGNORED, IGNORED)
        before = 0
        for role, fragment, number, at in prepared.gold[piece.paragraph]:
            position = at - piece.start + piece.at
            if not piece.at <= position < piece.at + len(piece.part):
                continue
            if role == "source":
                source_of.append((position, number))
            elif role == "cue":
                cue_of[position] = number
            else:
                content_of[position] = number
            if labels[position] == 0:
                labels[position] = LABEL_ID[f"{'I' if fragment == before else 'B'}-{role}"]
                before = fragment
            if number in prepared.speech:
                weights[position] = SPEECH_WEIGHT
    if rng and rng.random() < 0.05:
        shapes = shapes // 3 * 3
    return Example(ids, shapes, labels, cue_of, content_of, source_of, weights, names)


def with_other_marks(document: dict[str, Any], rng: random.Random) -> str:
    """The text with other quotation marks, of the same length."""
    swap = {old: new for old, new in rng.choice(SWAPS).items() if len(new) == 1}
    return document["text"].translate(str.maketrans(swap)) if swap else document["text"]
