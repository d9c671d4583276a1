"""What tells a block of another story from the story's own: features from text alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from .foreign_words import MAX_CHARS, Lexicon, PageWords, read_words

__all__ = ["PageView", "features"]

Floats = NDArray[np.float32]

LEDE: Final = 3
"""Blocks of running text that open a story and say what it is about."""
WINDOW: Final = 3

PRONOUN: Final = re.compile(r"[\W_]*(?:he|she|it|they|his|her|their|its|him|them|this|these|those|that|such)\b", re.I)
LINKING: Final = re.compile(
    r"[\W_]*(?:but|and|also|however|meanwhile|still|yet|so|then|in addition|moreover|instead|even|while|another|other|"
    r"the (?:same|other|two|former|latter)|both|after that|since then|as a result|for example)\b",
    re.I,
)
TEASER: Final = re.compile(
    r"[\W_]*(?:read(?: more| also| next)?|also read|see also|related|recommended|watch|more|must read|don['’]t miss|"
    r"you (?:may|might) (?:also )?like|trending|up next|listen|opinion|exclusive|video|photos?|live|breaking|"
    r"in pictures|editor['’]s picks?|popular|latest|explore|learn more)\b[^.]{0,24}[:|»>–—-]",
    re.I,
)
CLASSES: Final[dict[str, frozenset[str]]] = {
    "first": frozenset(
        [
            "i",
            "my",
            "me",
            "we",
            "our",
            "us",
            "i'm",
            "i've",
            "i'd",
            "i'll",
            "we're",
            "we've",
            "we'll",
            "i’m",
            "i’ve",
            "i’d",
            "i’ll",
            "we’re",
            "we’ve",
            "we’ll",
        ]
    ),
    "second": frozenset(["you", "your", "you're", "you've", "you'll", "you’re", "you’ve", "you’ll"]),
    "past": frozenset(["was", "were", "had", "said", "did", "went", "came", "took", "made", "told", "got"]),
    "present": frozenset(["is", "are", "has", "have", "say", "do", "doe", "can", "will", "get", "make"]),
    "speech": frozenset(["said", "say", "told", "added", "according", "explained", "asked", "wrote"]),
    "third": frozenset(["he", "she", "his", "her", "him", "they", "their", "them"]),
}
LIST_MARK: Final = re.compile(r"\s*(?:[-•*–·]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]*(?=\s|$)")
CLOSED: Final = re.compile(r"[.!?…:;][\"”’')\]]*\s*$")

MARKS: Final = (
    "chars", "sentences", "closed", "ellipsis", "colon_end", "question", "digits", "opens_quote", "pronoun", "linking",
    "teaser", "list_mark", "opens_lower", "quotes", "curly", "straight", "dash", "colon", "bar",
)  # fmt: skip
SURFACE: Final = (*MARKS, "words", "title_case", "upper", "word_length", "year", *CLASSES)


def marks(text: str) -> list[float]:
    """Features of one block read off its characters, in the order of MARKS."""
    text = text[:MAX_CHARS]
    ending = text.rstrip()[-3:]
    size = len(text) / 5 + 1
    curly = text.count("’") + text.count("“") + text.count("‘")
    double = text.count('"')
    return [
        len(text),
        len(SENTENCE_END.findall(text)),
        bool(CLOSED.search(ending)),
        "…" in ending or "..." in ending,
        ending.endswith(":"),
        ending.endswith("?"),
        sum(map(text.count, "0123456789")) / size,
        text[:1] in "“\"‘'",
        bool(PRONOUN.match(text)),
        bool(LINKING.match(text)),
        bool(TEASER.match(text)),
        bool(LIST_MARK.match(text)),
        text[:1].islower(),
        (double + 2 * text.count("“")) / size,
        curly / size,
        (double + text.count("'")) / size,
        (text.count("–") + text.count("—")) / size,
        text.count(":"),
        text.count("|"),
    ]


CLASS_BITS: Final = {
    word: sum(2 << bit for bit, held in enumerate(CLASSES.values()) if word in held)
    for word in frozenset().union(*CLASSES.values())
}
PAST_BIT: Final = 2 << list(CLASSES).index("past")


def _classes(word: str) -> int:
    """Bit 0 for a year, bit i + 1 for the i-th of CLASSES."""
    if word[0].isdigit():
        return int(bool(YEAR.fullmatch(word)))
    found = CLASS_BITS.get(word, 0)
    return found | PAST_BIT if word.endswith("ed") and len(word) > 3 else found


def surface(texts: Sequence[str], words: PageWords) -> Floats:
    """Features of each block alone, shape [n, len(SURFACE)]; `words` may hold more blocks, which are left out."""
    n = len(texts)
    characters = np.array([marks(text) for text in texts], dtype=np.float32).reshape(n, len(MARKS))

    def per_block(values: NDArray[Any]) -> NDArray[np.float64]:
        return np.bincount(words.block, weights=values, minlength=n + 1)[:n].astype(np.float64)

    capital, length = words.capital[words.form], words.length[words.form]
    count = np.maximum(per_block(np.ones(len(words.form))), 1.0)
    long = (length > 3) & ~np.array([word[0].isdigit() for word in words.words], dtype=np.bool_)[words.token_key]
    all_upper = words.shouted[words.form]
    columns = [
        per_block(np.ones(len(words.form))),
        per_block(capital & long) / np.maximum(per_block(long), 1.0),
        per_block(all_upper) / count,
        per_block(length) / count,
    ]
    masks = np.array([_classes(word) for word in words.words], dtype=np.int64)[words.token_key]
    columns += [per_block((masks >> bit) & 1) / count for bit in range(1 + len(CLASSES))]
    return np.column_stack([characters, *columns]).astype(np.float32)


CONTENT: Final = 6.4
"""Information below which a word, among the fifty commonest, tells nothing of the subject."""
RARE: Final = 10.5
"""Information above which a word stands below rank 3,000."""
SMOOTHING: Final = 200.0
"""Words of general English mixed into the rest's own, for the likelihood of a block's words."""


class PageView:
    """Words, weights and vectors of all blocks, the title last; what similarities are taken of."""

    def __init__(self, texts: Sequence[str], title: str | None, lexicon: Lexicon) -> None:
        words: PageWords = read_words([*texts, title or ""], lexicon)
        self.n = len(texts)
        self.surface = surface(texts, words)
        information = lexicon.information(words.rank)
        counts = np.zeros((self.n + 1, len(words.rank)), dtype=np.float32)
        np.add.at(counts, (words.block, words.token_key), 1.0)
        self.counts = counts
        self.present = (counts > 0).astype(np.float32)
        self.content = np.maximum(information - CONTENT, 0.0)
        self.rare = (information > RARE).astype(np.float32)
        self.background = np.exp(-information)
        weighted = np.log1p(counts) * self.content
        self.tfidf = unit(weighted)
        self.topic = unit(weighted @ lexicon.vectors[words.rank])
        self.numeral = np.array([word[0].isdigit() for word in words.words], dtype=np.float32)
        self.names = np.zeros(len(words.rank), dtype=np.float32)
        self.names[words.token_key[words.capital[words.form] & ~words.opening]] = 1.0


def unit(rows: NDArray[np.floating[Any]]) -> Floats:
    """Rows scaled to length 1; a zero row stays."""
    length = np.sqrt((rows * rows).sum(axis=-1, keepdims=True))
    return np.asarray(rows / np.maximum(length, 1e-9), dtype=np.float32)


def shifted(column: Floats, by: int, fill: float = np.nan) -> Floats:
    """The column's value `by` blocks on; `fill` outside the page."""
    out = np.full_like(column, fill, dtype=np.float32)
    if by > 0:
        out[:-by] = column[by:]
    else:
        out[-by:] = column[:by]
    return out


