"""Claims of a story and their origins: the stored statements brought together with who copied whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sayso.errors import InvalidSetting
from sayso.model import Span

from .case_chains import settled
from .case_naming import chain_of, credited, is_untrue, relying, roles_in, speakers_of, through, words_around
from .case_story import find_story, in_time
from .case_verdicts import Verdicts, value_of, verdicts_of

if TYPE_CHECKING:
    from sayso.corpus.claims import Claim, Told
    from sayso.corpus.graph import Copy, OriginResult, Source
    from sayso.store import StoredStatement

    from .case_analysis import Analysis

__all__ = [
    "ClaimOrigins",
    "acts_of",
    "chain_of",
    "claim_row",
    "claims_of",
    "find_claim",
    "is_denied",
    "origins_of",
    "statements_of",
]

NAMED = ("person", "organization", "document")
COPYING = ("wire", "verbatim", "edited", "rewrite")
SAME_WORDS, SAME_SHARE, ONE_AUTHOR, NEARER = 15, 0.8, 0.9, 0.05
OTHER_SOURCE = 0.45
"""How sure a copy is, at most, where the two statements name different people, bodies or documents."""
CODES = {
    "contradiction": "SAY501",
    "number": "SAY502",
    "day": "SAY503",
    "name": "SAY503",
    "hardened": "SAY504",
    "attribution_lost": "SAY505",
    "unnamed_lost": "SAY506",
    "quotation": "SAY507",
}
"""Finding code of each kind of difference."""
MAX_NESTED = 8
SURE_DIRECTION = 0.9
MAX_ASKED = 400
"""Statements that share most words with a text and are looked at for it."""


@dataclass(frozen=True, slots=True)
class ClaimOrigins:
    """A claim with the origins that its statements go back to."""

    claim: Claim
    origins: OriginResult
    copies: tuple[Copy, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `--json` prints it."""
        from .case_origin_rows import origin_rows

        return origin_rows(self)


def claims_of(analysis: Analysis, story: str) -> list[Claim]:
    """The claims of a story (named by its id or one of its pages), those told by most pages first."""
    from sayso.corpus.claims import find_claims

    found = find_story(analysis, story)
    held = analysis.claims.get(found.id)
    if held is None:
        held = analysis.claims[found.id] = find_claims(statements_of(analysis, found.pages))
        analysis.remember({claim.id: found.id for claim in held})
    return held


def statements_of(analysis: Analysis, pages: Sequence[str]) -> list[Told]:
    """Every sentence that the pages tell: contents of attributions, and what they say in their own voice."""
    order = {page.id: (page.number, page) for page in in_time(analysis, tuple(pages))}
    rows = [stored for stored in analysis.view.statements(pages) if stored.doc in order]
    acts = acts_of(rows)
    outlets = analysis.outlets
    told = [
        told
        for stored in rows
        for told in _told(stored, is_denied(stored, acts, order[stored.doc][1].text), outlets, *order[stored.doc])
    ]
    texts = [page.text for _, page in order.values()]
    return settled(told, speakers_of(texts), roles_in(texts))


def acts_of(rows: Iterable[StoredStatement]) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """The act and the parent of each statement."""
    return {(stored.doc, stored.id): (stored.act, stored.parent) for stored in rows}


def is_denied(
    stored: StoredStatement, acts: dict[tuple[str, str], tuple[str | None, str | None]], text: str = ""
) -> bool:
    """Whether it is a denial's content, stands inside one, or is called untrue by the words of its page around it."""
    if is_untrue(stored, text):
        return True
    act, parent = stored.act, stored.parent
    for _ in range(MAX_NESTED):
        if act == "denial" or parent is None:
            break
        act, parent = acts.get((stored.doc, parent), (None, None))
    return act == "denial"


def _told(stored: StoredStatement, denied: bool, outlets: frozenset[str], number: int, page: Any) -> Iterator[Told]:
    from sayso.corpus.claims import Told, told_sentences

    if stored.kind == "attribution" and stored.tier != "speech" and stored.act not in ("denial", "accusation"):
        return
    chain = chain_of(stored, page.text, outlets)
    if chain and stored.spans:
        whole = stored.spans[0][0], stored.spans[-1][1]
        chain = relying(through(chain, page.text, whole, page.outlet, outlets), page.text, whole, outlets)
    polarity = "negated" if denied else None
    beside, after = words_around(page.text, stored.spans) if chain else ("", "")
    for text, span in told_sentences(page.text, stored.spans):
        yield Told(
            id=f"{stored.doc}/{stored.id}@{span[0]}",
            page=stored.doc,
            outlet=page.outlet,
            time=page.published,
            text=text,
            span=span,
            chain=_or_credited(chain, text, span[0], outlets),
            polarity=polarity,
            hedged=stored.certainty == "hedged",
            quoted=stored.form == "direct",
            order=number,
            beside=beside,
            after=after,
        )


