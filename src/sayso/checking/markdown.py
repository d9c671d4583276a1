"""Markdown as the plain text it shows, with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Callable

from .fold import Folded

__all__ = ["shown"]

_FENCE = re.compile(r"^[ ]{0,3}(```|~~~).*?(?:^[ ]{0,3}\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_NOTE = re.compile(r"^[ ]{0,3}\[\^?[\w-]{1,40}\]:[^\n]*$", re.MULTILINE)
_LEAD = re.compile(r"^[ \t]{0,8}(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,3}[.)][ \t]+)", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,1000}\)")
_REFERENCE = re.compile(
    r"[ ]?\[\^[\w-]{1,40}\]"
    r"|(?<=[.,;:!?\"”’'»)])[ ]?\[\d{1,3}(?:[,–-][ ]?\d{1,3}){0,8}\]"
    r"|[ ]?\[\d{1,3}(?:[,–-][ ]?\d{1,3}){0,8}\](?=[.,;:!?\"”’'»)]|\s*$)",
    re.MULTILINE,
)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_ESCAPE = re.compile(r"\\([\\*_>#\[\]`~{}()!+.-])")
_EMPHASIS = re.compile(r"(?<![\w*_])(?:\*{1,3}|_{1,3}|~~)(?=[^\s*_])|(?<=[^\s*_])(?:\*{1,3}|_{1,3}|~~)(?![\w*_])|`+")
_QUOTED = re.compile(r"(?:^[ ]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_ARROW = re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE)
_SIGNED = re.compile(r"\n\s*[—–-]{1,2}\s*[^\n]{1,80}\s*\Z")
_WRAPPED = re.compile(r"(?<=[^\n.!?:”\"])[^\S\n]*\n[^\S\n]*(?=[a-z])")
"""A line that goes on in the next."""
_ASIDE = re.compile(
    r"\s*\**(?:\[!|(?:question|q|note|tip|warning|important|caution|source|user|prompt)s?\**\s*:)", re.IGNORECASE
)
"""What isn't quoted from a page although it is set apart like it."""
_MARKS = '“"„«‘'


def shown(text: str) -> Folded:
    r"""The plain text that Markdown shows; block quotations get quotation marks.

    >>> shown("**Berg:** [it](x) holds[^1]").text
    'Berg: it holds'
    >>> shown("> It holds.\n> — Berg").text
    '“It holds.”\n— Berg'
    """
    folded = Folded(text, lambda: range(len(text) + 1))
    folded = _replaced(folded, _QUOTED, _unquoted)
    for pattern in (_FENCE, _NOTE, _IMAGE, _TAG, _LEAD):
        folded = _replaced(folded, pattern, lambda match: [])
    folded = _replaced(folded, _LINK, lambda match: [match.span(1)])
    folded = _replaced(folded, _WRAPPED, lambda match: [" "])
    for pattern in (_REFERENCE, _EMPHASIS):
        folded = _replaced(folded, pattern, lambda match: [])
    return _replaced(folded, _ESCAPE, lambda match: [match.span(1)])


_Parts = list[tuple[int, int] | str]


def _replaced(folded: Folded, pattern: re.Pattern[str], parts_of: Callable[[re.Match[str]], _Parts]) -> Folded:
    """The text with each match made of stretches of itself and of new words."""
    text, origins = folded.text, folded.origins
    out: list[str] = []
    places: list[int] = []
    at = 0
    for match in pattern.finditer(text):
        for part in [(at, match.start()), *parts_of(match)]:
            if isinstance(part, str):
                out.append(part)
                places += [places[-1] if places else origins[match.start()]] * len(part)
            else:
                out.append(text[part[0] : part[1]])
                places += origins[part[0] : part[1]]
        at = match.end()
    out.append(text[at:])
    places += origins[at:]
    return Folded("".join(out), lambda: places)


def _unquoted(match: re.Match[str]) -> _Parts:
    """A block quotation without its arrows, in quotation marks unless it has its own."""
    group, start = match.group(), match.start()
    lines: list[tuple[int, int]] = []
    at = 0
    for arrow in _ARROW.finditer(group):
        if at < arrow.start():
            lines.append((start + at, start + arrow.start()))
        at = arrow.end()
    lines.append((start + at, match.end()))
    text = "".join(match.string[a:b] for a, b in lines)
    if not text.strip() or text.lstrip()[0] in _MARKS or _ASIDE.match(text):
        return list(lines)
    signed = _SIGNED.search(text)
    length = len(text[: signed.start()] if signed else text.rstrip())
    head = len(text) - len(text.lstrip())
    before, inside, after = _split(lines, head), _split(_rest(lines, head), length - head), _rest(lines, length)
    return [*before, "“", *inside, "”", *after]


def _split(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The first code points of some spans."""
    out = []
    for start, end in spans:
        taken = min(length, end - start)
        if taken > 0:
            out.append((start, start + taken))
            length -= taken
    return out


def _rest(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans less their first code points."""
    out = []
    for start, end in spans:
        taken = min(length, end - start)
        length -= taken
        if start + taken < end:
            out.append((start + taken, end))
    return out
