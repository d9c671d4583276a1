"""Chains of statements put right by what else the pages say: outlets by their names, who speaks for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.corpus.claims import Told
    from sayso.corpus.graph import Source

__all__ = ["settled"]


def settled(
    statements: Iterable[Told],
    speakers: Mapping[str, str] | None = None,
    roles: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Told]:
    """The statements less those that their page takes back, “the newspaper” by the name of the one it cites.

    Args:
        statements: of any pages.
        speakers: who speaks for which body; what they say is the body's.
        roles: what the pages say that people are.
    """
    from sayso.corpus.source_names import plain_name, taken_back

    rows = [told for told in statements if not any(taken_back(source.name) for source in told.chain)]
    named = _cited(rows)
    known = frozenset(name for held in named.values() for name in held)
    outlets = known | {plain_name(told.outlet) for told in rows if told.outlet}
    out = []
    for told in rows:
        chain = tuple(_named(_reporting(source, known), named[told.page]) for source in told.chain)
        chain = _authored(_for_body(_less_pieces(chain), speakers or {}), outlets)
        out.append(replace(told, chain=_with_roles(chain, roles or {})))
    return out


def _less_pieces(chain: tuple[Source, ...]) -> tuple[Source, ...]:
    """The chain less “its report” after the outlet whose report it is."""
    from sayso.corpus.source_names import bare_piece

    return tuple(
        source
        for at, source in enumerate(chain)
        if not (at and source.kind == "document" and chain[at - 1].kind == "outlet" and bare_piece(source.name))
    )


def _for_body(chain: tuple[Source, ...], speakers: Mapping[str, str]) -> tuple[Source, ...]:
    """The chain with the body for which its last step speaks."""
    from sayso.corpus.graph import Source
    from sayso.corpus.source_names import plain_name

    if not chain or chain[-1].kind != "person":
        return chain
    name = plain_name(chain[-1].name)
    body = speakers.get(name) or next((speakers[full] for full in sorted(speakers) if full.endswith(f" {name}")), None)
    return (*chain, Source("organization", body)) if body else chain


def _authored(chain: tuple[Source, ...], outlets: frozenset[str]) -> tuple[Source, ...]:
    """The chain with the author of the paper that is its last step."""
    from sayso.corpus.graph import Source
    from sayso.corpus.source_names import author_of, plain_name

    author = author_of(chain[-1].name) if chain and chain[-1].kind == "document" else None
    if author is None:
        return chain
    return (*chain, Source("outlet" if plain_name(author) in outlets else "organization", author))


def _with_roles(chain: tuple[Source, ...], roles: Mapping[str, tuple[str, ...]]) -> tuple[Source, ...]:
    """The chain with what the pages say that its people are."""
    from sayso.corpus.source_names import plain_name

    return tuple(
        replace(source, roles=roles[name])
        if source.kind == "person" and (name := plain_name(source.name)) in roles
        else source
        for source in chain
    )


def _reporting(source: Source, outlets: frozenset[str]) -> Source:
    """“A report in the Courier” as the Courier, where any of the pages cites it as an outlet."""
    from sayso.corpus.source_names import reporting_outlet

    outlet = reporting_outlet(source.name, outlets) if source.kind == "document" else None
    return replace(source, kind="outlet", name=outlet) if outlet else source


def _cited(rows: Iterable[Told]) -> dict[str, dict[str, str]]:
    """Outlets that each page cites by name: the name by its plain form."""
    from sayso.corpus.source_names import described_outlet, plain_name

    named: dict[str, dict[str, str]] = {}
    for told in rows:
        held = named.setdefault(told.page, {})
        for source in told.chain:
            own = told.outlet is not None and plain_name(source.name) == plain_name(told.outlet)
            if source.kind == "outlet" and not own and not described_outlet(source.name):
                held.setdefault(plain_name(source.name), source.name)
    return named


def _named(source: Source, cited: dict[str, str]) -> Source:
    """The source by the name of the only outlet that the page cites, where it only says “the newspaper”."""
    from sayso.corpus.source_names import described_outlet

    definite = source.name.lower().startswith("the ") and len(source.name.split()) == 2
    if source.kind == "outlet" and definite and described_outlet(source.name) and len(cited) == 1:
        return replace(source, name=next(iter(cited.values())))
    return source