def _or_credited(chain: tuple[Source, ...], text: str, start: int, outlets: frozenset[str]) -> tuple[Source, ...]:
    """The chain, else the outlet that the sentence itself credits; that too where the chain only says “the papers”."""
    from sayso.corpus.source_names import described_outlet

    loose = all(source.kind in ("document", "outlet") and described_outlet(source.name) for source in chain)
    return (credited(text, start, outlets) or chain) if loose else chain


def find_claim(analysis: Analysis, asked: str) -> Claim:
    """The claim of that id, or the one made of the statements that say what a text says.

    Raises:
        InvalidSetting: nothing in the case says so.
    """
    if asked.startswith("c") and len(asked) == 11 and " " not in asked:
        known = analysis.story_of_claim.get(asked)
        # Where nobody asked for its story since the pages changed, every story is gone through.
        for story in [known] if known else [story.id for story in analysis.stories]:
            for claim in claims_of(analysis, story):
                if claim.id == asked:
                    return claim
        raise InvalidSetting(f"expected the id of a claim, got {asked}; `sayso claims CASE STORY` lists them")
    return _asked(analysis, asked)


def _asked(analysis: Analysis, text: str) -> Claim:
    from sayso.corpus.claim_text import read_claim
    from sayso.corpus.claims import Claim, loose_text, match_text, near_text

    asked = read_claim(text)
    pages = analysis.view.sharing([*asked.words, *asked.names], limit=MAX_ASKED)
    told = statements_of(analysis, pages)
    near = _sharing(text, told)
    same = match_text(text, near)
    if not same:
        raise InvalidSetting(f"expected a claim that the case holds, got “{text}”; try other words, or `sayso search`")
    same.sort(key=lambda told: (told.time or "9999", told.order, told.span))
    left_out = _passed_over(text, told, near) if len(near) == MAX_ASKED else 0
    return Claim("asked", text, tuple(same), (), tuple(near_text(text, near, same)), left_out, loose_text(text, same))


def _sharing(text: str, statements: Iterable[Told]) -> list[Told]:
    """The statements that share most words with a text."""
    from sayso.corpus.claim_text import read_claim

    asked = read_claim(text)
    wanted = {*asked.words, *asked.names}
    ranked: list[tuple[int, int, Told]] = []
    for told in statements:
        claim = read_claim(told.text)
        shared = len(wanted & {*claim.words, *claim.names})
        if shared or len(wanted) < 2:
            ranked.append((-shared, len(ranked), told))
    return [told for _, _, told in sorted(ranked, key=lambda row: row[:2])[:MAX_ASKED]]


def _passed_over(text: str, told: Sequence[Told], near: Sequence[Told]) -> int:
    """How many statements share at least half the words of a text, and were not looked at for it."""
    from sayso.corpus.claim_text import read_claim

    asked = read_claim(text)
    wanted = {*asked.words, *asked.names}
    kept = {one.id for one in near}
    claims = [read_claim(one.text) for one in told if one.id not in kept]
    return sum(2 * len(wanted & {*claim.words, *claim.names}) >= len(wanted) for claim in claims)


def origins_of(analysis: Analysis, claim: Claim) -> ClaimOrigins:
    """The independent origins of a claim, with a person's judgements applied."""
    from sayso.corpus.claims import outermost
    from sayso.corpus.graph import Judgement, Statement
    from sayso.corpus.origins import origins

    verdicts = verdicts_of(analysis.store)
    claim = verdicts.claim(claim)
    told = outermost(claim.statements)
    rows = [
        Statement(
            t.id,
            t.page,
            t.outlet,
            Span(*t.span),
            t.chain,
            t.time,
            t.text if t.quoted else "",
            t.beside,
            t.after,
            t.id in claim.loose,
        )
        for t in told
    ]
    copies = tuple(_copies(analysis, claim, verdicts))
    same = [
        Judgement("same" if kept.verdict == "same" else "different", kept.a, kept.b)
        for kept in analysis.store.ledger.judgements(what="root")
        if kept.verdict != "unsure"
    ]
    found = _with_near(origins(rows, copies, same), claim.near)
    return ClaimOrigins(claim, _with_left_out(found, claim.left_out), copies)


def _with_left_out(found: OriginResult, left_out: int) -> OriginResult:
    """The result, with the number of statements that nobody compared with the claim."""
    if not left_out:
        return found
    reason = f"{left_out} statements were not compared with it, for there are too many: ask for narrower words"
    return replace(found, reasons=(*found.reasons, reason))


MAX_NEAR = 3
"""Statements near a claim that are told of, each."""


