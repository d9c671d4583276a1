"""Origins: what is left of a claim's sources once chains are followed and copied passages collapsed.

Everything is computed per statement, never by whole pages. Unnamed sources of two outlets are never merged
silently, and never counted as two silently either: they widen the interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from .doubts import Doubts, Resemblance, doubts_of
from .graph import Copy, Edge, EdgeKind, Judgement, NodeKind, OriginResult, Root, SaySoGraph, Source, Statement
from .more_sources import more_sources
from .source_names import core_name, is_named, joined, plain_name, spoken_for

__all__ = ["origins", "plain_name"]

SURE_COPY = 0.5
"""From this score on a copied statement has no origin of its own."""
DOUBTFUL_COPY = 0.15
"""From this score on it may have none."""


def origins(
    statements: Iterable[Statement], copies: Iterable[Copy] = (), judgements: Iterable[Judgement] = ()
) -> OriginResult:
    """Count the independent origins of one claim.

    Args:
        statements: every page's wording of the claim, with its chain.
        copies: which of them stand in passages taken from others of them.
        judgements: what a person decided about pairs of roots, by their ids.

    Returns:
        An interval with its roots, reasons and graph; 0 to 0 for no statements.
    """
    given = list(copies)
    taken = {copy.statement for copy in given if copy.score >= SURE_COPY}
    rows = _each_source(sorted(statements, key=lambda statement: statement.id), taken)
    tracer = _Tracer(rows, given)
    held: dict[str, list[Statement]] = {}
    for statement in rows:
        held.setdefault(tracer.root(statement.id), []).append(statement)
    doubts = _judged(doubts_of(tracer.graph.nodes, held, tracer.alike()), held, judgements)
    presumed = {pair for pair, doubt in doubts.items() if doubt.presumed}
    more = more_sources(tracer.graph.nodes, held, taken)
    reasons = dict.fromkeys([*tracer.notes, *(doubts[pair].reason for pair in sorted(doubts, key=sorted)), *more])
    return OriginResult(
        min=_fewest(held, doubts),
        likely=_fewest(held, presumed),
        max=len(held) + len(more),
        roots=tuple(_root_row(tracer.graph, root, held[root], doubts) for root in sorted(held)),
        reasons=tuple(reasons),
        tree=tracer.graph,
        pages=len({statement.page for statement in rows}),
        outlets=len({statement.outlet or statement.page for statement in rows}),
    )


def _judged(doubts: Doubts, held: dict[str, list[Statement]], judgements: Iterable[Judgement]) -> Doubts:
    """The doubts that a person's judgements leave; roots judged the same are joined in `held`."""
    for judgement in judgements:
        pair = frozenset((judgement.a, judgement.b))
        doubts.pop(pair, None)
        if judgement.verdict == "same" and len(pair) == 2 and pair <= held.keys():
            keep, drop = sorted(pair)
            held[keep] += held.pop(drop)
            moved = {frozenset(keep if root == drop else root for root in pair): why for pair, why in doubts.items()}
            doubts = {pair: why for pair, why in moved.items() if len(pair) == 2}
    return doubts


PART = "\0"
"""Between a statement's id and the number of one of the people who say it together."""


def _each_source(rows: Iterable[Statement], copied: Collection[str]) -> list[Statement]:
    """The statements, once for each of the sources that they name side by side."""
    rows = list(rows)
    outlets = {plain_name(row.outlet) for row in rows if row.outlet}
    out = []
    for row in rows:
        parts = _parts(row.chain[-1], outlets) if row.chain and row.id not in copied else []
        out.append(replace(row, chain=(*row.chain[:-1], parts[0])) if parts else row)
        for number, part in enumerate(parts[1:], 2):
            out.append(replace(row, id=f"{row.id}{PART}{number}", chain=(*row.chain[:-1], part)))
    return out


