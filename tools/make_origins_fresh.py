"""Write the fresh parts of the origins set from `evaluation/sets/origins/fresh*.yaml`; the same cases on every run.

usage: python tools/make_origins_fresh.py

Other happenings, other ways of reporting and other structures than those of the first two parts: pages with several
statements, hearsay, quotations in the same words, documents by two names, statements that differ by a number.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "evaluation/sets/origins"
Topic = dict[str, Any]


def up(text: str) -> str:
    return text[0].upper() + text[1:]


class Maker:
    """Pages of one case; `turn` picks wordings, so that no two cases are worded alike."""

    def __init__(self, given: dict[str, Any], topic: Topic, turn: int) -> None:
        self.given, self.topic, self.turn = given, topic, turn
        self.outlets, self.agency = given["outlets"], given["agency"]
        self.made: list[dict[str, Any]] = []
        self.said = 0

    def say(self, kind: str, **words: str) -> str:
        """A sentence that tells the claim."""
        ways = self.given["ways"][kind]
        wording = words.pop("c", None) or self.topic["says"][(self.turn + self.said) % 3]
        template = ways[(self.turn + self.said) % len(ways)]
        self.said += 1
        if "who" in words:
            words["Who"] = up(words["who"])
        return up(template.format(c=wording, C=up(wording), **words))

    def person(self, who: int, kind: str = "person", **more: str) -> str:
        person = self.topic["people"][who]
        return self.say(kind, who=person["name"], role=person["role"], **more)

    def page(self, outlet: str, *sentences: str, credit: str = "") -> int:
        """A page that opens with the sentences and goes on about other things; returns its number."""
        number = len(self.made)
        beside = [self.topic["beside"][(number * 2 + self.turn + step) % 6] for step in range(2)]
        text = "\n\n".join([f"{credit}{sentences[0]}", *sentences[1:], " ".join(beside)])
        return self.put(outlet, text)

    def put(self, outlet: str, text: str) -> int:
        number = len(self.made)
        published = f"2024-03-{4 + number // 2:02}T{9 + 5 * (number % 2):02}:30:00"
        title = up(self.topic["says"][(self.turn + number) % 3])
        self.made.append(
            {"id": f"p{number}", "publisher": outlet, "published": published, "title": title, "text": text}
        )
        return number

    def copy(self, outlet: str, number: int, *, credit: str = "", cut: bool = False, more: str = "") -> int:
        """Another page's text: credited, cut at the end or with a sentence added."""
        blocks = self.made[number]["text"].split("\n\n")
        blocks = [*blocks[: -1 if cut else None], *([more] if more else [])]
        return self.put(outlet, f"{credit}{blocks[0]}" + "".join(f"\n\n{block}" for block in blocks[1:]))


def rewritten_pickup(m: Maker) -> int:
    m.page(m.outlets[0], m.say("unnamed", who=m.topic["unnamed"][0]))
    m.page(m.outlets[1], m.say("outlet", who=m.outlets[0]))
    m.page(m.outlets[2], m.say("via", outlet=m.outlets[0], who=m.topic["unnamed"][0]))
    return 1


def copy_of_a_copy(m: Maker) -> int:
    first = m.page(m.agency, m.person(0), m.topic["beside"][4])
    second = m.copy(m.outlets[0], first, credit=f"({m.given['mark']}) ")
    m.copy(m.outlets[3], second, cut=True, more="Our readers may write to the newsroom.")
    return 1


def two_in_one_page(m: Maker) -> int:
    m.page(m.outlets[0], m.person(0), m.say("document", who=m.topic["documents"][0], outlet=m.outlets[0]))
    m.page(m.outlets[4], m.say("outlet", who=m.outlets[0]))
    return 2


def outlet_that_is_away(m: Maker) -> int:
    m.page(m.outlets[0], m.say("via", outlet=m.given["away"], who=m.topic["unnamed"][0]))
    m.page(m.outlets[2], m.say("outlet", who=m.given["away"]))
    m.page(m.outlets[5], m.say("outlet", who=m.given["away"]))
    return 1


def long_chain(m: Maker) -> int:
    m.page(m.outlets[0], m.say("unnamed", who=m.topic["unnamed"][1]))
    m.page(m.outlets[1], m.say("outlet", who=m.outlets[0]))
    m.page(m.outlets[2], m.say("outlet", who=m.outlets[1]))
    m.page(m.outlets[3], m.say("outlet", who=m.outlets[2]))
    return 1


def two_wires(m: Maker) -> int:
    first = m.page(m.agency, m.person(0), m.topic["beside"][5])
    other = m.page(m.outlets[5], m.say("unnamed", who=m.topic["apart"][1]))
    m.copy(m.outlets[0], first, credit=f"({m.given['mark']}) ")
    m.copy(m.outlets[2], other, more="The broadcast was at noon.")
    return 2


def spokeswoman(m: Maker) -> int:
    m.page(m.outlets[0], m.say("org", who=m.topic["org"]))
    m.page(m.outlets[1], m.say("speaker", who=m.topic["org"]))
    return 1


