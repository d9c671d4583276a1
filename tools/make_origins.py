"""Write the cases of the origins set from `evaluation/sets/origins/topics.yaml`; the same cases on every run.

usage: python tools/make_origins.py

A case is a handful of pages about one claim, built so that the number of its independent origins is known. Topics of
the first half make tune.jsonl, the others unseen.jsonl; each half reports in its own words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "evaluation/sets/origins"
Topic = dict[str, Any]
Pages = list[tuple[str, str]]

WAYS: dict[str, dict[str, list[str]]] = yaml.safe_load((FOLDER / "ways.yaml").read_text(encoding="utf-8"))
OUTLETS = [
    "The Ostrel Courier",
    "Quillhaven Herald",
    "Norrin Press Agency",
    "The Selwick Post",
    "Daily Meridian",
    "Havel Times",
]


def up(text: str) -> str:
    return text[0].upper() + text[1:]


class Maker:
    """Pages of one case, each with sentences of its own around the claim."""

    def __init__(self, topic: Topic, half: str, turn: int) -> None:
        self.topic, self.half, self.turn = topic, half, turn
        self.made: list[dict[str, Any]] = []

    def claim(self, wording: int) -> str:
        return self.topic["says"][(wording + self.turn) % 3]

    def way(self, kind: str, **words: str) -> str:
        ways = WAYS[self.half][kind]
        template = ways[(self.turn + len(self.made)) % len(ways)]
        c = self.claim(len(self.made))
        return template.format(
            c=c, C=up(c), **words, **{key.capitalize(): up(value) for key, value in words.items() if key == "who"}
        )

    def page(self, outlet: str, sentence: str, *, verbatim: int | None = None, credit: str | None = None) -> None:
        number = len(self.made)
        beside = self.topic["beside"]
        own = [beside[(number * 2 + self.turn) % 6], beside[(number * 2 + 1 + self.turn) % 6]]
        text = f"{sentence}\n\n{own[0]} {own[1]}"
        if verbatim is not None:
            text = self.made[verbatim]["text"]
        if credit:
            text = f"({credit}) {text}"
        day = f"2023-09-{12 + number:02}T08:00:00"
        self.made.append(
            {"id": f"p{number}", "publisher": outlet, "published": day, "title": up(self.topic["claim"]), "text": text}
        )

    def person(self, outlet: int, who: int) -> None:
        person = self.topic["people"][who]
        self.page(OUTLETS[outlet], self.way("person", who=person["name"], role=person["role"]))

    def unnamed(self, outlet: int, who: str) -> None:
        self.page(OUTLETS[outlet], self.way("unnamed", who=who))

    def simple(self, kind: str, outlet: int, who: str) -> None:
        self.page(OUTLETS[outlet], self.way(kind, who=who))

    def via(self, outlet: int, through: int, who: str) -> None:
        self.page(OUTLETS[outlet], self.way("via", outlet=OUTLETS[through], who=who))

    def own(self, outlet: int) -> None:
        self.page(OUTLETS[outlet], f"{up(self.claim(len(self.made)))}.")


def wire(m: Maker) -> int:
    m.person(2, 0)
    m.page(OUTLETS[0], "", verbatim=0, credit="NPA")
    m.page(OUTLETS[1], "", verbatim=0)
    return 1


def wire_unnamed(m: Maker) -> int:
    m.unnamed(2, m.topic["unnamed"][0])
    m.page(OUTLETS[1], "", verbatim=0)
    m.via(3, 2, m.topic["unnamed"][0])
    return 1


def citations(m: Maker) -> int:
    m.unnamed(0, m.topic["unnamed"][0])
    m.simple("outlet", 1, OUTLETS[0])
    m.page(OUTLETS[3], m.way("twice", outlet=OUTLETS[1], first=OUTLETS[0]))
    return 1


def cited_only(m: Maker) -> int:
    m.via(1, 0, m.topic["unnamed"][0])
    m.simple("outlet", 3, OUTLETS[0])
    return 1


def two_people(m: Maker) -> int:
    m.person(0, 0)
    m.person(1, 1)
    return 2


def three_people(m: Maker) -> int:
    m.person(0, 0)
    m.person(1, 1)
    m.person(3, 2)
    return 3


def one_person(m: Maker) -> int:
    m.person(0, 0)
    m.person(1, 0)
    m.person(4, 0)
    return 1


def two_unnamed(m: Maker) -> int:
    m.unnamed(0, m.topic["unnamed"][0])
    m.unnamed(1, m.topic["unnamed"][1])
    return 2


def same_unnamed(m: Maker) -> int:
    m.unnamed(0, m.topic["unnamed"][1])
    m.unnamed(1, m.topic["unnamed"][1])
    return 1


def apart(m: Maker) -> int:
    m.unnamed(0, m.topic["apart"][0])
    m.unnamed(1, m.topic["unnamed"][0])
    return 2


def documents(m: Maker) -> int:
    m.simple("document", 0, m.topic["document"])
    m.simple("document", 1, m.topic["document"].replace("a ", "the ", 1).replace("an ", "the ", 1))
    return 1


def person_and_document(m: Maker) -> int:
    m.person(0, 1)
    m.simple("document", 3, m.topic["document"])
    return 2


def own_repeat(m: Maker) -> int:
    m.person(0, 2)
    m.own(4)
    return 1


def denial(m: Maker) -> int:
    m.unnamed(0, m.topic["unnamed"][0])
    m.simple("denial", 1, m.topic["org"])
    return 1


def copied_own(m: Maker) -> int:
    m.own(0)
    m.page(OUTLETS[1], "", verbatim=0)
    m.page(OUTLETS[5], "", verbatim=0)
    return 1


def wire_and_person(m: Maker) -> int:
    m.unnamed(2, m.topic["unnamed"][0])
    m.page(OUTLETS[1], "", verbatim=0, credit="NPA")
    m.person(3, 0)
    return 2


def organisation(m: Maker) -> int:
    m.simple("org", 0, m.topic["org"])
    m.simple("org", 4, m.topic["org"])
    return 1


def organisation_and_person(m: Maker) -> int:
    m.simple("org", 0, m.topic["org"])
    m.person(1, 1)
    m.simple("outlet", 3, OUTLETS[1])
    return 2


STRUCTURES: list[Callable[[Maker], int]] = [
    wire, wire_unnamed, citations, cited_only, two_people, three_people, one_person, two_unnamed, same_unnamed,
    apart, documents, person_and_document, own_repeat, denial, copied_own, wire_and_person, organisation,
    organisation_and_person,
]  # fmt: skip


def main() -> None:
    topics = yaml.safe_load((FOLDER / "topics.yaml").read_text(encoding="utf-8"))
    half = len(topics) // 2
    for part, chosen in (("tune", topics[:half]), ("unseen", topics[half:])):
        rows = []
        for number, topic in enumerate(chosen):
            for turn, structure in enumerate(STRUCTURES):
                maker = Maker(topic, part, number + turn)
                origins = structure(maker)
                row = {
                    "id": f"{structure.__name__}-{number}",
                    "claim": topic["claim"],
                    "origins": origins,
                    "pages": maker.made,
                }
                rows.append(json.dumps(row, ensure_ascii=False))
        (FOLDER / f"{part}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(part, len(rows))


if __name__ == "__main__":
    main()
