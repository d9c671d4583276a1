"""Claims: statements of several pages that say the same thing, and how they differ or contradict each other."""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .claim_neighbours import near_pairs
from .claim_pairs import NEGATED, PairVerdict, Said, compare, cosine, covers, lone_distance, prepare, shared_share
from .graph import Source
from .source_context import says_untrue
from .tokens import sentence_starts

__all__ = [
    "Claim",
    "Difference",
    "Told",
    "find_claims",
    "loose_text",
    "match_text",
    "near_text",
    "outermost",
    "told_sentences",
]

_DATELINE = re.compile(r"[A-Z][A-Z .'’]{2,40}(?:, [^\n(—–]{0,30})?(?: \([A-Za-z ]{2,30}\))? ?[—–-] ?")
MAX_WORDINGS = 3000
"""Distinct wordings of one story that are compared; each takes some 50 kB and 20 ms."""
MIN_SAME = 0.5
MIN_MEAN = 0.4
"""Mean chance that two groups say the same, below which they stay apart."""
MIN_CONTRADICTION = 0.6
MIN_WORDS = 4
MIN_CONTENT = 3
"""Names, numbers and words that say something, in a statement worth comparing."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence or clause that a page tells, with who is said to say it."""

    id: str
    page: str
    outlet: str | None
    time: str | None
    text: str
    span: tuple[int, int]
    """Where it stands in the page's text."""
    chain: tuple[Source, ...] = ()
    """From the page inward; empty for own voice."""
    polarity: str | None = None
    hedged: bool = False
    quoted: bool = False
    order: int = 0
    """Place of the page in order of arrival."""
    beside: str = ""
    """The rest of the sentence around what its source says, with an ellipsis where that stands."""
    after: str = ""
    """What the page says next."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How one statement of a claim differs from an earlier one, or from one of another claim."""

    kind: str
    """contradiction, number, day, name, hardened, attribution_lost, unnamed_lost, quotation."""
    earlier: str
    later: str
    detail: str
    score: float


@dataclass(frozen=True, slots=True)
class Claim:
    """Statements that say the same thing."""

    id: str
    text: str
    """The statement nearest to all others, as a page words it."""
    statements: tuple[Told, ...]
    differences: tuple[Difference, ...]
    near: tuple[Told, ...] = ()
    """Statements of other pages that say something near, and may say the same."""
    left_out: int = 0
    """Statements of its story that were not compared with it, since there are too many."""
    loose: frozenset[str] = frozenset()
    """Statements, by id, that have another word where the claim has one of its own."""

    @property
    def pages(self) -> tuple[str, ...]:
        """Pages that tell it, in time."""
        return tuple(dict.fromkeys(told.page for told in self.statements))


def told_sentences(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, tuple[int, int]]]:
    """The sentences under the spans with their places; what is shorter than a few words is left out."""
    out = []
    for start, end in spans:
        dateline = _DATELINE.match(text, start, end)
        start = dateline.end() if dateline else start
        edges = [start, *(start + at for at in sentence_starts(text[start:end])[1:]), end]
        for first, last in itertools.pairwise(edges):
            words = text[first:last].strip()
            if len(words.split()) >= MIN_WORDS:
                begin = first + len(text[first:last]) - len(text[first:last].lstrip())
                out.append((words, (begin, begin + len(words))))
    return out


def find_claims(statements: Iterable[Told]) -> list[Claim]:
    """Group the statements of a story by what they say.

    Args:
        statements: of all its pages; beyond `MAX_WORDINGS` distinct ones those that come later are left out.

    Returns:
        Claims, those told by most pages first; each statement stands in one. Each tells how many were left out.
    """
    given = sorted(statements, key=lambda told: (told.time or "9999", told.order, told.span, told.id))
    rows = _first_wordings(given)
    left_out = len(given) - len(rows)
    said = _prepared(rows)
    kept = [at for at, one in enumerate(said) if _content(one) >= MIN_CONTENT]
    rows, said = [rows[at] for at in kept], [said[at] for at in kept]
    verdicts = _verdicts(rows, said)
    groups = _groups(len(rows), verdicts)
    home = {at: number for number, group in enumerate(groups) for at in group}
    touching = _by_group(verdicts, home)
    claims = [
        replace(_claim(group, rows, said, touching.get(number, {})), left_out=left_out)
        for number, group in enumerate(groups)
    ]
    return sorted(claims, key=lambda claim: (-len(claim.pages), claim.statements[0].time or "9999", claim.id))


