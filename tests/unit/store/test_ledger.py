from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from sayso.errors import BrokenStore, InvalidSetting
from sayso.store.ledger import MIGRATIONS, Ledger


def test_judgements_are_kept_for_ever_and_withdrawn_by_date(tmp_path):
    ledger = Ledger(tmp_path)
    first = ledger.judge("same", "unnamed:a", "unnamed:b", by="Ann", at="2026-01-01")
    second = ledger.judge("different", "unnamed:a", "unnamed:c")
    ledger.withdraw(first, at="2026-01-02")
    assert [j.number for j in ledger.judgements()] == [second]
    assert [(j.by, j.withdrawn_at) for j in ledger.judgements(withdrawn=True)] == [("Ann", "2026-01-02"), (None, None)]
    with pytest.raises(InvalidSetting, match="stands"):
        ledger.withdraw(first, at="2026-01-03")


@pytest.mark.parametrize(("verdict", "a", "b"), [("maybe", "x", "y"), ("same", "x", "x")])
def test_a_judgement_that_is_none_is_told(tmp_path, verdict, a, b):
    with pytest.raises(InvalidSetting):
        Ledger(tmp_path).judge(verdict, a, b)


def test_a_case_without_a_ledger_has_nothing_in_it(tmp_path):
    ledger = Ledger(tmp_path)
    assert (ledger.shards(), ledger.dead_letters(), ledger.judgements()) == (set(), [], [])


def test_migrations_are_recorded_once(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.judge("unsure", "a", "b")
    ledger.judge("unsure", "a", "c")
    with sqlite3.connect(tmp_path / "case.db") as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(BrokenStore, match="newer"):
        ledger.judge("same", "a", "b")


def test_a_file_that_is_no_ledger_is_told(tmp_path):
    (tmp_path / "case.db").write_bytes(b"no database at all, but long enough to be looked at" * 30)
    with pytest.raises(BrokenStore, match="SQLite"):
        Ledger(tmp_path).judge("same", "a", "b")
    with pytest.raises(BrokenStore, match="SQLite"):
        Ledger(tmp_path).judgements()


def test_shards_gone_are_forgotten_with_their_dead_letters(tmp_path):
    ledger = Ledger(tmp_path)
    dead = {"key": "k", "id": None, "source": "f", "kind": "BadInput", "message": "m", "trace": None}
    ledger.enter(1, [{"outcome": "refused"}], [dead])
    ledger.enter(2, [{"outcome": "read"}], [])
    ledger.forget([1])
    assert (ledger.shards(), ledger.dead_letters()) == ({2}, [])


def test_anything_is_judged_and_withdrawn_under_one_numbering(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    first = ledger.judge("reject", "page/a1", what="attribution", why="she was quoting him", by="Kim", at="2024-01-01")
    second = ledger.judge("correct", "page", what="date", value='{"value":"2024-05-01"}')
    kept = ledger.judgements()
    assert [(k.number, k.what, k.why, k.value) for k in kept] == [
        (first, "attribution", "she was quoting him", None),
        (second, "date", None, '{"value":"2024-05-01"}'),
    ]
    assert ledger.judgements(what="root") == []
    ledger.withdraw(first, at="2024-01-02")
    assert [k.number for k in ledger.judgements()] == [second]
    assert len(ledger.judgements(withdrawn=True)) == 2


def test_what_cannot_be_judged_so_is_refused(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    for verdict, a, b, what in (("same", "x", "", "date"), ("accept", "x", "", "edge"), ("accept", "x", "y", "taste")):
        with pytest.raises(InvalidSetting, match="expected"):
            ledger.judge(verdict, a, b, what=what)
    assert ledger.judgements(withdrawn=True) == []


def test_judgements_of_an_older_file_are_read_before_anybody_writes(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "case.db")
    MIGRATIONS[0](db)
    db.execute("PRAGMA user_version = 1")
    db.execute("INSERT INTO judgements (verdict, a, b) VALUES ('same', 'x', 'y')")
    db.commit()
    db.close()
    ledger = Ledger(tmp_path)
    assert [(k.verdict, k.what) for k in ledger.judgements()] == [("same", "root")]
    ledger.judge("different", "x", "y")
    assert [k.verdict for k in ledger.judgements()] == ["same", "different"]
