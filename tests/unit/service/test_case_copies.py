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
