"""Whether two statements say the same thing, can't both be true, or speak of different things."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import numpy as np
import numpy.typing as npt

from .claim_text import ClaimText, Number, opposites, read_claim
from .sentence_vectors import Encoded, encode

__all__ = [
    "FEATURES",
    "RELATIONS",
    "PairVerdict",
    "Relation",
    "Said",
    "compare",
    "cosine",
    "covers",
    "pair_features",
    "prepare",
    "shared_share",
]

Relation = Literal["same", "contradiction", "different"]
RELATIONS: tuple[Relation, ...] = ("same", "contradiction", "different")

FEATURES = (
    "cosine",  # of the two sentences
    "pieces",  # mean best cosine of each piece in the other text, lower of both directions
    "pieces_low",  # mean of the lowest quarter of those
    "lone",  # the content word least found in the other text, the better of both sides
    "lone_two",  # ... mean of the two least found
    "lone_worse",  # ... the worse side
    "overlap",  # information of shared stems over that of all
    "contained",  # ... over that of the shorter statement
    "names_shared",  # share of the fewer names that the other holds
    "names_unlike",  # names on either side that the other lacks, the fewer of both
    "names_none",  # neither or only one has names
    "number_conflict",  # both count the same thing and disagree
    "number_agree",
    "date_conflict",
    "date_agree",
    "negation_unlike",  # one is negated, the other not
    "reversal_unlike",  # one has a word that turns meaning round, the other not
    "reversal_concerns",  # ... and what it turns round is what the other speaks of
    "yes_no_unlike",  # both counts together differ in parity
    "opposite",  # words of opposite meaning stand on the two sides, each alone
    "swapped",  # names or nouns in the other order, with the same voice
    "length",  # log ratio of the lengths
    "contrary_alike",  # how alike the sentences are where something is contrary
)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement ready to be compared."""

    claim: ClaimText
    vector: Encoded | None
    ranges: tuple[tuple[int, int], ...] = ()
    """The pieces of each content word, half-open."""


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """What two statements have to do with each other."""

    relation: Relation
    score: float
    """How likely that is, 0..1."""
    differences: tuple[str, ...]
    """What doesn't agree, in words: `number 14 / 40`, `day`, `name`, `negated`…"""


def prepare(texts: Sequence[str], polarities: Sequence[str | None] | None = None) -> list[Said]:
    """Statements ready to be compared.

    Args:
        texts: what is said.
        polarities: `negated` where the words around deny it, None else; as long as `texts`.
    """
    signs = polarities or [None] * len(texts)
    claims = [read_claim(text, polarity=sign) for text, sign in zip(texts, signs, strict=True)]
    return [Said(claim, vector, _ranges(claim, vector)) for claim, vector in zip(claims, encode(texts), strict=True)]


def _ranges(claim: ClaimText, vector: Encoded | None) -> tuple[tuple[int, int], ...]:
    if vector is None:
        return ((0, 0),) * len(claim.content)
    starts, ends = [p for p, _ in vector.places], [q for _, q in vector.places]
    return tuple((bisect_right(ends, start), bisect_left(starts, end)) for start, end in claim.content)


def compare(a: Said, b: Said) -> PairVerdict:
    """Judge two statements; the same whichever comes first."""
    weights, bias = _weights()
    values = weights @ np.array(pair_features(a, b)) + bias
    chances = np.exp(values - values.max())
    chances /= chances.sum()
    best = int(np.argmax(np.round(chances, 6)))
    relation = RELATIONS[best]
    if relation == "same" and a.claim.denied != b.claim.denied:
        # The words around decide: the same sentence, said and denied.
        relation = "contradiction"
    return PairVerdict(relation, round(float(chances[best]), 4), _differences(a.claim, b.claim))


@cache
def _weights() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    held = json.loads(files(__package__).joinpath("weights", "claims.json").read_text(encoding="utf-8"))
    rows = np.array([[held["weights"][relation][name] for name in FEATURES] for relation in RELATIONS])
    return rows, np.array([held["bias"][relation] for relation in RELATIONS])


def covers(asked: Said, told: Said) -> float:
    """How far a statement says what is asked, whatever else it says; 0 where numbers or days disagree, 0..1."""
    a, b = asked.claim, told.claim
    if _numbers(a.numbers, b.numbers)[0] or _dates(a, b)[0] or _concerned(a, b) % 2 != _concerned(b, a) % 2:
        return 0.0
    lost = len(set(a.names) - set(b.names)) / max(1, len(set(a.names)))
    table = _table(asked, told)
    if table is None:
        return max(0.0, _overlap(a, b)[1] - LOST_NAMES * lost)
    missing = sum(far for far in _unmatched(asked, b, table.max(axis=1)) if far > FAR) / max(1, len(a.words))
    return round(max(0.0, 0.5 * cosine(asked, told) + 0.5 * (1 - missing) - LOST_NAMES * lost), 4)