def _parts(source: Source, outlets: Collection[str]) -> list[Source]:
    """The sources that one name lists; empty where it is one."""
    names = joined(source.name)
    known = all(plain_name(name) in outlets for name in names)
    if len(names) < 2 or source.kind not in ("person", "unnamed", "outlet") or (source.kind == "outlet" and not known):
        return []
    if known:
        return [replace(source, kind="outlet", name=name, key=None) for name in names]
    if not any(is_named(name) for name in names):
        # “Two officials and an engineer” is one description, as “three officials” is.
        return []
    return [replace(source, kind="person" if is_named(name) else "unnamed", name=name, key=None) for name in names]


class _Tracer:
    """Follows copies and chains inward, statement by statement, and draws the graph on the way."""

    def __init__(self, rows: Sequence[Statement], copies: Sequence[Copy]) -> None:
        self.rows = {row.id: row for row in rows}
        self.graph = SaySoGraph()
        self.notes: list[str] = []
        self.doubtful: dict[str, list[Copy]] = {}
        self._copies: dict[str, Copy] = {}
        self._found: dict[str, str] = {}
        for copy in sorted(copies, key=lambda copy: (-copy.score, copy.parent)):
            if copy.statement in self.rows and copy.parent in self.rows and copy.statement != copy.parent:
                if copy.score >= SURE_COPY:
                    self._copies.setdefault(copy.statement, copy)
                elif copy.score >= DOUBTFUL_COPY:
                    self.doubtful.setdefault(copy.statement, []).append(copy)
        self._of_outlet: dict[str, list[str]] = {}
        for row in rows:
            if row.outlet:
                self._of_outlet.setdefault(plain_name(row.outlet), []).append(row.id)
        self._kinds = _kinds(rows)
        self._through: dict[str, str] = {}
        for row in rows:
            for source in row.chain[:-1]:
                if self._kind(source) in TELLERS:
                    self._through.setdefault(plain_name(source.name), row.id)

    def alike(self) -> Iterator[Resemblance]:
        """Roots of which one's statement may be a copy of the other's."""
        for statement, copies in sorted(self.doubtful.items()):
            for copy in copies:
                roots = frozenset((self.root(statement), self.root(copy.parent)))
                yield Resemblance(roots, (self.rows[statement].page, self.rows[copy.parent].page))

    def root(self, statement: str) -> str:
        """Id of the node that a statement goes back to."""
        path: list[str] = []
        place = ""
        while statement not in self._found:
            if statement in path:
                place = self._circle(path[path.index(statement) :])
                break
            path.append(statement)
            step = self._step(statement)
            if step not in self.rows:
                place = step
                break
            statement = step
        else:
            place = self._found[statement]
        for passed in path:
            self._found[passed] = place
        return place

    def _circle(self, path: Sequence[str]) -> str:
        first = min(path)
        self.notes.append(
            f"{len(path)} statements cite each other in a circle; who said it first is not on these pages"
        )
        return self._own(self.rows[first])

    def _step(self, statement: str) -> str:
        """The statement that this one was taken from, else the node that it goes back to."""
        row = self.rows[statement]
        page = self.graph.node("page", row.page, row.page)
        copy = self._copies.get(statement)
        if copy is not None:
            target = self.graph.node("page", self.rows[copy.parent].page, self.rows[copy.parent].page)
            self._edge("copies", page, target, row, copy.score, copy.reason)
            return copy.parent
        node = page
        for source in row.chain:
            inner = self._source_node(row, source)
            kind: EdgeKind = "cites" if self._kind(source) == "outlet" else "says"
            self._edge(kind, node, inner, row, 1.0, source.name, source)
            node = inner
        if not row.chain:
            return self._own(row)
        for at in range(len(row.chain) - 1, -1, -1):
            told = self._told_by(row, row.chain[at].name) if self._kind(row.chain[at]) == "outlet" else None
            if told and (self.rows[told].chain or at == len(row.chain) - 1):
                return told
        if self._kind(row.chain[-1]) in TELLERS:
            # Its own page isn't here, but another tells whom it cites.
            through = self._through.get(plain_name(row.chain[-1].name))
            return node if through in (None, row.id) else str(through)
        return node

    def _kind(self, source: Source) -> NodeKind:
        """What a named source is, as most of the pages have it."""
        return self._kinds.get(plain_name(source.name), source.kind) if source.kind in ALIKE else source.kind

    def _own(self, row: Statement) -> str:
        if row.outlet:
            return self.graph.node("outlet", row.outlet, plain_name(row.outlet))
        return self.graph.node("page", row.page, row.page)

    def _told_by(self, row: Statement, outlet: str) -> str | None:
        """The cited outlet's own statement of the claim, where the case holds it; its best-sourced one."""
        told = [other for other in self._of_outlet.get(plain_name(outlet), []) if self.rows[other].page != row.page]
        return min(told, key=lambda id: (-len(self.rows[id].chain), self.rows[id].time or "", id), default=None)

    def _source_node(self, row: Statement, source: Source) -> str:
        if source.kind in ("unnamed", "organization") and (whom := spoken_for(source.name)):
            return self.graph.node(self._kind(Source("organization", whom)), whom, plain_name(whom))
        if source.kind == "unnamed":
            owner = plain_name(row.outlet or row.page)
            cited = next((step.name for step in reversed(row.chain) if self._kind(step) == "outlet"), None)
            key = f"{plain_name(cited) if cited else owner}/{plain_name(core_name(source.name))}"
            return self.graph.node("unnamed", source.name, key)
        return self.graph.node(self._kind(source), source.name, source.key or plain_name(source.name))

    def _edge(
        self,
        kind: EdgeKind,
        source: str,
        target: str,
        row: Statement,
        score: float,
        reason: str,
        step: Source | None = None,
    ) -> None:
        spans = (row.span,) if step is None or step.span is None else (row.span, step.span)
        self.graph.edges.append(Edge(kind, source, target, _whole(row.id), spans, score, reason))


