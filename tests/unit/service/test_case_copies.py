from __future__ import annotations

import json

import pytest

from sayso.service import Case

PAGES = [
    (
        "a",
        "Morrow Today",
        "A draft indictment reviewed by Morrow Today states that the lender Halden concealed losses of forty "
        "million crowns from its auditors.",
    ),
    (
        "b",
        "Inland Review",
        "Sonia Petrov, an auditor, acknowledged on Thursday that the lender Halden hid losses of forty million "
        "crowns from its auditors.",
    ),
]


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    lines = [
        json.dumps({"id": id, "publisher": outlet, "published": f"2024-03-0{day}T09:00:00", "text": text})
        for day, (id, outlet, text) in enumerate(PAGES, start=1)
    ]
    (folder / "pages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    case = Case(folder / "case")
    case.ingest([folder / "pages.jsonl"])
    return case


def test_who_names_another_source_is_counted_beside_the_first(case):
    found = case.origins("the lender Halden hid losses of forty million crowns from its auditors").origins
    assert found.likely == found.max == 2
    assert sorted(root.kind for root in found.roots) == ["document", "person"]


def test_statements_that_were_not_compared_are_told_by_claims_and_origins(case, monkeypatch, capsys):
    from sayso.cli.main import main

    monkeypatch.setattr("sayso.corpus.claims.MAX_WORDINGS", 1)
    opened = Case(case.path)
    rows = opened.claims("a")
    assert [row["not_compared"] for row in rows] == [1]
    with pytest.raises(SystemExit):
        main(["claims", str(case.path), "a", "--all"])
    assert "1 statements of this story were not compared" in capsys.readouterr().err
    assert any("1 statements were not compared" in why for why in opened.origins(rows[0]["id"]).origins.reasons)


def test_a_text_asked_for_tells_how_many_statements_were_passed_over(case, monkeypatch):
    monkeypatch.setattr("sayso.service.case_claims.MAX_ASKED", 1)
    monkeypatch.setattr("sayso.store.View.sharing", lambda *_, **__: ["a", "b"])
    found = Case(case.path).origins("the lender Halden hid losses of forty million crowns from its auditors")
    assert any("were not compared" in why for why in found.origins.reasons)