def named_again(m: Maker) -> int:
    name, role = m.topic["people"][1]["name"], up(m.topic["people"][1]["role"])
    last = name.split()[-1]
    m.page(m.outlets[1], m.person(1))
    again = m.say("again", last=last)
    m.page(m.outlets[4], f"{name} gave evidence on Monday.", again, f"{role} for years, {last} retires soon.")
    return 1


def same_quotation(m: Maker) -> int:
    person, quote = m.topic["people"][2], up(m.topic["says"][m.turn % 3])
    m.page(m.outlets[0], f"“{quote},” {person['name']}, {person['role']}, told a crowd on Monday.")
    m.page(m.outlets[3], f"Speaking on the steps of the court, {person['name']} said: “{quote}.”")
    m.page(m.outlets[5], f"“{quote},” said {person['name']}.")
    return 1


def other_roles(m: Maker) -> int:
    m.page(m.outlets[0], m.say("unnamed", who=m.topic["apart"][0]))
    m.page(m.outlets[3], m.say("unnamed", who=m.topic["apart"][1]))
    return 2


def other_number(m: Maker) -> int:
    m.page(m.outlets[0], m.person(0))
    m.page(m.outlets[1], m.person(1, c=m.topic["other"]))
    m.page(m.outlets[2], m.say("outlet", who=m.outlets[0]))
    return 1


def post_and_pickup(m: Maker) -> int:
    m.page(m.outlets[2], m.person(2, "post"))
    m.page(m.outlets[4], m.person(2))
    return 1


def own_voice_first(m: Maker) -> int:
    first = m.page(m.outlets[0], f"{up(m.topic['says'][m.turn % 3])}.")
    m.said += 1
    m.page(m.outlets[1], m.say("outlet", who=m.outlets[0]))
    m.copy(m.outlets[3], first, credit=f"({m.outlets[0]}) ")
    return 1


def denied_by_one(m: Maker) -> int:
    m.page(m.outlets[0], m.person(0), m.say("denial", who=m.topic["org"]))
    m.page(m.outlets[1], m.person(1))
    m.page(m.outlets[4], m.say("denial", who=m.topic["org"]))
    return 2


def twice_by_one_outlet(m: Maker) -> int:
    m.page(m.outlets[3], m.say("unnamed", who=m.topic["unnamed"][0]))
    m.page(m.outlets[3], m.say("unnamed", who=m.topic["unnamed"][0]))
    return 1


def hearsay(m: Maker) -> int:
    m.page(m.outlets[0], m.person(1, "hearsay", first=m.topic["people"][0]["name"]))
    m.page(m.outlets[2], m.person(1))
    return 1


def one_document(m: Maker) -> int:
    m.page(m.outlets[0], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[0]))
    the = "the " + m.topic["documents"][0].split(" ", 1)[1]
    m.page(m.outlets[1], m.say("document", who=the, outlet=m.outlets[1]))
    m.page(m.outlets[2], m.say("outlet", who=m.outlets[1]))
    return 1


def two_documents(m: Maker) -> int:
    m.page(m.outlets[4], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[4]))
    m.page(m.outlets[5], m.say("document", who=m.topic["documents"][1], outlet=m.outlets[5]))
    return 2


STRUCTURES: list[Callable[[Maker], int]] = [
    rewritten_pickup, copy_of_a_copy, two_in_one_page, outlet_that_is_away, long_chain, two_wires, spokeswoman,
    named_again, same_quotation, other_roles, other_number, post_and_pickup, own_voice_first, denied_by_one,
    twice_by_one_outlet, hearsay, one_document, two_documents,
]  # fmt: skip


def told_to_the_agency(m: Maker) -> int:
    m.page(m.agency, m.person(1))
    m.page(m.outlets[0], m.say("via", outlet=m.agency, who=m.topic["people"][1]["name"]))
    return 1


def three_times_the_same(m: Maker) -> int:
    for outlet in (0, 1, 4):
        m.page(m.outlets[outlet], m.say("unnamed", who=m.topic["unnamed"][0]))
    return 1


def affirmed_and_denied(m: Maker) -> int:
    m.page(m.outlets[2], m.person(0))
    m.page(m.outlets[3], m.say("denial", who=m.topic["org"]))
    m.page(m.outlets[4], m.say("outlet", who=m.outlets[2]), m.say("denial", who=m.topic["org"]))
    return 1


def officials_and_document(m: Maker) -> int:
    m.page(m.outlets[5], m.say("unnamed", who=m.topic["unnamed"][1]))
    m.page(m.outlets[0], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[0]))
    m.page(m.outlets[1], m.say("outlet", who=m.outlets[0]))
    return 2


def person_and_speaker(m: Maker) -> int:
    m.page(m.outlets[0], m.person(0), m.say("speaker", who=m.topic["org"]))
    m.page(m.outlets[3], m.say("org", who=m.topic["org"]))
    return 2


