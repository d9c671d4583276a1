"""A case of the example pages and made-up ones, read once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.exports.generated import record

from sayso.examples import example_pages
from sayso.exports import Material
from sayso.service import Case
from sayso.service.material import material_of_case

FEW, MANY = 12, 200


def make_case(folder: Path, count: int) -> Case:
    lines = folder / "made.jsonl"
    lines.write_text("".join(json.dumps(record(number)) + "\n" for number in range(count)), encoding="utf-8")
    case = Case(folder / "case")
    case.ingest([*example_pages(), lines])
    return case


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(tmp_path_factory.mktemp("few"), FEW)


@pytest.fixture(scope="session")
def material(case: Case) -> Material:
    """All pages, and the claims of the example pages' story."""
    everything = material_of_case(case)
    documents = list(everything.documents)
    story = material_of_case(case, documents[0].id)
    return replace(_held(story), documents=documents, reuse=list(everything.reuse))


@pytest.fixture(scope="session")
def sample(material: Material) -> Material:
    """A few pages of either kind, for what is done many times."""
    documents = list(material.documents)
    return replace(material, documents=[*documents[:1], *documents[8:11]], reuse=(), claims=(), origins=())


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return _held(material_of_case(make_case(tmp_path_factory.mktemp("many"), MANY)))


def _held(material: Material) -> Material:
    """The same in memory, so that each format need not work it out again."""
    return Material(
        documents=list(material.documents),
        reuse=list(material.reuse),
        claims=list(material.claims),
        origins=list(material.origins),
        version=material.version,
    )
