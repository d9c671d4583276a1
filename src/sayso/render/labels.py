"""Words and groups shown for the closed lists of reading/1: one place for every door that shows a reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = [
    "GROUPS",
    "KIND_GROUP",
    "KIND_LABEL",
    "clean",
    "clipped",
    "footing_tags",
    "group_of",
    "heads_label",
    "kind_label",
]

KIND_LABEL: Mapping[str, str] = {
    "page": "this page",
    "named_person": "named person",
    "named_official": "named official",
    "unnamed_person": "unnamed person",
    "unnamed_official": "unnamed official",
    "organization": "organization",
    "government": "government body",
    "outlet": "outlet",
    "reporter": "reporter",
    "document": "document",
    "social_post": "social post",
    "public": "public at large",
    "unknown": "source not known",
}

KIND_GROUP: Mapping[str, str] = {
    "page": "page",
    "named_person": "named",
    "named_official": "named",
    "unnamed_person": "unnamed",
    "unnamed_official": "unnamed",
    "organization": "body",
    "government": "body",
    "outlet": "media",
    "reporter": "media",
    "document": "record",
    "social_post": "record",
    "public": "unknown",
    "unknown": "unknown",
}

GROUPS: tuple[tuple[str, str, str], ...] = (
    ("named", "Named", "a person or official by name"),
    ("unnamed", "Unnamed", "people the page does not name"),
    ("body", "Body", "an organization or government body"),
    ("media", "Media", "an outlet or reporter"),
    ("record", "Record", "a document or post"),
    ("unknown", "Open", "nobody in particular, or not known"),
)
"""(key, word, meaning) of the groups that underline styles stand for."""

_ACTS = {
    "denial": "denial",
    "order": "order",
    "promise": "promise",
    "accusation": "accusation",
    "opinion": "opinion",
    "fear": "fear",
    "hope": "hope",
    "plan": "plan",
    "question": "question",
}


def group_of(kind: str) -> str:
    """The group whose underline a source kind is drawn with."""
    return KIND_GROUP.get(kind, "unknown")


def kind_label(kind: str) -> str:
    """The words for a source kind; unknown kinds are shown as they are."""
    return KIND_LABEL.get(kind, kind.replace("_", " "))


def footing_tags(footing: Mapping[str, Any], tier: str) -> list[tuple[str, str]]:
    """What is not plain about a footing, as (class, words), strongest first.

    >>> footing_tags({"polarity": "negated", "certainty": "hedged", "attitude": "neutral", "act": "denial"}, "speech")
    [('denied', 'denied'), ('hedged', 'hedged')]
    """
    tags: list[tuple[str, str]] = []
    act = str(footing.get("act") or "report")
    polarity = footing.get("polarity")
    if act == "denial":
        tags.append(("denied", "denied"))
    elif polarity == "negated":
        tags.append(("denied", "negated"))
    if polarity == "mixed":
        tags.append(("hedged", "neither yes nor no"))
    if footing.get("certainty") == "hedged":
        tags.append(("hedged", "hedged"))
    if act in _ACTS and act != "denial":
        tags.append(("act", _ACTS[act]))
    elif tier == "stance":
        tags.append(("act", "stance"))
    attitude = footing.get("attitude")
    if attitude == "factive":
        tags.append(("side", "cue vouches"))
    elif attitude == "doubting":
        tags.append(("side", "cue doubts"))
    return tags


def heads_label(heads: list[int | None] | None) -> str | None:
    """How many people the words imply.

    >>> heads_label([2, None]), heads_label([1, 1]), heads_label(None)
    ('2 or more people', '1 person', None)
    """
    if not heads:
        return None
    low, high = heads[0], heads[1]
    if high is None:
        return f"{low} or more people"
    if low == high:
        return "1 person" if low == 1 else f"{low} people"
    return f"{low} to {high} people"


def clean(text: str) -> str:
    """`text` with control characters replaced one for one, so that no page steers a terminal or breaks a file.

    >>> clean("a\\x1b[31m") == "a\\ufffd[31m"
    True
    """
    if text.isprintable():
        return text
    return "".join(" " if c in "\t\r" else c if c == "\n" or not _is_control(c) else "\ufffd" for c in text)


def _is_control(char: str) -> bool:
    code = ord(char)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code <= 0xDFFF or 0x202A <= code <= 0x202E


def clipped(text: str, limit: int) -> str:
    """`text` on one line, at most `limit` code points, an ellipsis where it was cut."""
    line = " ".join(text[: limit * 4].split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
