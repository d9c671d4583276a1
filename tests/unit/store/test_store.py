from __future__ import annotations

import errno
import json
import os

import pytest
from tests.unit.store.entries import entry, key_of

from sayso.errors import BrokenStore, InvalidSetting, Retryable
from sayso.store import TABLES, Store, refused

TEXTS = [f"Page {n}: the ferry to island {n} was late." for n in range(7)]


def filled(path, texts=TEXTS, shard_size=3) -> Store:
    store = Store(path, create=True)
    with store.writer(shard_size=shard_size) as writer:
        for number, text in enumerate(texts):
            writer.add(entry(text, f"p{number}"))
    return store


def files(root):
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted((root / "shards").rglob("*")) if p.is_file()}


def test_the_same_entries_give_the_same_bytes(tmp_path):
    filled(tmp_path / "a")
    filled(tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert len(files(tmp_path / "a")) == 3 * (len(TABLES) + 1)


def test_documents_come_back_in_order_with_their_text(tmp_path):
    view = filled(tmp_path / "c").view()
    assert [(d.id, d.text, d.number) for d in view.documents()] == [(f"p{n}", t, n) for n, t in enumerate(TEXTS)]
    assert bytes(view.body(view.document("p3").page)["body"]).decode() == TEXTS[3]
    assert view.reading("p3")["article"]["text"] == TEXTS[3]


def test_a_record_taken_in_before_is_seen(tmp_path):
    store = filled(tmp_path / "c")
    with store.writer() as writer:
        assert writer.seen(key_of(TEXTS[0], "p0"))
        assert not writer.seen(key_of("another", "p0"))
        writer.add(entry(TEXTS[0], "p0"))
    assert store.view().count() == 7
    assert store.shards == [1, 2, 3]


def test_another_page_under_a_known_id_gets_an_id_of_its_own(tmp_path):
    store = filled(tmp_path / "c", TEXTS[:1])
    with store.writer() as writer:
        writer.add(entry("Other words.", "p0"))
        writer.add(entry("Third words.", "p0"))
    assert [d.id for d in store.view().documents()] == ["p0", "p0#2", "p0#3"]


def test_the_same_page_given_in_other_words_is_a_repeat(tmp_path):
    store = filled(tmp_path / "c", TEXTS[:1])
    again = entry(TEXTS[0], "p0")
    again.key = "another key"
    with store.writer() as writer:
        writer.add(again)
        assert writer.outcomes == {"read": 0, "repeat": 1, "refused": 0}
    assert store.view().count() == 1


def test_pages_of_the_same_bytes_keep_them_once(tmp_path):
    store = Store(tmp_path / "c", create=True)
    with store.writer() as writer:
        writer.add(entry("Same.", "a"))
        writer.add(entry("Same.", "b"))
    assert [d.id for d in store.view().documents()] == ["a", "b"]
    assert len(store.view().query("SELECT * FROM bodies")) == 1


def test_what_could_not_be_read_is_a_dead_letter_until_it_is_read(tmp_path):
    store = Store(tmp_path / "c", create=True)
    with store.writer() as writer:
        writer.add(refused(key_of("x", "x"), "f:1", "x", "Crash", "hung", "a.b:1"))
    (letter,) = store.ledger.dead_letters()
    assert (letter.kind, letter.state, letter.trace) == ("Crash", "open", "a.b:1")
    with store.writer() as writer:
        writer.add(entry("x", "x"))
    assert [(d.state) for d in store.ledger.dead_letters()] == ["settled"]
    assert store.view().count() == 1


def test_a_second_reading_keeps_the_id_and_the_first(tmp_path):
    store = filled(tmp_path / "c", TEXTS[:2])
    with store.writer() as writer:
        writer.reread(entry(TEXTS[0], "p0"), "p0", 2, 0)
    view = store.view()
    assert [(d.id, d.generation) for d in view.documents()] == [("p0", 2), ("p1", 1)]
    assert len(view.query("SELECT * FROM all_documents")) == 3
    assert len(view.query("SELECT * FROM readings")) == 2


def test_one_writer_at_a_time(tmp_path):
    store = filled(tmp_path / "c")
    with store.writer(), pytest.raises(Retryable, match="another writer"), Store(tmp_path / "c").writer():
        pass
    with store.writer():
        pass


def test_a_truncated_shard_is_named_and_nothing_else_is_lost(tmp_path):
    store = filled(tmp_path / "c")
    whole = files(tmp_path / "c")
    broken = tmp_path / "c/shards/000002/documents.parquet"
    broken.write_bytes(broken.read_bytes()[:-1])
    with pytest.raises(BrokenStore, match="000002") as told:
        store.view()
    assert "ingest the same files again" in str(told.value)
    with pytest.raises(BrokenStore), store.writer():
        pass
    for path in broken.parent.iterdir():
        path.unlink()
    broken.parent.rmdir()
    with store.writer(shard_size=3) as writer:
        for number, text in enumerate(TEXTS):
            writer.add(entry(text, f"p{number}"))
    assert {d.id for d in store.view().documents()} == {f"p{n}" for n in range(7)}
    assert all(whole[name] == data for name, data in files(tmp_path / "c").items() if "000001" in name)


def test_a_byte_that_changed_is_found_by_the_deep_check(tmp_path):
    store = filled(tmp_path / "c")
    path = tmp_path / "c/shards/000001/bodies.parquet"
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(data)
    store.check()
    with pytest.raises(BrokenStore, match="other bytes"):
        store.check(deep=True)


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, Retryable), (errno.EROFS, InvalidSetting), (errno.EACCES, InvalidSetting)]
)
def test_a_disk_that_is_full_or_read_only_is_told_and_nothing_is_lost(tmp_path, monkeypatch, number, error):
    store = filled(tmp_path / "c", TEXTS[:3])
    whole = files(tmp_path / "c")
    calls = iter(range(100))

    def fails(handle):
        if next(calls) == 4:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(error, match=os.strerror(number)):
        filled(tmp_path / "c", shard_size=2)
    monkeypatch.undo()
    assert files(tmp_path / "c") == whole
    filled(tmp_path / "c", shard_size=2)
    assert store.view().count() == 7


