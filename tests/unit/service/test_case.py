from __future__ import annotations

import json

import pytest

from sayso import Case
from sayso.cli.main import _run
from sayso.errors import InvalidSetting

WIRE = (
    "Engineers warned the harbour office in March that the Skell breakwater was cracked, Irena Dolmar, a former "
    "harbour engineer, said on Tuesday. The breakwater gave way in a storm on September 3, 2023 and two fishing boats "
    "sank in the outer basin, while a third was driven onto the stones below the old customs house."
)
PAGES = [
    {"id": "wire-one", "publisher": "Norrin Press Agency", "published": "2023-09-12T08:00:00", "text": WIRE},
    {
        "id": "pickup-two",
        "publisher": "Quillhaven Herald",
        "published": "2023-09-12T12:00:00",
        "text": f"(NPA) {WIRE}\n\nThe Herald's readers may send pictures.",
    },
    {
        "id": "denial-three",
        "publisher": "The Ostrel Courier",
        "published": "2023-09-13T09:00:00",
        "text": "The harbour office denied that engineers warned it in March that the Skell breakwater was cracked. "
        "Two harbour officials said three fishing boats sank in the outer basin.",
    },
    {
        "id": "elsewhere",
        "publisher": "Havel Times",
        "published": "2023-09-14T09:00:00",
        "text": "Belmark Pharma halted its vaccine trial, a spokeswoman said. Its shares fell by a tenth on Thursday.",
    },
]
CLAIM = "engineers warned the harbour office in March that the Skell breakwater was cracked"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    source = folder / "pages.jsonl"
    source.write_text("".join(json.dumps(page) + "\n" for page in PAGES), encoding="utf-8")
    Case(folder / "case").ingest([str(source)])
    return folder / "case"


@pytest.fixture
def case(path):
    return Case(path)


def test_stories_hold_pages_of_one_happening(case):
    story = {row["id"]: row["story"] for row in case.stories()}
    assert story["wire-one"] == story["pickup-two"] == "wire-one"
    assert story["elsewhere"] == "elsewhere"
    assert case.story_list()[0]["outlets"] >= 2


def test_a_story_says_who_is_first_and_what_each_adds(case):
    first, second = case.story("pickup-two")[:2]
    assert (first["id"], first["first"], first["new"]) == ("wire-one", True, 1.0)
    assert second["parent"] == "wire-one"
    assert second["new"] < 0.3
    assert second["adds"] == ["The Herald's readers may send pictures."]


def test_reuse_shows_the_passage_its_direction_and_kind(case):
    (pair,) = [row for row in case.reuse() if {row["a"], row["b"]} == {"wire-one", "pickup-two"}]
    assert (pair["earlier"], pair["later"], pair["kind"]) == ("wire-one", "pickup-two", "wire")
    words = "breakwater was cracked"
    assert any(words in row["a"] and words in row["b"] for row in case.passages(pair))
    assert case.reuse("elsewhere") == []
    assert {row["id"] for row in case.families("pickup")} >= {"wire-one", "pickup-two"}


def test_origins_collapse_the_copy_and_leave_the_denial_out(case):
    found = case.origins(CLAIM)
    assert (found.origins.min, found.origins.max, found.origins.pages) == (1, 1, 2)
    assert found.origins.roots[0].name == "Irena Dolmar"
    assert {statement.page for statement in found.claim.statements} == {"wire-one", "pickup-two"}


def test_spans_of_a_claim_point_at_its_words(case):
    for told in case.origins(CLAIM).claim.statements:
        text = next(page["text"] for page in PAGES if page["id"] == told.page)
        assert text[slice(*told.span)] == told.text


def test_claims_of_a_story_tell_the_contradiction(case):
    kinds = {d["kind"] for row in case.claims("wire-one") for d in row["differences"]}
    assert "contradiction" in kinds or "number" in kinds


def test_a_judgement_changes_the_count_and_undo_restores_it(case):
    asked = "fishing boats sank in the outer basin"
    before = case.origins(asked).origins
    roots = [root.id for root in before.roots]
    assert len(roots) >= 2
    number = case.judge("same", roots[0], roots[1], by="Ann", at="2026-01-01")
    assert case.origins(asked).origins.max == before.max - 1
    case.withdraw(number, at="2026-01-02")
    assert case.origins(asked).origins == before