def _first_wordings(rows: Sequence[Told]) -> list[Told]:
    """The rows less those of wordings that come after the first `MAX_WORDINGS`."""
    first = dict.fromkeys((told.text, told.polarity) for told in rows)
    kept = set(itertools.islice(first, MAX_WORDINGS))
    return [told for told in rows if (told.text, told.polarity) in kept]


Verdicts = dict[tuple[int, int], PairVerdict]


def _by_group(verdicts: Verdicts, home: Mapping[int, int]) -> dict[int, Verdicts]:
    """The verdicts on pairs with a statement of each group."""
    out: dict[int, Verdicts] = {}
    for (a, b), verdict in verdicts.items():
        for group in {home[a], home[b]}:
            out.setdefault(group, {})[a, b] = verdict
    return out


def _content(said: Said) -> int:
    claim = said.claim
    return len(set(claim.words)) + len(set(claim.names)) + len(claim.numbers)


def _prepared(rows: Sequence[Told]) -> list[Said]:
    """Each distinct wording is read once."""
    distinct = list(dict.fromkeys((told.text, told.polarity) for told in rows))
    ready = dict(zip(distinct, prepare([t for t, _ in distinct], [p for _, p in distinct]), strict=True))
    return [ready[told.text, told.polarity] for told in rows]


def _verdicts(rows: Sequence[Told], said: Sequence[Said]) -> dict[tuple[int, int], PairVerdict]:
    out: dict[tuple[int, int], PairVerdict] = {}
    judged: dict[tuple[int, int], PairVerdict] = {}
    for a, b in near_pairs(said):
        if rows[a].page != rows[b].page:
            # Copies say the same words: each two wordings are judged once.
            wordings = id(said[a]), id(said[b])
            if wordings not in judged:
                judged[wordings] = compare(said[a], said[b])
            out[a, b] = judged[wordings]
    return out


def _groups(count: int, verdicts: dict[tuple[int, int], PairVerdict]) -> list[list[int]]:
    """Groups joined pair by pair, the surest first, where enough of their pairs agree."""
    chance = {pair: (v.score if v.relation == "same" else 0.0) for pair, v in verdicts.items()}
    linked: dict[int, dict[int, float]] = {}
    for (a, b), score in chance.items():
        linked.setdefault(a, {})[b] = linked.setdefault(b, {})[a] = score
    group = list(range(count))
    members = {at: [at] for at in range(count)}
    for (a, b), score in sorted(chance.items(), key=lambda item: (-item[1], item[0])):
        left, right = group[a], group[b]
        if score < MIN_SAME or left == right:
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        known = [link for at in members[right] for other, link in linked[at].items() if group[other] == left]
        if math.fsum(known) / max(1, len(known)) >= MIN_MEAN:
            for at in members[right]:
                group[at] = left
            members[left] += members.pop(right)
    return [sorted(rows) for rows in sorted(members.values(), key=min)]


def _claim(
    group: Sequence[int],
    rows: Sequence[Told],
    said: Sequence[Said],
    verdicts: Verdicts,
) -> Claim:
    inside = set(group)
    degree = dict.fromkeys(group, 0.0)
    differences: list[Difference] = []
    for (a, b), verdict in sorted(verdicts.items()):
        if a in inside and b in inside:
            degree[a] += verdict.score
            degree[b] += verdict.score
            differences += _drift(rows[a], rows[b], said[a], said[b], verdict)
        elif (a in inside or b in inside) and verdict.relation == "contradiction":
            if verdict.score >= MIN_CONTRADICTION:
                differences.append(_contradiction(rows[a], rows[b], verdict))
        elif (a in inside or b in inside) and _near_miss(verdict, said[a], said[b]):
            differences.append(Difference("number", rows[a].id, rows[b].id, verdict.differences[0], verdict.score))
    best = max(group, key=lambda at: (round(degree[at], 4), -at))
    first = rows[group[0]]
    digest = hashlib.sha256(f"{first.id}\0{first.text}".encode()).hexdigest()[:10]
    statements = tuple(rows[at] for at in group)
    return Claim(f"c{digest}", rows[best].text, statements, tuple(_told_once(differences, statements)))


