from __future__ import annotations

from dataclasses import replace

from sayso.corpus import build_families, find_reuse
from sayso.corpus.case_text import CaseText
from sayso.corpus.families import family_rows
from sayso.corpus.kinds import relate
from sayso.corpus.lineage import is_agency

from .texts import EDITED, TRIMMED, case, page


def families(documents):
    case_text = CaseText(documents)
    return {row.id: row for row in build_families(case_text, find_reuse(case_text))}


def test_copies_go_back_to_the_wire():
    rows = families(case())
    assert {id: rows[id].family for id in ("wire", "trimmed", "edited", "moved")} == dict.fromkeys(
        ("wire", "trimmed", "edited", "moved"), "wire"
    )
    assert rows["wire"].parent is None


def test_a_page_that_only_quotes_is_its_own_family():
    assert families(case())["quotes"].family == "quotes"


def test_a_page_alone():
    row = families(case())["other"]
    assert (row.family, row.parent, row.reason) == ("other", None, "shares no text")


def test_a_copy_of_a_copy_finds_the_page_whose_edits_it_shares():
    rewritten = EDITED.replace("nine million", "almost 9 million").replace("Fishing", "All fishing")
    documents = [*case(), page("second", rewritten, "Harbour Mail", "2031-02-04T13:00")]
    assert families(documents)["second"].parent == "edited"


def test_a_lying_clock_does_not_turn_a_copy_into_the_source():
    documents = [replace(d, time="2031-02-03T01:00") if d.id == "trimmed" else d for d in case()]
    rows = families(documents)
    assert rows["trimmed"].parent == "wire"
    assert rows["wire"].parent is None
    assert "although its clock is later" in rows["trimmed"].reason


def test_nobody_descends_from_itself():
    rows = families([page(str(n), TRIMMED, None, None) for n in range(6)])
    for row in rows.values():
        seen, at = set(), row
        while at.parent is not None:
            assert at.id not in seen
            seen.add(at.id)
            at = rows[at.parent]


def test_rows():
    assert set(family_rows(families(case()).values())[0]) == {"id", "family", "parent", "score", "reason"}


def test_agencies():
    assert is_agency("The Associated Press")
    assert is_agency("Lindry Newswire")
    assert not is_agency("Wired")
    assert not is_agency(None)


def test_kinds_and_direction():
    documents = case()
    case_text = CaseText(documents)
    reuse = find_reuse(case_text)
    found = {(r.a, r.b): r for r in relate(case_text, reuse, build_families(case_text, reuse))}
    assert found["wire", "trimmed"].kind == "wire"
    assert (found["wire", "trimmed"].earlier, found["wire", "trimmed"].later) == ("wire", "trimmed")
    assert found["wire", "quotes"].kind == "quotation"
    assert found["wire", "quotes"].earlier is None


def test_siblings_have_no_direction_of_their_own():
    case_text = CaseText(case())
    reuse = find_reuse(case_text)
    rows = build_families(case_text, reuse)
    found = {(r.a, r.b): r for r in relate(case_text, reuse, rows)}
    parents = {row.id: row.parent for row in rows}
    for (a, b), relation in found.items():
        if parents[a] == parents[b] == "wire":
            assert relation.earlier is None
            assert "both go back to Lindry Newswire" in relation.reason
