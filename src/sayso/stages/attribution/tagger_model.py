"""The shipped network, run by ONNX Runtime on one thread: label probabilities and pointer vectors of a window."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sayso.learned import open_session

from .link import LinkWeights
from .tagger_input import CLS, SEP, Piece

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["Model", "Read", "load_model", "shipped_model", "shipped_weights"]

NAME = "tagger-v2"
LINKER = "linker-v2.json"
POINTER = 64
"""Width of a pointer's query or key."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Read:
    """One window as the network sees it; positions count from the start mark, 0."""

    tags: Floats
    """[positions, labels], log-probabilities."""
    vectors: Floats
    """[positions, 4 × POINTER]: query and key of content → cue, then of cue → source."""


class Model:
    """Session, tokenizer and the pointers' distance tables."""

    def __init__(self, session: Any, tokenizer: Tokenizer, settings: dict[str, Any]) -> None:
        self._session = session
        self.tokenizer = tokenizer
        self._distance = np.array(settings["distance"], np.float64)
        self._nothing = np.array(settings["nothing"], np.float64)
        self.continues = _continuing(tokenizer)

    def read(self, window: Sequence[Piece]) -> Read:
        """Run the network over one window."""
        size = window[-1].at + len(window[-1].part) + 1
        ids, shapes = np.full((1, size), SEP, np.int64), np.zeros((1, size), np.int64)
        ids[0, 0] = CLS
        for piece in window:
            here = slice(piece.at, piece.at + len(piece.part))
            ids[0, here], shapes[0, here] = piece.part.ids, piece.part.shapes
        tags, vectors = self._session.run(None, {"ids": ids, "shapes": shapes})
        return Read(tags.astype(np.float64), vectors.astype(np.float64))

    def points(self, read: Read, which: int, rows: Ints) -> Floats:
        """[rows, positions] probabilities of pointer `which`: 0 content → cue, 1 cue → source.

        Position 0 stands for nothing.
        """
        query, key = np.split(read.vectors[:, 2 * which * POINTER : 2 * (which + 1) * POINTER], 2, axis=1)
        scores = query[rows] @ key.T / POINTER**0.5
        bias = self._distance[which][_bucket(np.arange(len(key))[None, :] - rows[:, None])]
        bias[:, 0] = self._nothing[which]
        scores += bias
        scores = np.exp(scores - scores.max(1, keepdims=True))
        return np.asarray(scores / scores.sum(1, keepdims=True), np.float64)


def load_model(folder: Path) -> Model:
    """The model in `folder`.

    Raises:
        FileNotFoundError: a file of the model is missing.
    """
    from tokenizers import Tokenizer

    weights, words = folder / f"{NAME}.int8.onnx", folder / f"{NAME}.tokenizer.json"
    for path in (weights, words):
        if not path.is_file():
            raise FileNotFoundError(path.name)
    session = open_session(weights)
    settings = json.loads(session.get_modelmeta().custom_metadata_map["sayso"])
    return Model(session, Tokenizer.from_file(str(words)), settings)


@cache
def shipped_model() -> Model:
    """The model that comes with the package, loaded once per process."""
    with as_file(files("sayso.stages.attribution") / "weights") as folder:
        return load_model(folder)


@cache
def shipped_weights() -> LinkWeights:
    """The weights of links that come with the package."""
    return LinkWeights.read(files("sayso.stages.attribution") / "weights" / LINKER)


def _bucket(distance: Ints) -> Ints:
    """Signed half-octaves of distance, 0..32; 16 is none."""
    size = np.minimum(np.floor(np.log2(np.maximum(np.abs(distance), 1)) * 2) + 1, 16) * (distance != 0)
    return np.asarray(16 + np.sign(distance) * size, np.int64)


def _continuing(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    vocabulary = tokenizer.get_vocab()
    out = np.zeros(max(vocabulary.values()) + 1, bool)
    out[[number for word, number in vocabulary.items() if word.startswith("##")]] = True
    return out
