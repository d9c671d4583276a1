"""What a text says that others said, in its own words: compared by what is claimed, never called exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sayso.corpus.claim_pairs import PairVerdict, Said, compare, cosine, covers, prepare
from sayso.corpus.claim_text import read_claim
from sayso.corpus.claims import MIN_COVERED, MIN_SAME, told_sentences

from .index import Window
from .pages import CheckedPage, SaidThere

__all__ = ["Candidate", "Matched", "candidates", "matched"]

MAX_CANDIDATES = 12
MIN_SHARED = 0.25
"""Share of what is asked that a sentence must share in words to be compared."""
NEAR_MISS = 0.7
"""Least cosine of two statements that are alike but for a number, a name or a denial."""
MIN_CONTRARY = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a page, with the attribution that tells it."""

    page: int
    text: str
    span: tuple[int, int]
    said: SaidThere


@dataclass(frozen=True, slots=True)
class Matched:
    """A sentence that says the same, or nearly so."""

    candidate: Candidate
    score: float
    differences: tuple[str, ...]
    """What doesn't agree; empty where it says the same."""


def candidates(
    text: str, windows: Iterable[Window], pages: Sequence[CheckedPage], said: Callable[[int], tuple[SaidThere, ...]]
) -> list[Candidate]:
    """Sentences of the pages that share most words with a text, the best first.

    Args:
        text: what is looked for.
        windows: where to look.
        pages: all pages.
        said: what is said on the page of a number.
    """
    claim = read_claim(text)
    wanted = frozenset([*claim.words, *claim.names])
    found: dict[tuple[int, tuple[int, int]], tuple[int, int, Candidate]] = {}
    for window in windows:
        page = pages[window.page]
        if window.first >= window.end:
            continue
        start, end = page.words[window.first][0], page.words[window.end - 1][1]
        for one in said(window.page):
            if one.spans and one.end > start and one.start < end:
                for words, span in told_sentences(page.text, one.spans):
                    there = read_claim(words)
                    shared = len(wanted & {*there.words, *there.names})
                    if shared >= MIN_SHARED * len(wanted):
                        key = (window.page, span)
                        row = (shared, len(one.chain), Candidate(window.page, words, span, one))
                        if key not in found or row[:2] > found[key][:2]:
                            found[key] = row
    ranked = sorted(found.values(), key=lambda row: (-row[0], row[2].page, row[2].span))
    return [row[2] for row in ranked[:MAX_CANDIDATES]]


def matched(text: str, denied: bool, found: Sequence[Candidate]) -> list[Matched]:
    """The candidates that say what the text says, those that agree in everything first."""
    if not found:
        return []
    signs = ["negated" if denied else None, *("negated" if c.said.denied else None for c in found)]
    asked, *rest = prepare([text, *(candidate.text for candidate in found)], signs)
    out = []
    for candidate, there in zip(found, rest, strict=True):
        verdict = compare(asked, there)
        differences = _differences(verdict, asked, there)
        if differences is not None:
            out.append(Matched(candidate, verdict.score, differences))
    return sorted(out, key=lambda match: (bool(match.differences), -match.score))


def _differences(verdict: PairVerdict, asked: Said, there: Said) -> tuple[str, ...] | None:
    """What two statements that are about the same don't agree in; None where they are about something else."""
    same = verdict.relation == "same" and verdict.score >= MIN_SAME
    if same or (verdict.relation != "contradiction" and covers(asked, there) >= MIN_COVERED):
        return verdict.differences
    if verdict.relation == "contradiction" and verdict.score >= MIN_CONTRARY:
        return verdict.differences or ("the two can't both be so",)
    if verdict.differences and cosine(asked, there) >= NEAR_MISS:
        return verdict.differences
    return None
