"""brat stand-off: the article's text beside its sources, cues and contents, and who said what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .material import Document, Json, Material, file_names
from .registry import Exporter, File

__all__ = ["BRAT", "standoff"]

CONFIG = """[entities]
Source
Cue
Content
Timex

[relations]

[events]
Attribution:Cue, Source*:Source, Content*:Content
Unstated:Content, Source*:Source

[attributes]
Form\tArg:<EVENT>, Value:direct|indirect|mixed
Footing\tArg:<EVENT>, Value:plain|hedged
Polarity\tArg:<EVENT>, Value:affirmed|negated|mixed
"""
"""What brat asks to stand beside the files."""
EVENT = "Attribution"


def standoff(document: Document) -> str:
    """The `.ann` of a page; offsets count code points of the `.txt`."""
    return "\n".join([*_Lines(document).all(), ""])


class _Lines:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.texts = 0
        self.marks = 0

    def all(self) -> Iterator[str]:
        for number, a in enumerate(self.document.attributions, 1):
            if a["content"]:
                yield from self._attribution(number, a)
        for t in self.document.reading.get("timexes", []):
            yield self._bound("Timex", [t["span"]])[1]

    def _attribution(self, number: int, a: Json) -> Iterator[str]:
        ids = {}
        for role, key in (("Cue", "cue"), ("Source", "source"), ("Content", "content")):
            if a[key]:
                ids[role], line = self._bound(role, a[key])
                yield line
        trigger = "Cue" if "Cue" in ids else "Content"
        kind = EVENT if "Cue" in ids else "Unstated"
        roles = " ".join(f"{role}:{ids[role]}" for role in ("Source", "Content") if role in ids and role != trigger)
        yield f"E{number}\t{kind}:{ids[trigger]} {roles}".rstrip()
        certainty, polarity = a["footing"]["certainty"], a["footing"]["polarity"]
        for name, value in (("Form", a["form"]), ("Footing", certainty), ("Polarity", polarity)):
            self.marks += 1
            yield f"A{self.marks}\t{name} E{number} {value}"

    def _bound(self, kind: str, spans: Sequence[Sequence[int]]) -> tuple[str, str]:
        """A text-bound annotation; brat has no line end inside a piece, so a piece is cut there."""
        self.texts += 1
        pieces = [piece for span in sorted(spans, key=tuple) for piece in self._cut(span)]
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(self.document.text[start:end] for start, end in pieces)
        return f"T{self.texts}", f"T{self.texts}\t{kind} {places}\t{words}"

    def _cut(self, span: Sequence[int]) -> Iterator[tuple[int, int]]:
        at = span[0]
        for line in self.document.text[span[0] : span[1]].split("\n"):
            if line:
                yield at, at + len(line)
            at += len(line) + 1


def _write(material: Material) -> Iterator[File]:
    yield "annotation.conf", [CONFIG.encode()]
    for name, document in file_names(material.documents):
        yield f"{name}.txt", [document.text.encode("utf-8", "replace")]
        yield f"{name}.ann", [standoff(document).encode("utf-8", "replace")]


BRAT = Exporter("brat", "brat stand-off files, for annotation", "text/plain", "ann", _write, many=True)
