"""What tells a block of another story from the story's own: features from text alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sayso.lang import load

from .foreign_shape import shape
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
CLASSES: Final = ("first", "second", "past", "present", "speech", "third", "notice")
"""Classes of words, told in `lang/en/manner.yaml`."""
LIST_MARK: Final = re.compile(r"\s*(?:[-•*–·]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
SENTENCE_END: Final = re.compile(r"[.!?…][\"”’')\]]*(?=\s|$)")
CLOSED: Final = re.compile(r"[.!?…:;][\"”’')\]]*\s*$")

MARKS: Final = (
    "chars", "sentences", "closed", "ellipsis", "colon_end", "question", "digits", "opens_quote", "pronoun", "linking",
    "teaser", "list_mark", "opens_lower", "quotes", "curly", "straight", "dash", "colon", "bar", "address", "exclaim",
    "opens_mark",
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
        text.count("http") + text.count("www.") + text.count(".com") + text.count("@"),
        text.count("!"),
        text[:1] in "([*#<>~_.?",
    ]


PAST_BIT: Final = 2 << CLASSES.index("past")


@cache
def _class_bits() -> dict[str, int]:
    """Bit i + 1 for a word of the i-th of CLASSES."""
    held: dict[str, list[str]] = load("manner")
    bits: dict[str, int] = {}
    for number, name in enumerate(CLASSES):
        for word in held[name]:
            bits[word] = bits.get(word, 0) | 2 << number
    return bits


@lru_cache(maxsize=65_536)
def _classes(word: str) -> int:
    """Bit 0 for a year, bit i + 1 for the i-th of CLASSES."""
    if word[0].isdigit():
        return int(bool(YEAR.fullmatch(word)))
    found = _class_bits().get(word, 0)
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


class Likeness:
    """How alike the blocks are in one respect: cosines of each with each and with the title.

    A group's direction is the weighted sum of its blocks', so whatever is asked of a block and a group follows
    from the cosines alone; nothing as wide as the vocabulary is touched again.
    """

    def __init__(self, rows: Floats) -> None:
        """`rows`: one of length 1, or of zeros, for each block, the title's last."""
        self.title: Floats = rows[:-1] @ rows[-1]
        self.cosines: Floats = rows[:-1] @ rows[:-1].T
        self.pairs = self.cosines.copy()
        """The same, 0 for a block with itself."""
        np.fill_diagonal(self.pairs, 0.0)

    def to_rest(self, weight: Floats) -> Floats:
        """Each block's cosine with all others together, each counted by its weight."""
        shared = self.cosines @ weight
        own = weight * self.cosines.diagonal()
        length = np.asarray(float(weight @ shared) - 2 * weight * shared + weight * own, dtype=np.float32)
        return over(shared - own, length)

    def to_groups(self, members: Floats) -> Floats:
        """Each block's cosine with a group of its own; `members[i, j]` is how far block j counts in i's group."""
        length = ((members @ self.cosines) * members).sum(axis=1)
        return over((members * self.cosines).sum(axis=1), length)


def over(product: Floats, square: Floats) -> Floats:
    """Products divided by the length whose square is given; 0 for a length of 0."""
    length = np.sqrt(np.maximum(square, 0.0))
    return np.asarray(np.where(length > 1e-4, product / np.maximum(length, 1e-4), 0.0), dtype=np.float32)


class PageView:
    """Words and weights of all blocks, the title last, and how alike the blocks are."""

    def __init__(self, texts: Sequence[str], title: str | None, lexicon: Lexicon) -> None:
        words: PageWords = read_words([*texts, title or ""], lexicon)
        self.n = len(texts)
        self.surface = surface(texts, words)
        self.shape = shape(texts, words)
        information = lexicon.information(words.rank)
        self.size = len(words.rank)
        cells, counts = np.unique(words.block * self.size + words.token_key, return_counts=True)
        self.block: NDArray[np.int64] = cells // max(1, self.size)
        """With `word` and `count`: which word stands how often in which block."""
        self.word: NDArray[np.int64] = cells - self.block * self.size
        self.count: Floats = counts.astype(np.float32)
        self.content = np.maximum(information - CONTENT, 0.0)
        self.rare = (information > RARE).astype(np.float32)
        self.background = np.exp(-information)
        weighted = np.zeros((self.n + 1, self.size), dtype=np.float32)
        weighted[self.block, self.word] = np.log1p(self.count) * self.content[self.word]
        self.topic = unit(weighted @ lexicon.vectors[words.rank])
        """What each block, and the title, is about: rows of length 1."""
        self.likeness = {"words": Likeness(unit(weighted)), "topic": Likeness(self.topic)}
        self.numeral = np.array([word[0].isdigit() for word in words.words], dtype=np.float32)
        self.names = np.zeros(self.size, dtype=np.float32)
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


