from __future__ import annotations

import numpy as np
import pytest

from sayso.store import Kept, KeptState


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path, "method-1")


def written(kept, turn, shards=("a",), **arrays):
    files = {name: kept.put(turn, name, array) for name, array in arrays.items()}
    state = KeptState(shards, 3, turn, files, {"counted": 3})
    pages = [(0, 0, ["p0"]), (1, 0, ["p1"]), (2, 2, ["p2"])]
    return state, kept.write(state, pages, [(0, 1, 0, 4.5, ["p0", "p1"])], replaced=None)


def test_rows_come_back_in_order_for_their_shards_alone(kept):
    state, done = written(kept, 1)
    assert done
    assert kept.state() == state
    assert kept.rows(["a"]) == ([["p0", "p1"]], [["p0"], ["p1"], ["p2"]])
    assert kept.rows(["a", "b"]) is None


def test_touched_pages_come_with_all_that_hangs_together(kept):
    written(kept, 1)
    assert kept.touched([1]) == ([(0, 0, ["p0"]), (1, 0, ["p1"])], [(0, 1, 0, 4.5, ["p0", "p1"])])
    assert kept.touched([2]) == ([(2, 2, ["p2"])], [])


def test_only_what_is_replaced_goes(kept):
    written(kept, 1)
    assert kept.write(KeptState(("a", "b"), 4, 2), [(2, 2, ["p2"]), (3, 2, ["p3"])], [], replaced={2})
    assert kept.rows(["a", "b"]) == ([["p0", "p1"]], [["p0"], ["p1"], ["p2"], ["p3"]])


def test_who_wrote_first_is_not_written_over(kept):
    written(kept, 1)
    written(kept, 2, ("a", "b"))
    assert not kept.write(KeptState(("late",), 9, 2), [], [], replaced=None)
    assert kept.rows(["a", "b"]) is not None


def test_arrays_that_no_state_names_are_removed(kept, tmp_path):
    first, _ = written(kept, 1, words=np.arange(3))
    assert kept.array(first, "words").tolist() == [0, 1, 2]
    Kept(tmp_path, "method-0").put(7, "words", np.arange(2))
    (tmp_path / "another-1.words.1.npy").write_bytes(b"")
    written(kept, 2, words=np.arange(4))
    assert sorted(path.name for path in tmp_path.glob("*.npy")) == ["another-1.words.1.npy", "method-1.words.2.npy"]


def test_nothing_kept(kept, tmp_path):
    assert kept.state() is None
    assert kept.rows([]) is None
    assert kept.touched([1]) == ([], [])
    (tmp_path / "method-1.db").write_bytes(b"no database at all, but long enough to look like one" * 40)
    assert kept.state() is None
    assert not kept.write(KeptState((), 0, 1), [], [], replaced=None)
