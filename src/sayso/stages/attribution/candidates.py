"""Candidates: every place of a parsed block that has the shape of an attribution, with its parts.

Recall first: whether a candidate is one is for `scoring` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.model import Span
from sayso.stages.mentions import names

from .quotes import Quote
from .syntax import Range, agent_of, cue_range, is_passive, lemma_of, noun_phrase, subject_of, trim, without

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from sayso.stages.parse import Parse

__all__ = ["Candidate", "View", "find_candidates"]

CLAUSAL = frozenset({"ccomp", "xcomp", "parataxis"})
OBJECTS = frozenset({"dobj", "prep", "oprd", "attr", "dative", "acomp", "pobj", "advcl"})
WHEN_WHERE = frozenset(
    {"in", "on", "at", "during", "after", "before", "to", "for", "from", "by", "with", "through", "via"}
)
TELLING = frozenset({"tell", "ask", "inform", "remind", "assure", "warn", "advise", "notify", "brief", "urge"})
GIVING = frozenset({"promise", "offer", "guarantee", "pledge"})
"""Whose content may be a length of time: `promised them a week off`."""
SAYING = frozenset(
    {"say", "tell", "write", "speak", "add", "note", "state", "tweet", "post", "reply", "report", "argue", "explain"}
)
ADMITTING = frozenset(
    {"admit", "claim", "confirm", "deny", "warn", "announce", "insist", "testify", "communicate", "declare"}
)
REPORTED = frozenset({"reportedly", "allegedly", "supposedly", "purportedly", "apparently"})
ASKING = frozenset({"where", "when", "why", "how", "what", "whether", "if"})
RAISING = frozenset({"seem", "appear", "look", "sound"})
NAME_TOKENS = 8
MAX_COLON_CHARS = 60
HEADLINE_TOKENS = 30
TRANSCRIPT = frozenset(
    {"q", "a", "court", "host", "anchor", "moderator", "question", "answer", "interviewer", "reporter", "mr", "ms"}
)
DASHES = frozenset({"–", "—", "-", "--"})
MAX_BURIED = 24
BURYING = frozenset({"prep", "pobj", "acl", "ccomp", "npadvmod", "relcl"})
MAX_APART = 30
ASIDES = frozenset({"citing", "quoting", "referring", "reference", "which"})
MAX_ASIDE = 24
COMMAS = frozenset({",", "”", '"', "''", "—", "–", "--", "-"})


@dataclass(slots=True)
class View:
    """A parsed block with its quotations in token positions."""

    parse: Parse
    quotes: list[tuple[Range, Quote]]
    quote_at: list[int]
    """For each token, the position in `quotes` of the quotation that holds it, -1 outside."""

    @classmethod
    def of(cls, parse: Parse, quotes: Sequence[Quote]) -> View:
        """Map the block's quotations, in text order, to tokens."""
        doc = parse.doc
        quote_at = [-1] * len(doc)
        found: list[tuple[Range, Quote]] = []
        position = 0
        for quote in quotes:
            start, end = quote.span.start - parse.offset, quote.span.end - parse.offset
            while position < len(doc) and doc[position].idx + len(doc[position]) <= start:
                position += 1
            first = position
            while position < len(doc) and doc[position].idx < end:
                quote_at[position] = len(found)
                position += 1
            if position > first:
                found.append(((first, position - 1), quote))
        return cls(parse, found, quote_at)

    @property
    def doc(self) -> Doc:
        """The spaCy document of the block."""
        return self.parse.doc


@dataclass(slots=True)
class Candidate:
    """One possible attribution, in token positions of its block."""

    head: int
    """Token of the cue's head."""
    lemma: str
    frame: str
    """How the content hangs on the cue: clause, to, host, tail, object, prep, passive, quote, accord, noun, colon…"""
    cue: Range
    source: Range | None
    source_head: int | None
    content: list[Range]
    features: dict[str, float] = field(default_factory=dict)


def find_candidates(view: View) -> Iterator[Candidate]:
    """Candidates of one block in token order; content not yet widened by quotations."""
    yield from _colons(view)
    yield from _dashes(view)
    for token in view.doc:
        candidate = _at(view, token)
        if candidate is not None:
            yield candidate