def test_a_shard_written_just_before_a_kill_is_entered_at_the_next_start(tmp_path):
    store = filled(tmp_path / "c")
    (tmp_path / "c/case.db").unlink()
    for name in ("case.db-wal", "case.db-shm"):
        (tmp_path / "c" / name).unlink(missing_ok=True)
    (tmp_path / "c/shards/.part-000004").mkdir()
    with store.writer():
        pass
    assert store.ledger.shards() == {1, 2, 3}
    assert not (tmp_path / "c/shards/.part-000004").exists()


def test_a_case_of_a_newer_program_is_refused(tmp_path):
    filled(tmp_path / "c")
    (tmp_path / "c/case.json").write_text(json.dumps({"sayso": "case/1", "schema": 99}))
    with pytest.raises(BrokenStore, match="newer"):
        Store(tmp_path / "c")


def test_no_case_and_other_files_are_told(tmp_path):
    with pytest.raises(InvalidSetting, match="sayso ingest"):
        Store(tmp_path / "none")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("x")
    with pytest.raises(InvalidSetting, match="other files"):
        Store(tmp_path / "full", create=True)


def test_a_column_added_since_is_null_in_old_shards(tmp_path, monkeypatch):
    from sayso.store import tables

    store = filled(tmp_path / "c", TEXTS[:1])
    summary, columns = tables.TABLES["documents"]
    monkeypatch.setitem(tables.TABLES, "documents", (summary, (*columns, ("mood", "string", "new"))))
    assert store.view().query("SELECT mood FROM documents") == [{"mood": None}]


def test_an_empty_case_answers(tmp_path):
    view = Store(tmp_path / "c", create=True).view()
    assert list(view.documents()) == []
    assert view.query("SELECT count(*) AS n FROM statements") == [{"n": 0}]


def test_a_query_that_is_wrong_is_told(tmp_path):
    with pytest.raises(InvalidSetting, match="mend it"):
        Store(tmp_path / "c", create=True).view().query("SELECT nothing FROM nowhere")


def test_tables_are_readable_with_pandas_alone(tmp_path):
    import pandas

    filled(tmp_path / "c")
    frame = pandas.concat(pandas.read_parquet(p) for p in sorted((tmp_path / "c").glob("shards/*/documents.parquet")))
    assert frame["text"].tolist() == TEXTS