def _with_near(found: OriginResult, near: Sequence[Told]) -> OriginResult:
    """The result, open for the pages that say something near the claim."""
    if not near:
        return found
    reasons = [
        f"{told.outlet or told.page} tells something near it (“{told.text}”), which isn't counted: "
        "reading both would settle whether it is the same"
        for told in near[:MAX_NEAR]
    ]
    if len(near) > MAX_NEAR:
        reasons.append(f"{len(near) - MAX_NEAR} more pages tell something near it, which isn't counted either")
    more = {(told.outlet or told.page, told.chain[-1].name.lower() if told.chain else "") for told in near}
    return replace(found, max=found.max + len(more), reasons=(*found.reasons, *reasons))


def _copies(analysis: Analysis, claim: Claim, verdicts: Verdicts) -> Iterator[Copy]:
    """Statements of the claim that stand in a passage taken from a page which tells it in that passage too."""
    from sayso.corpus.graph import Copy

    told: dict[str, list[Told]] = {}
    for statement in claim.statements:
        told.setdefault(statement.page, []).append(statement)
    for relation in analysis.relations_among(told):
        if relation.kind not in COPYING:
            continue
        judged = verdicts.edges.get(frozenset((relation.a, relation.b)))
        if judged is not None and judged.verdict == "reject":
            continue
        first = relation.earlier or _earlier(analysis, relation.a, relation.b, verdicts)
        if judged is not None and judged.verdict == "correct":
            first = value_of(judged).get("earlier", first)
        flip = first == relation.b
        for passage in relation.passages:
            later, earlier = (passage.a, passage.b) if flip else (passage.b, passage.a)
            score = relation.score if judged is None else 1.0
            if passage.run >= SAME_WORDS and passage.density >= SAME_SHARE:
                # Whoever was first, so many words in a row have one author.
                score = max(score, ONE_AUTHOR + NEARER * score)
            parents = [t for t in told[first] if _meets(t.span, earlier)]
            for statement in told[relation.b if first == relation.a else relation.a]:
                if parents and _meets(statement.span, later):
                    parent = _nearest(statement, parents, later, earlier)
                    taken, source = statement, parent
                    if relation.score < SURE_DIRECTION and _cites(parent) and not _cites(statement):
                        # Who says that another outlet reported it was not the first.
                        taken, source = parent, statement
                    doubtful = passage.run < SAME_WORDS and judged is None and _other_source(taken, source)
                    sure = min(score, OTHER_SOURCE) if doubtful else score
                    yield Copy(taken.id, source.id, sure, f"{relation.kind}: {relation.reason}")


def _other_source(a: Told, b: Told) -> bool:
    """Whether both name who says it, and name somebody else."""
    from sayso.corpus.source_names import core_name, plain_name

    named = [told.chain[-1] for told in (a, b) if told.chain and told.chain[-1].kind in NAMED]
    if len(named) < 2:
        return False
    first, second = (set(plain_name(core_name(source.name)).split()) for source in named)
    return not (first <= second or second <= first)


def _cites(told: Told) -> bool:
    """Whether it goes by what another outlet reported."""
    from sayso.corpus.origins import plain_name

    own = plain_name(told.outlet or "")
    return any(source.kind == "outlet" and plain_name(source.name) != own for source in told.chain)


def _earlier(analysis: Analysis, a: str, b: str, verdicts: Verdicts) -> str:
    """The page whose clock is earlier, else the one that came first into the case."""
    first, second = analysis.stored[a], analysis.stored[b]
    return min(
        (first, second), key=lambda page: (verdicts.published(page.id, page.published) or "9999", page.number)
    ).id


def _meets(span: tuple[int, int], passage: tuple[int, int]) -> bool:
    """Whether at least half of the statement stands in the passage."""
    inside = min(span[1], passage[1]) - max(span[0], passage[0])
    return 2 * inside >= span[1] - span[0]


def _nearest(told: Told, parents: Sequence[Told], later: tuple[int, int], earlier: tuple[int, int]) -> Told:
    """The parent's statement at the same place of the passage."""
    place = (told.span[0] - later[0]) / max(1, later[1] - later[0])
    where = earlier[0] + place * (earlier[1] - earlier[0])
    return min(parents, key=lambda parent: (abs(parent.span[0] - where), parent.id))


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim as plain data."""
    return {
        "id": claim.id,
        "text": claim.text,
        "pages": list(claim.pages),
        "outlets": list(dict.fromkeys(t.outlet for t in claim.statements if t.outlet)),
        "not_compared": claim.left_out,
        "statements": [
            {
                "id": t.id,
                "page": t.page,
                "outlet": t.outlet,
                "published": t.time,
                "text": t.text,
                "span": list(t.span),
                "chain": [{"kind": s.kind, "name": s.name} for s in t.chain],
                "polarity": t.polarity or "affirmed",
                "hedged": t.hedged,
            }
            for t in claim.statements
        ],
        "differences": [
            {
                "code": CODES[d.kind],
                "kind": d.kind,
                "earlier": d.earlier,
                "later": d.later,
                "detail": d.detail,
                "score": d.score,
            }
            for d in claim.differences
        ],
    }
