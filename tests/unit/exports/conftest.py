"""A case of the example pages and made-up ones, read once."""

from __future__ import annotations

import json
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
    return _held(material_of_case(case))


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