def shared_share(a: Said, b: Said) -> float:
    """Share of what two statements say that they share, by information of the words, 0..1."""
    return round(_overlap(a.claim, b.claim)[0], 4)


def lone_distance(a: Said, b: Said) -> float:
    """How far the worst-matched words of two statements are from all of the other, where both have one; 0 is near."""
    return _lone(a, b, _table(a, b))[0]


LOST_NAMES = 0.1
"""What it costs that none of the names asked for is there: a page of the same country seldom names it."""
NEGATED = "negated on one side"
FAR = 0.45
"""Distance from which on a word counts as missing in the other text."""


def pair_features(a: Said, b: Said) -> list[float]:
    """The signs of a pair, in the order of `FEATURES`."""
    left, right = a.claim, b.claim
    table = _table(a, b)
    cosine, pieces, low = _vectors(a, b, table)
    overlap, contained = _overlap(left, right)
    shared, unlike, none = _names(left, right)
    conflict, agree = _numbers(left.numbers, right.numbers)
    date_conflict, date_agree = _dates(left, right)
    counts = _negations(left, right), _negations(right, left)
    negation = float(counts[0] % 2 != counts[1] % 2)
    reversal = float(bool(left.reversals) != bool(right.reversals))
    concerns = float(_reversed(left, right) != _reversed(right, left))
    parity = float((counts[0] + _reversed(left, right)) % 2 != (counts[1] + _reversed(right, left)) % 2)
    opposite = float(_opposite(left, right))
    contrary = max(negation, opposite, concerns)
    return [
        cosine,
        pieces,
        low,
        *_lone(a, b, table),
        overlap,
        contained,
        shared,
        unlike,
        none,
        conflict,
        agree,
        date_conflict,
        date_agree,
        negation,
        reversal,
        concerns,
        parity,
        opposite,
        float(_swapped(left, right)),
        abs(float(np.log((1 + len(left.forms)) / (1 + len(right.forms))))),
        contrary * cosine,
    ]


LONG = 18
"""Different words of a statement long enough to say more than one thing."""


def _negations(a: ClaimText, b: ClaimText) -> int:
    """Words of denial in `a` that concern `b`: in a long statement, those that deny something `b` speaks of."""
    if len(a.forms) < LONG:
        return len(a.negated) + a.denied
    return _concerned(a, b)


def _reversed(a: ClaimText, b: ClaimText) -> bool:
    """Whether `a` turns round something that `b` speaks of."""
    return any(word in b.words for word in a.reversed) or (a.reversals > len(a.reversed))


def _concerned(a: ClaimText, b: ClaimText) -> int:
    """Words of denial in `a` that deny something `b` speaks of."""
    spoken = frozenset(b.words)
    return sum(any(word in spoken for word in reach) for reach in a.negated) + a.denied


def _table(a: Said, b: Said) -> npt.NDArray[np.float64] | None:
    """Cosines of every piece with every piece of the other; None without vectors."""
    if a.vector is None or b.vector is None or not len(a.vector.pieces) or not len(b.vector.pieces):
        return None
    table: npt.NDArray[np.float64] = a.vector.pieces.astype(np.float64) @ b.vector.pieces.astype(np.float64).T
    return table


def cosine(a: Said, b: Said) -> float:
    """Cosine of two statements as wholes; 0 without vectors."""
    if a.vector is None or b.vector is None:
        return 0.0
    return float(a.vector.whole.astype(np.float64) @ b.vector.whole.astype(np.float64))


