"""Write the pages and cases of the check set from `evaluation/sets/check/pages.yaml`; the same on every run.

usage: python tools/make_checks.py

The first half of the topics makes tune, the others unseen: no page, quotation or frame of a half stands in the other.
A case is a short text with one quotation, of which is known what has become of it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "evaluation/sets/check"
SEED = 20240611
COUNTS = {
    "exact": 25,
    "marks": 30,
    "elision": 30,
    "brackets": 25,
    "changed": 35,
    "negation": 30,
    "stitched": 25,
    "swapped": 18,
    "second_hand": 17,
    "absent": 15,
}
NEGATIONS = ("not", "never", "no", "nobody", "none", "cannot", "nothing")
Json = dict[str, Any]

FRAMES: Json = yaml.safe_load((FOLDER / "frames.yaml").read_text(encoding="utf-8"))


def upper(text: str) -> str:
    return text[0].upper() + text[1:]


class Maker:
    """Pages and cases of one half."""

    def __init__(self, half: str, topics: list[Json]) -> None:
        self.half, self.topics = half, topics
        self.frames: Json = FRAMES[half]
        self.random = random.Random(f"{SEED} {half}")

    def person(self, topic: Json, key: str) -> Json:
        name, sex, role, *outlet = topic[key]
        pronoun = "she" if sex == "f" else "he"
        found = {"name": name, "role": role, "last": name.split()[-1], "pronoun": pronoun, "key": key}
        return {**found, "outlet": outlet[0] if outlet else topic["outlet"]}

    def quotes(self, keys: tuple[str, ...] = ("a1", "a2", "b1")) -> list[Json]:
        """Each quotation with who says it, shuffled."""
        rows = [{"topic": t, "said": t[key], **self.person(t, key[0])} for t in self.topics for key in keys]
        self.random.shuffle(rows)
        return rows

    def page(self, number: int, topic: Json) -> Json:
        frames = self.frames["page"]
        a, b, v = (self.person(topic, key) for key in "abv")
        first = frames["first"]
        lines = [topic["title"], topic["own"]]
        lines.append(self.framed(first[number % len(first)], topic["a1"], a))
        lines.append(self.framed(frames["second"][number % len(frames["second"])], topic["a2"], a))
        lines.append(self.framed(first[(number + 1) % len(first)], topic["b1"], b))
        lines.append(self.framed(frames["via"][number % len(frames["via"])], topic["v1"], v))
        text = "\n\n".join(lines) + "\n"
        if number % 2:
            text = text.replace("“", '"').replace("”", '"').replace("’", "'")
        day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
        return {
            "id": topic["topic"],
            "publisher": topic["outlet"],
            "published": day,
            "title": topic["title"],
            "text": text,
        }

    def framed(self, frame: str, quote: str, who: Json) -> str:
        if "{a}" in frame:
            head, comma, tail = quote.partition(", ")
            return (
                upper(frame.format(a=head, b=tail, **who))
                if comma
                else self.framed("“{q},” {name}, {role}, said.", quote, who)
            )
        return upper(frame.format(q=quote, **who))

    def answer(self, quote: str, who: Json, frames: str = "answer") -> str:
        frame = self.random.choice(self.frames[frames])
        text = upper(frame.format(q=quote, **who))
        return self.random.choice(self.frames["around"]).format(t=text)

    def cases(self) -> list[Json]:
        makers: dict[str, Callable[[int], tuple[str, str] | None]] = {
            "exact": self.exact(),
            "marks": self.marks(),
            "elision": self.elision(),
            "brackets": self.brackets(),
            "changed": self.changed(),
            "negation": self.negation(),
            "stitched": self.stitched(),
            "swapped": self.swapped(),
            "second_hand": self.second_hand(),
            "absent": self.absent(),
        }
        rows: list[Json] = []
        for kind, count in COUNTS.items():
            made: list[tuple[str, str]] = []
            turn = 0
            while len(made) < count and turn < 1000:
                case = makers[kind](turn)
                turn += 1
                if case is not None and case not in made:
                    made.append(case)
            rows += [
                {"id": f"{self.half}-{kind}-{n}", "kind": kind, "status": status, "text": text}
                for n, (text, status) in enumerate(made)
            ]
        return rows

    def exact(self) -> Callable[[int], tuple[str, str] | None]:
        rows, told = self.quotes(), self.quotes(("v1",))

        def make(turn: int) -> tuple[str, str]:
            if turn % 4 == 3:
                row = told[turn % len(told)]
                return self.answer(row["said"], row, "via"), "found"
            row = rows[turn % len(rows)]
            quote = row["said"]
            if turn % 4 == 2 and ", " in quote:
                # Part of a sentence is a quotation too.
                quote = quote.partition(", ")[0]
            return self.answer(quote, row), "found"

        return make

    def marks(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes()
        ways: list[Callable[[str], str]] = [
            lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
            lambda text: text.replace("'", "’"),
            lambda text: text.replace("“", "„").replace("”", "“"),
            lambda text: re.sub(r"(“.*?), ", "\\1,\u00a0", text).replace("'", "’"),
            lambda text: re.sub(r"(“\w+ \w+) ", r"\1  ", text),
            lambda text: re.sub(r"(“(?:\S+ ){4}\S+) ", r"\1\n", text).replace("“", '"').replace("”", '"'),
        ]

        def make(turn: int) -> tuple[str, str]:
            row = rows[turn % len(rows)]
            return ways[turn % len(ways)](self.answer(row["said"], row)), "found"

        return make

    def elision(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes()
        marks = ["…", "...", "[…]", "[...]", ". . .", "(...)"]

        def make(turn: int) -> tuple[str, str] | None:
            row = rows[turn % len(rows)]
            words = row["said"].split()
            first = self.random.randrange(3, len(words) - 6)
            end = first + self.random.randrange(1, 4)
            gone = [word.strip(",").lower() for word in words[first:end]]
            if any(word in NEGATIONS or word.endswith("n't") for word in gone):
                return None
            quote = " ".join([*words[:first], marks[turn % len(marks)], *words[end:]])
            return self.answer(quote, row, "parts"), "found"

        return make

    def brackets(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes()
        subjects = {"we": "the team", "he": "the man", "it": "the thing", "they": "the people", "i": "this office"}

        def make(turn: int) -> tuple[str, str] | None:
            row = rows[turn % len(rows)]
            words = row["said"].split()
            if turn % 2:
                _, comma, tail = row["said"].partition(", ")
                if not comma or len(tail.split()) < 4:
                    return None
                return self.answer(f"[{tail[0].upper()}]{tail[1:]}", row, "parts"), "found"
            for at, word in enumerate(words[1:-1], 1):
                if word.lower() in subjects:
                    return self.answer(
                        " ".join([*words[:at], f"[{subjects[word.lower()]}]", *words[at + 1 :]]), row
                    ), "found"
            return None

        return make

    def changed(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes()
        others = self.frames["words"]

        def make(turn: int) -> tuple[str, str] | None:
            row = rows[turn % len(rows)]
            words = row["said"].split()
            at = self.random.randrange(1, len(words) - 1)
            if words[at].strip(",").lower() in NEGATIONS or words[at].endswith("n't"):
                return None
            way = turn % 5
            if way < 3:
                comma = "," if words[at].endswith(",") else ""
                words[at] = others[turn % len(others)] + comma
            elif way == 3:
                words.insert(at, others[turn % len(others)])
            else:
                del words[at]
            quote = " ".join(words)
            return (self.answer(quote, row), "altered") if quote != row["said"] else None

        return make

    def negation(self) -> Callable[[int], tuple[str, str] | None]:
        rows = [
            row
            for row in self.quotes(("a1", "a2", "b1"))
            if re.search(r"\b(?:not|never)\b|n't\b|\bcannot\b", row["said"])
        ]

        def make(turn: int) -> tuple[str, str] | None:
            row = rows[turn % len(rows)]
            gone = "… " if turn % 3 == 2 else ""
            found = re.search(r" (?:not|never) ", row["said"])
            if found:
                quote = f"{row['said'][: found.start()]} {gone}{row['said'][found.end() :]}"
            elif "cannot " in row["said"]:
                quote = row["said"].replace("cannot ", "can ", 1)
            else:
                quote = row["said"].replace("n't", "", 1)
            return self.answer(quote, row), "altered"

        return make

    def stitched(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes()

        def make(turn: int) -> tuple[str, str] | None:
            a, b = rows[turn % len(rows)], rows[(turn * 7 + 3) % len(rows)]
            if turn % 2:
                b = next((r for r in rows if r["topic"] is a["topic"] and r["last"] != a["last"]), b)
            if a["said"] == b["said"]:
                return None
            head, tail = a["said"], b["said"]
            if turn % 3 == 1:
                head, tail = head.partition(", ")[0], tail.partition(", ")[0]
            glue = [". ", " … ", ", and "][turn % 3]
            tail = tail[0].lower() + tail[1:] if glue == ", and " and not tail.startswith("I ") else tail
            return self.answer(f"{head}{glue}{tail}", a), "stitched"

        return make

    def swapped(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes()

        def make(turn: int) -> tuple[str, str] | None:
            row = rows[turn % len(rows)]
            if turn % 2:
                other = self.person(row["topic"], "b" if row["key"] == "a" else "a")
            else:
                other = rows[(turn * 5 + 2) % len(rows)]
            if other["name"] == row["name"]:
                return None
            return self.answer(row["said"], {**other, "outlet": row["outlet"]}), "misattributed"

        return make

    def second_hand(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes(("v1",))

        def make(turn: int) -> tuple[str, str]:
            row = rows[turn % len(rows)]
            return self.answer(row["said"], row), "second_hand"

        return make

    def absent(self) -> Callable[[int], tuple[str, str] | None]:
        rows = self.quotes(("a1",))

        def make(turn: int) -> tuple[str, str]:
            row = rows[turn % len(rows)]
            return self.answer(row["topic"]["x"], row), "not_found"

        return make


def main() -> None:
    topics = yaml.safe_load((FOLDER / "pages.yaml").read_text(encoding="utf-8"))
    half = len(topics) // 2
    for part, chosen in (("tune", topics[:half]), ("unseen", topics[half:])):
        maker = Maker(part, chosen)
        pages = [maker.page(number, topic) for number, topic in enumerate(chosen)]
        cases = maker.cases()
        for name, rows in ((f"{part}.pages", pages), (part, cases)):
            lines = [json.dumps(row, ensure_ascii=False) for row in rows]
            (FOLDER / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(part, len(pages), "pages,", len(cases), "cases")


if __name__ == "__main__":
    main()
