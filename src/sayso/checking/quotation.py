"""A quotation taken apart: the words given, and where it says that something was left out or put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .fold import fold

__all__ = ["CASE", "Gap", "Piece", "Quotation", "read_quotation"]

Gap = Literal["start", "elision", "bracket", "letters"]
CASE = "\ue000"
"""Stands before a letter whose case brackets changed: `[T]he`."""
MAX_PIECES = 40
MAX_CHARS = 20_000
_GAP = re.compile(
    r"[\[(]\s*(?:…|\.\s?\.\s?\.\s?\.?)\s*[\])]|…\.?|\.{3,}|\.(?:\s\.){2,3}|\[(?P<bracket>[^\[\]\n]{0,120})\]"
)
_IGNORED = re.compile(r"\s?\[(?:sic!?|emphasis (?:added|mine)|\^[\w-]{1,20})?\]", re.IGNORECASE)
_CITATION = re.compile(r"(?:\s?\[[\d,\s–-]{1,12}\])+(?P<end>[.,;]?\W{0,2})$")
_LETTER = re.compile(r"(?<!\w)\[([^\W\d_])\](?=\w)")
_MARKS = '“”„‟«»"＂'
_EDGE = " .,;:-"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together in a quotation, folded; `CASE` before a letter of either case."""

    text: str
    gap: Gap
    """What stands before it."""
    inserted: str = ""
    """What brackets put there."""

    @property
    def words(self) -> list[str]:
        """Its words as an index compares them."""
        return [word.lower() for word in re.findall(r"\w{1,40}", self.text.replace(CASE, ""))]


@dataclass(frozen=True, slots=True)
class Quotation:
    """The pieces of a quotation in order; none where it says nothing."""

    text: str
    """As written, less the marks around it and a reference at its end."""
    pieces: tuple[Piece, ...]
    asks: bool = False
    """Whether it ends with a question mark."""
    ends: bool = False
    """Whether it ends as a sentence does."""
    closing: str = ""
    """What brackets put at its end."""
    is_cut: bool = False
    """Whether it is too long, or in too many pieces, to be compared whole."""

    @property
    def words(self) -> list[str]:
        """All words of the pieces."""
        return [word for piece in self.pieces for word in piece.words]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out or put in."""
        return len(self.pieces) == 1 and self.pieces[0].gap == "start"


def read_quotation(text: str) -> Quotation:
    """Take a quotation apart; the marks around it may be there or not.

    >>> pieces = read_quotation("“[T]he dam … held [in May] firm.”").pieces
    >>> [(piece.gap, piece.text.replace(CASE, "^"), piece.inserted) for piece in pieces]
    [('start', '^The dam', ''), ('elision', 'held', ''), ('bracket', 'firm', 'in May')]
    """
    bare = _CITATION.sub(r"\g<end>", text[:MAX_CHARS].strip()).strip(_MARKS + " \n").rstrip()
    marked = _LETTER.sub(CASE + r"\1", _IGNORED.sub("", bare))
    pieces: list[Piece] = []
    gap: Gap = "start"
    inserted: list[str] = []
    at = 0
    for match in _GAP.finditer(marked):
        if _put(pieces, marked[at : match.start()], gap, inserted):
            gap, inserted = "start", []
        word, at = match["bracket"], match.end()
        if word is None:
            gap = "elision"
        else:
            inserted.append(word.strip())
            if gap != "elision":
                gap = "letters" if marked[match.start() - 1 : match.start()].isalpha() else "bracket"
        if len(pieces) > MAX_PIECES:
            break
    if _put(pieces, marked[at:], gap, inserted):
        inserted = []
    is_cut = len(text) > MAX_CHARS or len(pieces) > MAX_PIECES
    end = bare.rstrip(" ,;" + _MARKS + "'’")
    return Quotation(bare, tuple(pieces), end.endswith("?"), end.endswith("."), " ".join(inserted), is_cut)


def _put(pieces: list[Piece], text: str, gap: Gap, inserted: list[str]) -> bool:
    folded = fold(text).text
    trimmed = folded.strip(_EDGE)
    if not re.search(r"\w", trimmed):
        return False
    pieces.append(Piece(trimmed, gap, " ".join(filter(None, inserted))))
    return True
