"""Reads one short text with the sentence, parse, time and event stages."""

from __future__ import annotations

import re

from sayso.model import Article, Block, Context, Event, Layers, Run, Sentence, Span, Timex
from sayso.stages.events import Events
from sayso.stages.parse import Parse, Parser
from sayso.stages.sentences import Sentences
from sayso.stages.timex import Timexes


def article_of(text: str) -> Article:
    """An article whose blocks are parted by blank lines."""
    spans = [Span(m.start(), m.end()).stripped(text) for m in re.finditer(r"(?:[^\n]|\n(?!\n))+", text)]
    blocks = tuple(Block(span, "paragraph") for span in spans if span)
    return Article("a", "p", text, blocks, (Run(len(text), 0),) if text else ())


def layers_of(article: Article) -> Layers:
    """Sentences and parse."""
    layers = Layers({Sentence: list(Sentences()(article, Layers(), Context()))})
    return layers.with_made({Parse}, Parser()(article, layers, Context()))


def timexes(text: str, published: str | None = "2018-09-11") -> list[Timex]:
    """The time expressions of a text."""
    article = article_of(text)
    return list(Timexes()(article, layers_of(article), Context(published=published)))  # type: ignore[arg-type]


def events(text: str, published: str | None = "2018-09-11") -> list[Event]:
    """The events of a text; no attributions."""
    article = article_of(text)
    context = Context(published=published)
    layers = layers_of(article)
    layers = layers.with_made({Timex}, Timexes()(article, layers, context))
    return list(Events()(article, layers, context))  # type: ignore[arg-type]
