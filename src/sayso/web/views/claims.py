"""Claims: what the pages of a story say alike, and the independent origins behind each number."""

from __future__ import annotations

from typing import Any

from sayso.errors import InvalidSetting
from sayso.render.origin_tree import build_tree
from sayso.render.words_diff import word_changes
from sayso.service.case_analysis import Analysis
from sayso.service.case_claims import ClaimOrigins, claim_row, claims_of, find_claim, origins_of
from sayso.service.case_origin_rows import origin_rows
from sayso.web.errors import NotFound
from sayso.web.params import LIMIT, OFFSET, Param
from sayso.web.room import key_of
from sayso.web.view import Ask, Shown, View, paging

from .stories import page_card

__all__ = ["VIEWS", "statement_address"]

WORDS = {
    "contradiction": "contradicts",
    "number": "another number",
    "day": "another day",
    "name": "another name",
    "hardened": "hardened: the hedge is gone",
    "attribution_lost": "told as fact: the attribution is gone",
    "unnamed_lost": "the unnamed source is gone",
    "quotation": "the quotation reads otherwise",
}


def statement_address(statement: str) -> str:
    """Where one statement of a claim is shown."""
    page, _, id = statement.rpartition("/")
    return f"/pages/{key_of(page)}/statements/{id.split('@')[0]}"


def claims(ask: Ask) -> Shown:
    """The claims of a story by how many pages tell them, with the origins each goes back to."""
    room = ask.room
    found = room.story(ask.at["story"])
    what = "what the pages of this story say alike"
    rows = room.work("claims", lambda: _claims(room.prepared(), found.id), what, found.id)
    kept = [row for row in rows if _fits(row, ask.args["show"])]
    start = ask.args["offset"]
    table = kept[start : start + ask.args["limit"]]
    data = {
        "story": found.id,
        "key": key_of(found.id),
        "claims": table,
        "counts": {show: sum(_fits(row, show) for row in rows) for show in SHOWS},
        **paging(ask, len(kept)),
    }
    flat = [{name: row[name] for name in row if name not in ("statements", "differences")} for row in table]
    changes = [[_changes(difference) for difference in row["differences"]] for row in table]
    return Shown(data, flat, {"changes": changes, "words": WORDS})


SHOWS = ("shared", "contradictions", "drift", "all")


def _fits(row: dict[str, Any], show: str) -> bool:
    kinds = {difference["kind"] for difference in row["differences"]}
    if show == "contradictions":
        return bool(kinds & {"contradiction", "number", "day", "name"})
    if show == "drift":
        return bool(kinds & {"hardened", "attribution_lost", "unnamed_lost", "quotation"})
    return show == "all" or len(row["pages"]) > 1


def _changes(difference: dict[str, Any]) -> Any:
    return word_changes(difference["earlier_text"] or "", difference["later_text"] or "")


def _claims(analysis: Analysis, story: str) -> list[dict[str, Any]]:
    found = claims_of(analysis, story)
    texts = {told.id: (told.text, told.outlet) for claim in found for told in claim.statements}
    rows = []
    for claim in found:
        row = claim_row(claim)
        counted = origins_of(analysis, claim).origins
        row |= {"min": counted.min, "likely": counted.likely, "max": counted.max, "address": f"/claims/{claim.id}"}
        for difference in row["differences"]:
            for side in ("earlier", "later"):
                text, outlet = texts.get(difference[side], (None, None))
                difference[f"{side}_text"], difference[f"{side}_outlet"] = text, outlet
                difference[f"{side}_address"] = statement_address(difference[side])
        rows.append(row)
    return sorted(rows, key=lambda row: (-len(row["pages"]), row["min"]))


def claim(ask: Ask) -> Shown:
    """One claim: the number of its origins, the tree behind it, and every wording."""
    room = ask.room
    analysis = room.prepared()
    asked = ask.at["claim"]

    def work() -> ClaimOrigins | None:
        try:
            return origins_of(analysis, find_claim(analysis, asked))
        except InvalidSetting:
            return None

    found = room.work("claim", work, "the origins of this claim", asked)
    if found is None:
        raise NotFound(f"expected a claim of this case, got {asked[:60]!r}; open a story and its claims")
    return _claim(analysis, found)


def asked(ask: Ask) -> Shown:
    """A claim in a person's own words: what in the case says so, and where it comes from."""
    room = ask.room
    text = ask.args["text"]
    if not text:
        raise InvalidSetting("expected a claim in words at `text`, got none; write one")
    analysis = room.prepared()
    found = room.work("asked", lambda: origins_of(analysis, find_claim(analysis, text)), "where this comes from", text)
    return _claim(analysis, found)


def _claim(analysis: Analysis, found: ClaimOrigins) -> Shown:
    data = origin_rows(found)
    row = claim_row(found.claim)
    copied = {edge["statement"]: edge for edge in data["edges"] if edge["kind"] == "copies"}
    statements = [_statement(analysis, told, copied.get(told["id"])) for told in row["statements"]]
    data |= {"statements": statements, "differences": row["differences"]}
    labels = {told["page"]: told["outlet"] or told["page"][:12] for told in statements}
    context = {
        "tree": build_tree(data, labels),
        "by_id": {told["id"]: told for told in statements},
        "edge_of": _edge_addresses(data),
    }
    return Shown(data, row["statements"], context)


def _statement(analysis: Analysis, told: dict[str, Any], edge: dict[str, Any] | None) -> dict[str, Any]:
    """A statement with its page, and what it was copied from."""
    copies = None
    if edge is not None:
        parent = edge["target"].removeprefix("page:")
        address = f"/pairs/{key_of(parent)}/{key_of(told['page'])}"
        copies = {"card": page_card(analysis, parent), "reason": edge["reason"], "address": address}
    card = page_card(analysis, told["page"])
    return {**told, "card": card, "address": statement_address(told["id"]), "copies": copies}


def _edge_addresses(data: dict[str, Any]) -> dict[tuple[str, str, str], str]:
    """Where each edge's evidence is shown."""
    found = {}
    for edge in data["edges"]:
        if edge["kind"] == "copies":
            later, earlier = (edge[side].removeprefix("page:") for side in ("source", "target"))
            found[edge["source"], edge["target"], edge["statement"]] = f"/pairs/{key_of(earlier)}/{key_of(later)}"
        else:
            found[edge["source"], edge["target"], edge["statement"]] = statement_address(edge["statement"])
    return found


VIEWS = (
    View(
        "/stories/{story}/claims",
        "claims.html.j2",
        "What the pages of a story say alike",
        claims,
        (Param("show", "which claims", "choice", "shared", choices=SHOWS), OFFSET, LIMIT),
    ),
    View("/claims", "claim.html.j2", "A claim in words", asked, (Param("text", "the claim"),)),
    View("/claims/{claim}", "claim.html.j2", "One claim and its origins", claim),
)