def everybody(m: Maker) -> int:
    first = m.page(m.agency, m.person(0), m.topic["beside"][4])
    m.copy(m.outlets[0], first, credit=f"({m.given['mark']}) ")
    m.page(m.outlets[1], m.person(1))
    m.page(m.outlets[2], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[2]))
    m.page(m.outlets[3], m.say("outlet", who=m.outlets[2]))
    m.page(m.outlets[4], m.say("denial", who=m.topic["org"]))
    return 3


SECOND: list[Callable[[Maker], int]] = [
    told_to_the_agency, three_times_the_same, affirmed_and_denied, officials_and_document, person_and_speaker,
    everybody, rewritten_pickup, two_in_one_page, outlet_that_is_away, long_chain, other_roles, other_number,
    twice_by_one_outlet, hearsay, one_document,
]  # fmt: skip


def news_conference(m: Maker) -> int:
    for outlet in (5, 0, 2):
        m.page(m.outlets[outlet], m.person(0, "conference"))
    return 1


def handed_to_two(m: Maker) -> int:
    m.page(m.outlets[1], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[1]))
    second = m.page(m.outlets[3], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[3]))
    m.copy(m.outlets[4], second, cut=True)
    return 1


def interview(m: Maker) -> int:
    m.page(m.outlets[2], m.person(1, "interview", outlet=m.outlets[2]))
    m.page(m.outlets[0], m.person(1, "told", outlet=m.outlets[2]))
    m.page(m.outlets[4], m.say("outlet", who=m.outlets[2]))
    return 1


def cites_two(m: Maker) -> int:
    m.page(m.outlets[0], m.say("unnamed", who=m.topic["apart"][0]))
    m.page(m.outlets[1], m.person(2))
    m.page(m.outlets[5], m.say("outlet", who=m.outlets[0]), m.say("outlet", who=m.outlets[1]))
    return 2


def wire_and_own(m: Maker) -> int:
    first = m.page(m.agency, m.say("unnamed", who=m.topic["unnamed"][0]), m.topic["beside"][5])
    m.copy(m.outlets[3], first, credit=f"({m.given['mark']}) ", more=m.person(0))
    return 2


def said_twice_denied_once(m: Maker) -> int:
    m.page(m.outlets[1], m.person(0), m.say("denial", who=m.topic["org"]))
    m.page(m.outlets[2], m.person(0))
    return 1


def away_and_own(m: Maker) -> int:
    m.page(m.outlets[3], m.say("outlet", who=m.given["away"]))
    m.page(m.outlets[0], m.say("outlet", who=m.given["away"]), m.person(2))
    return 2


def filing(m: Maker) -> int:
    m.page(m.outlets[4], m.say("document", who=m.topic["documents"][1], outlet=m.outlets[4]))
    m.page(m.outlets[2], m.person(1), m.say("document", who=m.topic["documents"][1], outlet=m.outlets[4]))
    return 2


def repeated_later(m: Maker) -> int:
    m.page(m.outlets[0], m.person(2))
    m.page(m.outlets[5], m.say("outlet", who=m.outlets[0]))
    m.said += 1
    m.page(m.outlets[1], f"The week began with a strike at the port. {up(m.topic['says'][(m.turn + 2) % 3])}.")
    return 1


def told_the_radio(m: Maker) -> int:
    m.page(m.outlets[3], m.person(0, "told", outlet=m.given["away"]))
    m.page(m.outlets[5], m.person(0, "told", outlet=m.given["away"]))
    m.page(m.outlets[1], m.say("via", outlet=m.given["away"], who=m.topic["people"][0]["name"]))
    return 1


THIRD: list[Callable[[Maker], int]] = [
    news_conference, handed_to_two, interview, cites_two, wire_and_own, said_twice_denied_once, away_and_own, filing,
    repeated_later, told_the_radio, rewritten_pickup, hearsay, three_times_the_same, two_in_one_page, other_roles,
    spokeswoman,
]  # fmt: skip
PARTS = {
    "fresh": STRUCTURES,
    "fresh-2": SECOND,
    "fresh-3": STRUCTURES + SECOND[:6],
    "fresh-4": THIRD,
    "fresh-5": THIRD,
}


def main() -> None:
    for part, structures in PARTS.items():
        given = yaml.safe_load((FOLDER / f"{part}.yaml").read_text(encoding="utf-8"))
        rows = [
            json.dumps(case(given, number, turn, structure), ensure_ascii=False)
            for number in range(len(given["topics"]))
            for turn, structure in enumerate(structures)
        ]
        (FOLDER / f"{part}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(part, len(rows))


def case(given: dict[str, Any], number: int, turn: int, structure: Callable[[Maker], int]) -> dict[str, Any]:
    topic = given["topics"][number]
    maker = Maker(given, topic, number + turn)
    origins = structure(maker)
    return {"id": f"{structure.__name__}-{number}", "claim": topic["claim"], "origins": origins, "pages": maker.made}


if __name__ == "__main__":
    main()