def _whole(id: str) -> str:
    return id.partition(PART)[0]


ALIKE: tuple[NodeKind, ...] = ("outlet", "person", "organization")
"""What a name may be taken for on one page or another; where pages disagree evenly, in this order."""
TELLERS = ("outlet", "organization")


def _kinds(rows: Iterable[Statement]) -> dict[str, NodeKind]:
    """The kind of each name, as most statements have it: one name is one source."""
    counts: dict[str, Counter[NodeKind]] = {}
    for row in rows:
        for source in row.chain:
            if source.kind in ALIKE:
                counts.setdefault(plain_name(source.name), Counter())[source.kind] += 1
    return {name: min(held, key=lambda kind: (-held[kind], ALIKE.index(kind))) for name, held in counts.items()}


def _fewest(roots: Iterable[str], may: Iterable[frozenset[str]]) -> int:
    """Fewest origins if all doubts fall one way: groups in which every pair may be one."""
    linked = {
        root: {other for pair in may if root in pair for other in pair if other != root} for root in sorted(roots)
    }
    groups: list[set[str]] = []
    for root in sorted(linked, key=lambda root: (len(linked[root]), root)):
        home = next((group for group in groups if group <= linked[root]), None)
        if home is None:
            groups.append({root})
        else:
            home.add(root)
    return len(groups)


def _root_row(graph: SaySoGraph, root: str, rows: Sequence[Statement], may: Iterable[frozenset[str]]) -> Root:
    node = graph.nodes[root]
    equal = sorted(other for pair in may if root in pair for other in pair if other != root)
    return Root(
        root,
        node.kind,
        node.name,
        tuple(dict.fromkeys(_whole(row.id) for row in rows)),
        tuple(dict.fromkeys(row.page for row in rows)),
        tuple(dict.fromkeys(row.outlet or row.page for row in rows)),
        tuple(equal),
    )