def _at(view: View, token: Token) -> Candidate | None:
    if token.pos_ in {"VERB", "AUX"}:
        if token.lower_ == "according":
            return _according(view, token)
        return None if token.dep_ in {"aux", "auxpass"} else _verb(view, token)
    if token.lower_ == "according":
        return _according(view, token)
    if token.lower_ in {"per", "according"} and token.i > 0 and view.doc[token.i - 1].lower_ == "as":
        return _per(view, token, token.i - 1)
    if token.lower_ in {"per", "via"} and token.is_sent_start and _is_named_next(view.doc, token.i + 1):
        return _per(view, token, token.i)
    if token.lower_ in REPORTED:
        return _adverb(view, token)
    if token.pos_ == "NOUN":
        return _noun(view, token)
    return None


def _according(view: View, token: Token) -> Candidate | None:
    doc = view.doc
    sentence = token.sent
    if token.i + 2 >= sentence.end or doc[token.i + 1].lower_ != "to":
        return None
    first = token.i + 2
    last = max(doc[token.i + 1].right_edge.i, first)
    if token.i > sentence.start + 1:
        last = min(last, sentence.end - 1)
    for i in range(first, min(last + 1, len(doc))):
        if (
            (doc[i].text in {",", ";", "—"} and not _in_name(doc, i))
            or doc[i].is_space
            or (i > first and view.quote_at[i] >= 0)
        ):
            last = i - 1
            break
    source = trim(doc, first, last)
    if source is None:
        return None
    content = without(doc, sentence.start, sentence.end - 1, [(token.i, last)])
    if token.i > sentence.start + 2 and doc[token.i - 1].text == "," and doc[token.i - 2].lower_ in {"that", "whether"}:
        content = without(doc, last + 1, sentence.end - 1, [])  # `said that, according to Y, C`
    return (
        Candidate(token.i, "according", "accord", (token.i, token.i + 1), source, first, content) if content else None
    )


def _is_named_next(doc: Doc, i: int) -> bool:
    """Whether a name follows: `Per the Ledger, …`, not `Per head, …`."""
    i += i < len(doc) and doc[i].lower_ == "the"
    return i < len(doc) and doc[i].pos_ == "PROPN"


def _per(view: View, token: Token, first: int) -> Candidate | None:
    """`As per TransferTalk, …`, `Per the Ledger, …`; the cue begins at `first`."""
    doc = view.doc
    sentence = token.sent
    last = token.i
    while last + 1 < sentence.end and doc[last + 1].text not in {",", ";", ":"} and last - token.i < NAME_TOKENS:
        last += 1
    source = trim(doc, token.i + 1, last)
    content = without(doc, sentence.start, sentence.end - 1, [(first, last)])
    if source is None or not content:
        return None
    return Candidate(
        token.i, "according", "accord", (first, token.i), source, doc[source[0] : source[1] + 1].root.i, content
    )


def _in_name(doc: Doc, comma: int) -> bool:
    """Whether a comma stands inside a name (`Jones, Jr.`)."""
    return comma + 1 < len(doc) and doc[comma + 1].lower_.rstrip(".") in {"jr", "sr", "inc", "ltd"}


def _adverb(view: View, token: Token) -> Candidate | None:
    doc = view.doc
    head = token.head
    if head.i == token.i:
        return None
    while head.dep_ in {"aux", "auxpass", "advmod", "amod"} and head.head.i != head.i:
        head = head.head
    content = without(doc, head.left_edge.i, head.right_edge.i, [(token.i, token.i)])
    return Candidate(token.i, token.lower_, "adverb", (token.i, token.i), None, None, content) if content else None


def _noun(view: View, token: Token) -> Candidate | None:
    """`his claim that …`, `a statement saying` is the verb's; `the belief that`."""
    doc = view.doc
    clause = None
    for child in token.children:
        if child.dep_ in {"acl", "ccomp", "relcl"} and child.i > token.i:
            mark = next((grand for grand in child.children if grand.dep_ == "mark"), None)
            if (mark is not None and mark.lower_ in {"that", "whether"}) or (
                child.dep_ == "acl" and child.tag_ == "VB"
            ):
                clause = child
    if clause is None:
        return None
    owner = _owner(token)
    source = None if owner is None else noun_phrase(owner)
    if source is not None and source[0] <= token.i <= source[1]:
        source = None
    content = without(doc, clause.left_edge.i, clause.right_edge.i, [(token.i, token.i)])
    if not content:
        return None
    finite = any(child.dep_ in {"mark", "aux"} and child.lower_ != "to" for child in clause.children)
    frame = "noun-to" if clause.tag_ == "VB" and not finite else "noun"
    head = owner.i if owner is not None and source is not None else None
    return Candidate(token.i, token.lemma_.lower(), frame, (token.i, token.i), source, head, content)