def similarities(rows: Floats, page: PageView, weight: Floats, prefix: str) -> dict[str, Floats]:
    """Likeness of each block to the rest, the title, the lede, its neighbours and the block most like it."""
    n = page.n
    block, title = rows[:n], rows[n]
    pairs = block @ block.T
    np.fill_diagonal(pairs, 0.0)
    sums = weight @ block
    rest = unit(sums - weight[:, None] * block)
    out = {"rest": (block * rest).sum(axis=1)}
    near = sum_near(weight[:, None] * block, 2)
    out["far"] = (block * unit(sums - near)).sum(axis=1)
    out["title"] = block @ title
    lede = np.flatnonzero(page.surface[:, SURFACE.index("words")] >= 12)[:LEDE]
    opening = np.zeros(n, dtype=np.float32)
    opening[lede] = weight[lede]
    out["lede"] = (block * unit(opening @ block - opening[:, None] * block)).sum(axis=1)
    steps = np.arange(n - 1)
    previous, following = np.full(n, np.nan, dtype=np.float32), np.full(n, np.nan, dtype=np.float32)
    previous[1:] = pairs[steps + 1, steps]
    following[:-1] = pairs[steps, steps + 1]
    out["previous"], out["next"] = previous, following
    weighted = pairs * weight
    top = -np.sort(-weighted, axis=1)[:, :5]
    out["best"] = top[:, 0]
    out["top3"] = top[:, :3].mean(axis=1)
    out["top5"] = top.mean(axis=1)
    out["mean"] = weighted.sum(axis=1) / np.maximum(weight.sum() - weight, 1e-6)
    out["window"] = (block * unit(sum_near(block, WINDOW) - block)).sum(axis=1)
    mean = np.average(out["rest"], weights=weight + 1e-6)
    spread = np.sqrt(np.average((out["rest"] - mean) ** 2, weights=weight + 1e-6))
    out["z"] = (out["rest"] - mean) / (spread + 0.02)
    out["page"] = np.full(n, mean, dtype=np.float32)
    out["rest-1"], out["rest+1"] = shifted(out["rest"], -1), shifted(out["rest"], 1)
    out["far-1"], out["far+1"] = shifted(out["far"], -1), shifted(out["far"], 1)
    out["next-gap"] = following - out["rest"]
    out["next-next"] = shifted(following, 1)
    for length in (2, 3):
        out[f"run{length}"], out[f"run{length}.inner"] = runs(weight[:, None] * block, pairs, length)
    return {f"{prefix}.{name}": value for name, value in out.items()}


