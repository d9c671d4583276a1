"""spaCy DocBin: a Doc a page, statements, sources, cues, time expressions and events as span groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .material import Document, Material
from .registry import Exporter, File

__all__ = ["SPACY"]


def _doc(nlp: Any, document: Document) -> Any:
    """Tokens are cut at every edge, so that no span loses a character."""
    groups = _groups(document)
    edges = sorted({edge for spans in groups.values() for start, end, _, _ in spans for edge in (start, end)})
    doc = _cut(nlp, document.text, edges)
    for name, spans in groups.items():
        found = [doc.char_span(start, end, label=label, span_id=id) for start, end, label, id in spans]
        doc.spans[name] = [span for span in found if span is not None]
    doc.user_data = {"id": document.id, "page": document.reading["page"]["id"], "url": document.url}
    return doc


def _groups(document: Document) -> dict[str, list[tuple[int, int, str, str]]]:
    reading = document.reading
    groups: dict[str, list[tuple[int, int, str, str]]] = {}
    for key, label in (("content", "source_kind"), ("source", "source_kind"), ("cue", "tier")):
        groups[f"sayso_{key}"] = [(s, e, a[label], a["id"]) for a in document.attributions for s, e in a[key]]
    groups["sayso_timex"] = [(*t["span"], t["type"], t["id"]) for t in reading.get("timexes", [])]
    groups["sayso_event"] = [(*v["trigger"], v["footing"], v["id"]) for v in reading.get("events", [])]
    groups["sayso_sentence"] = [(s, e, "sentence", f"s{s}") for s, e in reading.get("sentences", [])]
    return groups


def _cut(nlp: Any, text: str, edges: Sequence[int]) -> Any:
    """A Doc of the text whose tokens end at the edges too; a space after a word belongs to it, as in spaCy."""
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    for start, end in zip([0, *edges], [*edges, len(text)], strict=True):
        if start == end:
            continue
        part = nlp.tokenizer(text[start:end])
        words += [token.text for token in part]
        spaces += [bool(token.whitespace_) for token in part]
        if spaces[-1]:
            # The edge stands behind the space, which is then a token of its own.
            spaces[-1] = False
            words.append(" ")
            spaces.append(False)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _write(material: Material) -> Iterator[File]:
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    docs = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for document in material.documents:
        docs.add(_doc(nlp, document))
    yield "spacy", [docs.to_bytes()]


SPACY = Exporter("spacy", "spaCy DocBin with span groups", "application/octet-stream", "spacy", _write)