def _told_once(differences: Iterable[Difference], statements: Sequence[Told]) -> Iterator[Difference]:
    """Each kind once a page, against the first page; what another statement of the page keeps isn't lost."""
    page = {told.id: told.page for told in statements}
    chained = {told.page for told in statements if told.chain}
    unnamed = {told.page for told in statements if any(source.kind == "unnamed" for source in told.chain)}
    seen: set[tuple[str, str, str]] = set()
    for difference in differences:
        where = page.get(difference.later, difference.later)
        if (difference.kind == "attribution_lost" and where in chained) or (
            difference.kind == "unnamed_lost" and where in unnamed
        ):
            continue
        detail = difference.detail if difference.kind in ("number", "day", "name") else ""
        if (difference.kind, where, detail) not in seen:
            seen.add((difference.kind, where, detail))
            yield difference


NEAR_MISS = 0.7


def _near_miss(verdict: PairVerdict, a: Said, b: Said) -> bool:
    """Whether two statements are alike but for a number."""
    if verdict.relation != "different" or not verdict.differences or not verdict.differences[0].startswith("number"):
        return False
    if a.vector is None or b.vector is None or len(verdict.differences) > 1:
        return False
    return cosine(a, b) >= NEAR_MISS


def _contradiction(a: Told, b: Told, verdict: PairVerdict) -> Difference:
    return Difference(
        "contradiction", a.id, b.id, "; ".join(verdict.differences) or "they can't both be so", verdict.score
    )


def _drift(a: Told, b: Told, said_a: Said, said_b: Said, verdict: PairVerdict) -> list[Difference]:
    """What changed from the earlier to the later statement of one claim."""
    out = []

    def add(kind: str, detail: str) -> None:
        out.append(Difference(kind, a.id, b.id, detail, verdict.score))

    for words in verdict.differences:
        kind = words.split()[0]
        if kind in ("number", "day", "month", "year", "name"):
            add("day" if kind in ("month", "year") else kind, words)
    hedged = (a.hedged or said_a.claim.hedged, b.hedged or said_b.claim.hedged)
    if hedged == (True, False):
        add("hardened", "hedged before, plain here")
    if a.chain and not b.chain:
        add("attribution_lost", f"{a.chain[-1].name} said it before; told here as a fact")
    elif any(s.kind == "unnamed" for s in a.chain) and b.chain and not any(s.kind == "unnamed" for s in b.chain):
        add("unnamed_lost", f"unnamed before ({a.chain[-1].name}); {b.chain[-1].name} here")
    if a.quoted and b.quoted and said_a.claim.forms != said_b.claim.forms:
        add("quotation", "the words between the quotation marks are others")
    return out


MIN_COVERED = 0.64
"""How far a statement must say what is asked."""
MANY_WORDS = 10
WHOLLY = 0.85
"""How far a statement must say what is asked for a word of denial in it to be thought of as another clause's."""


def match_text(text: str, statements: Iterable[Told]) -> list[Told]:
    """The statements that say what a text says, whatever else they say, in the order given."""
    rows = list(statements)
    (asked,) = prepare([text])
    found: list[tuple[float, Told]] = []
    near: dict[str, float] = {}
    for told, one in zip(rows, _prepared(rows), strict=True):
        verdict = compare(asked, one)
        same = verdict.relation == "same" and verdict.score >= MIN_SAME
        # A contradiction that no word shows is a guess; what a long statement denies may be something else.
        covered = covers(asked, one)
        shown = verdict.relation == "contradiction" and verdict.differences and len(one.claim.words) <= MANY_WORDS
        # All that is asked is there, and what is denied is something else.
        beside = verdict.differences == (NEGATED,) and covered >= WHOLLY and not says_untrue(told.text)
        if same or ((not shown or beside) and covered >= MIN_COVERED):
            found.append((round(covered, 2), told))
            near[told.id] = shared_share(asked, one)
    found = _nearest_of_page(found, near)
    ranked = sorted(found, key=lambda row: (not row[1].chain, -row[0], len(row[1].chain), row[1].id))
    kept = _apart(_best_sourced([told for _, told in ranked]))
    return [told for told in rows if told in kept]


