"""A case of many pages: take pages in, then ask who copied whom and what each claim stands on."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from sayso.store import DeadLetter, KeptJudgement, Store
from sayso.store.remote import Remote, is_address

from .case_analysis import Analysis
from .case_inputs import records_of

if TYPE_CHECKING:
    from sayso.store.ledger import Judging

    from .case_build import Building
    from .case_claims import ClaimOrigins
    from .case_ingest import Ingesting
    from .check import CheckReport

__all__ = ["Case", "IngestReport", "Rows"]


class Rows(list[dict[str, Any]]):
    """Results as plain rows, which know how to become data frames."""

    def to_pandas(self) -> Any:
        """A pandas data frame (pandas must be installed)."""
        import pandas

        return pandas.DataFrame(list(self))

    def to_polars(self) -> Any:
        """A polars data frame (polars must be installed)."""
        import polars

        return polars.DataFrame(list(self))


@dataclass(slots=True)
class IngestReport:
    """What a run of `ingest` came to."""

    read: int = 0
    repeated: int = 0
    """Pages that the case held already, given in other words."""
    refused: int = 0
    skipped: int = 0
    """Records that an earlier run had taken in."""
    bytes: int = 0
    """Of the records read."""
    failures: dict[str, int] = field(default_factory=dict)
    """Records refused, by kind."""


class Case:
    """A case's folder.

    >>> Case("no/such/case").stories()
    Traceback (most recent call last):
    sayso.errors.InvalidSetting: expected a case, got none at no/such/case; make one with `sayso ingest`
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Name the case.

        Args:
            path: its folder, or an address in an object store (`s3://bucket/case`), which is worked on in a copy.
        """
        name = os.fspath(path)
        self._remote = Remote(name) if is_address(name) else None
        self.path = self._remote.root if self._remote else Path(name)

    @cached_property
    def store(self) -> Store:
        """The tables.

        Raises:
            InvalidSetting: there is no case here.
            Retryable: the object store that holds it doesn't answer.
        """
        if self._remote:
            self._remote.pull()
        return Store(self.path)

    def _keep(self) -> None:
        """Send what has changed to where the case is kept."""
        if self._remote:
            self._remote.push()

    @property
    def analysis(self) -> Analysis:
        """What is worked out from the case as it is now."""
        held: Analysis | None = self.__dict__.get("_analysis")
        if held is None or held.digest != self.store.digest():
            held = self.__dict__["_analysis"] = Analysis(self.store)
        return held

    def ingest(self, sources: Sequence[str | os.PathLike[str]], **how: Unpack[Ingesting]) -> IngestReport:
        """Take pages in; what the case holds already is passed over, so a broken-off run is simply run again.

        Args:
            sources: JSON Lines of the batch door, HTML or text files, folders of them, web archives, feeds, tables;
                paths, or addresses in an object store, where `*` matches.
            **how: all by name, all optional. `layers`: what to read of each page. `workers`: number of processes, and
                `engine`: where they run (`local`, or `ray` with the extra `cluster`); neither changes a byte of the
                tables. `address`: of a running Ray cluster; without it one is started on this machine. `retry`: try
                records again that were refused before. `guard`: bounds on one record. `shard_size`: records written
                at a time. `progress`: called with the number of records taken in. `watch`: keeps a report, metrics
                and a log of the run. `position`: kept up to date on how far the sources are gone through.
        Raises:
            InvalidSetting: a source isn't there, the folder can't be written to, or the engine isn't installed.
            Retryable: somebody else is writing, the disk is full, or the cluster is lost.
        """
        from .case_ingest import ingest, plan_of

        watch, progress = how.get("watch"), how.get("progress")

        def on_shard(number: int) -> None:
            if self._remote:
                self._remote.push_shard(number)
            if watch:
                watch.on_shard(number)

        plan = plan_of(how, on_shard)
        names = [os.fspath(source) for source in sources]
        folder = str(Path(names[0]).parent) if len(names) == 1 else "."
        if self._remote:
            self._remote.pull()
        store = self.__dict__["store"] = Store(self.path, create=True)
        report = IngestReport()

        def on_record(done: int) -> None:
            if progress:
                progress(done)
            if watch:
                watch.on_progress(report)

        ingest(store, records_of(names, how.get("position")), folder, plan, report, on_record)
        self._keep()
        return report

    def analyse(self) -> None:
        """Work out reuse and stories now, on two cores; they are kept beside the case until its pages change."""
        self.analysis.prepare()

    def build(self, **how: Unpack[Building]) -> dict[str, Any]:
        """Work out reuse, stories, claims and origins as tables below `corpus/`, unless they are there.

        Args:
            **how: all by name, all optional. `workers`: number of processes, and `engine`: where they run (`local`, or
                `ray` with the extra `cluster`); neither changes a byte of the tables. `address`: of a running Ray
                cluster. `guard`: bounds on one part of the work. `progress`: called with stories done and all stories.
        Returns:
            What is said of the tables: version, rows, hashes, stories whose claims could not be worked out.
        Raises:
            InvalidSetting: there is no case, the folder can't be written to, or the engine isn't installed.
            Retryable: the disk is full, or the cluster is lost; run it again, and it goes on.
        """
        from .case_build import build

        card = build(self.store, how)
        if self._remote:
            self._remote.push_worked()
        return card

    def dead_letters(self) -> list[DeadLetter]:
        """Records that could not be read, in order of arrival."""
        return self.store.ledger.dead_letters()

    def pages(self) -> Rows:
        """Every document: id, outlet, title, published, url, story; which revision it is, and of which page."""
        from .case_revisions import revisions

        analysis = self.analysis
        revision = revisions(analysis.stored.values())
        story = {page: s.id for s in analysis.stories for page in s.pages}
        return Rows(
            {
                "id": d.id,
                "outlet": d.outlet,
                "title": d.title,
                "published": d.published,
                "url": d.url,
                "story": story[d.id],
                "revision": revision[d.id].number,
                "revision_of": revision[d.id].first,
            }
            for d in analysis.stored.values()
        )

    def revisions(self, page: str) -> Rows:
        """What a page's address gave at different times: a row a body, with when web archives saw it.

        Raises:
            InvalidSetting: the case has no such page.
        """
        from .case_revisions import revision_rows

        return Rows(revision_rows(self.analysis, self.analysis.page(page)))

    def reuse(self, page: str | None = None) -> Rows:
        """Pairs of pages that share text: passages aligned, which came first, of what kind; of one page, if given."""
        from .case_reuse import reuse_rows_of

        return Rows(reuse_rows_of(self.analysis, page))

    def passages(self, pair: dict[str, Any]) -> Rows:
        """The words of a pair's passages, side by side."""
        from .case_reuse import passages_of

        return Rows(passages_of(self.analysis, pair))

    def families(self, page: str | None = None) -> Rows:
        """The family of copies each page stands in, and the page it was taken from; of one page's family, if given."""
        from sayso.corpus.families import family_rows

        families = self.analysis.families
        wanted = None if page is None else families[self.analysis.page(page)].family
        return Rows(family_rows(row for row in families.values() if wanted in (None, row.family)))

    def stories(self) -> Rows:
        """The story of each page, in order of arrival."""
        story = {page: s.id for s in self.analysis.stories for page in s.pages}
        return Rows({"id": id, "story": story[id]} for id in self.analysis.stored)

    def story_list(self) -> Rows:
        """Every story, the largest first: how many pages and outlets, from when to when, what it is about."""
        from .case_story import list_stories

        return Rows(list_stories(self.analysis))

    def story_changes(self) -> Rows:
        """What the pages that came last did to stories: which are new, joined, merged or split, and why."""
        from .case_story_changes import change_row

        return Rows(change_row(self.analysis, change) for change in self.analysis.story_changes)

    def story(self, name: str) -> Rows:
        """The pages of a story (named by its id or by a page) in time, and what each adds."""
        from .case_story import show_story

        return Rows(show_story(self.analysis, name))

    def reread(self, *, workers: int = 1, progress: Callable[[int], None] = lambda done: None) -> int:
        """Read pages again that an older version read; ids stay, and so do the old readings. Returns how many."""
        from .case_ingest import reread

        done = reread(self.store, workers, progress)
        self._keep()
        return done

    def claims(self, story: str) -> Rows:
        """What the pages of a story say alike: each claim's statements, and how they differ."""
        from .case_claims import claim_row, claims_of

        return Rows(claim_row(claim) for claim in claims_of(self.analysis, story))

    def origins(self, claim: str) -> ClaimOrigins:
        """The independent origins of a claim, by its id or in words.

        Raises:
            InvalidSetting: the case holds no such claim.
        """
        from .case_claims import find_claim, origins_of

        return origins_of(self.analysis, find_claim(self.analysis, claim))

    def judge(self, verdict: str, a: str, b: str = "", **more: Unpack[Judging]) -> int:
        """Keep a judgement, by default that two roots are the `same`, `different`, or that it is `unsure`.

        Args:
            verdict, a, b: see `sayso.store.ledger.VERDICTS`; `b` is empty where one thing is judged.
            **more: all by name, all optional. `what` is judged; `value`: JSON of what a correction puts in place of the
                machine's; `why`, `by`, `at`: the reason, the person, the moment.
        Returns:
            The judgement's number, by which it is withdrawn.
        """
        number = self.store.ledger.judge(verdict, a, b, **more)
        self._keep()
        return number

    def withdraw(self, number: int, *, at: str) -> None:
        """Withdraw a judgement: the numbers are again what they were without it."""
        self.store.ledger.withdraw(number, at=at)
        self._keep()

    def judgements(self, *, withdrawn: bool = False) -> list[KeptJudgement]:
        """Judgements that stand, or all there ever were."""
        return self.store.ledger.judgements(withdrawn=withdrawn)

    def timeline(self, story: str | None = None) -> Rows:
        """Events with a day, in time, across the pages of the case or of one story."""
        from .case_timeline import timeline

        return Rows(timeline(self.analysis, story))

    def diff(self, a: str, b: str | None = None) -> Rows:
        """How wording and footing changed from page `a` to page `b`; one page twice compares its latest readings.

        Without `b`: from the body that the address of `a` gave before to that of `a`.
        """
        from .case_diff import diff
        from .case_revisions import before

        if b is None:
            b = self.analysis.page(a)
            a = before(self.analysis, b)
        return Rows(diff(self.analysis, a, b))

    def check(self, text: str, *, html: bool = False) -> CheckReport:
        """Every quotation and attributed statement of a text against the pages: see `sayso.check`."""
        from .check import check_in_case

        return check_in_case(self.analysis, text, html=html)

    def search(self, query: str, *, limit: int = 100) -> Rows:
        """Statements that fit a search such as `source:unnamed footing:hedged "encrypted radios" after:2018-09-01`."""
        from .case_search import search

        return Rows(search(self.analysis, query, limit=limit))
