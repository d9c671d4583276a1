"""Measure every set that is here, hold its floors, and say what was gained and lost.

usage: python evaluation/gate.py [--update [--allow-loss]] [--only NAME] [--workers N]

Our own sets are always measured; sets of the development data where SAYSO_DATA is set.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sayso.evaluation import articles, attributions, timexes
from sayso.evaluation.chains import load_chains, score_chains
from sayso.evaluation.gate import Measured, compare_items, judge, load_floors, raised
from sayso.evaluation.gold import attributions_of, read_lines, timexes_of
from sayso.evaluation.own_voice import load_own_voice, score_own_voice
from sayso.service.evaluating import readings_for
from sayso.service.scoring_audits import evaluate_audits
from sayso.service.scoring_check import evaluate_check
from sayso.service.scoring_claims import evaluate_claims
from sayso.service.scoring_origins import evaluate_origins

HERE = Path(__file__).resolve().parent
FLOORS = HERE / "floors.json"
ITEMS = HERE / "items"
CHAIN_FIGURES = (
    "chain",
    "source_kind",
    "polarity",
    "certainty",
    "speaker_resolved_right",
    "speaker_left_open",
    "nothing_added",
)
Json = dict[str, Any]


def chains(half: str, workers: int) -> Measured:
    items = list(load_chains(HERE / f"sets/chains/{half}.jsonl"))
    gold = [{"id": item.id, "text": item.text} for item in items]
    readings = readings_for(gold, ("entities", "attributions"), workers)
    scores = score_chains(items, {r["id"]: r for r in readings})
    figures = {name: share for name in CHAIN_FIGURES if (share := scores.share(name)) is not None}
    if scores.right["found"]:
        figures["source_kind of found"] = scores.right["source_kind"] / scores.right["found"]
    wrong = {error.split()[1] for error in scores.errors}
    return Measured(figures, {item.id: item.id not in wrong for item in items})


def own_voice(workers: int) -> Measured:
    items = load_own_voice(HERE / "sets/chains/own_voice.txt")
    readings = readings_for([{"id": item.id, "text": item.text} for item in items], ("attributions",), workers)
    return Measured(*score_own_voice(items, {r["id"]: r for r in readings}))


def polnear(data: Path, workers: int) -> Measured:
    gold = list(read_lines(data / "attribution/polnear_dev.jsonl"))
    heads = json.loads((data / "attribution/polnear_dev.heads.json").read_text(encoding="utf-8"))
    found = [attributions_of(r) for r in readings_for(gold, ("attributions",), workers)]
    figures = {}
    for name, speech in (("speech", True), ("all", False)):
        got, _ = attributions.evaluate(gold, found, heads=heads, speech_only=speech)
        figures[f"{name} joint F1"] = got["joint@0.5"][2]
        figures[f"{name} indirect recall"] = got["by_class"]["form=indirect"]["att_recall"]
        figures[f"{name} no-source right"] = got["src.none_ok"]
    return Measured(figures)


def times(name: str) -> Callable[[Path, int], Measured]:
    def measure(data: Path, workers: int) -> Measured:
        gold = list(read_lines(data / f"time/{name}.jsonl"))
        found = [timexes_of(r) for r in readings_for(gold, ("timexes",), workers)]
        figures, _ = timexes.evaluate(gold, found)
        return Measured({"VALUE F1": figures["value_F1"], "strict F1": figures["strict_F1"]})

    return measure


def pages(name: str) -> Callable[[Path, int], Measured]:
    def measure(data: Path, workers: int) -> Measured:
        gold = list(read_lines(data / f"pages/{name}.jsonl.gz"))
        records = [{key: page[key] for key in ("id", "url", "html")} for page in gold]
        found = {r["id"]: r for r in readings_for(records, ("article",), workers)}
        figures = articles.evaluate(gold, found)
        return Measured({key: figures[key] for key in ("f1", "title", "authors", "date") if figures[key] is not None})

    return measure


def claims(half: str, workers: int) -> Measured:
    figures, outcomes = evaluate_claims(read_lines(HERE / f"sets/claims/{half}.jsonl"))
    named = {"same F1": figures["same"][2], "contradiction precision": figures["contradiction"][0]}
    return Measured(named, {id: right for id, right, _ in outcomes})


def audits(half: str, workers: int) -> Measured:
    scores = evaluate_audits(read_lines(HERE / f"sets/audit/{half}.jsonl"))
    return Measured(scores.figures(), scores.outcomes)


def origins(half: str, workers: int) -> Measured:
    figures, outcomes = evaluate_origins(read_lines(HERE / f"sets/origins/{half}.jsonl"), workers)
    return Measured(figures, {id: right for id, right, _ in outcomes})


def check(half: str, workers: int) -> Measured:
    folder = HERE / "sets/check"
    figures, outcomes = evaluate_check(read_lines(folder / f"{half}.jsonl"), read_lines(folder / f"{half}.pages.jsonl"))
    named = {name: figures[name] for name in ("right", "never called exact")}
    return Measured(named, {id: right for id, right, _ in outcomes})


OWN: dict[str, Callable[[int], Measured]] = {
    "audit/tune": lambda workers: audits("tune", workers),
    "audit/practice": lambda workers: audits("practice", workers),
    "audit/practice-2": lambda workers: audits("practice-2", workers),
    "audit/practice-3": lambda workers: audits("practice-3", workers),
    "audit/practice-4": lambda workers: audits("practice-4", workers),
    "audit/unseen": lambda workers: audits("unseen", workers),
    "chains/tune": lambda workers: chains("tune", workers),
    "chains/unseen": lambda workers: chains("unseen", workers),
    "check/tune": lambda workers: check("tune", workers),
    "check/unseen": lambda workers: check("unseen", workers),
    "chains/own_voice": own_voice,
    "claims/tune": lambda workers: claims("tune", workers),
    "claims/unseen": lambda workers: claims("unseen", workers),
    "origins/tune": lambda workers: origins("tune", workers),
    "origins/unseen": lambda workers: origins("unseen", workers),
    **{f"origins/fresh-{part}": partial(origins, f"fresh-{part}") for part in range(4, 10)},
}
DEVELOPMENT: dict[str, Callable[[Path, int], Measured]] = {
    "attribution/polnear_dev": polnear,
    "time/meantime": times("meantime"),
    "time/wikiwars": times("wikiwars"),
    "pages/andy": pages("andy"),
    "pages/wcxb_dev": pages("wcxb_dev"),
}


def measure(only: str | None, workers: int) -> dict[str, Measured]:
    folder = os.environ.get("SAYSO_DATA")
    jobs: dict[str, Callable[[], Measured]] = {n: partial(m, workers) for n, m in OWN.items()}
    if folder:
        jobs |= {n: partial(m, Path(folder), workers) for n, m in DEVELOPMENT.items()}
    else:
        print("SAYSO_DATA is not set: only our own sets are measured", file=sys.stderr)
    out = {}
    for name, job in jobs.items():
        if only is None or only in name:
            out[name] = job()
            print(f"{name:<26}", "  ".join(f"{k} {v:.4f}" for k, v in out[name].figures.items()), flush=True)
    return out


def tell_items(name: str, now: Measured) -> None:
    path = ITEMS / f"{name.replace('/', '-')}.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    gained, lost = compare_items(before, now.items)
    if gained or lost:
        print(f"{name}: gained {', '.join(gained) or 'nothing'}; lost {', '.join(lost) or 'nothing'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors to what was measured")
    parser.add_argument("--allow-loss", action="store_true", help="with --update, lower them too")
    parser.add_argument("--only", help="sets whose name holds this")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    floors = load_floors(FLOORS)
    measured = measure(options.only, options.workers)
    for name, result in measured.items():
        if result.items:
            tell_items(name, result)
    if options.update:
        FLOORS.write_text(
            json.dumps(raised(floors, measured, allow_loss=options.allow_loss), indent=1) + "\n", encoding="utf-8"
        )
        ITEMS.mkdir(exist_ok=True)
        for name, result in measured.items():
            if result.items:
                text = json.dumps(dict(sorted(result.items.items())), indent=0) + "\n"
                (ITEMS / f"{name.replace('/', '-')}.json").write_text(text, encoding="utf-8")
        return
    missed = judge(floors, measured)
    sys.exit("\n".join(missed) if missed else 0)


if __name__ == "__main__":
    main()
