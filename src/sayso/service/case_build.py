"""Everything that is worked out across a case's pages, at once and as tables: reuse, stories, claims, origins.

Parts that hang on no other (shingles of some pages, alignments of some pairs, claims of one story) go to an engine;
what joins them stays here. The tables hang on the pages, the judgements and the version alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from sayso.engines.engine import PART_GUARD, Engine
from sayso.engines.local import Guard, Job
from sayso.store.worked import Worked
from sayso.version import __version__

from .case_analysis import Analysis
from .case_claims import claim_row, origins_of, statements_of
from .case_reuse import reuse_rows_of

if TYPE_CHECKING:
    from sayso.corpus.claims import Claim, Told
    from sayso.corpus.kinds import Relation
    from sayso.corpus.stories import Story
    from sayso.store import Store

__all__ = ["Building", "build", "warm_up_claims"]

BATCH_PAGES = 4000
"""Pages whose statements are held at a time, and whose claims are one part of the tables."""
MIN_PAGES = 2
"""Pages that tell a claim in the tables: what one page alone tells has one origin."""


class Building(TypedDict, total=False):
    """How a case's tables are worked out; `Case.build` explains each."""

    workers: int
    engine: Literal["local", "ray"]
    address: str | None
    guard: Guard | None
    progress: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    stories: tuple[Story, ...]


def build(store: Store, how: Building) -> dict[str, Any]:
    """Work out the tables of a case, unless they are there.

    Returns:
        What is said of the tables: version, state of the case, rows, hashes, stories without claims and why.
    Raises:
        InvalidSetting: the engine isn't installed, or the folder can't be written to.
        Retryable: the cluster can't be reached or is lost, or the disk is full; what is done is kept.
    """
    worked = Worked(store.root, _state(store))
    if (card := worked.card()) is not None:
        return card
    engine = Engine(how.get("engine", "local"), how.get("workers", 1), how.get("guard"), how.get("address"))
    with engine.opened():
        analysis = Analysis(store, engine.each)
        if not worked.has("stories"):
            analysis.prepare()
            worked.put("reuse", (_packed(row, "passages") for row in reuse_rows_of(analysis)))
            worked.put("families", map(_family, analysis.families.values()))
            worked.put("stories", _story_rows(analysis))
        failed = _claims(analysis, engine, worked, how.get("progress", lambda done, of: None))
    return worked.finish({"version": __version__, "failed": failed})


def _state(store: Store) -> dict[str, str]:
    """What the tables hang on."""
    kept = repr([astuple(one) for one in store.ledger.judgements()])
    judged = hashlib.sha256(kept.encode()).hexdigest()[:16]
    return {"case": store.digest(), "judgements": judged, "version": __version__}


def _packed(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The row with what is nested as JSON."""
    return {**row, **{name: json.dumps(row[name], ensure_ascii=False, separators=(",", ":")) for name in names}}


def _family(family: Any) -> dict[str, Any]:
    return {name: getattr(family, name) for name in ("id", "family", "parent", "score", "reason")}


def _story_rows(analysis: Analysis) -> Iterator[dict[str, Any]]:
    story = {page: s.id for s in analysis.stories for page in s.pages}
    return ({"id": id, "story": story[id]} for id in analysis.stored)


def _claims(
    analysis: Analysis, engine: Engine, worked: Worked, progress: Callable[[int, int], None]
) -> list[dict[str, str]]:
    """Write claims and origins, a batch of stories at a time; returns the stories that an engine gave up."""
    batches = list(_batches(analysis.stories))
    todo = [batch for batch in batches if not worked.has("origins", batch.number)]
    items = (told for batch in todo for told in _told(analysis, batch))
    job = Job(shared_claims, _given_up, warm_up_claims, engine.guard or PART_GUARD, chunk=1)
    answers = engine.map(job, items)
    within = _relations(analysis)
    done, of = sum(len(b.stories) for b in batches if b not in todo), sum(len(b.stories) for b in batches)
    failed: list[dict[str, str]] = []
    for batch in todo:
        claims: list[dict[str, Any]] = []
        origins: list[dict[str, Any]] = []
        for story in batch.stories:
            found = next(answers)
            done += 1
            progress(done, of)
            if found is None:
                failed.append({"story": story.id, "why": GIVEN_UP})
                continue
            part = _narrowed(analysis, within.get(story.id, []))
            claims += (_claim(story.id, claim) for claim in found)
            origins += (_origins(part, story.id, claim) for claim in found)
        worked.put("claims", claims, batch.number)
        worked.put("origins", origins, batch.number)
    return failed


GIVEN_UP = "a process that died, ran out of memory or took too long on its claims, twice"


def shared_claims(statements: Sequence[Told]) -> list[Claim] | None:
    """Claims of a story that several of its pages tell."""
    from sayso.corpus.claims import find_claims

    return [claim for claim in find_claims(statements) if len(claim.pages) >= MIN_PAGES]


def warm_up_claims() -> None:
    """Load what claims are compared with."""
    shared_claims(())


def _given_up(statements: Sequence[Told]) -> list[Claim] | None:
    return None


def _batches(stories: Iterable[Story]) -> Iterator[_Batch]:
    """Stories of several pages, so many at a time as come to enough pages."""
    number, held, pages = 1, [], 0
    for story in stories:
        if len(story.pages) < MIN_PAGES:
            continue
        held.append(story)
        pages += len(story.pages)
        if pages >= BATCH_PAGES:
            yield _Batch(number, tuple(held))
            number, held, pages = number + 1, [], 0
    if held or number == 1:
        yield _Batch(number, tuple(held))


def _told(analysis: Analysis, batch: _Batch) -> Iterator[list[Told]]:
    """What the pages of each story tell."""
    story = {page: s.id for s in batch.stories for page in s.pages}
    rows: dict[str, list[Told]] = {s.id: [] for s in batch.stories}
    if story:
        for told in statements_of(analysis, tuple(story)):
            rows[story[told.page]].append(told)
    yield from rows.values()


def _relations(analysis: Analysis) -> dict[str, list[Relation]]:
    """Pairs of pages of one story that share text."""
    story = {page: s.id for s in analysis.stories for page in s.pages}
    within: dict[str, list[Relation]] = {}
    for relation in analysis.relations:
        if story[relation.a] == story[relation.b]:
            within.setdefault(story[relation.a], []).append(relation)
    return within


def _narrowed(analysis: Analysis, relations: list[Relation]) -> Analysis:
    """The case as one story sees it: a claim's origins need the pairs among its own pages alone."""
    part = copy(analysis)
    part.__dict__["relations"] = relations
    part.__dict__.pop("relations_of", None)
    return part


def _claim(story: str, claim: Claim) -> dict[str, Any]:
    return {**_packed(claim_row(claim), "statements", "differences"), "story": story}


def _origins(analysis: Analysis, story: str, claim: Claim) -> dict[str, Any]:
    row = _packed(origins_of(analysis, claim).to_dict(), "roots")
    names = ("min", "likely", "max", "reasons", "roots")
    return {"claim": claim.id, "story": story, **{name: row[name] for name in names}}
