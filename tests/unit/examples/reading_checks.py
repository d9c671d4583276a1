"""Compares a reading of an example page with what a careful editor finds on it."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
ASIDE = {"teaser", "widget", "furniture"}


def standing(reading: Json, snippet: str) -> str:
    """story, aside or absent: where the words stand."""
    text = reading["article"]["text"]
    at = text.find(snippet)
    found = "absent"
    while at >= 0:
        for block in reading["article"]["blocks"]:
            if block["span"][0] <= at < block["span"][1]:
                if not block["foreign"] and block["kind"] not in ASIDE:
                    return "story"
                found = "aside"
        at = text.find(snippet, at + 1)
    return found


def _names(reading: Json) -> dict[str, str]:
    return {entity["id"]: entity["name"] for entity in reading["entities"]}


def _same(one: str, other: str) -> bool:
    left, right = ({w for w in x.casefold().replace(",", " ").split() if w != "the"} for x in (one, other))
    return bool(left) and bool(right) and (left <= right or right <= left)


def attribution_for(reading: Json, said: Json) -> Json | None:
    """The attribution whose content holds the snippet and whose source is the one named."""
    text, names = reading["article"]["text"], _names(reading)
    fits = []
    for item in reading["attributions"]:
        if not any(said["content"] in text[a:b] or text[a:b].strip() in said["content"] for a, b in item["content"]):
            continue
        source = " ".join(text[a:b] for a, b in item["source"])
        name = names.get(item["entity"] or "", "")
        wanted = said.get("entity", said["source"])
        if _same(source, said["source"]) or _same(name, wanted):
            fits.append(item)
    return min(fits, key=lambda item: sum(b - a for a, b in item["content"]), default=None)


def chain_names(reading: Json, item: Json) -> list[str]:
    """The chain by name, as drawn."""
    text, names = reading["article"]["text"], _names(reading)
    steps = []
    for step in item["chain"]:
        name = names.get(step["entity"] or "") or (text[slice(*step["span"])] if step["span"] else step["kind"])
        steps.append(name)
    return steps


def same_chain(seen: list[str], want: list[str]) -> bool:
    """Whether two chains have the same steps by name."""
    return len(seen) == len(want) and all(_same(a, b) for a, b in zip(seen, want, strict=True))


def value_of(reading: Json, time: Json) -> tuple[bool, str | None]:
    """Whether the time was found, and its value."""
    text = reading["article"]["text"]
    at = text.find(time["words"], max(text.find(time["at"]), 0))
    for timex in reading["timexes"]:
        if timex["span"][0] < at + len(time["words"]) and at < timex["span"][1]:
            return True, timex["value"]
    return False, None
