"""Findings on the copy: what an editor would notice in the text itself, whoever is quoted in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from sayso.model import Annotation, Article, Attribution, Context, Entity, Finding, Layers, Sentence, Timex

from .copy_dates import dates_after_the_page, dates_that_disagree, page_standing, wrong_weekday
from .copy_names import surname_alone, without_a_first
from .copy_references import never_introduced
from .copy_repeats import foreign_inside, repeated_headline, repeated_paragraphs
from .copy_wording import garbled_wording, mixed_styles
from .findings_registry import finding_codes
from .parse import Parse

__all__ = ["CopyFindings"]


class CopyFindings:
    """Repetition, spliced text, garbled wording, names and dates that don't add up; SAY301 to SAY314."""

    name: ClassVar[str] = "sayso.copy.v1"
    requires: ClassVar[frozenset[type[Annotation]]] = frozenset({Sentence, Parse, Entity, Attribution, Timex})
    provides: ClassVar[frozenset[type[Annotation]]] = frozenset({Finding})

    def warm_up(self) -> None:
        """Load the messages."""
        finding_codes()

    def __call__(self, article: Article, layers: Layers, context: Context) -> Iterator[Annotation]:
        """Yield findings by code, each code in text order; a page that holds no story gives that finding alone."""
        standing = list(page_standing(article))
        yield from standing
        if any(found.code == "SAY310" for found in standing):
            return
        yield from repeated_headline(article)
        yield from repeated_paragraphs(article)
        yield from foreign_inside(article)
        parses = layers[Parse]
        yield from garbled_wording(parses, article)
        yield from mixed_styles(article)
        yield from without_a_first(parses)
        yield from surname_alone(article, layers[Entity], layers[Attribution])
        yield from never_introduced(parses, layers[Entity])
        yield from wrong_weekday(article)
        yield from dates_that_disagree(article)
        yield from dates_after_the_page(article, layers[Sentence], layers[Timex])