def spread(values: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """How far each value lies from the page's mean, in standard deviations; and the mean."""
    share = weight + 1e-6
    total = float(share.sum())
    mean = float(values @ share) / total
    away = values - mean
    deviation = np.sqrt(float((away * away) @ share) / total)
    return np.asarray(away / (deviation + 0.02), dtype=np.float32), np.full(len(values), mean, dtype=np.float32)


def similarities(like: Likeness, page: PageView, weight: Floats, prefix: str) -> dict[str, Floats]:
    """Likeness of each block to the rest, the title, the lede, its neighbours and the block most like it."""
    n = page.n
    at = np.arange(n)
    apart = np.abs(at[:, None] - at)
    out = {"rest": like.to_rest(weight)}
    out["far"] = like.to_groups(np.where(apart > 2, weight, np.float32(0.0)))
    out["title"] = like.title
    lede = np.flatnonzero(page.surface[:, SURFACE.index("words")] >= 12)[:LEDE]
    opening = np.zeros(n, dtype=np.float32)
    opening[lede] = weight[lede]
    out["lede"] = like.to_rest(opening)
    previous, following = np.full(n, np.nan, dtype=np.float32), np.full(n, np.nan, dtype=np.float32)
    previous[1:] = following[:-1] = like.pairs.diagonal(1)
    out["previous"], out["next"] = previous, following
    weighted = like.pairs * weight
    top = -np.sort(-weighted, axis=1)[:, :5]
    out["best"] = top[:, 0]
    out["top3"] = top[:, :3].mean(axis=1)
    out["top5"] = top.mean(axis=1)
    out["mean"] = weighted.sum(axis=1) / np.maximum(weight.sum() - weight, 1e-6)
    out["window"] = like.to_groups(((apart <= WINDOW) & (apart > 0)).astype(np.float32))
    out["z"], out["page"] = spread(out["rest"], weight)
    out["rest-1"], out["rest+1"] = shifted(out["rest"], -1), shifted(out["rest"], 1)
    out["far-1"], out["far+1"] = shifted(out["far"], -1), shifted(out["far"], 1)
    out["next-gap"] = following - out["rest"]
    out["next-next"] = shifted(following, 1)
    out["bridge"] = bridge(like)
    for length in (2, 3):
        out[f"run{length}"], out[f"run{length}.inner"] = runs(like, weight, length)
    return {f"{prefix}.{name}": value for name, value in out.items()}


def bridge(like: Likeness) -> Floats:
    """How much better the blocks before and after fit each other than the better of them fits this one."""
    n = len(like.title)
    out = np.full(n, np.nan, dtype=np.float32)
    if n > 2:
        beside = like.pairs.diagonal(1)
        out[1:-1] = like.pairs.diagonal(2) - np.maximum(beside[:-1], beside[1:])
    return out


def runs(like: Likeness, weight: Floats, length: int) -> tuple[Floats, Floats]:
    """For each block, the run holding it that is least like the rest: its likeness to the rest, and within."""
    n = len(weight)
    if n <= length:
        return np.ones(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
    weighted = like.cosines * weight * weight[:, None]
    sums = weighted.sum(axis=1)
    within_run = in_rows(weighted.diagonal(), length)
    for step in range(1, length):
        within_run = within_run + 2 * in_rows(weighted.diagonal(step), length - step)
    to_all = in_rows(sums, length)
    product = to_all - within_run
    rest = float(sums.sum()) - 2 * to_all + within_run
    outside = over(np.asarray(over(product, rest)), within_run)
    inner = sum(like.pairs.diagonal(step)[: n - length + 1] for step in range(1, length)) / (length - 1)
    least = np.full(n, np.inf, dtype=np.float32)
    within = np.zeros(n, dtype=np.float32)
    for step in range(length):
        part = slice(step, step + len(outside))
        better = outside < least[part]
        least[part] = np.where(better, outside, least[part])
        within[part] = np.where(better, inner, within[part])
    return least, within


def in_rows(values: Floats, length: int) -> Floats:
    """Sums of each `length` neighbouring values."""
    count = len(values) - length + 1
    total: Floats = values[:count]
    for step in range(1, length):
        total = total + values[step : step + count]
    return total


def shared(page: PageView, weight: Floats) -> dict[str, Floats]:
    """How much of a block's words, rare words, names and numbers stands in the rest too."""
    n, size = page.n, page.size
    inside = page.block < n
    block, word = page.block[inside], page.word[inside]
    at_title = np.zeros(size, dtype=np.float32)
    at_title[page.word[~inside]] = 1.0

    def total(values: NDArray[Any]) -> Floats:
        return np.bincount(block, weights=values, minlength=n).astype(np.float32)

    def share(part: Floats, whole: Floats, least: float) -> Floats:
        return np.asarray(part / np.maximum(whole, least), dtype=np.float32)

    held = np.bincount(word, weights=weight[block], minlength=size)[word]
    beside = held - weight[block]
    others = np.clip(beside, 0.0, 1.0)
    distant = np.clip(held - held_near(block, word, weight), 0.0, 1.0)
    content, rare = page.content[word], page.rare[word]
    mass, rares = total(content), total(rare)
    out = {"mass": mass, "seen": share(total(content * others), mass, 1e-6)}
    out["seen.far"] = share(total(content * distant), mass, 1e-6)
    out["unseen.mass"] = mass * (1 - out["seen"])
    out["rare"], out["rare.seen"] = rares, total(rare * others)
    out["rare.far"] = total(rare * distant)
    out["rare.share"] = share(out["rare.seen"], rares, 1.0)
    heavy = np.maximum(content - 4.0, 0.0) ** 2
    out["heavy"] = total(heavy * others)
    out["heavy.unseen"] = total(heavy) - out["heavy"]
    out["often"] = share(total(content * np.clip(beside, 0.0, 5.0)), mass, 1e-6)
    names = page.names[word] * (content > 1.5)
    named = total(names)
    out["names"], out["names.seen"] = named, total(names * others)
    out["names.unseen"] = named - out["names.seen"]
    out["names.share"] = share(out["names.seen"], named, 1.0)
    out["names.title"] = total(names * at_title[word])
    out["title.seen"] = share(total(content * at_title[word]), mass, 1e-6)
    numeral = page.numeral[word]
    out["numbers"] = total(numeral)
    out["numbers.share"] = share(total(numeral * others), out["numbers"], 1.0)
    out["likelihood"], out["likelihood.sum"] = likelihood(page, weight)
    for name in ("seen", "rare.seen", "names.share", "likelihood", "names.unseen"):
        out[name + "-1"], out[name + "+1"] = shifted(out[name], -1), shifted(out[name], 1)
    for name in ("seen", "likelihood"):
        out[name + ".z"], out[name + ".page"] = spread(out[name], weight)
    return {f"shared.{name}": value for name, value in out.items()}


def held_near(block: NDArray[np.int64], word: NDArray[np.int64], weight: Floats) -> NDArray[np.float64]:
    """For each word of each block, the weight of the blocks at most two away that hold it, the block's own included."""
    order = np.lexsort((block, word))
    blocks, words = block[order], word[order]
    near = weight[blocks].astype(np.float64)
    for step in (1, 2):
        close = (words[step:] == words[:-step]) & (blocks[step:] - blocks[:-step] <= 2)
        near[step:] += close * weight[blocks[:-step]]
        near[:-step] += close * weight[blocks[step:]]
    out = np.empty_like(near)
    out[order] = near
    return out


def likelihood(page: PageView, weight: Floats) -> tuple[Floats, Floats]:
    """Log likelihood of a block's content words by the rest's, over general English; by word and in all."""
    n = page.n
    told = (page.block < n) & (page.content[page.word] > 0)
    block, word, count = page.block[told], page.word[told], page.count[told]
    weighted = weight[block] * count
    rest = np.maximum(np.bincount(word, weights=weighted, minlength=page.size)[word] - weighted, 0.0)
    own = np.bincount(block, weights=weighted, minlength=n)
    size = np.maximum(own.sum() - own, 0.0)[block]
    ratio = np.log((rest / np.maximum(page.background[word], 1e-9) + SMOOTHING) / (size + SMOOTHING))
    total = np.bincount(block, weights=ratio, minlength=n)
    words = np.maximum(np.bincount(block, minlength=n), 1.0)
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
        **similarities(page.likeness["words"], page, weight, "words"),
        **similarities(page.likeness["topic"], page, weight, "topic"),
        **shared(page, weight),
        **setting(page, weight),
        **page.shape,
    }


def second(page: PageView, before: Mapping[str, Floats], first: NDArray[np.float64]) -> dict[str, Floats]:
    """Features once a first score per block, 0..1, is known: likeness to what is left without the suspects.

    The rest counts each block by how likely it is the story's own; beside that stand the neighbours' scores,
    how far a block leads, and its likeness to the strongest suspect and to all suspects together.

    Args:
        page: the blocks.
        before: what `features` gave for them, of which style and place are kept.
        first: the first scores.
    """
    n = page.n
    score = np.clip(first, 1e-4, 1 - 1e-4)
    weight = np.clip(1.25 * (1 - score) - 0.125, 0.02, 1.0).astype(np.float32)
    logit = np.log(score / (1 - score)).astype(np.float32)
    out = {name: column for name, column in before.items() if name not in DROPPED}
    for name, like in page.likeness.items():
        out.update(similarities(like, page, weight, name))
    out.update(shared(page, weight))
    out["first"] = logit
    for step in (-3, -2, -1, 1, 2, 3):
        out[f"first{step:+d}"] = shifted(logit, step)
    out["first.rank"] = (logit[None, :] > logit[:, None]).sum(axis=1).astype(np.float32)
    out["first.lead"] = logit - _highest_elsewhere(logit)
    out["first.sum"] = np.full(n, score.sum(), dtype=np.float32)
    out["first.median"] = np.full(n, np.median(logit), dtype=np.float32)
    out.update(standing(page, score, logit))
    suspect = int(np.argmax(logit))
    out["suspect.score"] = np.full(n, logit[suspect], dtype=np.float32)
    out["suspect.at"] = np.abs(np.arange(n) - suspect).astype(np.float32)
    doubt = (score * (score > DOUBTED)).astype(np.float32)
    for name, like in page.likeness.items():
        out[f"suspect.{name}"] = like.cosines[suspect]
        out[f"suspects.{name}"] = like.to_rest(doubt)
        out[f"suspects.{name}.gap"] = out[f"suspects.{name}"] - out[f"{name}.rest"]
    return out


def standing(page: PageView, score: NDArray[np.float64], logit: Floats) -> dict[str, Floats]:
    """How a block's first score stands beside those of blocks that can't be of one run with it, or are of its shape."""
    n = page.n
    near = np.convolve(score, np.ones(5), mode="full")[2 : n + 2]
    odds = score / (1 - score)
    apart = np.abs(np.arange(n)[:, None] - np.arange(n))
    wide = np.where(apart > 3, logit, np.float32(-9.25)).max(axis=1)
    closed = page.surface[:, SURFACE.index("closed")]
    alike = (closed[:, None] == closed) & (apart > 0)
    count = np.maximum(alike.sum(axis=1), 1)
    mean = (alike * logit).sum(axis=1) / count
    deviation = np.sqrt(np.maximum((alike * logit**2).sum(axis=1) / count - mean**2, 0.0))
    return {
        "first.others": (score.sum() - near).astype(np.float32),
        "first.share": np.log(odds / (1 + odds.sum())).astype(np.float32),
        "first.lead3": logit - wide,
        "first.near": near.astype(np.float32),
        "first.alike": ((logit - mean) / (deviation + 0.3)).astype(np.float32),
        "first.alike.rank": (alike & (logit[None, :] > logit[:, None])).sum(axis=1).astype(np.float32),
        "first.alike.lead": logit - np.where(alike, logit, np.float32(-9.25)).max(axis=1),
    }


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
        "address",
        "exclaim",
        "opens_mark",
        "notice",
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
