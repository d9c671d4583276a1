"""Judgements: every verdict there ever was, by whom, when and why, each to be withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sayso.errors import InvalidSetting
from sayso.service.case_verdicts import value_of
from sayso.store import KeptJudgement
from sayso.store.ledger import VERDICTS
from sayso.web.errors import NotFound
from sayso.web.params import PAGING, Param
from sayso.web.room import Room, key_of, now
from sayso.web.view import Ask, Shown, View, paging

__all__ = ["VIEWS", "keep", "shown_judgement", "withdraw"]

MAX_SUBJECT = 4_000
MAX_WORDS = 500
FIELDS = ("source", "source_kind", "certainty", "value", "earlier")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:T[0-9:.+Z-]{1,30})?\Z", re.ASCII)
WHATS = {
    "attribution": "attributions",
    "date": "dates",
    "edge": "who took it from whom",
    "source": "sources",
    "root": "origins of claims",
}


def judgements(ask: Ask) -> Shown:
    """Judgements, the latest first."""
    kept = ask.room.case.judgements(withdrawn=True)
    if ask.args["what"]:
        kept = [one for one in kept if one.what == ask.args["what"]]
    if ask.args["state"]:
        kept = [one for one in kept if (one.withdrawn_at is None) == (ask.args["state"] == "stands")]
    kept.reverse()
    keys = {id: key for key, id in ask.room.keys().items()}
    start = ask.args["offset"]
    rows = [shown_judgement(one, keys) for one in kept[start : start + ask.args["limit"]]]
    return Shown({"judgements": rows, **paging(ask, len(kept))}, rows, {"whats": WHATS})


def shown_judgement(kept: KeptJudgement, keys: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A judgement as plain data, with the address of what it is on."""
    return {
        "number": kept.number,
        "what": kept.what,
        "verdict": kept.verdict,
        "a": kept.a,
        "b": kept.b or None,
        "value": value_of(kept) or None,
        "why": kept.why,
        "by": kept.by,
        "at": kept.at,
        "withdrawn_at": kept.withdrawn_at,
        "address": _address(kept, keys or {}),
    }


def _address(kept: KeptJudgement, keys: Mapping[str, str]) -> str | None:
    page, _, id = kept.a.rpartition("/")
    if kept.what == "attribution" and page in keys:
        return f"/pages/{keys[page]}/statements/{id}"
    if kept.what == "date":
        if kept.a in keys:
            return f"/pages/{keys[kept.a]}/date"
        return f"/pages/{keys[page]}/events/{id}" if page in keys else None
    if kept.what == "edge" and kept.a in keys and kept.b in keys:
        return f"/pairs/{keys[kept.a]}/{keys[kept.b]}"
    return f"/sources/{key_of(kept.a)}" if kept.what == "source" else None


def keep(room: Room, said: Mapping[str, Any]) -> KeptJudgement:
    """Keep a judgement that came in.

    Raises:
        InvalidSetting: what it is on isn't there, or it can't be judged so.
    """
    what, verdict = _text(said, "what"), _text(said, "verdict")
    a, b = _text(said, "a", MAX_SUBJECT), _text(said, "b", MAX_SUBJECT)
    value = {name: _text(said, name) for name in FIELDS if _text(said, name)}
    if verdict.startswith("correct:"):
        value["earlier"], verdict = verdict.removeprefix("correct:"), "correct"
    _check(room, what, verdict, a, b, value)
    number = room.case.judge(
        verdict,
        a,
        b,
        what=what,
        value=json.dumps(value, ensure_ascii=False, sort_keys=True) if value and verdict == "correct" else None,
        why=_text(said, "why") or None,
        by=_text(said, "by") or None,
        at=now(),
    )
    return next(kept for kept in room.case.judgements() if kept.number == number)


def _text(said: Mapping[str, Any], name: str, limit: int = MAX_WORDS) -> str:
    value = said.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > limit:
        raise InvalidSetting(f"expected a text of at most {limit} characters at `{name}`, got another; mend it")
    return value.encode("utf-8", "replace").decode().replace("\0", " ").strip()


def _check(room: Room, what: str, verdict: str, a: str, b: str, value: Mapping[str, str]) -> None:
    if what not in VERDICTS:
        raise InvalidSetting(f"expected one of {', '.join(VERDICTS)} at `what`, got {what!r}; choose one")
    if not a:
        raise InvalidSetting("expected what is judged at `a`, got nothing; name it")
    pages = set(room.keys().values())
    if what == "edge":
        for page in (a, b, *filter(None, [value.get("earlier")])):
            if page not in pages:
                raise InvalidSetting(
                    f"expected the id of a page of this case, got {page[:80]!r}; see the list of pages"
                )
        if verdict == "correct" and value.get("earlier") not in (a, b):
            raise InvalidSetting("expected one of the two pages at `earlier`, got another; name which came first")
    if what in ("attribution", "date") and a not in pages:
        _check_part(room, a, "attributions" if what == "attribution" else "events", pages)
    if what == "date" and verdict == "correct" and not _DAY.match(value.get("value", "")):
        raise InvalidSetting(f"expected a day such as 2018-09-11 at `value`, got {value.get('value', '')!r}; mend it")
    if what == "attribution" and verdict == "correct" and not (value.get("source") or value.get("certainty")):
        raise InvalidSetting("expected a source or a certainty to put in place, got neither; name one")


def _check_part(room: Room, subject: str, layer: str, pages: set[str]) -> None:
    page, _, id = subject.rpartition("/")
    if page not in pages or not any(one["id"] == id for one in room.analysis.view.reading(page).get(layer) or ()):
        raise InvalidSetting(f"expected page/id of one of its {layer}, got {subject[:120]!r}; open the page")


def withdraw(room: Room, number: int) -> KeptJudgement:
    """Withdraw a judgement that stands; it stays on file.

    Raises:
        NotFound: there is none.
    """
    if not any(kept.number == number for kept in room.case.judgements(withdrawn=True)):
        raise NotFound(f"expected the number of a judgement, got {number}; see the list of judgements")
    room.case.withdraw(number, at=now())
    return next(kept for kept in room.case.judgements(withdrawn=True) if kept.number == number)


VIEWS = (
    View(
        "/judgements",
        "judgements.html.j2",
        "Judgements",
        judgements,
        (
            Param("what", "on what", "choice", choices=tuple(VERDICTS)),
            Param("state", "whether it stands", "choice", choices=("stands", "withdrawn")),
            *PAGING,
        ),
    ),
)
