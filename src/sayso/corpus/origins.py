"""Origins: what is left of a claim's sources once chains are followed and copied passages collapsed.

Everything is computed per statement, never by whole pages. Unnamed sources of two outlets are never merged
silently, and never counted as two silently either: they widen the interval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sayso.lang import load

from .graph import Copy, Edge, EdgeKind, Judgement, Node, NodeKind, OriginResult, Root, SaySoGraph, Source, Statement
from .source_names import core_name, described_outlet, nobody, plain_name, spoken_for

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
    rows = sorted(statements, key=lambda statement: statement.id)
    tracer = _Tracer(rows, list(copies))
    held: dict[str, list[Statement]] = {}
    for statement in rows:
        held.setdefault(tracer.root(statement.id), []).append(statement)
    doubts = _judged(_doubts(tracer, held), held, judgements)
    presumed = {pair for pair, doubt in doubts.items() if doubt.presumed}
    reasons = dict.fromkeys([*tracer.notes, *(doubts[pair].reason for pair in sorted(doubts, key=sorted))])
    return OriginResult(
        min=_fewest(held, doubts),
        likely=_fewest(held, presumed),
        max=len(held),
        roots=tuple(_root_row(tracer.graph, root, held[root], doubts) for root in sorted(held)),
        reasons=tuple(reasons),
        tree=tracer.graph,
        pages=len({statement.page for statement in rows}),
        outlets=len({statement.outlet or statement.page for statement in rows}),
    )


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Why two roots may be one."""

    reason: str
    presumed: bool
    """Whether a careful reader counts them as one until shown otherwise."""


Doubts = dict[frozenset[str], _Doubt]


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
        if source.kind == "unnamed":
            if organization := spoken_for(source.name):
                return self.graph.node("organization", organization, plain_name(organization))
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
        self.graph.edges.append(Edge(kind, source, target, row.id, spans, score, reason))


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