def _vectors(a: Said, b: Said, table: npt.NDArray[np.float64] | None) -> tuple[float, float, float]:
    if table is None:
        return 0.0, 0.0, 0.0
    best = [np.sort(table.max(axis=1)), np.sort(table.max(axis=0))]
    low = min(float(side[: max(1, len(side) // 4)].mean()) for side in best)
    return round(cosine(a, b), 4), round(min(float(side.mean()) for side in best), 4), round(low, 4)


def _lone(a: Said, b: Said, table: npt.NDArray[np.float64] | None) -> tuple[float, float, float]:
    """How ill the worst-matched content words are matched, 0 for well."""
    if table is None:
        return 0.0, 0.0, 0.0
    left, right = _unmatched(a, b.claim, table.max(axis=1)), _unmatched(b, a.claim, table.max(axis=0))
    one, two = min(left[0], right[0]), min(sum(left[:2]), sum(right[:2])) / 2
    return round(one, 4), round(two, 4), round(max(left[0], right[0]), 4)


def _unmatched(said: Said, other: ClaimText, best: npt.NDArray[np.float64]) -> list[float]:
    """For each content word, how far it is from its nearest in the other text; farthest first, at least two."""
    total = np.concatenate(([0.0], np.cumsum(best)))
    held = frozenset(other.words)
    distances = [
        1 - float(total[end] - total[start]) / (end - start)
        for (start, end), word in zip(said.ranges, said.claim.words, strict=True)
        if end > start and word not in held
    ]
    return [*sorted(distances, reverse=True), 0.0, 0.0]


@lru_cache(maxsize=50_000)
def _information(word: str) -> float:
    from sayso.extract.foreign_words import lexicon

    words = lexicon()
    return float(words.information(np.array([words.number(word)], dtype=np.int64))[0])


def _overlap(a: ClaimText, b: ClaimText) -> tuple[float, float]:
    left, right = frozenset([*a.words, *a.names]), frozenset([*b.words, *b.names])
    both, first, second = (sum(map(_information, sorted(bag))) for bag in (left & right, left, right))
    return 2 * both / max(1e-9, first + second), both / max(1e-9, min(first, second))


def _names(a: ClaimText, b: ClaimText) -> tuple[float, float, float]:
    left, right = set(a.names), set(b.names)
    if not left or not right:
        return 0.0, 0.0, 1.0
    both = left & right
    return len(both) / min(len(left), len(right)), float(min(len(left - both), len(right - both))), 0.0


def _numbers(a: Sequence[Number], b: Sequence[Number]) -> tuple[float, float]:
    lone_a = [n for n in a if not any(_equal(n, other) for other in b)]
    lone_b = [n for n in b if not any(_equal(n, other) for other in a)]
    clash = any(_comparable(x, y) for x in lone_a for y in lone_b)
    return float(clash), float(len(lone_a) < len(a))


def _equal(a: Number, b: Number) -> bool:
    return abs(a.value - b.value) <= 1e-9 * max(1.0, abs(a.value)) and (a.kind == b.kind or "plain" in (a.kind, b.kind))


def _comparable(a: Number, b: Number) -> bool:
    return a.kind == b.kind


def _dates(a: ClaimText, b: ClaimText) -> tuple[float, float]:
    conflict = agree = False
    for left, right in ((a.weekdays, b.weekdays), (a.months, b.months), (a.years, b.years)):
        if left and right:
            conflict |= not left & right
            agree |= bool(left & right)
    return float(conflict), float(agree)


def _opposite(a: ClaimText, b: ClaimText) -> bool:
    left, right = a.forms - b.forms, b.forms - a.forms
    for one, other in opposites():
        if (left & one and right & other and not left & other and not right & one) or (
            left & other and right & one and not left & one and not right & other
        ):
            return True
    return False


def _swapped(a: ClaimText, b: ClaimText) -> bool:
    """Whether two names that both share stand in the other order although neither or both are passive."""
    left, right = _blocks(a, b), _blocks(b, a)
    shared = [block for block in left if block in right]
    if len(shared) != 2 or a.passive != b.passive:
        return False
    return right.index(shared[0]) > right.index(shared[1])


def _blocks(a: ClaimText, b: ClaimText) -> list[str]:
    """Names of one by the words that both share, those side by side as one: the last word stands for it."""
    runs = re.findall(r"(?:[A-Z][\w'’.-]*\s?)+", a.text)
    out = []
    for run in runs:
        words = [w for w in re.findall(r"[\w-]+", run.lower()) if w in a.names and w in b.names]
        if words:
            out.append(words[-1])
    return list(dict.fromkeys(out))


def _differences(a: ClaimText, b: ClaimText) -> tuple[str, ...]:
    out = []
    for x in a.numbers:
        for y in b.numbers:
            alone = not any(_equal(x, n) for n in b.numbers) and not any(_equal(y, n) for n in a.numbers)
            if alone and _comparable(x, y):
                out.append(f"number {x.value:g} / {y.value:g}")
    for what, left, right in (
        ("day", a.weekdays, b.weekdays),
        ("month", a.months, b.months),
        ("year", frozenset(map(str, a.years)), frozenset(map(str, b.years))),
    ):
        if left and right and not left & right:
            out.append(f"{what} {', '.join(sorted(left))} / {', '.join(sorted(right))}")
    left_names, right_names = set(a.names) - set(b.names), set(b.names) - set(a.names)
    if left_names and right_names:
        out.append(
            f"name {' '.join(n for n in a.names if n in left_names)} / "
            f"{' '.join(n for n in b.names if n in right_names)}"
        )
    if _negations(a, b) % 2 != _negations(b, a) % 2:
        out.append(NEGATED)
    elif _opposite(a, b):
        out.append("words of opposite meaning")
    elif _reversed(a, b) != _reversed(b, a):
        out.append("turned round on one side")
    if _swapped(a, b):
        out.append("names in the other order")
    return tuple(dict.fromkeys(out))
