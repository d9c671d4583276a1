"""What is stored is what is read back, whatever the text and the id."""

from __future__ import annotations

import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.store.entries import entry

from sayso.errors import InvalidSetting
from sayso.service.case_analysis import blanked
from sayso.service.case_search import parse_query
from sayso.store import Store

TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(TEXT, TEXT.filter(bool)), max_size=5), st.integers(1, 3))
def test_texts_and_ids_come_back_as_given(pages, shard_size):
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/case", create=True)
        with store.writer(shard_size=shard_size) as writer:
            for text, id in pages:
                writer.add(entry(text, id))
        view = store.view()
        kept = list(dict.fromkeys(pages))
        assert [document.text for document in view.documents()] == [text for text, _ in kept]
        for document, (text, id) in zip(view.documents(), kept, strict=True):
            assert document.id.startswith(id)
            assert bytes(view.body(document.page)["body"]).decode() == text
            assert view.reading(document.id)["article"]["text"] == text


@given(TEXT, st.lists(st.integers(0, 60), max_size=6))
def test_blanking_keeps_every_place(text, edges):
    cuts = sorted({min(edge, len(text)) for edge in edges})
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    out = blanked(text, spans)
    assert len(out) == len(text)
    assert all(out[start:end] == text[start:end] for start, end in spans)
    assert [at for at, c in enumerate(out) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]


@given(st.text(max_size=80))
def test_any_search_is_taken_apart_or_told(text):
    try:
        query = parse_query(text)
    except InvalidSetting:
        return
    assert query.words or query.phrases or query.fields
