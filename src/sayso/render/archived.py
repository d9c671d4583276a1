"""The archived page itself, shown inert: its own structure and words, none of its code, with the reading's marks on it.

Whatever the page's markup means to a browser, only a short list of tags without attributes and escaped text is
written, so that safety does not hang on reading the markup rightly. Everything is linear and bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import accumulate
from typing import Any

from .labels import clean, footing_tags, group_of
from .segments import Mark, cut, levels

__all__ = ["Archived", "PageMarks", "archived_html", "page_marks"]

MAX_CHARS = 2_000_000
MAX_TAGS = 60_000
MAX_DEPTH = 120
MAX_MARK = 20_000
LONGEST_REFERENCE = 34


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


KEPT = _set(
    "p div section article main header footer nav aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre em strong b "
    "i u s small sub sup table thead tbody tfoot tr td th caption figure figcaption span time abbr cite address ruby "
    "rt rp code q bdi hgroup"
)
"""Tags written as they are, less their attributes."""
AS_OTHER = {
    **dict.fromkeys(("a", "font", "label", "button"), "span"),
    **dict.fromkeys(("center", "details", "fieldset", "form", "option"), "div"),
    **dict.fromkeys(("summary", "legend"), "p"),
    "bdo": "bdi",
    "menu": "ul",
    "tt": "code",
}
LONE = frozenset({"br", "hr", "wbr"})
SKIPPED = _set(
    "script style title textarea xmp iframe noembed noframes template svg math object applet audio video canvas select "
    "noscript head"
)
"""Left out with all they hold."""
CONTAINERS = _set("head noscript object select svg math template")
"""Those that lose their tag alone where they are never closed."""

_TAG = re.compile(r"""</?([a-zA-Z][^\s/>]{0,64})[^>"']*+(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)*+>""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_ATTRIBUTE = re.compile(
    r"""[\s"'/](alt|dir|lang|colspan|rowspan)\s*=\s*"""
    r"""(?:"([^"]{0,500})"|'([^']{0,500})'|([^\s>"']{1,200}))""",
    re.IGNORECASE,
)
_LANG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}\Z")
_NUMBER = re.compile(r"[1-9][0-9]?\Z")


@dataclass(frozen=True, slots=True)
class Archived:
    """The body of the page as shown."""

    html: str
    cut: bool
    """Whether the page is longer than what is shown."""


@dataclass(slots=True)
class PageMarks:
    """Marks over the decoded page, with what is written around their words."""

    items: list[Mark] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def page_marks(reading: Mapping[str, Any]) -> PageMarks:
    """Where the contents and sources of a reading stand in the decoded page."""
    runs = reading["article"]["runs"]
    starts = list(accumulate((run[0] for run in runs), initial=0))
    found = PageMarks()
    attributions = reading.get("attributions") or []
    hulls = [
        (min(s[0] for s in a["content"]), max(s[1] for s in a["content"])) if a["content"] else None
        for a in attributions
    ]
    index = {a["id"]: i for i, a in enumerate(attributions)}
    depth = levels(hulls, [index.get(a.get("parent") or "") for a in attributions])
    for number, item in enumerate(attributions):
        group = group_of(str(item["source_kind"]))
        tags = {name for name, _ in footing_tags(item.get("footing") or {}, str(item.get("tier")))}
        extra = "".join(f" {name}" for name in ("denied", "hedged") if name in tags)
        level = f" l{min(depth[number], 4)}" if depth[number] else ""
        _add(found, item["content"], runs, starts, "content", f"c {group}{level}{extra}", f"m-{item['id']}")
        _add(found, item["source"], runs, starts, "source", f"s {group}", "")
    order = sorted(range(len(found.items)), key=lambda i: (found.items[i].start, found.items[i].end, i))
    found.items = [found.items[i] for i in order]
    found.starts = [mark.start for mark in found.items]
    return found


def _add(
    found: PageMarks,
    spans: Sequence[Sequence[int]],
    runs: Sequence[Any],
    starts: list[int],
    role: Any,
    css: str,
    id: str,
) -> None:
    number = len(found.classes)
    found.classes.append(css)
    found.ids.append(id)
    for low, high in spans:
        at = max(0, bisect_left(starts, low + 1) - 1)
        while at < len(runs) and starts[at] < high:
            origin = runs[at][1]
            if origin is not None:
                first, last = max(low, starts[at]), min(high, starts[at] + runs[at][0])
                for piece in range(origin + first - starts[at], origin + last - starts[at], MAX_MARK):
                    end = min(piece + MAX_MARK, origin + last - starts[at])
                    found.items.append(Mark(piece, end, role, number))
            at += 1


def archived_html(text: str, media_type: str, reading: Mapping[str, Any]) -> Archived:
    """The page's body as inert HTML.

    Args:
        text: the decoded page.
        media_type: `text/html`, or anything else for text.
        reading: its reading/1.
    """
    writer = _Writer(text, page_marks(reading))
    if "html" in media_type:
        is_cut = writer.write_markup()
    else:
        writer.out.append("<pre>")
        writer.write_text(0, min(len(text), MAX_CHARS), decode=False)
        writer.out.append("</pre>")
        is_cut = len(text) > MAX_CHARS
    return Archived("".join(writer.out), is_cut)


