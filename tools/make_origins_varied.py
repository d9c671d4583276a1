"""Write the sixth and seventh fresh parts of the origins set; the same cases on every run.

usage: python -m tools.make_origins_varied

Structures that the parts before don't have: hearings, translations, deleted credits, insertions into agency copy,
reports that are denied, corrected or withdrawn, confirmations of one's own, rumours, joint statements, compilations.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import yaml

from tools.make_origins_fresh import FOLDER, Maker, case

Structure = Callable[[Maker], int]


def blocks(m: Maker, number: int) -> list[str]:
    text: str = m.made[number]["text"]
    return text.split("\n\n")


def hearing(m: Maker) -> int:
    for outlet in (1, 3, 4):
        m.page(m.outlets[outlet], m.person(0, "court"))
    return 1


def deleted_credit(m: Maker) -> int:
    first = m.page(m.agency, m.person(0), *m.topic["long"])
    m.copy(m.outlets[0], first)
    m.copy(m.outlets[4], first, cut=True)
    return 1


def local_confirmation(m: Maker) -> int:
    first = m.page(m.agency, m.person(0), *m.topic["long"])
    opening, *rest = blocks(m, first)
    m.put(m.outlets[2], "\n\n".join([f"({m.given['mark']}) {opening}", m.person(1), *rest]))
    return 2


def local_colour(m: Maker) -> int:
    first = m.page(m.agency, m.say("unnamed", who=m.topic["unnamed"][0]), *m.topic["long"])
    opening, *rest = blocks(m, first)
    m.put(m.outlets[5], "\n\n".join([f"({m.given['mark']}) {opening}", m.topic["colour"], *rest]))
    m.copy(m.outlets[1], first, cut=True)
    return 1


def translated(m: Maker) -> int:
    for outlet in (0, 3):
        m.page(m.outlets[outlet], m.person(1, "foreign", paper=m.given["away"]))
    m.page(m.outlets[5], m.say("via", outlet=m.given["away"], who=m.topic["people"][1]["name"]))
    return 1


def named_spokesman(m: Maker) -> int:
    m.page(m.outlets[2], m.say("spokesman", name=m.topic["spokesman"], org=m.topic["org"]))
    m.page(m.outlets[0], m.say("org", who=m.topic["org"]))
    m.page(m.outlets[4], m.say("spokesman", name=m.topic["spokesman"], org=m.topic["org"]))
    return 1


def body_and_witness(m: Maker) -> int:
    m.page(m.outlets[1], m.say("spokesman", name=m.topic["spokesman"], org=m.topic["org"]))
    m.page(m.outlets[3], m.person(2))
    m.page(m.outlets[0], m.say("org", who=m.topic["org"]))
    return 2


def echoed(m: Maker) -> int:
    m.page(m.outlets[3], m.say("unnamed", who=m.topic["unnamed"][1]))
    m.page(m.outlets[1], m.person(2, "echo", outlet=m.outlets[3]))
    m.page(m.outlets[4], m.person(2, "echo", outlet=m.outlets[3]))
    return 1


def not_verified(m: Maker) -> int:
    m.page(m.outlets[5], m.say("unnamed", who=m.topic["unnamed"][0]))
    m.page(m.outlets[0], m.say("unverified", who=m.outlets[5], outlet=m.outlets[0]))
    m.page(m.outlets[2], m.say("unverified", who=m.outlets[5], outlet=m.outlets[2]))
    return 1


def confirmed_on_its_own(m: Maker) -> int:
    m.page(m.outlets[0], m.say("unnamed", who=m.topic["apart"][0]))
    m.page(m.outlets[2], m.say("confirm", who=m.topic["apart"][1], outlet=m.outlets[2], first=m.outlets[0]))
    return 2


def self_citing(m: Maker) -> int:
    m.page(m.outlets[4], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[4]))
    m.page(m.outlets[4], m.say("earlier", outlet=m.outlets[4]))
    m.page(m.outlets[3], m.say("outlet", who=m.outlets[4]))
    return 1


def corrected(m: Maker) -> int:
    m.page(m.outlets[1], m.person(0, c=m.topic["other"]))
    m.page(m.outlets[1], m.person(0), m.say("correction", wrong=m.topic["other"]))
    m.page(m.outlets[5], m.person(0))
    return 1


def withdrawn(m: Maker) -> int:
    m.page(m.outlets[2], m.say("unnamed", who=m.topic["unnamed"][0]))
    m.page(m.outlets[0], m.say("outlet", who=m.outlets[2]))
    m.page(m.outlets[2], m.say("withdrawn", who=m.outlets[2]))
    return 1


def report_denied(m: Maker) -> int:
    m.page(m.outlets[2], m.say("unnamed", who=m.topic["unnamed"][1]))
    m.page(m.outlets[5], m.say("report_denied", who=m.topic["org"], outlet=m.outlets[2]))
    m.page(m.outlets[1], m.say("denial", who=m.topic["org"]), m.say("outlet", who=m.outlets[2]))
    return 1


def rumour_and_name(m: Maker) -> int:
    m.page(m.outlets[3], m.say("rumour"))
    m.page(m.outlets[1], m.person(0))
    return 2


def rumours(m: Maker) -> int:
    m.page(m.outlets[0], m.say("rumour"))
    m.page(m.outlets[4], m.say("rumour"))
    m.page(m.outlets[5], m.say("outlet", who=m.outlets[0]))
    return 1


def media_reports(m: Maker) -> int:
    m.page(m.outlets[1], m.person(2))
    m.page(m.outlets[2], m.say("media"))
    return 1


def live_page(m: Maker) -> int:
    first = m.page(m.outlets[5], m.person(0), m.say("unnamed", who=m.topic["apart"][0]), *m.topic["long"])
    m.copy(m.outlets[3], first, cut=True)
    return 2


def compiled(m: Maker) -> int:
    first = m.page(m.agency, m.person(1), m.topic["long"][0])
    second = m.page(
        m.outlets[3], m.say("document", who=m.topic["documents"][1], outlet=m.outlets[3]), m.topic["long"][1]
    )
    both = [*blocks(m, first)[:2], *blocks(m, second)[:2]]
    m.put(m.outlets[0], "\n\n".join(both))
    return 2


def joint_statement(m: Maker) -> int:
    for outlet in (2, 4):
        m.page(m.outlets[outlet], m.say("joint", who=m.topic["org"], other=m.topic["partner"]))
    return 1


def background_briefing(m: Maker) -> int:
    for outlet in (1, 5):
        m.page(m.outlets[outlet], m.say("background", who=m.topic["unnamed"][0]))
    return 1


def circle(m: Maker) -> int:
    m.page(m.outlets[0], m.say("outlet", who=m.outlets[3]))
    m.page(m.outlets[3], m.say("outlet", who=m.outlets[0]))
    return 1


def drifted_pickup(m: Maker) -> int:
    m.page(m.outlets[4], m.person(1))
    m.page(m.outlets[0], m.say("outlet", who=m.outlets[4], c=m.topic["other"]))
    m.page(m.outlets[2], m.say("outlet", who=m.outlets[4]))
    return 1


def leaked_to_three(m: Maker) -> int:
    the = "the " + m.topic["documents"][0].split(" ", 1)[1]
    m.page(m.outlets[0], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[0]))
    m.page(m.outlets[1], m.say("document", who=the, outlet=m.outlets[1]))
    m.page(m.outlets[5], m.say("document", who=the, outlet=m.outlets[5]), m.say("denial", who=m.topic["org"]))
    return 1


SIXTH: list[Structure] = [
    hearing, deleted_credit, local_confirmation, local_colour, translated, named_spokesman, body_and_witness, echoed,
    not_verified, confirmed_on_its_own, self_citing, corrected, withdrawn, report_denied, rumour_and_name, rumours,
    media_reports, live_page, compiled, joint_statement, background_briefing, circle, drifted_pickup, leaked_to_three,
]  # fmt: skip


def denied_in_the_copy(m: Maker) -> int:
    first = m.page(m.agency, m.person(0), m.say("denial", who=m.topic["org"]), *m.topic["long"])
    m.copy(m.outlets[1], first, credit=f"({m.given['mark']}) ", cut=True)
    m.page(m.outlets[3], m.say("via", outlet=m.agency, who=m.topic["people"][0]["name"]))
    return 1


def named_at_last(m: Maker) -> int:
    m.page(m.outlets[0], m.say("unnamed", who=m.topic["apart"][0]))
    m.page(m.outlets[4], m.say("unmasked", who=m.topic["apart_name"], role=m.topic["apart"][0], outlet=m.outlets[0]))
    return 1


def through_the_agency(m: Maker) -> int:
    m.page(m.agency, m.person(2, "foreign", paper=m.given["away"]))
    m.page(m.outlets[2], m.say("outlet", who=m.agency))
    m.page(m.outlets[5], m.say("outlet", who=m.given["away"]))
    return 1


def each_picked_up(m: Maker) -> int:
    m.page(m.outlets[1], m.say("unnamed", who=m.topic["apart"][0]))
    m.page(m.outlets[2], m.say("unnamed", who=m.topic["apart"][1]))
    m.page(m.outlets[3], m.say("via", outlet=m.outlets[1], who=m.topic["apart"][0]))
    m.page(m.outlets[4], m.say("outlet", who=m.outlets[2]))
    return 2


def three_and_a_copy(m: Maker) -> int:
    m.page(m.outlets[0], m.person(0))
    second = m.page(m.outlets[2], m.person(1), *m.topic["long"])
    m.page(m.outlets[4], m.say("document", who=m.topic["documents"][0], outlet=m.outlets[4]))
    m.copy(m.outlets[5], second)
    return 3


def rumour_then_report(m: Maker) -> int:
    m.page(m.outlets[1], m.say("document", who=m.topic["documents"][1], outlet=m.outlets[1]))
    m.page(m.outlets[3], m.say("outlet", who=m.outlets[1]))
    m.page(m.outlets[5], m.say("rumour"))
    return 2


SEVENTH: list[Structure] = [
    denied_in_the_copy, named_at_last, through_the_agency, each_picked_up, three_and_a_copy, rumour_then_report,
    hearing, deleted_credit, local_confirmation, translated, named_spokesman, body_and_witness, echoed, not_verified,
    confirmed_on_its_own, self_citing, withdrawn, report_denied, media_reports, compiled, joint_statement,
    background_briefing,
]  # fmt: skip
PARTS = {"fresh-6": SIXTH, "fresh-7": SEVENTH}


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


if __name__ == "__main__":
    main()
