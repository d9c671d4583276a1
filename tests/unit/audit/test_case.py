"""Against a case: quotations in other words, passages without credit."""

from __future__ import annotations

import json

import pytest

from sayso.service import Case, audit_draft

PASSAGE = (
    "The wall of the upper dam has a crack as long as a bus, and the water behind it stands higher than in any "
    "spring since it was built by two brothers from the valley in 1931."
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("case")
    page = {
        "id": "p1", "publisher": "The Daily Crier", "published": "2024-05-01", "title": "Dam cracked",
        "text": f"Dam cracked\n\n{PASSAGE}\n\n“The dam will hold for another hundred years,” said Anna Berg.",
    }  # fmt: skip
    other = {
        "id": "p2",
        "publisher": "Radio Nord",
        "text": "The choir of the cathedral sang for three hours.",
    }
    (folder / "in.jsonl").write_text("\n".join(map(json.dumps, (page, other))) + "\n")
    made = Case(folder / "case")
    made.ingest([folder / "in.jsonl"])
    return made


def codes(draft: str, case: Case) -> list[str]:
    return [v.code for v in audit_draft(draft, case=case).violations if v.code in ("SAY507", "SAY508")]


def test_a_passage_without_credit(case: Case) -> None:
    assert codes(PASSAGE, case) == ["SAY508"]
    assert codes(f"{PASSAGE} The Daily Crier first reported it.", case) == []


def test_a_quotation_in_other_words(case: Case) -> None:
    assert codes("“The dam may hold for another hundred years,” said Anna Berg.", case) == ["SAY507"]
    assert codes('"The dam will hold for another hundred years," said Anna Berg.', case) == []
