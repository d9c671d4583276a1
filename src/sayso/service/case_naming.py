"""Who tells a statement: the steps of its chain, named by what the words around it on the page say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sayso.model import Span

if TYPE_CHECKING:
    from sayso.corpus.graph import NodeKind, Source
    from sayso.store import StoredStatement

__all__ = ["chain_of", "credited", "is_untrue", "relying", "roles_in", "speakers_of", "through", "words_around"]

NODE_KINDS: dict[str, NodeKind] = {
    "named_person": "person",
    "named_official": "person",
    "reporter": "person",
    "unnamed_person": "unnamed",
    "unnamed_official": "unnamed",
    "public": "unnamed",
    "unknown": "unnamed",
    "organization": "organization",
    "government": "organization",
    "outlet": "outlet",
    "document": "document",
    "social_post": "document",
}
_RELATIVE = re.compile(r",?\s+(?:who|which|whose)(?:\s+(?:is|are|was|were|has|have|had))?$")
_END = re.compile(r"[.!?][”\"’')]*\s|\n")
MAX_BEFORE = 150
"""Code points before a statement in which its outlet is looked for."""
MAX_AROUND = 300
"""Code points on either side of a statement in which its sentence is looked for."""


def chain_of(stored: StoredStatement, text: str, outlets: frozenset[str]) -> tuple[Source, ...]:
    """Who says a statement of a page, from the page inward; empty in its own voice.

    Args:
        stored: the statement.
        text: the page's.
        outlets: plain names of the outlets that pages of the case are by.
    """
    chain = tuple(_source(step, stored, text, outlets) for step in stored.chain)
    if [step["kind"] for step in stored.chain] == ["unknown"] and stored.source is None and stored.spans:
        return _introduced(text, stored.spans[0][0], outlets) or chain
    return chain


def credited(text: str, start: int, outlets: frozenset[str] = frozenset()) -> tuple[Source, ...]:
    """The outlet that a sentence in the page's own voice credits with its report, or says to report it."""
    from sayso.corpus.graph import Source
    from sayso.corpus.source_context import opens, rumoured, shown_by
    from sayso.corpus.source_names import credited_outlet

    found = credited_outlet(text) or opens(text, outlets)
    if found is not None:
        name, at = found
        return (Source("outlet", name, Span(start + at, start + at + len(name))),)
    if (told := rumoured(text)) is not None:
        return (Source("unnamed", "rumour", Span(start + told[1], start + told[1] + len(told[0]))),)
    if (shown := shown_by(text)) is not None:
        return (Source("document", shown[0], Span(start + shown[1], start + shown[1] + len(shown[0]))),)
    return ()


def _introduced(text: str, start: int, outlets: frozenset[str]) -> tuple[Source, ...]:
    """The outlet of the case that the words before a statement name, in its line."""
    from sayso.corpus.graph import Source
    from sayso.corpus.source_names import outlet_before

    before = text[max(0, start - MAX_BEFORE) : start]
    before = before[before.rfind("\n") + 1 :]
    found = outlet_before(before, outlets)
    if found is None:
        return ()
    name, at = found
    at += start - len(before)
    return (Source("outlet", name, Span(at, at + len(name))),)


def _source(step: dict[str, Any], stored: StoredStatement, text: str, outlets: frozenset[str]) -> Source:
    from sayso.corpus.graph import Source
    from sayso.corpus.source_context import paper_before
    from sayso.corpus.source_names import is_copy

    span = Span(*step["span"]) if step["span"] else None
    name = _RELATIVE.sub("", (step["name"] or stored.source or "somebody").rstrip(" ,;:—–-"))
    heads = stored.heads if step is stored.chain[-1] else None
    kind = NODE_KINDS.get(step["kind"], "unnamed")
    if span:
        kind, name = _by_words_before(kind, name, text, span.start)
    if span and (paper := paper_before(name, text[max(0, span.start - MAX_BEFORE) : span.start])) != name:
        kind, name = "document", paper
    if kind == "unnamed" and is_copy(name):
        kind = "document"
    if outlet := _outlet(kind, name, text[span.start : span.end] if span else name, outlets):
        kind, name = "outlet", outlet
    elif kind in ("outlet", "organization") and (whole := _whole(name, text, outlets)):
        kind, name = "outlet", whole
    return Source(kind, name, span, None, heads)


def _by_words_before(kind: NodeKind, name: str, text: str, start: int) -> tuple[NodeKind, str]:
    """The one whom a pronoun, or a clause without its noun, stands for, by the words before it in its paragraph."""
    from sayso.corpus.source_context import described_before, named_before
    from sayso.corpus.source_names import pronoun

    before = text[max(0, start - MAX_AROUND) : start]
    before = before[before.rfind("\n") + 1 :]
    if pronoun(name) and (person := named_before(before)):
        return "person", person
    return kind, described_before(name, before)