LONE = 0.5
"""How far the words without a match are from all words of the other side, in a statement that says it loosely."""


def loose_text(text: str, statements: Iterable[Told]) -> frozenset[str]:
    """Ids of the statements in which a word of the text has none that means as much, but another in its place."""
    rows = list(statements)
    (asked,) = prepare([text])
    return frozenset(
        told.id for told, one in zip(rows, _prepared(rows), strict=True) if lone_distance(asked, one) >= LONE
    )


MIN_NEAR = 0.5
"""How far a statement must say what is asked to be told of as near it."""


def near_text(text: str, statements: Iterable[Told], found: Iterable[Told]) -> list[Told]:
    """The nearest statement of each source of whom none was found, where nothing speaks against its saying the same.

    Args:
        text: what is asked.
        statements: those that may say it.
        found: those that do; what a page says on in its own voice, or by the same source, isn't told of.
    """
    counted = list(found)
    told_by = {(told.page, _teller(told)) for told in counted} | {(told.page, "") for told in counted}
    rows = [told for told in statements if (told.page, _teller(told)) not in told_by and not _within(told, counted)]
    (asked,) = prepare([text])
    best: dict[tuple[str, str], tuple[float, Told]] = {}
    for told, one in zip(rows, _prepared(rows), strict=True):
        place, covered = (told.page, _teller(told)), round(covers(asked, one), 2)
        if covered < MIN_NEAR or (place in best and covered <= best[place][0]):
            continue
        verdict = compare(asked, one)
        if verdict.relation != "contradiction" and not verdict.differences:
            best[place] = (covered, told)
    return [told for _, told in best.values()]


def _teller(told: Told) -> str:
    return told.chain[-1].name.lower() if told.chain else ""


def _within(told: Told, others: Iterable[Told]) -> bool:
    """Whether it shares words of its page with one of the others."""
    return any(
        told.page == other.page and told.span[0] < other.span[1] and other.span[0] < told.span[1] for other in others
    )


LOOSER = 1.5
"""A statement is left out where another of its page is so many times nearer to what is asked."""


def _nearest_of_page(found: Sequence[tuple[float, Told]], near: Mapping[str, float]) -> list[tuple[float, Told]]:
    """Statements less those that only touch on what another of the same page says outright."""
    best: dict[str, float] = {}
    for _, told in found:
        best[told.page] = max(best.get(told.page, 0.0), near[told.id])
    return [(covered, told) for covered, told in found if near[told.id] * LOOSER >= best[told.page]]


def outermost(statements: Sequence[Told]) -> list[Told]:
    """The statements less those that stand inside another of the same page: what a source says that another said."""
    ranked = sorted(
        statements, key=lambda told: (not told.chain, told.span[0] - told.span[1], len(told.chain), told.id)
    )
    kept = _apart(_best_sourced(ranked))
    return [told for told in statements if told in kept]


def _best_sourced(ranked: Sequence[Told]) -> list[Told]:
    """Of statements in the very same words of a page, the one whose chain reaches farthest inward."""
    longest: dict[tuple[str, tuple[int, int]], int] = {}
    for told in ranked:
        place = (told.page, told.span)
        longest[place] = max(longest.get(place, 0), len(told.chain))
    return [told for told in ranked if len(told.chain) == longest[told.page, told.span]]


def _apart(ranked: Iterable[Told]) -> set[Told]:
    """The first of those that share words of one page."""
    taken: dict[str, list[tuple[int, int]]] = {}
    kept: set[Told] = set()
    for told in ranked:
        spans = taken.setdefault(told.page, [])
        if not any(told.span[0] < end and start < told.span[1] for start, end in spans):
            spans.append(told.span)
            kept.add(told)
    return kept
