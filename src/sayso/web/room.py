"""A case as the reading room holds it: its store, its warm reader, what is worked out in the background."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.engines.reader import PageReader
from sayso.errors import InvalidSetting
from sayso.service import Case
from sayso.service.case_analysis import Analysis
from sayso.store import Store

from .errors import NotFound
from .jobs import Jobs

__all__ = ["Room", "key_of", "now"]

KEY = 12
_HASH = re.compile(r"[0-9a-f]{64}\Z")


def key_of(id: str) -> str:
    """A page's, story's or source's name in addresses: the first characters of its hash.

    >>> key_of("3b" * 32), len(key_of("x/y?z"))
    ('3b3b3b3b3b3b', 12)
    """
    return id[:KEY] if _HASH.match(id) else hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:KEY]


def now() -> str:
    """The moment, for records of judgements."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Room:
    """One case, open.

    Args:
        path: the case's folder; made where there is none.
        token: what writing asks for; None where nothing is asked.
    """

    def __init__(self, path: Path, *, token: str | None = None, reader: PageReader | None = None) -> None:
        Store(path, create=True)
        self.case = Case(path)
        self.token = token
        self.reader = reader or PageReader()
        self.jobs = Jobs()
        self.writing = threading.Lock()
        self._swap = threading.Lock()
        self._digest = ""
        self._keys: tuple[str, dict[str, str]] = ("", {})

    @property
    def name(self) -> str:
        """The case's name as shown."""
        return self.case.path.resolve().name

    @property
    def analysis(self) -> Analysis:
        """The case as it is now."""
        with self._swap:
            found = self.case.analysis
            if found.digest != self._digest:
                if self._digest:
                    self.jobs.forget()
                self._digest = found.digest
            return found

    @property
    def state(self) -> tuple[str, int, int]:
        """Changes when pages or judgements do."""
        kept = self.case.judgements(withdrawn=True)
        return (self.analysis.digest, len(kept), sum(1 for one in kept if one.withdrawn_at))

    def keys(self) -> dict[str, str]:
        """Page ids by their keys."""
        analysis = self.analysis
        digest, keys = self._keys
        if digest != analysis.digest:
            keys = {}
            for (id,) in analysis.view.stream("SELECT id FROM documents ORDER BY number"):
                keys.setdefault(key_of(id), id)
            self._keys = (analysis.digest, keys)
        return keys

    def page(self, key: str) -> str:
        """The id of the page of that key.

        Raises:
            NotFound: there is none.
        """
        found = self.keys().get(key)
        if found is None:
            raise NotFound(f"expected a page of this case, got {key[:60]!r}; see the list of pages")
        return found

    def work(self, name: str, make: Callable[[], Any], what: str, *parts: str) -> Any:
        """What `make` gives, once for the case as it is, in the background where it takes long.

        Raises:
            Pending: it isn't ready yet.
        """
        return self.jobs.get((name, *parts, *self.state), make, what)

    def prepared(self) -> Analysis:
        """The case with reuse and stories worked out.

        Raises:
            Pending: they aren't yet.
        """
        analysis = self.analysis

        def prepare() -> Analysis:
            _ = (analysis.stored, analysis.relations, analysis.families, analysis.stories)
            return analysis

        found: Analysis = self.jobs.get(
            ("prepared", analysis.digest), prepare, "who copied whom, and which stories there are"
        )
        return found

    def story(self, key: str) -> Any:
        """The story of that key, or the one that the page of that key stands in.

        Raises:
            NotFound: there is none.
        """
        analysis = self.prepared()
        for story in analysis.stories:
            if key_of(story.id) == key:
                return story
        try:
            from sayso.service.case_story import find_story

            return find_story(analysis, self.page(key))
        except InvalidSetting as error:
            raise NotFound(f"expected a story of this case, got {key[:60]!r}; see the list of stories") from error

    def close(self) -> None:
        """End what is under way."""
        self.reader.close()
        self.jobs.close()
