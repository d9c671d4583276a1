"""Token vectors for tagger, parser and name finder: spaCy's own weights, run by ONNX Runtime on one thread.

The embeddings of words are read from spaCy's tables once for each distinct token of an article; the
convolutions over their neighbours are the graph that `tools/export_parse.py` wrote. Where another
version of the pipeline is installed than the graph was made of, spaCy computes the vectors itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sayso.learned import open_session

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["FILES", "TokenVectors", "digest", "take_given"]

FILES = {"tok2vec": "weights/token-vectors-v1.onnx", "ner": "weights/name-vectors-v1.onnx"}
"""The graph for each component of the pipeline that makes vectors."""
PAD = 4
"""Zero rows between texts: as many as the convolutions reach."""
MAX_TOKENS = 8_000
"""So many tokens are computed at once, whole texts; memory stays small."""

Floats = NDArray[np.floating[Any]]


class TokenVectors:
    """Fills `doc.tensor`, where spaCy's components look for vectors."""

    def __init__(self, model: Any, file: str) -> None:
        self._model = model
        self._session = _session(file, digest(model))
        walked = list(model.walk())
        self._columns = next(n.attrs["columns"] for n in walked if n.name == "extract_features")
        embeds = [n for n in walked if n.name == "hashembed"]
        self._tables = [(n.attrs["column"], n.attrs["seed"], n.get_param("E"), n.ops) for n in embeds]

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the vectors of `docs`; the result depends on nothing but their words and their order."""
        if self._session is None:
            for doc, vectors in zip(docs, self._model.predict(docs), strict=True):
                doc.tensor = vectors
            return
        group: list[Doc] = []
        size = 0
        for doc in docs:
            if group and size + len(doc) > MAX_TOKENS:
                self._set(group)
                group, size = [], 0
            group.append(doc)
            size += len(doc)
        if group:
            self._set(group)

    def _set(self, docs: Sequence[Doc]) -> None:
        tokens = np.concatenate([doc.to_array(self._columns) for doc in docs])
        distinct, which = _distinct(tokens)
        embedded = np.concatenate([self._embedded(distinct, *table) for table in self._tables], axis=1)
        places = _places([len(doc) for doc in docs])
        rows = np.full(places[-1][1] + PAD, len(distinct), np.int64)
        start = 0
        for low, high in places:
            rows[low:high] = which[start : start + high - low]
            start += high - low
        vectors: Any = self._session.run(None, {"distinct": embedded, "rows": rows})[0]
        for doc, (low, high) in zip(docs, places, strict=True):
            doc.tensor = vectors[low:high]

    @staticmethod
    def _embedded(tokens: NDArray[np.uint64], column: int, seed: int, table: Floats, ops: Any) -> Floats:
        keys = ops.hash(np.ascontiguousarray(tokens[:, column]), seed) % len(table)
        rows = table[keys]
        return np.asarray(rows[:, 0] + rows[:, 1] + rows[:, 2] + rows[:, 3], np.float32)


def take_given(component: Any) -> Any:
    """Have a component with vectors of its own take those in `doc.tensor`; returns what made them."""
    from thinc.api import Model

    def forward(_: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], Any]:
        return [doc.tensor for doc in docs], lambda _: []

    own = component.model.get_ref("tok2vec").layers[0]
    given: Any = Model("given-vectors", forward, dims={"nO": own.get_dim("nO")})
    component.model.replace_node(own, given)
    return own


def digest(model: Any) -> str:
    """What the weights of a thinc model are known by."""
    made = hashlib.sha256()
    for layer in model.walk():
        for name in layer.param_names:
            made.update(layer.get_param(name).tobytes())
    return made.hexdigest()


def _distinct(tokens: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The distinct rows in order of their first place, and each row's number among them."""
    seen: dict[bytes, int] = {}
    width = tokens.shape[1] * tokens.itemsize
    raw = np.ascontiguousarray(tokens).tobytes()
    which = [seen.setdefault(raw[i : i + width], len(seen)) for i in range(0, len(raw), width)]
    kept = np.frombuffer(b"".join(seen), np.uint64).reshape(-1, tokens.shape[1])
    return kept, np.array(which, np.int64)


def _places(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Where each text's tokens stand among all rows."""
    out = []
    at = PAD
    for length in lengths:
        out.append((at, at + length))
        at += length + PAD
    return out


@cache
def _session(file: str, wanted: str) -> Any:
    """The graph, or None where it is not of the installed weights."""
    session = open_session(files("sayso.stages").joinpath(file).read_bytes())
    return session if session.get_modelmeta().custom_metadata_map.get("of") == wanted else None
