"""What every full-text index of a case answers; a new one is added to `INDEXES`."""

from __future__ import annotations

import pytest

from sayso.store.search import FtsIndex, TantivyIndex, open_index

INDEXES = [FtsIndex, TantivyIndex]
ROWS = [
    ("a/1", "Officials refused the encrypted radios."),
    ("a/2", "The radios were encrypted, he said"),
    ("b/1", "Björk’s naïve résumé; encrypted   RADIOS again"),
    ("b/2", "Nothing at all"),
]


@pytest.fixture(params=INDEXES, ids=[index.name for index in INDEXES])
def index(request, tmp_path):
    made = request.param(tmp_path / "index")
    made.add(ROWS)
    return made


@pytest.mark.parametrize(
    ("words", "phrases", "keys"),
    [
        (["radios"], [], ["a/1", "a/2", "b/1"]),
        (["Radios", "said"], [], ["a/2"]),
        ([], ["encrypted radios"], ["a/1", "b/1"]),
        (["again"], ["encrypted radios"], ["b/1"]),
        (["naïve"], [], ["b/1"]),
        (["naive"], [], []),
        (["radio"], [], []),
        (["well-nothing"], [], []),
        (["NOT", "nothing"], [], []),
        (['"', "nothing"], [], ["b/2"]),
    ],
)
def test_answers(index, words, phrases, keys):
    assert index.find(words, phrases) == keys


def test_rows_added_later_are_found(index):
    index.add([("c/1", "More radios")])
    assert index.find(["radios"], []) == ["a/1", "a/2", "b/1", "c/1"]


@pytest.mark.parametrize("kind", ["fts5", "tantivy"])
def test_an_index_is_made_anew_when_the_case_has_changed(tmp_path, kind):
    assert open_index(tmp_path, "1", ROWS[:1], kind=kind).find(["radios"], []) == ["a/1"]
    assert open_index(tmp_path, "1", ROWS, kind=kind).find(["radios"], []) == ["a/1"]
    assert open_index(tmp_path, "2", ROWS, kind=kind).find(["radios"], []) == ["a/1", "a/2", "b/1"]
