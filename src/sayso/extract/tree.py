"""A page's markup as a tree that knows where on the page every tag and every character stood.

Tokens follow the HTML standard; the tree is a lenient one: implied end tags, misnesting and cut-off
pages are taken as browsers take them where that matters to text, and depth, attributes and the number
of elements are bounded. Positions are code points of the decoded page. Everything is linear in its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from .listing import words
from .references import decode_attribute, decode_pieces

__all__ = ["ATTRIBUTE", "MAX_DEPTH", "MAX_NODES", "Element", "Text", "Tree", "parse_html", "read_attributes"]

MAX_DEPTH = 512
"""As in browsers: an element nested deeper becomes a sibling of those at this depth."""
MAX_NODES = 100_000
"""Elements and texts read; what follows is left unread (`Tree.cut_at`)."""
MAX_ATTRIBUTES = 256
SHORTEST_ATTRIBUTE = 5
"""Characters of the shortest attribute that names a thing: ` id=x`."""

_ATTRIBUTES = r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+[^>=]*+)*+"""
_TOKEN = re.compile(
    rf"<(?:(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})(?P<end>>|\Z)"
    r"|!--(?:-?>|(?P<comment>))"
    r"|!\[CDATA\[(?P<cdata>)"
    r"|[!?/](?<!/)[^>]*+(?:>|\Z)|/(?=[^a-zA-Z])[^>]*+(?:>|\Z))"
)
ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?)?""")
"""One attribute of a start tag: its name, and its value between double quotes, single ones, or none."""

VOID = frozenset(
    words("area base br col embed frame hr img input keygen link meta param source track wbr basefont bgsound")
)
RAW = frozenset(["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title", "plaintext"])
"""Elements whose content is no markup."""
_DECODED_RAW = frozenset({"textarea", "title"})
_RAW_END = {tag: re.compile(rf"</(?i:{tag})(?=[\s/>])") for tag in RAW}
_HEAD_CONTENT = frozenset(
    words("base basefont bgsound link meta title style script noscript noframes template head html")
)
FORMATTING = frozenset(
    words("a b big code em font i nobr s small strike strong tt u span label abbr cite mark sub sup q")
)
_CLOSES_P = frozenset(
    words(
        "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre listing search section summary table "
        "ul xmp plaintext li dd dt"
    )
)
_BARRIERS = frozenset(words("applet caption html table td th marquee object template button svg math foreignobject"))
"""An end tag or an implied end doesn't reach out of these."""
_WATCHED = _BARRIERS | {"head"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TABLE_PARTS = frozenset({"tbody", "thead", "tfoot", "tr", "td", "th", "table", "caption", "colgroup"})
_IMPLIED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "option": (("option",), ("select", "datalist")),
    "optgroup": (("option", "optgroup"), ("select",)),
    "tr": (("tr", "td", "th", "caption"), ("table",)),
    "td": (("td", "th"), ("table", "tr")),
    "th": (("td", "th"), ("table", "tr")),
    "tbody": (("tbody", "thead", "tfoot", "tr", "td", "th", "caption"), ("table",)),
    "thead": (("tbody", "thead", "tfoot", "tr", "td", "th", "caption"), ("table",)),
    "tfoot": (("tbody", "thead", "tfoot", "tr", "td", "th", "caption"), ("table",)),
    "rt": (("rt", "rp"), ("ruby",)),
    "rp": (("rt", "rp"), ("ruby",)),
}
"""Start tag: what it ends if open, and the elements beyond which it doesn't look."""
_END_OF_TAG = 4
"""The last group of a token that is a tag."""
_ONCE = frozenset({"html", "head", "body"})
_CAREFUL = frozenset(_IMPLIED) | _HEADINGS | _ONCE | {"a"}
_SLOW_STARTS = _CAREFUL | VOID | _WATCHED | RAW
"""Elements that more is done for than to open them."""
_SLOW_ENDS = _WATCHED | _ONCE


