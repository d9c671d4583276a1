"""What the tools do; pure functions of their arguments and the case."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sayso.errors import InvalidSetting, SaysoError, Unsupported
from sayso.model import Attribution, Reading
from sayso.service import Case, Options, check, read_html, read_text
from sayso.service.check import SourcePage

from .tools import MAX_QUOTE, MAX_ROWS, NOTICE

__all__ = ["answer"]

Json = dict[str, Any]
LAYERS = ("entities", "attributions")


@cache
def _case(path: str) -> Case:
    return Case(path)


def answer(name: str, arguments: Json, case: str | None) -> tuple[bool, Json]:
    """Answer a call whose arguments were checked.

    Returns:
        Whether it went well, and the answer, or `{"error": kind, "message": …}`.
    """
    try:
        found = _CALLS[name](arguments, case)
    except SaysoError as error:
        return False, {"error": error.kind, "message": str(error)}
    except (RecursionError, MemoryError) as error:
        return False, {"error": "TooLarge", "message": f"expected a bounded input, got {type(error).__name__}; cut it"}
    except Exception as error:  # noqa: BLE001  a fault of ours answers one call, and never ends the server
        kind = type(error).__name__
        return False, {"error": "Fault", "message": f"expected an answer, got {kind}; this is a fault in sayso"}
    return True, {"notice": NOTICE, **found}


def _opened(case: str | None) -> Case:
    if case is None:
        raise InvalidSetting("expected a case, got none; start the server with --case")
    return _case(case)


def _read_page(arguments: Json, case: str | None) -> Json:
    about: Options = {"layers": LAYERS, "url": arguments.get("url"), "published": arguments.get("published")}
    about |= {"title": arguments.get("title"), "publisher": arguments.get("publisher")}
    text, html = arguments.get("text"), arguments.get("html")
    if (text is None) == (html is None):
        raise Unsupported("expected one of `text` and `html`, got both or neither; give one")
    reading = read_html(html or "", **about) if text is None else read_text(text, **about)
    rows = [_statement(reading, attribution) for attribution in reading.attributions or ()]
    article = reading.article
    return {
        "headline": article.headline.value if article.headline else None,
        "published": article.date_published.value if article.date_published else None,
        "publisher": arguments.get("publisher") or article.publisher,
        "language": article.language,
        "statements": rows[:MAX_ROWS],
        "left_off": max(0, len(rows) - MAX_ROWS),
    }


def _statement(reading: Reading, attribution: Attribution) -> Json:
    footing = attribution.footing
    return {
        "id": attribution.id,
        "source": reading.words(attribution.source) or None,
        "source_kind": attribution.source_kind,
        "cue": reading.words(attribution.cue) or None,
        "form": attribution.form,
        "quote": reading.words(attribution.content)[:MAX_QUOTE],
        "spans": [span.as_list() for span in attribution.content],
        "source_spans": [span.as_list() for span in attribution.source],
        "chain": [
            {"kind": step.kind, "name": step.span.of(reading.text) if step.span else None}
            for step in attribution.chain
            if step.kind != "page"
        ],
        "footing": {"polarity": footing.polarity, "certainty": footing.certainty, "act": footing.act},
    }


def _check_text(arguments: Json, case: str | None) -> Json:
    pages: list[str | SourcePage] | None = arguments.get("pages")
    report = check(arguments["text"], pages=pages) if pages else _opened(case).check(arguments["text"])
    found = report.to_dict()
    items = found["items"][:MAX_ROWS]
    for item in items:
        item["places"] = [{**place, "quote": place["quote"][:MAX_QUOTE]} for place in item["places"][:3]]
    return {
        "ok": found["ok"],
        "summary": found["summary"],
        "items": items,
        "left_off": len(found["items"]) - len(items),
    }


def _find_statements(arguments: Json, case: str | None) -> Json:
    limit = arguments.get("limit", 50)
    rows = _opened(case).search(arguments["query"], limit=limit + 1)
    shown = [{**row, "quote": row["text"][:MAX_QUOTE], "text": row["text"][:MAX_QUOTE]} for row in rows[:limit]]
    return {"statements": shown, "left_off": len(rows) - len(shown)}


def _origins(arguments: Json, case: str | None) -> Json:
    found = _opened(case).origins(arguments["claim"]).to_dict()
    roots = found["roots"][:MAX_ROWS]
    told = {key: found[key] for key in ("claim", "pages", "outlets", "min", "likely", "max", "reasons")}
    return {**told, "roots": roots, "left_off": len(found["roots"]) - len(roots)}


def _stories(arguments: Json, case: str | None) -> Json:
    rows = _opened(case).story_list()
    first = arguments.get("offset", 0)
    shown = rows[first : first + arguments.get("limit", 50)]
    return {"stories": list(shown), "left_off": max(0, len(rows) - first - len(shown))}


_CALLS: dict[str, Callable[[Json, str | None], Json]] = {
    "read_page": _read_page,
    "check_text": _check_text,
    "find_statements": _find_statements,
    "origins_of_claim": _origins,
    "list_stories": _stories,
}