def _outlet(kind: NodeKind, name: str, words: str, outlets: frozenset[str]) -> str | None:
    """The outlet that a step is, whatever the page that cites it makes of it, or None.

    Args:
        kind, name: what the reading has.
        words: what the page calls it there.
        outlets: plain names of the outlets that pages of the case are by.
    """
    from sayso.corpus.source_names import media_reports, of_staff, plain_name, reporting_outlet

    words = words.strip(" ,;:—–-“”")
    for known in (name, words):
        if plain_name(known) in outlets:
            return known
    if kind == "document":
        return reporting_outlet(name, outlets) or (name if media_reports(name) else None)
    return of_staff(name, outlets) if kind in ("unnamed", "person") else None


def _whole(name: str, text: str, outlets: frozenset[str]) -> str | None:
    """The outlet that a page names in full, of whose name a step has only the end: *Compass*, *The Weekly Compass*."""
    from sayso.corpus.source_names import plain_name

    ends = _by_last_word(outlets).get(plain_name(name).split(" ")[-1], [])
    found = [outlet for outlet in ends if outlet.endswith(f" {plain_name(name)}")]
    place = re.search(rf"\b{re.escape(found[0])}\b", text, re.IGNORECASE) if len(found) == 1 else None
    return place.group() if place else None


@lru_cache(maxsize=4)
def _by_last_word(outlets: frozenset[str]) -> dict[str, list[str]]:
    ends: dict[str, list[str]] = {}
    for outlet in sorted(outlets):
        ends.setdefault(outlet.split(" ")[-1], []).append(outlet)
    return ends


def through(
    chain: tuple[Source, ...], text: str, span: tuple[int, int], outlet: str | None, outlets: frozenset[str]
) -> tuple[Source, ...]:
    """The chain of a statement, less the outlets that only gave occasion to ask, with the outlet that was told.

    Args:
        chain: who tells it, as read.
        text, span: the page's, and where the statement stands in it.
        outlet: the page's.
        outlets: plain names of the outlets that pages of the case are by.
    """
    from sayso.corpus.graph import Source
    from sayso.corpus.source_context import told_here, venue_of
    from sayso.corpus.source_names import plain_name

    before, after = _around(text, *span)
    sentence = before + " " * (span[1] - span[0]) + after
    if len(chain) > 1 and chain[-1].kind in ("unnamed", "person") and told_here(sentence, outlet):
        return chain[-1:]
    if len(chain) != 1 or chain[0].kind != "person" or (found := venue_of(sentence)) is None:
        return chain
    name, at = found
    at += span[0] - len(before)
    if plain_name(name) in {*outlets, plain_name(chain[0].name), plain_name(outlet or "")}:
        return chain
    return (Source("outlet", name, Span(at, at + len(name))), *chain)


def relying(chain: tuple[Source, ...], text: str, span: tuple[int, int], outlets: frozenset[str]) -> tuple[Source, ...]:
    """The chain of a statement, with the outlet on whose report its source is said to rely."""
    from sayso.corpus.graph import Source
    from sayso.corpus.source_context import relied_on
    from sayso.corpus.source_names import plain_name

    before, after = _around(text, *span)
    start = span[0] - len(before)
    found = relied_on(before + " " * (span[1] - span[0]) + after, outlets) if chain else None
    if found is None or plain_name(found[0]) in {plain_name(source.name) for source in chain}:
        return chain
    name, at = found
    return (*chain, Source("outlet", name, Span(start + at, start + at + len(name))))


def is_untrue(stored: StoredStatement, text: str) -> bool:
    """Whether the words around a statement, in its sentence, or its own first ones call it untrue."""
    from sayso.corpus.source_context import called_untrue, says_untrue

    if not stored.spans:
        return False
    start, end = stored.spans[0][0], stored.spans[-1][1]
    return says_untrue(text[start:end], worded=True) or called_untrue(*_around(text, start, end))


MAX_AFTER = 240
"""Code points after a statement's sentence that are read for who else says so."""


def words_around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """The rest of a statement's sentence, an ellipsis where it stands, and what the page says next."""
    from sayso.corpus.doubts_unsaid import GAP

    if not spans:
        return "", ""
    before, rest = _around(text, spans[0][0], spans[-1][1])
    end = spans[-1][1] + len(rest)
    return f"{before}{GAP}{rest}", text[end : end + MAX_AFTER]


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the sentence before and after a stretch of the text."""
    before = _END.split(text[max(0, start - MAX_AROUND) : start])[-1]
    return before, _END.split(text[end : end + MAX_AROUND])[0]


def speakers_of(texts: Iterable[str]) -> dict[str, str]:
    """Who speaks for which body, as any of the pages says: plain name of the person, and the body."""
    from sayso.corpus.source_context import spokespeople

    found: dict[str, str] = {}
    for text in texts:
        for person, body in spokespeople(text).items():
            found.setdefault(person, body)
    return found


def roles_in(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What any of the pages says that people are, by plain name."""
    from sayso.corpus.source_context import roles_of

    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for person, roles in roles_of(text).items():
            found[person] = tuple(dict.fromkeys([*found.get(person, ()), *roles]))
    return found