def _doubts(tracer: _Tracer, held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Pairs of roots that may be one, with the reason and what would settle it."""
    doubts: Doubts = {}
    nodes = tracer.graph.nodes
    for a, b in combinations([root for root in sorted(held) if nodes[root].kind == "unnamed"], 2):
        first, second = nodes[a].name, nodes[b].name
        if compatible(first, second) and not (nobody(first) or nobody(second)):
            doubts[frozenset((a, b))] = _Doubt(
                f"“{first}” ({_owner(a)}) and “{second}” ({_owner(b)}) may be the same people: "
                "either outlet naming its source, or saying whom it shares, would settle it",
                presumed=plain_name(core_name(first)) == plain_name(core_name(second)) and _counted(first),
            )
    doubts.update(_hearsay(nodes, held))
    doubts.update(_nested_names(nodes, held))
    doubts.update(_described_outlets(nodes, held))
    for statement, copies in sorted(tracer.doubtful.items()):
        for copy in copies:
            pair = frozenset((tracer.root(statement), tracer.root(copy.parent)))
            pages = tracer.rows[statement].page, tracer.rows[copy.parent].page
            reason = f"{pages[0]} may have taken its wording from {pages[1]}: a credit would settle it"
            if len(pair) == 2:
                doubts.setdefault(pair, _Doubt(reason, presumed=False))
    return {**_own_voice_doubts(held), **doubts}


def _hearsay(nodes: Mapping[str, Node], held: Iterable[str]) -> Doubts:
    """Roots of which nobody says who they are: one rumour, most likely, which may go back to any other root."""
    roots = sorted(held)
    unknown = [root for root in roots if nodes[root].kind == "unnamed" and nobody(nodes[root].name)]
    doubts: Doubts = {}
    for root in unknown:
        for other in roots:
            if other in unknown and other != root:
                reason = (
                    f"neither {_owner(root)} nor {_owner(other)} says from whom it has it, which may be one rumour: "
                    "either naming its source would settle it"
                )
                doubts.setdefault(frozenset((root, other)), _Doubt(reason, presumed=True))
            elif other != root:
                reason = (
                    f"{_owner(root)} doesn't say from whom it has it, which may be “{nodes[other].name}”: "
                    "naming its source would settle it"
                )
                doubts[frozenset((root, other))] = _Doubt(reason, presumed=False)
    return doubts


def _own_voice_doubts(held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """An outlet that says it in its own voice, after another, may only repeat it."""
    doubts: Doubts = {}
    for root in sorted(held):
        rows = held[root]
        if any(row.chain for row in rows) or not all(row.time for row in rows):
            continue
        first = min(row.time or "" for row in rows)
        for other in sorted(held):
            earlier = [row for row in held[other] if row.time and row.time < first and row.chain]
            if other != root and earlier:
                teller, before = rows[0].outlet or rows[0].page, earlier[0].outlet or earlier[0].page
                reason = (
                    f"{teller} says it in its own voice, after {before}, without saying how it knows: "
                    "its source would settle it"
                )
                doubts[frozenset((root, other))] = _Doubt(reason, presumed=True)
    return doubts


NAMED = ("person", "organization", "document")


def _nested_names(nodes: Mapping[str, Node], held: Iterable[str]) -> Doubts:
    """Roots of one kind whose names differ by words that one leaves out: *the letter*, *a letter dated March 4*."""
    doubts: Doubts = {}
    named = [root for root in sorted(held) if nodes[root].kind in NAMED]
    for a, b in combinations(named, 2):
        first, second = (set(plain_name(core_name(nodes[root].name)).split()) for root in (a, b))
        if nodes[a].kind == nodes[b].kind and first and second and (first <= second or second <= first):
            doubts[frozenset((a, b))] = _Doubt(
                f"“{nodes[a].name}” and “{nodes[b].name}” are most likely one {nodes[a].kind}: "
                "the full name would settle it",
                presumed=True,
            )
    return doubts


def _described_outlets(nodes: Mapping[str, Node], held: Mapping[str, Sequence[Statement]]) -> Doubts:
    """Roots that are an outlet told of without its name, which may be any outlet that tells the same."""
    doubts: Doubts = {}
    for root in sorted(held):
        if nodes[root].kind != "outlet" or not described_outlet(nodes[root].name):
            continue
        for other in sorted(held):
            named = _first_outlet(held[other])
            if other != root and named:
                doubts[frozenset((root, other))] = _Doubt(
                    f"“{nodes[root].name}” may be {named}: the name of that outlet would settle it",
                    presumed=True,
                )
    return doubts


def _first_outlet(rows: Iterable[Statement]) -> str | None:
    """The outlet that told it first: the innermost one that the earliest statement cites, else its own."""
    first = min(rows, key=lambda row: (row.time or "9999", row.id))
    cited = [source.name for source in first.chain if source.kind == "outlet" and not described_outlet(source.name)]
    return cited[-1] if cited else first.outlet


def _counted(description: str) -> bool:
    """Whether it says how many: “two ministry officials” told twice are likelier the same than “officials”."""
    first = description.lower().split()[0] if description.split() else ""
    return first in ("a", "an", "one", "two", "three", "four", "five", "the", "another")


def _owner(root: str) -> str:
    return root.removeprefix("unnamed:").split("/")[0]


def compatible(first: str, second: str) -> bool:
    """Whether two descriptions of unnamed sources can mean the same people.

    >>> compatible("U.S. officials", "a senior American official"), compatible("a doctor", "two officials")
    (True, False)
    """
    groups = load("unnamed_roles")
    a, b = _role(first, groups), _role(second, groups)
    if a.isdisjoint(b) and a and b:
        return False
    states = _state(first, groups), _state(second, groups)
    return not (states[0] and states[1] and states[0].isdisjoint(states[1]))


def _role(description: str, groups: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    words = set(plain_name(description).split())
    return frozenset(role for role, forms in groups["roles"].items() if words & set(forms.split()))


def _state(description: str, groups: Mapping[str, Mapping[str, str]]) -> frozenset[str]:
    words = set(plain_name(description).split())
    return frozenset(state for state, forms in groups["states"].items() if words & set(forms.split()))


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
        tuple(row.id for row in rows),
        tuple(dict.fromkeys(row.page for row in rows)),
        tuple(dict.fromkeys(row.outlet or row.page for row in rows)),
        tuple(equal),
    )