class Element:
    """One element: its tag in lower case, its place on the page, its children in page order."""

    __slots__ = ("_attrs", "children", "content", "end", "named", "parent", "source", "start", "stop", "tag")

    def __init__(
        self, tag: str, parent: Element | None, source: str, start: int, content: int, named: int, stop: int
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.children: list[Element | Text] = []
        self.source = source
        """The decoded page."""
        self.start = start
        """Where the start tag begins."""
        self.content = content
        """Where the start tag ends."""
        self.end = content
        """Where the end tag ends, or the element was ended without one."""
        self.named = named
        """Where the start tag's name ends, and its attributes begin."""
        self.stop = stop
        """Where its attributes end."""

    @property
    def raw_attrs(self) -> str:
        """The start tag's attributes as they stand on the page, nothing decoded."""
        return self.source[self.named : self.stop]

    @property
    def has_attributes(self) -> bool:
        """Whether the start tag is long enough for an attribute that tells anything."""
        return self.stop - self.named >= SHORTEST_ATTRIBUTE

    @property
    def attrs(self) -> dict[str, str]:
        """Attributes by lower-case name, values decoded; the first of equal names counts."""
        try:
            return self._attrs
        except AttributeError:  # of most elements nobody asks
            self._attrs: dict[str, str] = read_attributes(self.source, self.named, self.stop)
            return self._attrs

    def get(self, name: str) -> str | None:
        """The value of one attribute; None where it isn't there."""
        return self.attrs.get(name)

    def has(self, name: str) -> bool:
        """Whether the attribute is there, with a value or without."""
        return name in self.attrs

    def ancestors(self) -> Iterator[Element]:
        """The elements around this one, innermost first, the root last."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def iter(self) -> Iterator[Element | Text]:
        """Everything inside, in page order."""
        stack = [iter(self.children)]
        while stack:
            for node in stack[-1]:
                yield node
                if isinstance(node, Element) and node.children:
                    stack.append(iter(node.children))
                    break
            else:
                stack.pop()

    def elements(self) -> Iterator[Element]:
        """The elements inside, in page order."""
        return (node for node in self.iter() if isinstance(node, Element))

    def texts(self) -> Iterator[Text]:
        """The texts inside, in page order, those of scripts and styles too."""
        return (node for node in self.iter() if isinstance(node, Text))

    def text(self) -> str:
        """The words inside, references decoded, white space folded; scripts and styles left out."""
        parts = [t.value for t in self.texts() if not t.raw or t.parent is self]
        return " ".join("".join(parts).split())

    def __repr__(self) -> str:
        return f"<{self.tag}> [{self.start}, {self.end})"


class Text:
    """A stretch of character data between two tags; `raw` in a script or style, where nothing is decoded."""

    __slots__ = ("end", "parent", "start")

    raw: ClassVar[bool] = False

    def __init__(self, parent: Element, start: int, end: int) -> None:
        self.parent = parent
        self.start = start
        self.end = end

    @property
    def source(self) -> str:
        """The decoded page."""
        return self.parent.source

    @property
    def value(self) -> str:
        """The characters meant: references decoded, white space as it stands."""
        return "".join(chars for chars, _ in self.pieces)

    @property
    def pieces(self) -> list[tuple[str, int]]:
        """Decoded characters and where they stand on the page; a reference is a piece of its own."""
        if self.raw:
            return [(self.source[self.start : self.end], self.start)]
        return decode_pieces(self.source, self.start, self.end)

    def __repr__(self) -> str:
        return f"{self.source[self.start : self.end][:40]!r} [{self.start}, {self.end})"


class RawText(Text):
    """Character data of a script, a style or a CDATA section, in which nothing is decoded."""

    __slots__ = ()

    raw = True


class Tree:
    """A page's elements and texts."""

    __slots__ = ("_by_tag", "cut_at", "elements", "root", "source")

    def __init__(self, source: str, root: Element, elements: list[Element], cut_at: int | None) -> None:
        self.source = source
        self.root = root
        self.elements = elements
        """All elements but the root, in page order."""
        self.cut_at = cut_at
        """Where reading stopped, the page being too large; None where all was read."""
        self._by_tag: dict[str, list[Element]] | None = None

    def iter(self) -> Iterator[Element | Text]:
        """Everything on the page, in page order."""
        return self.root.iter()

    def find_all(self, *tags: str) -> list[Element]:
        """All elements with one of the tags, in page order."""
        if self._by_tag is None:
            self._by_tag = defaultdict(list)
            for element in self.elements:
                self._by_tag[element.tag].append(element)
        if len(tags) == 1:
            return list(self._by_tag.get(tags[0], ()))
        return sorted((e for tag in set(tags) for e in self._by_tag.get(tag, ())), key=lambda e: (e.start, e.content))

    def find(self, tag: str) -> Element | None:
        """The first element with the tag."""
        found = self.find_all(tag)
        return found[0] if found else None

    def release(self) -> None:
        """Let go of the tree: its cycles are cut, so that it is freed at once. It can't be read afterwards."""
        self.root.children.clear()
        for element in self.elements:
            element.children.clear()
        self.elements.clear()
        self._by_tag = None

    @property
    def scripts(self) -> list[Element]:
        """Script elements; `element.texts()` holds at most one text, the script."""
        return self.find_all("script")

    @property
    def metas(self) -> list[Element]:
        """Meta elements."""
        return self.find_all("meta")


def read_attributes(source: str, start: int, end: int) -> dict[str, str]:
    """Attributes of a start tag by lower-case name, values decoded; the first of equal names counts."""
    out: dict[str, str] = {}
    if end - start > MAX_ATTRIBUTES:
        found = [match.groups("") for match in islice(ATTRIBUTE.finditer(source, start, end), MAX_ATTRIBUTES)]
    else:
        found = ATTRIBUTE.findall(source, start, end)
    for name, double, single, bare in found:
        name = name.lower()
        if name not in out:
            value = double or single or bare
            out[name] = decode_attribute(value) if "&" in value else value
    return out


class _Builder:
    """Tokens in, tree out; `open` holds, for each tag, where in the stack it stands."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root = Element("#document", None, source, 0, 0, 0, 0)
        self.stack = [self.root]
        self.open: defaultdict[str, list[int]] = defaultdict(list)
        self.barriers = [0]
        self.unopened: defaultdict[str, int] = defaultdict(int)
        self.elements: list[Element] = []
        self.in_head = False
        self.foreign = 0
        """How many svg and math elements are open; their tags may close themselves."""

    def push(self, element: Element) -> None:
        stack, tag = self.stack, element.tag
        depth = len(stack)
        if depth >= MAX_DEPTH:
            self.unopened[tag] += 1
            return
        self.open[tag].append(depth)
        stack.append(element)
        if tag in _WATCHED:
            if tag == "head":
                self.in_head = True
                return
            self.barriers.append(depth)
            self.foreign += tag == "svg" or tag == "math"

    def pop_to(self, index: int, at: int) -> None:
        """End every open element from `index` in the stack on."""
        stack = self.stack
        while len(stack) > index:
            element = stack.pop()
            element.end = at
            tag = element.tag
            self.open[tag].pop()
            if tag in _WATCHED:
                if tag == "head":
                    self.in_head = False
                    continue
                self.barriers.pop()
                self.foreign -= tag == "svg" or tag == "math"

    def last(self, *tags: str) -> int:
        """Highest place in the stack of an open element with one of the tags, 0 where none is open."""
        return max(self.open[tag][-1] if self.open.get(tag) else 0 for tag in tags)

    def imply_ends(self, tag: str, at: int) -> None:
        """End what the start tag `tag` ends without saying so."""
        rule = _IMPLIED.get(tag)
        if rule is not None:
            found = [places[-1] for t in rule[0] if (places := self.open.get(t))]
            if not found:
                return
            floor = self.last(*rule[1])
            if tag not in _TABLE_PARTS:
                floor = max(floor, self.barriers[-1])
            ended = [i for i in found if i > floor]
            if ended:
                self.pop_to(min(ended), at)
        elif tag in _HEADINGS:
            if self.stack[-1].tag in _HEADINGS:
                self.pop_to(len(self.stack) - 1, at)
        elif tag == "a" and self.open["a"] and self.open["a"][-1] > self.barriers[-1]:
            self.end_formatting(self.open["a"][-1], at)

    def leave_head(self, at: int) -> None:
        if self.stack[-1].tag != "noscript" and len(self.barriers) <= 2:
            self.pop_to(self.open["head"][-1], at)

    def end_formatting(self, index: int, at: int) -> None:
        """End a formatting element; blocks opened inside it stay open, as copies beside it."""
        above = self.stack[index + 1 :][:16]
        self.pop_to(index, at)
        for element in above:
            if element.tag not in FORMATTING:
                copy = Element(element.tag, self.stack[-1], self.source, at, at, element.named, element.stop)
                self.stack[-1].children.append(copy)
                self.elements.append(copy)
                self.push(copy)

    def start_tag(self, tag: str, match: re.Match[str], at: int, end: int) -> Element | None:
        if self.in_head and tag not in _HEAD_CONTENT:
            self.leave_head(at)
        if tag in _CLOSES_P:
            p = self.open["p"]
            if p and p[-1] > self.barriers[-1]:
                self.pop_to(p[-1], at)
        if tag in _CAREFUL:
            if tag in _ONCE and self.open[tag]:
                return None
            self.imply_ends(tag, at)
        named, stop = match.span(3)
        parent = self.stack[-1]
        element = Element(tag, parent, self.source, at, end, named, stop)
        parent.children.append(element)
        self.elements.append(element)
        if tag not in VOID and not (self.foreign and self.source.startswith("/", stop - 1)):
            self.push(element)
        return element

    def end_tag(self, tag: str, start: int, end: int) -> None:
        if self.unopened and self.unopened.get(tag):
            self.unopened[tag] -= 1
            return
        places = self.open[tag]
        if not places or tag == "body" or tag == "html":
            return
        index = places[-1]
        if tag in _TABLE_PARTS:
            if tag != "table" and index < self.last("table"):
                return
        elif index < self.barriers[-1]:
            return
        element = self.stack[index]
        if index < len(self.stack) - 1 and tag in FORMATTING:
            self.end_formatting(index, start)
        else:
            self.pop_to(index, start)
        element.end = end

    def finish(self, at: int) -> Tree:
        """End all that is open where reading stopped."""
        self.pop_to(1, at)
        self.root.end = at
        return Tree(self.source, self.root, self.elements, at if at < len(self.source) else None)

    def text(self, start: int, end: int, *, raw: bool = False) -> None:
        if self.in_head and not raw and not self.source[start:end].isspace():
            self.leave_head(start)
        parent = self.stack[-1]
        parent.children.append((RawText if raw else Text)(parent, start, end))


def _start(builder: _Builder, tag: str, match: re.Match[str]) -> int:
    """Read a start tag, with its content where that is no markup; where reading goes on."""
    opened = builder.start_tag(tag, match, match.start(), match.end())
    if tag in RAW and opened is not None and not builder.foreign:
        return _raw_content(builder, opened)
    return match.end()


def _raw_content(builder: _Builder, element: Element) -> int:
    """Add the content of a raw text element and end it; where reading goes on."""
    source, tag, start = builder.source, element.tag, element.content
    found = None if tag == "plaintext" else _RAW_END[tag].search(source, start)
    end = found.start() if found else len(source)
    if end > start:
        kind = Text if tag in _DECODED_RAW else RawText
        element.children.append(kind(element, start, end))
    if builder.stack[-1] is element:
        builder.pop_to(len(builder.stack) - 1, end)
    else:
        builder.unopened[tag] = 0
    element.end = end
    if found is None:
        return end
    close = source.find(">", end)
    element.end = len(source) if close < 0 else close + 1
    return element.end


def _comment(source: str, start: int) -> int:
    """Where the comment that has begun before `start` ends."""
    end = source.find("-->", start)
    odd = source.find("--!>", start, len(source) if end < 0 else end)
    if odd >= 0:
        return odd + 4
    return len(source) if end < 0 else end + 3


def _cdata(builder: _Builder, start: int, xml: bool) -> int:
    """Read a CDATA section at `start`: text in XML and in svg or math, a comment elsewhere."""
    source = builder.source
    if not (xml or builder.foreign):
        end = source.find(">", start)
        return len(source) if end < 0 else end + 1
    end = source.find("]]>", start)
    stop = len(source) if end < 0 else end
    if stop > start + 9:
        builder.text(start + 9, stop, raw=True)
    return min(stop + 3, len(source))


def _no_tag(builder: _Builder, match: re.Match[str], xml: bool) -> int:
    """Read what begins like a tag and is none; where reading goes on."""
    if match["comment"] is not None:
        return _comment(builder.source, match.end())
    if match["cdata"] is not None:
        return _cdata(builder, match.start(), xml)
    return match.end()


def parse_html(source: str, *, max_nodes: int = MAX_NODES) -> Tree:
    """Read a page's markup; never raises for what stands in it.

    Args:
        source: the decoded page.
        max_nodes: bound on elements and texts read.
    Returns:
        The tree; positions are code points of `source`.
    """
    builder = _Builder(source)
    xml = source[:200].lstrip("\ufeff \t\r\n").startswith("<?xml")
    search, at, length = _TOKEN.search, 0, len(source)
    stack, open_at, elements, barriers = builder.stack, builder.open, builder.elements, builder.barriers
    budget = max_nodes
    while budget > 0:
        match = search(source, at)
        start = match.start() if match else length
        if start > at:
            budget -= 1
            if builder.in_head:
                builder.text(at, start)
            else:
                stack[-1].children.append(Text(stack[-1], at, start))
        if match is None:
            at = length
            break
        at = match.end()
        if match.lastindex != _END_OF_TAG:
            at = _no_tag(builder, match, xml)
            continue
        budget -= 1
        close, name = match.group(1, 2)
        tag = name.lower()
        if at == length and not match[_END_OF_TAG]:
            continue
        if close:
            top = stack[-1]
            if top.tag == tag and tag not in _SLOW_ENDS and not builder.unopened:
                stack.pop()
                open_at[tag].pop()
                top.end = at
            else:
                builder.end_tag(tag, start, at)
        elif builder.in_head or builder.foreign or len(stack) >= MAX_DEPTH:
            at = _start(builder, tag, match)
        elif (tag not in _SLOW_STARTS or tag in VOID or (tag == "a" and not open_at["a"])) and (
            tag not in _CLOSES_P or not (p := open_at["p"]) or p[-1] <= barriers[-1]
        ):  # it goes into the innermost open element, and ends nothing
            parent = stack[-1]
            element = Element(tag, parent, source, start, at, *match.span(3))
            parent.children.append(element)
            elements.append(element)
            if tag not in VOID:
                open_at[tag].append(len(stack))
                stack.append(element)
        else:
            at = _start(builder, tag, match)
    return builder.finish(at)
