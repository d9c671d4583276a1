"""Part of speech, morphology and lemma: what spaCy's rules say, asked once for each case.

spaCy's attribute rules look at a token's tag, relation and, if a pattern names it, its word, a few of
them at two tokens; the lemmatizer looks at word, part of speech and morphology. So few cases recur all
the time: spaCy's own components are asked once about each, and the answers are remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

__all__ = ["Forms"]

MAX_KNOWN = 200_000
"""Answers kept; then all are forgotten, which changes no answer."""

AFTER_EXPLETIVE = ("is", "are", "was", "were", "'s", "'re")
"""What a pattern of two looks for behind an expletive: `there is`."""
SECONDS = ("na", "ta", "'s", "on", "all", "n't", "nt")
FIRSTS = ("gon", "got", "let", "c'm", "y", "y'", "ai")
"""Words of the other patterns of two: `gonna`, `let's`, `y'all`."""
SPELLED = (*SECONDS, *FIRSTS, "nothin'", "nuthin'")
"""Words that patterns name by a regular expression, among others."""

Case = tuple[int, int, int]
"""What the rules look at: the lower-cased word where a pattern names it, else 0; tag and relation."""
Key = tuple[Case, Case | None, Case | None]
"""A case with the one before and the one after it, where they count."""


class Answer(NamedTuple):
    """What the attribute rules say; numbers of spaCy's string store, 0 for nothing."""

    tag: int
    dep: int
    pos: int
    morph: int
    lemma: int


class Forms:
    """Sets part of speech, morphology and lemma of tagged and parsed texts."""

    def __init__(self, nlp: Language) -> None:
        self._vocab: Vocab = nlp.vocab
        ruler: Any = nlp.get_pipe("attribute_ruler")
        self._ruler = ruler
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._lemmatizer = lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index", {})
        for part, words in list(index.items()):
            index[part] = frozenset(words)  # spaCy keeps lists, and looks through them for every word
        add = nlp.vocab.strings.add
        self._after_expletive, self._seconds, self._firsts = (
            frozenset(map(add, words)) for words in (AFTER_EXPLETIVE, SECONDS, FIRSTS)
        )
        self._named = frozenset(map(add, (*SPELLED, *_words_of(ruler.patterns))))
        self._expletive = add("expl")
        self._between: Case = (add(","), add(","), add("punct"))
        self._known: dict[Key, Answer] = {}
        self._lemmas: dict[tuple[int, int, int], int] = {}

    def __call__(self, docs: Sequence[Doc]) -> None:
        """Set the forms of `docs`."""
        keys = [self._keys(doc) for doc in docs]
        rows = list(zip(docs, keys, strict=True))
        self._learn({key: doc[i].text for doc, row in rows for i, key in enumerate(row) if key not in self._known})
        if len(self._lemmas) > MAX_KNOWN:
            self._lemmas.clear()
        for doc, row in rows:
            for token, key in zip(doc, row, strict=True):
                self._set(token, self._known[key])

    def _set(self, token: Any, answer: Answer) -> None:
        token.tag, token.dep, token.pos, morph, lemma = answer
        token.set_morph(morph)
        if not lemma:
            case = token.orth, token.pos, morph
            if case not in self._lemmas:
                self._lemmas[case] = self._vocab.strings.add(self._lemmatizer.lemmatize(token)[0])
            lemma = self._lemmas[case]
        token.lemma = lemma

    def _keys(self, doc: Doc) -> list[Key]:
        """What each token's forms hang on."""
        seen = doc.to_array(["LOWER", "TAG", "DEP", "IS_SPACE"]).tolist()
        cases = [(low if space or low in self._named else 0, tag, dep) for low, tag, dep, space in seen]
        out: list[Key] = [(case, None, None) for case in cases]
        for i, case in enumerate(cases):
            before = cases[i - 1] if i else None
            if before and case[0] and self._is_second(case, before):
                out[i] = (case, before, None)
            elif case[0] in self._firsts and i + 1 < len(cases):
                out[i] = (case, None, cases[i + 1])
        return out

    def _is_second(self, case: Case, before: Case) -> bool:
        return case[0] in self._seconds or (case[0] in self._after_expletive and before[2] == self._expletive)

    def _learn(self, missing: dict[Key, str]) -> None:
        """Ask the rules about what they were not asked about, each with a word to ask by, in one text."""
        if not missing:
            return
        cases: list[Case] = []
        words: list[str] = []
        places: list[int] = []
        for key, word in missing.items():
            for case in _in_order(key):
                if case is key[0]:
                    places.append(len(cases))
                cases.append(case)
                words.append(word if case is key[0] else self._vocab.strings[case[0]] or "x")
            if cases[-1][0] in self._firsts or cases[-1][2] == self._expletive:
                cases.append(self._between)  # or a pattern of two might reach over to the next
                words.append(",")
        doc = Doc(self._vocab, words=words, spaces=[False] * len(words))
        for token, (_, tag, dep) in zip(doc, cases, strict=True):
            token.tag, token.dep = tag, dep
        self._ruler(doc)
        for key, place in zip(missing, places, strict=True):
            found: Any = doc[place]
            self._known[key] = Answer(found.tag, found.dep, found.pos, found.morph.key, found.lemma)


def _in_order(key: Key) -> list[Case]:
    case, before, after = key
    return [one for one in (before, case, after) if one is not None]


def _words_of(patterns: Sequence[Any]) -> Iterator[str]:
    """Words that the rules' patterns name."""
    for token in (token for rule in patterns for pattern in rule["patterns"] for token in pattern):
        word = token.get("LOWER", ())
        yield from [word] if isinstance(word, str) else dict(word).get("IN", ())
