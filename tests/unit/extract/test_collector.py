from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from sayso.extract import extract
from sayso.extract.collector import without_collections
from sayso.extract.tree import parse_html
from sayso.readers import page_from_html


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def test_collector_is_held_off_inside_and_runs_again_after() -> None:
    with without_collections():
        assert not gc.isenabled()
        with without_collections():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_collector_runs_again_after_an_error() -> None:
    with pytest.raises(ValueError, match="odd"), without_collections():
        raise ValueError("odd")
    assert gc.isenabled()
    with without_collections():
        assert not gc.isenabled()


def test_collector_that_was_off_stays_off() -> None:
    gc.disable()
    with without_collections():
        pass
    assert not gc.isenabled()


def test_collector_runs_again_after_a_page_is_read() -> None:
    extract(page_from_html("<p>The council met on Tuesday and voted for the plan.</p>"))
    assert gc.isenabled()


def test_released_tree_leaves_no_cycles() -> None:
    gc.collect()
    gc.disable()
    tree = parse_html("<html><body>" + "<div class=a><p>One <b>two</b> three</div>" * 200)
    tree.release()
    del tree
    assert gc.collect() < 50
