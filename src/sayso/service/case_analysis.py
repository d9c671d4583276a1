"""What is worked out from a case as a whole, kept beside it until its documents change."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.corpus import Document
from sayso.corpus.parts import Mapped, in_turn
from sayso.errors import InvalidSetting
from sayso.store import Store, StoredDocument, View, digest_of
from sayso.version import __version__

if TYPE_CHECKING:
    from sayso.corpus.claims import Claim
    from sayso.corpus.families import DocFamily
    from sayso.corpus.kinds import Relation
    from sayso.corpus.stories import Story, StoryChange

__all__ = ["Analysis", "document_of_stored"]

FOLDER = "derived"
CLAIMS = "claims"
MIN_PREFIX = 6


def document_of_stored(stored: StoredDocument) -> Document:
    """A page as the case-wide methods see it: what is no part of the story is blank, so that positions stay."""
    return Document(
        id=stored.id,
        text=blanked(stored.text, stored.story),
        outlet=stored.outlet,
        time=stored.published,
        title=stored.title,
        credits=stored.credits,
    )


def blanked(text: str, story: Iterable[tuple[int, int]]) -> str:
    """The text with spaces for all that stands outside the spans, line ends kept.

    >>> blanked("Menu\\nIt rained.", [(5, 15)])
    '    \\nIt rained.'
    """
    story = list(story)
    if story == [(0, len(text))]:
        return text
    parts, at = [], 0
    for start, end in story:
        parts += [_blank(text[at:start]), text[start:end]]
        at = max(at, end)
    return "".join([*parts, _blank(text[at:])])


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


class Analysis:
    """Reuse, families and stories of a case as it is now.

    Args:
        store: the case's tables.
        run: where parts of the work are done that hang on no other.
    """

    def __init__(self, store: Store, run: Mapped = in_turn) -> None:
        self.store = store
        self.run = run
        self.view: View = store.view()
        self.shards = store.manifests(self.view.shards)
        self.digest = digest_of(self.shards)
        self.claims: dict[str, list[Claim]] = {}
        """Claims by story, once asked for."""

    @cached_property
    def stored(self) -> dict[str, StoredDocument]:
        """All documents by id, in order of arrival."""
        return {document.id: document for document in self.view.documents()}

    def page(self, name: str) -> str:
        """The id of the page of that name: the id itself, or its first characters where no other begins so.

        Raises:
            InvalidSetting: there is no such page, or several.
        """
        if name in self.stored:
            return name
        found = [id for id in self.stored if id.startswith(name)] if len(name) >= MIN_PREFIX else []
        if len(found) != 1:
            many = "several" if found else "none"
            raise InvalidSetting(
                f"expected the id of a page, got {name!r}, which fits {many}; see `sayso stories --all`"
            )
        return found[0]

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Plain names of the outlets that pages of the case are by."""
        from sayso.corpus.source_names import plain_name

        return frozenset(plain_name(name) for name in {page.outlet for page in self.stored.values()} if name)

    def documents(self) -> Iterator[Document]:
        """All documents as the case-wide methods see them, read anew: a large case's texts are held once at most."""
        return map(document_of_stored, self.view.documents())

    def prepare(self) -> None:
        """Work out reuse and stories side by side, in two processes; what is kept already costs nothing."""
        context = multiprocessing.get_context("spawn")
        beside = context.Process(target=_stories_beside, args=(str(self.store.root),))
        beside.start()
        self._reuse  # noqa: B018  worked out here meanwhile
        beside.join()
        self.stories  # noqa: B018  read back, or worked out where the folder can't be written to

    @cached_property
    def _reuse(self) -> tuple[list[Any], list[Any]]:
        from .case_growth import kept_reuse

        return kept_reuse(self)

    @cached_property
    def relations(self) -> list[Relation]:
        """Pairs of pages that share text, in order of arrival."""
        from .case_growth import relation_of

        return [relation_of(row) for row in self._reuse[0]]

    @cached_property
    def relations_of(self) -> dict[str, list[int]]:
        """The places in `relations` of each page's."""
        held: dict[str, list[int]] = {}
        for place, relation in enumerate(self.relations):
            held.setdefault(relation.a, []).append(place)
            held.setdefault(relation.b, []).append(place)
        return held

    def relations_among(self, pages: Collection[str]) -> Iterator[Relation]:
        """The relations of which both pages are among some, in order of arrival."""
        inside = set(pages)
        places = sorted({place for page in inside for place in self.relations_of.get(page, ())})
        for place in places:
            relation = self.relations[place]
            if relation.a in inside and relation.b in inside:
                yield relation

    @cached_property
    def families(self) -> dict[str, DocFamily]:
        """Where each page stands among the copies of a text."""
        from sayso.corpus import DocFamily

        return {
            id: DocFamily(id, family, parent, score, reason, tuple((other, odds) for other, odds in rivals))
            for id, family, parent, score, reason, rivals in self._reuse[1]
        }

    @cached_property
    def stories(self) -> list[Story]:
        """Stories in the order of their first pages."""
        return self._stories[0]

    @property
    def story_changes(self) -> list[StoryChange]:
        """What the pages that came last did to stories, as far as they had been worked out before."""
        return self._stories[1]

    @cached_property
    def _stories(self) -> tuple[list[Story], list[StoryChange]]:
        from .case_story_growth import kept_stories

        return kept_stories(self)

    @cached_property
    def story_of_claim(self) -> dict[str, str]:
        """The story of each claim that was asked for since the case last changed."""
        held: dict[str, str] = self._read(self._path(CLAIMS)) or {}
        return held

    def remember(self, stories: dict[str, str]) -> None:
        """Keep which story each claim belongs to, so that its id is enough to find it."""
        self.story_of_claim.update(stories)
        self._write(CLAIMS, dict(sorted(self.story_of_claim.items())))

    def _path(self, name: str) -> Path:
        return self.store.root / FOLDER / f"{name}-{__version__}-{self.digest}.json.gz"

    def _read(self, path: Path) -> Any:
        with suppress(OSError, ValueError, EOFError), gzip.open(path, "rt", encoding="utf-8") as handle:
            return json.load(handle)
        return None

    def _write(self, name: str, made: Any) -> None:
        """Keep it where the folder can be written to; what was of another state of the case goes."""
        path = self._path(name)
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            part = path.with_name(f"{path.name}.{os.getpid()}.part")
            with gzip.open(part, "wt", encoding="utf-8", compresslevel=1) as handle:
                json.dump(made, handle, ensure_ascii=False, separators=(",", ":"))
            os.replace(part, path)
            for old in path.parent.glob(f"{name}-*.json.gz"):
                if old != path:
                    old.unlink(missing_ok=True)


def _stories_beside(root: str) -> None:
    _ = Analysis(Store(root)).stories
