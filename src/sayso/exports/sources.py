"""Sources over many pages: what names one, and how much each is relied on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .material import Document, Json, Material

__all__ = ["KIND_GROUPS", "source_id", "source_rows"]

KIND_GROUPS: dict[str, tuple[str, ...]] = {
    "named": ("named_person", "named_official"),
    "unnamed": ("unnamed_person", "unnamed_official"),
    "body": ("organization", "government"),
    "media": ("outlet", "reporter"),
    "record": ("document", "social_post"),
    "open": ("public", "unknown"),
}
_GROUP_OF = {kind: group for group, kinds in KIND_GROUPS.items() for kind in kinds}
_APART = ("unnamed", "open")
"""Groups whose words on two pages need not mean the same people."""
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def source_id(group: str, label: str) -> str:
    """What names a source in a case: its group and its plain name.

    >>> source_id("media", "The Gazette")
    'media:gazette'
    """
    return f"{group}:{_ARTICLE.sub('', ' '.join(label.lower().split()))}"


@dataclass(slots=True)
class _Tally:
    group: str
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    documents: dict[str, None] = field(default_factory=dict)
    outlets: dict[str, None] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, document: Document, a: Json, label: str) -> None:
        footing = a["footing"]
        self.names[" ".join(label.split())] += 1
        self.kinds[a["source_kind"]] += 1
        self.documents[document.id] = None
        if document.outlet:
            self.outlets[document.outlet] = None
        if document.published:
            self.published.append(document.published)
        self.counts["statements"] += 1
        self.counts["second_hand"] += len([step for step in a["chain"] if step["kind"] != "page"]) > 1
        self.counts["hedged"] += footing["certainty"] == "hedged"
        self.counts["denied"] += footing["act"] == "denial" or footing["polarity"] == "negated"


def source_rows(material: Material) -> Iterator[Json]:
    """One row a source, those with most statements first."""
    held: dict[str, _Tally] = {}
    for document in material.documents:
        for a in document.attributions:
            group = _GROUP_OF.get(a["source_kind"], "open")
            label = _label(document, a, group)
            if label:
                apart = f"@{document.id}" if group in _APART else ""
                held.setdefault(source_id(group, label) + apart, _Tally(group)).add(document, a, label)
    for id, tally in sorted(held.items(), key=lambda item: (-item[1].counts["statements"], item[0])):
        yield _row(id, tally)


def _label(document: Document, a: Json, group: str) -> str | None:
    name, words = document.name(a["entity"]), document.words(a["source"])
    return (words or name) if group in _APART else (name or words)


def _row(id: str, tally: _Tally) -> Json:
    return {
        "source": id,
        "group": tally.group,
        "name": _most(tally.names),
        "source_kind": _most(tally.kinds),
        "statements": tally.counts["statements"],
        "documents": list(tally.documents),
        "outlets": list(tally.outlets),
        **{key: tally.counts[key] for key in ("second_hand", "hedged", "denied")},
        "first": min(tally.published, default=None),
        "last": max(tally.published, default=None),
    }


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))