def test_search_knows_fields_and_phrases(case):
    assert {row["page"] for row in case.search('"outer basin"')} >= {"wire-one", "pickup-two"}
    unnamed = case.search("source:unnamed boats")
    assert [row["page"] for row in unnamed] == ["denial-three"]
    assert case.search("boats after:2023-09-13 outlet:courier")
    assert case.search("boats before:2023-09-01") == []
    assert {row["page"] for row in case.search("footing:denied")} == {"denial-three"}
    with pytest.raises(InvalidSetting, match="source"):
        case.search("colour:red")
    with pytest.raises(InvalidSetting):
        case.search("...")


def test_a_timeline_has_the_day_once(case):
    rows = [row for row in case.timeline() if row["earliest"] == "2023-09-03"]
    assert rows
    assert all(row["pages"] and row["evidence"] for row in rows)


def test_diff_shows_what_was_added(case):
    rows = case.diff("wire-one", "pickup-two")
    assert {"what": "added", "b": "The Herald's readers may send pictures."}.items() <= rows[-1].items() or any(
        row["b"] == "The Herald's readers may send pictures." for row in rows
    )
    with pytest.raises(InvalidSetting, match="read twice"):
        case.diff("wire-one", "wire-one")


def test_a_name_that_is_no_page_is_told(case):
    with pytest.raises(InvalidSetting, match="stories"):
        case.story("nowhere")
    with pytest.raises(InvalidSetting, match="other words"):
        case.origins("penguins elected a chess champion")


def test_rows_become_frames(case):
    assert case.stories().to_pandas()["id"].tolist() == [page["id"] for page in PAGES]
    assert case.stories().to_polars().height == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ["stories"],
        ["stories", "--json"],
        ["story", "wire-one"],
        ["reuse"],
        ["reuse", "wire-one", "--json"],
        ["claims", "wire-one"],
        ["claims", "wire-one", "--all", "--json"],
        ["origins", CLAIM],
        ["origins", CLAIM, "--json"],
        ["timeline"],
        ["timeline", "wire-one", "--json"],
        ["diff", "wire-one", "pickup-two"],
        ["search", "source:unnamed"],
        ["search", "boats", "--json"],
        ["origins", "--judgements"],
    ],
)
def test_every_command_prints(path, capsys, arguments):
    assert _run([arguments[0], str(path), *arguments[1:]]) == 0
    out = capsys.readouterr().out
    assert out.strip()
    if "--json" in arguments:
        assert all(json.loads(line) for line in out.splitlines())


def test_origins_are_written_as_graph_and_page(path, tmp_path):
    from xml.etree import ElementTree

    graph, shown = tmp_path / "g.xml", tmp_path / "o.html"
    assert _run(["origins", str(path), CLAIM, "--graphml", str(graph), "--html", str(shown)]) == 0
    nodes = list(ElementTree.parse(tmp_path / "g.xml").iter("{http://graphml.graphdrawing.org/xmlns}node"))
    assert len(nodes) >= 3
    page = (tmp_path / "o.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_every_kind_of_difference_has_a_code_of_its_family():
    from sayso.service import finding_codes
    from sayso.service.case_claims import CODES

    assert all(code.startswith("SAY5") and code in finding_codes() for code in CODES.values())


def test_the_timeline_is_written_as_a_page(path, tmp_path):
    assert _run(["timeline", str(path), "--html", str(tmp_path / "t.html")]) == 0
    assert (tmp_path / "t.html").read_text(encoding="utf-8").count("<line") >= 1


def test_days_out_of_the_calendar_are_drawn():
    from sayso.render.case_timeline import timeline_page

    row = {"text": "<b>", "pages": ["p"], "footings": ["denied"]}
    page = timeline_page(
        [
            {**row, "earliest": "12019-01-01", "latest": "12019-01-01"},
            {**row, "earliest": "-0044-03-15", "latest": "2020-01-01"},
        ]
    )
    assert page.count("<line") == 2
    assert "<b>" not in page
    assert timeline_page([])


def test_a_claim_is_found_by_its_id_alone(path):
    claims = Case(path).claims("wire-one")
    assert Case(path).analysis.story_of_claim[claims[0]["id"]] == "wire-one"
    assert Case(path).origins(claims[0]["id"]).claim.id == claims[0]["id"]
    with pytest.raises(InvalidSetting, match="sayso claims"):
        Case(path).origins("c0123456789")