def _owner(noun: Token) -> Token | None:
    """Who made the claim: possessor, `by`/`of`/`from` phrase, or subject of `made a claim`."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of", "among"} and child.i > noun.i:
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    if noun.dep_ in {"dobj", "pobj"}:
        verb = noun.head if noun.dep_ == "dobj" else noun.head.head
        if verb.pos_ in {"VERB", "AUX"}:
            return subject_of(verb)
    return None


def _colons(view: View) -> Iterator[Candidate]:
    """`Minister: no deal`, `SMITH: I never said so.`"""
    doc = view.doc
    start = 0
    for token in doc:
        if token.i > start and token.is_sent_start:
            start = token.i
        if token.text != ":" or token.i == start or token.i - start > NAME_TOKENS:
            continue
        named = doc[start : token.i]
        if view.quote_at[token.i] >= 0 or len(named.text) > MAX_COLON_CHARS or not named[0].text[:1].isupper():
            continue
        if any(t.pos_ in {"VERB", "AUX"} and t.tag_ != "VBN" for t in named) or any(
            t.is_punct and t.text not in {"-", ".", ",", "(", ")"} for t in named
        ):
            continue
        source = trim(doc, start, token.i - 1)
        last = token.sent.end - 1
        if view.parse.block.kind == "paragraph" and token.i < NAME_TOKENS + 1:
            last = len(doc) - 1
        content = without(doc, token.i + 1, last, [])
        if source and content:
            frame = _colon_frame(view, named.text, start)
            yield Candidate(token.i, ":", frame, (token.i, token.i), source, named.root.i, content)


def _colon_frame(view: View, named: str, start: int) -> str:
    opens = start == 0 and view.parse.block.kind == "paragraph"
    if opens and (named.isupper() or _is_label(named)) and _is_speaker(view, named):
        return "speaker-colon"
    if (
        start == 0
        and len(view.doc) <= HEADLINE_TOKENS
        and view.doc[-1].text not in {".", ";"}
        and _is_calling(view, named)
    ):
        return "heading-colon"
    return "colon"


def _is_label(named: str) -> bool:
    """`Interviewer`, `Mr Farrow`: how a transcript names who speaks, in small letters."""
    words = [word.strip(".").casefold() for word in named.split()]
    if len(words) == 1:
        return words[0] in TRANSCRIPT | names().callings
    return words[0] in names().titles and len(words) < 4


def _is_calling(view: View, named: str) -> bool:
    """`Mayor`, `Central bank chief`, `Survivors`: words for who speaks, not for what it is about."""
    last = named.casefold().split()[-1]
    known = names().callings | names().titles | names().bodies_called
    return bool({last, last.removesuffix("s")} & known) or view.doc[0].ent_type_ == "PERSON"


def _is_speaker(view: View, named: str) -> bool:
    """`MR. FARROW`, `THE COURT`, `Q`: somebody in a transcript, not `TRANSFER SHOCK`."""
    words = {word.casefold().strip(".,") for word in named.split()}
    if words & (names().titles | names().callings | TRANSCRIPT):
        return True
    return any(token.ent_type_ == "PERSON" for token in view.doc[: len(words) + 1])


def _dashes(view: View) -> Iterator[Candidate]:
    """`Bank knew of forged deeds – whistleblower`: a headline that ends with its source."""
    doc = view.doc
    if len(doc) > HEADLINE_TOKENS or len(doc) < 4 or doc[-1].text in {".", "!", "?"}:
        return
    for token in doc[max(1, len(doc) - NAME_TOKENS) : len(doc) - 1]:
        if token.text not in DASHES or not _spaced(doc, token):
            continue
        words = doc[token.i + 1 :]
        if any(t.pos_ in {"VERB", "AUX"} and t.tag_ in {"VBZ", "VBP", "VBD", "MD"} for t in words):
            continue
        source = trim(doc, token.i + 1, len(doc) - 1)
        content = without(doc, 0, token.i - 1, [])
        if source and content and token.i >= 3:
            yield Candidate(token.i, "-", "headline-dash", (token.i, token.i), source, words.root.i, content)
        return


def _spaced(doc: Doc, token: Token) -> bool:
    return bool(token.whitespace_) and bool(doc[token.i - 1].whitespace_)


def _verb(view: View, verb: Token) -> Candidate | None:
    doc = view.doc
    subject = _quoted(verb) or subject_of(verb)
    passive = is_passive(verb)
    cue = cue_range(verb)
    source: Range | None = None
    if subject is not None:
        source = noun_phrase(subject)
        if source[0] <= cue[0] <= source[1]:
            source = trim(doc, source[0], cue[0] - 1)
    cut = [cue] + ([source] if source else [])
    frame, content = _content(view, verb, passive, cue, source, cut)
    if frame == "":
        return None
    if frame.startswith("raising"):
        subject = None
    head = subject.i if subject is not None and source is not None else None
    return Candidate(verb.i, lemma_of(verb), frame, cue, source if head is not None else None, head, content)


def _quoted(verb: Token) -> Token | None:
    """Whose words `quoted Y as saying` and `Y was quoted as saying` give."""
    above = verb.head
    if verb.dep_ not in {"pcomp", "advcl"} or verb.tag_ != "VBG" or above.lower_ != "as":
        return None
    quoting = above.head
    if quoting.lemma_.lower() not in {"quote", "cite"}:
        return None
    wanted = {"nsubjpass"} if is_passive(quoting) else {"dobj"}
    return next((child for child in quoting.children if child.dep_ in wanted), None)


def _content(
    view: View, verb: Token, passive: bool, cue: Range, source: Range | None, cut: list[Range]
) -> tuple[str, list[Range]]:
    doc = view.doc
    children = list(verb.children)
    clauses = [child for child in children if child.dep_ in CLAUSAL] or _misplaced(verb, children)
    if passive and agent_of(verb) is None and not any(child.dep_ == "nsubj" for child in children):
        return _passive(view, verb, cue, children)
    if verb.lemma_.lower() in RAISING and any(c.dep_ in {"xcomp", "acomp", "oprd", "prep"} for c in children):
        return _passive(view, verb, cue, children, frame="raising")
    if (
        any(child.dep_ == "mark" and child.lower_ == "as" for child in children)
        and verb.dep_ == "advcl"
        and not clauses
    ):
        own = (verb.left_edge.i, verb.right_edge.i)
        return "as", without(doc, verb.head.left_edge.i, verb.head.right_edge.i, [own, *cut])
    if clauses:
        pieces: list[Range] = []
        whom = next((c for c in children if c.dep_ in {"dobj", "dative"} and verb.i < c.i < clauses[0].i), None)
        if whom is not None and clauses[0].dep_ == "xcomp" and verb.lemma_.lower() != "tell":
            pieces.extend(without(doc, whom.left_edge.i, whom.right_edge.i, cut))
        for clause in clauses:
            first, last = clause.left_edge.i, clause.right_edge.i
            if last < cue[0]:
                first = verb.sent.start if first - verb.sent.start <= 3 else first
            pieces.extend(without(doc, first, last, cut))
        kinds = {clause.dep_ for clause in clauses}
        return ("to" if kinds == {"xcomp"} else "clause"), pieces
    buried = _buried_clause(verb) if verb.lemma_.lower() in SAYING | TELLING | ADMITTING else None
    if buried is not None:
        return "clause", without(doc, buried.left_edge.i, buried.right_edge.i, cut)
    if _is_inserted(verb, source):
        own = (verb.left_edge.i, verb.right_edge.i)
        return "host", without(doc, verb.head.left_edge.i, verb.head.right_edge.i, [own, *cut])
    if source is not None and not any(child.dep_ == "dobj" for child in children):
        buried = _buried_clause(verb)
        if buried is not None:
            return "clause", without(doc, buried.left_edge.i, buried.right_edge.i, cut)
        around = _parenthetical(doc, verb, cue, source)
        if around:
            return "tail", around
    return _objects(view, verb, cue, children, cut)


def _misplaced(verb: Token, children: list[Token]) -> list[Token]:
    """`told nobody where he was going`: the clause that the parser hung on the hearer."""
    if verb.lemma_.lower() not in TELLING:
        return []
    hearers = [child for child in children if child.dep_ in {"dobj", "dative"} and child.i > verb.i]
    return [c for hearer in hearers for c in hearer.children if c.dep_ == "relcl" and c.left_edge.lower_ in ASKING]


def _buried_clause(verb: Token) -> Token | None:
    """The `that` clause of `said in a story published Saturday that …`, hung by the parser on a modifier."""
    stack = [child for child in verb.children if child.i > verb.i and child.dep_ in {"prep", "npadvmod", "advmod"}]
    for _ in range(MAX_BURIED):
        if not stack:
            return None
        token = stack.pop(0)
        if _is_that_clause(token):
            return token
        stack.extend(child for child in token.children if child.dep_ in BURYING)
    return None


def _is_that_clause(token: Token) -> bool:
    """Whether `that` opens the clause and has no part in it."""
    if token.dep_ not in {"ccomp", "acl", "relcl"} or token.left_edge.lower_ != "that":
        return False
    subjects = [child for child in token.children if child.dep_ in {"nsubj", "nsubjpass"}]
    return token.dep_ != "relcl" or any(subject.lower_ != "that" for subject in subjects)


def _parenthetical(doc: Doc, verb: Token, cue: Range, source: Range) -> list[Range]:
    """`X, the paper reported on Saturday.` and `X, Smith said, Y`: the sentence around cue and source."""
    sentence = verb.sent
    first, last = min(source[0], cue[0]), max(source[1], cue[1])
    if first - sentence.start < 3 or last - first > MAX_APART or doc[first - 1].text not in COMMAS:
        return []
    end = last
    for child in verb.children:
        if child.i > last and child.dep_ in {"prep", "npadvmod", "advmod", "advcl", "dative"}:
            if child.i - end > 2 and doc[end + 1].text in COMMAS:
                break
            end = max(end, child.right_edge.i)
    after = doc[end + 1] if end + 1 < sentence.end else None
    if after is not None and not after.is_punct:
        return []
    return without(doc, sentence.start, sentence.end - 1, [(first, end)])


def _is_inserted(verb: Token, source: Range | None) -> bool:
    """`X, Smith said, Y`: the parser hung the cue on the content."""
    if verb.dep_ not in {"parataxis", "ccomp"} or verb.head.i == verb.i or source is None:
        return False
    if verb.head.pos_ not in {"VERB", "AUX"} or verb.i <= verb.sent.start + 2:
        return False
    if any(child.dep_ == "mark" for child in verb.children):
        return False
    first, last = min(source[0], verb.i), max(source[1], verb.i)
    if not any(0 <= i < len(verb.doc) and verb.doc[i].text in COMMAS for i in (first - 1, last + 1)):
        return False  # `said the opposition had agreed to …`: one says it of the other
    near = abs(source[0] - verb.i) <= 3 or abs(verb.i - source[1]) <= 3
    return near and not any(child.dep_ == "dobj" for child in verb.children)


def _objects(view: View, verb: Token, cue: Range, children: list[Token], cut: list[Range]) -> tuple[str, list[Range]]:
    lemma = verb.lemma_.lower()
    kept = [child for child in children if child.i > cue[1] and child.dep_ in OBJECTS and _belongs(child, lemma)]
    if lemma in GIVING:
        kept += [child for child in children if child.i > cue[1] and child.dep_ == "npadvmod"]
    if not kept:
        return "quote", []
    first, last = min(child.left_edge.i for child in kept), max(child.right_edge.i for child in kept)
    frame = "prep" if all(child.dep_ in {"prep", "advcl"} for child in kept) else "object"
    return frame, without(view.doc, first, last, cut)


def _belongs(child: Token, lemma: str) -> bool:
    if child.ent_type_ in {"DATE", "TIME"} and lemma not in GIVING:
        return False
    if child.dep_ in {"prep", "advcl"} and lemma in SAYING | TELLING and child.lower_ in WHEN_WHERE:
        return False
    return not (child.dep_ in {"dobj", "dative"} and lemma in TELLING)


def _passive(
    view: View, verb: Token, cue: Range, children: list[Token], *, frame: str = "passive"
) -> tuple[str, list[Range]]:
    """`X is expected to win`, `X was described as …`: the subject belongs to the content."""
    doc = view.doc
    subject = next((child for child in children if child.dep_ in {"nsubjpass", "nsubj", "csubj", "csubjpass"}), None)
    rest = [
        child
        for child in children
        if child.i > cue[1] and child.dep_ in OBJECTS | CLAUSAL and child.ent_type_ != "DATE"
    ]
    if not rest:
        return "", []
    pieces: list[Range] = []
    if subject is not None and not (subject.lower_ == "it" and any(c.dep_ == "ccomp" for c in rest)):
        pieces.extend(without(doc, *noun_phrase(subject), [cue]))
    first, last = min(child.left_edge.i for child in rest), max(child.right_edge.i for child in rest)
    pieces.extend(without(doc, first, last, [cue]))
    clause = any(child.dep_ in CLAUSAL for child in rest)
    return (frame if clause else f"{frame}-as"), pieces


def spans_of(view: View, ranges: Sequence[Range]) -> tuple[Span, ...]:
    """Article spans of token ranges, in order, neighbours that only a space parts joined."""
    out: list[Span] = []
    for first, last in sorted(ranges):
        span = view.parse.between(first, last)
        if out and span.start <= out[-1].end + 1:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
