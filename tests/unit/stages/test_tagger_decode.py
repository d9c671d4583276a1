"""Best label sequences, and links from marks and masses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.model import Span
from sayso.stages.attribution.link import FEATURES, PAIR, LinkWeights, Mark, features_of, link, probability
from sayso.stages.attribution.tagger_decode import best_labels, spans_of
from sayso.stages.attribution.tagger_input import LABELS

B_CONTENT, I_CONTENT = LABELS.index("B-content"), LABELS.index("I-content")
B_CUE, I_SOURCE = LABELS.index("B-cue"), LABELS.index("I-source")


def likely(*labels: int, sure: float = 0.9) -> np.ndarray:
    out = np.full((len(labels), len(LABELS)), (1 - sure) / (len(LABELS) - 1))
    out[np.arange(len(labels)), labels] = sure
    return np.log(out)


def test_clear_labels_stay() -> None:
    labels = [B_CONTENT, I_CONTENT, I_CONTENT, 0, B_CUE, 0]
    assert best_labels([likely(*labels)]) == [labels]


def test_a_doubtful_word_inside_a_span_stays_inside() -> None:
    scores = likely(B_CONTENT, I_CONTENT, I_SOURCE, I_CONTENT)
    scores[2] = likely(I_SOURCE, sure=0.4)[0]
    assert best_labels([scores]) == [[B_CONTENT, I_CONTENT, I_CONTENT, I_CONTENT]]


def test_change_costs_what_it_is_told() -> None:
    scores = likely(0, B_CUE, 0, sure=0.6)
    assert best_labels([scores], switch=0.0, outside=0.0) == [[0, B_CUE, 0]]
    assert best_labels([scores], switch=3.0, outside=0.0) == [[0, 0, 0]]


def test_what_is_doubtful_is_found_when_outside_costs() -> None:
    scores = likely(0, 0, 0, sure=0.5)
    scores[1, B_CUE] = np.log(0.4)
    assert best_labels([scores], switch=0.0, outside=0.0) == [[0, 0, 0]]
    assert best_labels([scores], switch=0.0, outside=1.0)[0][1] == B_CUE


def test_lengths_do_not_mix() -> None:
    one, two = likely(B_CUE), likely(B_CONTENT, I_CONTENT, 0, B_CUE)
    together = best_labels([one, np.zeros((0, len(LABELS))), two])
    assert together == [best_labels([one])[0], [], best_labels([two])[0]]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(st.floats(-9, 0), min_size=7, max_size=7), min_size=1, max_size=12))
def test_inside_never_follows_another_role(rows: list[list[float]]) -> None:
    (labels,) = best_labels([np.array(rows)])
    names = ["O", *(LABELS[label] for label in labels)]
    for before, after in itertools.pairwise(names):
        assert after[0] != "I" or before[2:] == after[2:]


def test_spans_end_where_the_next_begins() -> None:
    found = [(s.role, s.start, s.end) for s in spans_of([B_CONTENT, I_CONTENT, B_CONTENT, 0, B_CUE])]
    assert found == [("content", 0, 2), ("content", 2, 3), ("cue", 4, 5)]


def mark(role: str, start: int, end: int, part: int = 0) -> Mark:
    positions = tuple(range(start, end))
    return Mark(role, part, Span(start * 10, end * 10), positions, (0.9,) * len(positions), 0.9, 0.9, 0.0)


def weights(**score: float) -> LinkWeights:
    pair = np.array([{"bias": 2.0, "mass": 1.0, "other_paragraph": -3.0}.get(name, 0.0) for name in PAIR])
    return LinkWeights(pair, pair, score.get("bias", 0.0), tuple(score.get(name, 0.0) for name in FEATURES))


MARKS = [
    mark("content", 1, 5), mark("content", 9, 12), mark("content", 20, 25, 1),
    mark("cue", 6, 7), mark("cue", 18, 19, 1), mark("source", 7, 9), mark("source", 16, 18, 1),
]  # fmt: skip
TO_CUE = np.array([[0.1, 0.8, 0.1], [0.1, 0.6, 0.3], [0.1, 0.1, 0.8]])
TO_SOURCE = np.array([[0.1, 0.8, 0.1], [0.1, 0.2, 0.7]])


def test_each_content_goes_to_its_cue_and_each_cue_to_its_source() -> None:
    first, second = link(MARKS, TO_CUE, TO_SOURCE, weights())
    assert (first.cue, first.contents, first.source) == (MARKS[3], (MARKS[0], MARKS[1]), MARKS[5])
    assert (second.cue, second.contents, second.source) == (MARKS[4], (MARKS[2],), MARKS[6])


def test_a_pointer_to_nothing_leaves_the_source_out() -> None:
    first, _ = link(MARKS, TO_CUE, np.array([[0.9, 0.05, 0.05], [0.1, 0.2, 0.7]]), weights())
    assert first.source is None


def test_another_paragraph_counts_against_a_link() -> None:
    masses = TO_CUE.copy()
    masses[1] = [0.1, 0.4, 0.5]
    first, _ = link(MARKS, masses, TO_SOURCE, weights())
    assert MARKS[1] in first.contents


def test_a_content_with_no_cue_in_reach_is_left_out() -> None:
    masses = TO_CUE.copy()
    masses[2] = [0.98, 0.01, 0.001]
    assert [found.cue for found in link(MARKS, masses, TO_SOURCE, weights())] == [MARKS[3]]


def test_without_cues_there_are_no_links() -> None:
    assert link(MARKS[:1], np.array([[1.0]]), np.zeros((0, 1)), weights()) == []


@pytest.mark.parametrize(("name", "sign"), [("content", 1), ("to_cue", 1), ("no_source", 0)])
def test_the_score_moves_with_its_features(name: str, sign: int) -> None:
    found, _ = link(MARKS, TO_CUE, TO_SOURCE, weights())
    value = probability(found, weights(**{name: 1.0}))
    expected = features_of(found)[FEATURES.index(name)]
    assert value == pytest.approx(1 / (1 + np.exp(-expected)))
    assert (value > 0.5) == bool(sign)