def runs(rows: Floats, pairs: Floats, length: int) -> tuple[Floats, Floats]:
    """For each block, the run holding it that is least like the rest: its likeness to the rest, and within."""
    n = len(rows)
    if n <= length:
        return np.ones(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
    sums = np.lib.stride_tricks.sliding_window_view(rows, length, axis=0).sum(axis=-1)
    outside = (unit(sums) * unit(rows.sum(axis=0) - sums)).sum(axis=1)
    inner = sum(np.diagonal(pairs, step)[: n - length + 1] for step in range(1, length)) / (length - 1)
    least = np.full(n, np.inf, dtype=np.float32)
    within = np.zeros(n, dtype=np.float32)
    for step in range(length):
        part = slice(step, step + len(outside))
        better = outside < least[part]
        least[part] = np.where(better, outside, least[part])
        within[part] = np.where(better, inner, within[part])
    return least, within


def sum_near(rows: Floats, reach: int) -> Floats:
    """For each row, the sum of the rows at most `reach` away, itself included."""
    n = len(rows)
    total = np.vstack([np.zeros((1, rows.shape[1]), dtype=np.float32), np.cumsum(rows, axis=0, dtype=np.float32)])
    at = np.arange(n)
    return total[np.minimum(at + reach + 1, n)] - total[np.maximum(at - reach, 0)]


def shared(page: PageView, weight: Floats) -> dict[str, Floats]:
    """How much of a block's words, rare words, names and numbers stands in the rest too."""
    n = page.n
    present, title = page.present[:n], page.present[n]
    held = weight @ present
    others = np.minimum(held - weight[:, None] * present, 1.0)
    distant = np.clip(held - sum_near(weight[:, None] * present, 2), 0.0, 1.0)
    mass = present * page.content
    total = mass.sum(axis=1)
    safe = np.maximum(total, 1e-6)
    out = {"mass": total, "seen": (mass * others).sum(axis=1) / safe, "seen.far": (mass * distant).sum(axis=1) / safe}
    out["unseen.mass"] = total - (mass * others).sum(axis=1)
    rare = present * page.rare
    out["rare"] = rare.sum(axis=1)
    out["rare.seen"] = (rare * others).sum(axis=1)
    out["rare.share"] = out["rare.seen"] / np.maximum(out["rare"], 1.0)
    out["rare.far"] = (rare * distant).sum(axis=1)
    heavy = np.maximum(page.content - 4.0, 0.0) ** 2 * present
    out["heavy"] = (heavy * others).sum(axis=1)
    out["heavy.unseen"] = heavy.sum(axis=1) - out["heavy"]
    out["often"] = (mass * np.minimum(np.maximum(held - weight[:, None] * present, 0.0), 5.0)).sum(axis=1) / safe
    names = present * page.names * (page.content > 1.5)
    named = names.sum(axis=1)
    out["names"] = named
    out["names.seen"] = (names * others).sum(axis=1)
    out["names.unseen"] = named - out["names.seen"]
    out["names.share"] = out["names.seen"] / np.maximum(named, 1.0)
    out["names.title"] = names @ title
    out["title.seen"] = (mass @ title) / safe
    numbers = present * page.numeral
    out["numbers"] = numbers.sum(axis=1)
    out["numbers.share"] = (numbers * others).sum(axis=1) / np.maximum(out["numbers"], 1.0)
    out["likelihood"], out["likelihood.sum"] = likelihood(page, weight)
    for name in ("seen", "rare.seen", "names.share", "likelihood", "names.unseen"):
        out[name + "-1"], out[name + "+1"] = shifted(out[name], -1), shifted(out[name], 1)
    for name in ("seen", "likelihood"):
        mean = np.average(out[name], weights=weight + 1e-6)
        spread = np.sqrt(np.average((out[name] - mean) ** 2, weights=weight + 1e-6))
        out[name + ".z"] = (out[name] - mean) / (spread + 0.02)
        out[name + ".page"] = np.full(n, mean, dtype=np.float32)
    return {f"shared.{name}": value for name, value in out.items()}


def likelihood(page: PageView, weight: Floats) -> tuple[Floats, Floats]:
    """Log likelihood of a block's content words by the rest's, over general English; by word and in all."""
    n = page.n
    counts = page.counts[:n] * (page.content > 0)
    rest = np.maximum(weight @ counts - weight[:, None] * counts, 0.0)
    size = rest.sum(axis=1, keepdims=True)
    ratio = np.log((rest / np.maximum(page.background, 1e-9) + SMOOTHING) / (size + SMOOTHING))
    total = (np.minimum(counts, 1.0) * ratio).sum(axis=1)
    words = np.maximum(np.minimum(counts, 1.0).sum(axis=1), 1.0)
    return (total / words).astype(np.float32), total.astype(np.float32)


RELATIVE: Final = (
    "words", "closed", "title_case", "quotes", "first", "second", "third", "past", "present", "speech", "word_length",
    "curly", "straight", "dash", "digits", "list_mark",
)  # fmt: skip
BESIDE: Final = ("words", "closed", "title_case", "colon_end", "pronoun", "list_mark", "teaser")


def setting(page: PageView, weight: Floats) -> dict[str, Floats]:
    """Place on the page, and how the block differs in style from the rest and from the blocks beside it."""
    n = page.n
    at = np.arange(n, dtype=np.float32)
    out: dict[str, Floats] = {
        "at": at,
        "left": n - 1 - at,
        "depth": np.asarray(at / max(1, n - 1), dtype=np.float32),
        "blocks": np.full(n, n, dtype=np.float32),
    }
    for name in RELATIVE:
        column = page.surface[:, SURFACE.index(name)]
        total = weight @ column - weight * column
        out["than." + name] = column - total / np.maximum(weight.sum() - weight, 1e-6)
    for name in BESIDE:
        column = page.surface[:, SURFACE.index(name)]
        out[name + "-1"], out[name + "+1"] = shifted(column, -1), shifted(column, 1)
    return out


def features(page: PageView, weight: Floats | None = None) -> dict[str, Floats]:
    """All features by name, each of shape [n]; `weight` says how far each block counts as the story's own."""
    if weight is None:
        weight = np.ones(page.n, dtype=np.float32)
    return {
        **{name: page.surface[:, i] for i, name in enumerate(SURFACE)},
        **similarities(page.tfidf, page, weight, "words"),
        **similarities(page.topic, page, weight, "topic"),
        **shared(page, weight),
        **setting(page, weight),
    }


def second(page: PageView, first: NDArray[np.float64]) -> dict[str, Floats]:
    """Features once a first score per block, 0..1, is known: likeness to what is left without the suspects.

    The rest counts each block by how likely it is the story's own; beside that stand the neighbours' scores,
    how far a block leads, and its likeness to the strongest suspect and to all suspects together.
    """
    n = page.n
    score = np.clip(first, 1e-4, 1 - 1e-4)
    weight = np.clip(1.25 * (1 - score) - 0.125, 0.02, 1.0).astype(np.float32)
    logit = np.log(score / (1 - score)).astype(np.float32)
    out = {name: column for name, column in features(page, weight).items() if name not in DROPPED}
    out["first"] = logit
    for step in (-3, -2, -1, 1, 2, 3):
        out[f"first{step:+d}"] = shifted(logit, step)
    out["first.rank"] = (logit[None, :] > logit[:, None]).sum(axis=1).astype(np.float32)
    out["first.lead"] = logit - _highest_elsewhere(logit)
    out["first.sum"] = np.full(n, score.sum(), dtype=np.float32)
    out["first.median"] = np.full(n, np.median(logit), dtype=np.float32)
    suspect = int(np.argmax(logit))
    out["suspect.score"] = np.full(n, logit[suspect], dtype=np.float32)
    out["suspect.at"] = np.abs(np.arange(n) - suspect).astype(np.float32)
    doubt = (score * (score > DOUBTED)).astype(np.float32)
    for name, rows in (("words", page.tfidf[:n]), ("topic", page.topic[:n])):
        suspects = unit(doubt @ rows - doubt[:, None] * rows)
        out[f"suspect.{name}"] = rows @ rows[suspect]
        out[f"suspects.{name}"] = (rows * suspects).sum(axis=1)
        out[f"suspects.{name}.gap"] = out[f"suspects.{name}"] - out[f"{name}.rest"]
    return out


DOUBTED: Final = 0.1
"""First score above which a block counts among the suspects."""
KEPT: Final = frozenset(
    [
        "chars",
        "words",
        "sentences",
        "closed",
        "title_case",
        "quotes",
        "pronoun",
        "linking",
        "teaser",
        "list_mark",
        "colon_end",
    ]
)
DROPPED: Final = frozenset(SURFACE) - KEPT


def _highest_elsewhere(logit: Floats) -> Floats:
    """The highest value among the blocks that are neither the block itself nor beside it; -9.25 where there is none."""
    n = len(logit)
    floor = np.float32(-9.25)
    before = np.concatenate([[floor, floor], np.maximum.accumulate(logit)])[:n]
    after = np.concatenate([np.maximum.accumulate(logit[::-1])[::-1], [floor, floor]])[2:]
    return np.asarray(np.maximum(before, after), dtype=np.float32)
