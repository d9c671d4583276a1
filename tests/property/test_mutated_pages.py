"""Whatever is done to a page, it gives a reading or a clear error, within bounds."""

from __future__ import annotations

import resource
import time

import pytest
from tests.mutation import MUTATIONS, mutated_pages
from tests.property.test_runs import check_runs

from sayso.errors import BadInput
from sayso.extract import extract
from sayso.model import Article, Page
from sayso.readers import read_page
from sayso.readers.containers import container_kind, read_container
from sayso.service import read

MOST_SECONDS = 8.0
"""Of CPU for one file; four times the bound on a quiet machine."""
MOST_GROWTH = 2**20
"""Kilobytes that memory may grow by over all pages together."""


def pages_in(name: str, body: bytes) -> list[Page | BadInput]:
    if container_kind(name, body[:8_192]) is not None:
        return [found if isinstance(found, Page) else found[1] for found in read_container(body, name=name)]
    try:
        return [read_page(body, path_name=name)]
    except BadInput as error:
        return [error]


def check(article: Article, page: Page) -> None:
    check_runs(article.text, article.runs, page.text)
    at = 0
    for block in article.blocks:
        assert at <= block.span.start < block.span.end <= len(article.text)
        at = block.span.end


def survey(count: int, seed: int, *, read_every: int = 0) -> tuple[dict[str, int], float]:
    """Pages read and errors told, by mutation; the most CPU that one file took."""
    told: dict[str, int] = {}
    most = 0.0
    for number, (mutation, name, body) in enumerate(mutated_pages(count, seed)):
        before = time.process_time()
        for found in pages_in(name, body):
            kind = type(found).__name__
            told[f"{mutation} {kind}"] = told.get(f"{mutation} {kind}", 0) + 1
            if isinstance(found, Page):
                check(extract(found), found)
            else:
                assert "expected" in str(found), (mutation, number, str(found))
        took = time.process_time() - before
        assert took < MOST_SECONDS, (mutation, number, len(body), took)
        most = max(most, took)
        if read_every and number % read_every == 0 and len(body) < 200_000 and name == "page.html":
            read_whole(body)
    return told, most


def read_whole(body: bytes) -> None:
    """All layers: a reading, or an error that says what was expected."""
    try:
        reading = read(body)
    except BadInput:
        return
    assert reading.article.text is not None


def test_mutations_are_the_same_every_time() -> None:
    assert list(mutated_pages(20, seed=3)) == list(mutated_pages(20, seed=3))


def test_sixty_mutated_pages() -> None:
    told, _ = survey(60, seed=41)
    assert {key.split()[0] for key in told} == {mutation.__name__ for mutation in MUTATIONS}


@pytest.mark.full
def test_five_thousand_mutated_pages(capsys: pytest.CaptureFixture[str]) -> None:
    start, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told, most = survey(5_000, seed=2024, read_every=25)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    with capsys.disabled():
        print(
            f"\n{told}\n{time.process_time() - start:.0f} s CPU, the most for one file {most:.2f} s, {grown} KiB more"
        )
    assert sum(told.values()) >= 4_900
    assert grown < MOST_GROWTH
