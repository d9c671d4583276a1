"""News pages made up by rule, full of characters that offsets stumble over."""

from __future__ import annotations

import html
import random

PEOPLE = (
    "Zoë Ńowak",
    "José A\u0301lvarez",
    "Dr. 李明",
    "Søren 🦊 Holm",
    "דנה לוי",
    "ليلى حداد",
    "Anna-Maria O\u2019Hara",
)
UNNAMED = ("a senior official", "two people familiar with the talks", "officials in the capital", "a police source")
OUTLETS = ("The Harbour Gazette", "Brenmouth Press", "Radio Été")
DEEDS = (
    "the bridge \U0001f309 would be closed on Monday",
    "the council had approved the pla\u0301n in March",
    "nobody was hurt in the blaze \U0001f525\U0001f1e7\U0001f1f7",
    "the firm \u202bשלום\u202c had paid 3,000 workers",
    "prices rose by 4\u00a0% \U0001f468\u200d\U0001f469\u200d\U0001f467 last year",
    "the e\u0301cole & the <library> would open in 2019",
)
FORMS = (
    "{who} said {deed}.",
    "\u201cWe know that {deed},\u201d {who} told {outlet}.",
    "According to {who}, {deed}.",
    "{outlet} reported that {who} had said {deed}.",
    "{who} denied that {deed}.",
    "On {day}, {deed}.",
)
DAYS = ("3 May 2018", "Tuesday", "September 11", "the following day")
CONTROLS = "\x01\x0b\x1f\x85\u2028\ufeff\ufffe\r"
"""Beyond NUL, which no page keeps."""


def _sentence(draw: random.Random) -> str:
    who = draw.choice(PEOPLE + UNNAMED)
    made = draw.choice(FORMS).format(
        who=who, deed=draw.choice(DEEDS), outlet=draw.choice(OUTLETS), day=draw.choice(DAYS)
    )
    if draw.random() < 0.1:
        at = draw.randrange(len(made))
        made = made[:at] + draw.choice(CONTROLS) + made[at:]
    return made[0].upper() + made[1:]


def record(number: int) -> dict[str, str | None]:
    """One record of the batch door; the same for the same number."""
    draw = random.Random(number)
    title = f"Harbour {draw.choice('🚢⚓🌊')} news no. {number}: {draw.choice(DEEDS)}"
    paragraphs = [" ".join(_sentence(draw) for _ in range(draw.randint(1, 4))) for _ in range(draw.randint(1, 5))]
    if number % 2:
        body = "".join(f"<p>{html.escape(p) if number % 4 == 1 else p}</p>\n" for p in paragraphs)
        content = {"html": f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"}
    else:
        content = {"text": "\n\n".join([title, *paragraphs])}
    return {
        "id": f"made/{number} ⚓",
        **content,
        "url": f"https://example.org/{number}?q=é" if number % 3 else None,
        "published": ("2018-09-11", "2018-09-11T08:30:00+02:00", None)[number % 3],
        "publisher": draw.choice(OUTLETS) if number % 5 else "=1+1",
    }