class _Writer:
    def __init__(self, text: str, marks: PageMarks) -> None:
        self.text = text
        self.marks = marks
        self.out: list[str] = []
        self.open: list[str] = []
        self.never: set[str] = set()
        self.told: set[str] = set()

    def write_markup(self) -> bool:
        """Write all of a page of markup; whether it was cut."""
        limit, at, tags = min(len(self.text), MAX_CHARS), 0, 0
        while at < limit:
            start = self.text.find("<", at, limit)
            if start < 0 or tags >= MAX_TAGS:
                self.write_text(at, limit if start < 0 else start)
                break
            self.write_text(at, start)
            at = self._markup(start, limit)
            tags += 1
        self.out.extend(f"</{name}>" for name in reversed(self.open))
        self.open.clear()
        return len(self.text) > limit or tags >= MAX_TAGS

    def _markup(self, start: int, limit: int) -> int:
        """Take one piece of markup; returns where it ends."""
        text = self.text
        if text.startswith("<!--", start):
            end = text.find("-->", start + 4, limit)
            return end + 3 if end >= 0 else limit
        if text[start + 1 : start + 2] in ("!", "?"):
            end = text.find(">", start, limit)
            return end + 1 if end >= 0 else limit
        found = _TAG.match(text, start, limit)
        if found is None:
            if not re.match(r"</?[a-zA-Z]", text[start : start + 3]):
                self.out.append("&lt;")
                return start + 1
            end = text.find(">", start, limit)
            return end + 1 if end >= 0 else limit
        name = found[1].lower()
        if text[start + 1] == "/":
            self._close(name)
            return found.end()
        if name in SKIPPED:
            return self._skip(name, found.end(), limit)
        self._tag(name, found[0])
        return found.end()

    def _skip(self, name: str, at: int, limit: int) -> int:
        if name not in self.never:
            found = re.compile(rf"</{name}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(self.text, at, limit)
            if found:
                return found.end()
            self.never.add(name)
        # A browser takes all that follows for the content of an element that is no mere container.
        return at if name in CONTAINERS else limit

    def _tag(self, name: str, source: str) -> None:
        if name == "img":
            words = clean(unescape(self._attributes(source).get("alt", "")))
            shown = f"picture: {words}" if words.strip() else "picture"
            self.out.append(f'<span class="pic">[{escape(shown)}]</span>')
        elif name in LONE:
            self.out.append(f"<{name}>")
        elif (kept := AS_OTHER.get(name, name)) in KEPT and len(self.open) < MAX_DEPTH:
            extra = ' class="lk"' if name == "a" else ""
            for key, value in self._attributes(source).items() if len(source) > len(name) + 2 else ():
                if self._is_plain(key, value.lower()):
                    extra += f' {key}="{value.lower()}"'
            self.out.append(f"<{kept}{extra}>")
            self.open.append(kept)

    def _attributes(self, source: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(source[:4000]):
            found.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
        return found

    def _is_plain(self, key: str, value: str) -> bool:
        if key == "dir":
            return value in ("rtl", "ltr", "auto")
        return bool((_LANG if key == "lang" else _NUMBER).match(value)) and key != "alt"

    def _close(self, name: str) -> None:
        kept = AS_OTHER.get(name, name)
        if kept in KEPT and kept in self.open[-24:]:
            while self.open:
                last = self.open.pop()
                self.out.append(f"</{last}>")
                if last == kept:
                    return

    def write_text(self, start: int, end: int, *, decode: bool = True) -> None:
        """Write a stretch of text, marked and escaped."""
        if start >= end:
            return
        first = bisect_left(self.marks.starts, start - MAX_MARK)
        last = bisect_left(self.marks.starts, end)
        inside = [mark for mark in self.marks.items[first:last] if mark.end > start]
        if not inside:
            self.out.append(self._words(start, end, decode))
            return
        for piece in cut(start, end, inside):
            numbers = [*dict.fromkeys([*piece.numbers("content"), *piece.numbers("source")])]
            self.out.extend(self._opened(number) for number in numbers)
            self.out.append(self._words(piece.start, piece.end, decode))
            self.out.append("</span>" * len(numbers))

    def _opened(self, number: int) -> str:
        id = self.marks.ids[number]
        fresh = bool(id) and id not in self.told
        self.told.add(id)
        return f'<span class="{self.marks.classes[number]}"' + (f' id="{escape(id)}">' if fresh else ">")

    def _words(self, start: int, end: int, decode: bool) -> str:
        if not decode:
            return escape(clean(self.text[start:end]))
        return "".join(self._decoded(start, end))

    def _decoded(self, start: int, end: int) -> Iterator[str]:
        at = start
        # A reference that a mark's edge would cut belongs to whom its first character belongs.
        head = self.text.rfind("&", max(0, start - LONGEST_REFERENCE), start)
        if head >= 0 and (found := _REFERENCE.match(self.text, head)) and found.end() > start:
            at = min(found.end(), end)
        for found in _REFERENCE.finditer(self.text, at, end + LONGEST_REFERENCE):
            if found.start() >= end:
                break
            yield escape(clean(self.text[at : found.start()]))
            yield escape(clean(unescape(found[0])))
            at = found.end()
        if at < end:
            yield escape(clean(self.text[at:end]))
