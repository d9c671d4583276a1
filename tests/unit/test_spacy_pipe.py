"""The spaCy component."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = "Ana Brook said the inspector had warned that the wall was weak. The old pier burned down on Monday."


@pytest.fixture(scope="module")
def nlp() -> Any:
    import spacy

    import sayso.spacy_pipe  # noqa: F401  # registers the factory, as the entry point does

    nlp = spacy.blank("en")
    nlp.add_pipe("sayso")
    return nlp


def test_spans_are_filled(nlp: Any) -> None:
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["sayso/source"]] == ["Ana Brook", "the inspector"]
    assert [span.label_ for span in doc.spans["sayso/source"]] == ["named_person", "unnamed_official"]
    assert [span.text for span in doc.spans["sayso/cue"]] == ["said", "had warned"]
    assert [span.text for span in doc.spans["sayso/own_voice"]] == ["The old pier burned down on Monday."]


def test_reading_stands_on_the_document(nlp: Any) -> None:
    doc = nlp(TEXT)
    inner = doc._.sayso.attributions[1]
    assert inner.chain == ("page", "Ana Brook", "the inspector")
    assert inner.content[0].text == "that the wall was weak"
    assert inner.content[0].id_ == inner.read.id


def test_min_score() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sayso", config={"min_score": 1.0})
    assert nlp(TEXT)._.sayso.attributions == ()


def test_empty_document_and_pipe(nlp: Any) -> None:
    docs = list(nlp.pipe(["", TEXT]))
    assert docs[0]._.sayso.attributions == ()
    assert len(docs[1]._.sayso.attributions) == 2


def test_entry_point_is_declared() -> None:
    from importlib.metadata import entry_points

    point = next(p for p in entry_points(group="spacy_factories") if p.name == "sayso")
    assert point.load() is not None
