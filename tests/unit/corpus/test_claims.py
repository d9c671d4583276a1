from __future__ import annotations

import pytest

from sayso.corpus import claim_pairs
from sayso.corpus.claim_pairs import compare, covers, pair_features, prepare
from sayso.corpus.claim_text import Number, read_claim
from sayso.corpus.claims import Told, find_claims, match_text, outermost, told_sentences
from sayso.corpus.graph import Source

OFFICIALS = Source("unnamed", "two officials")


def verdict(a: str, b: str):
    return compare(*prepare([a, b]))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("fourteen people died", [Number(14, "plain", "peopl")]),
        ("the deal is worth $4 billion", [Number(4e9, "money", None)]),
        ("taxes rose 4.5 percent", [Number(4.5, "percent", None)]),
        ("2,300 people were moved", [Number(2300, "plain", "peopl")]),
        ("twenty-one ships sank", [Number(21, "plain", "ship")]),
        ("he paid 200,000 crowns", [Number(200000, "money", "crown")]),
        ("in 1998 one could swim there", []),
    ],
)
def test_numbers_with_what_they_count(text, numbers):
    assert list(read_claim(text).numbers) == numbers


def test_days_names_and_denials():
    claim = read_claim("Teodor Vask didn't meet Tarvenian officials on Monday's train in May 2019.")
    assert claim.names == ("teodor", "vask", "tarvenia")
    assert (claim.weekdays, claim.months, claim.years) == ({"monday"}, {"may"}, {2019})
    assert len(claim.negated) == 1
    assert not read_claim("the dam may break").months


def test_same_words_in_another_order_say_the_same():
    found = verdict(
        "The court jailed Dorin Hale for nine years.", "Dorin Hale was sent to prison for nine years by the court."
    )
    assert found.relation == "same"
    assert found.differences == ()


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        ("Fourteen miners died in the shaft on Monday.", "Forty miners died in the shaft on Monday.", "number 14 / 40"),
        ("The ferry sank off Skell on Monday.", "The ferry sank off Skell on Friday.", "day monday / friday"),
        ("Ilse Orlin paid for the bridge.", "Pavel Renk paid for the bridge.", "name ilse orlin / pavel renk"),
    ],
)
def test_a_number_a_day_or_a_name_parts_what_else_is_alike(a, b, difference):
    found = verdict(a, b)
    assert found.relation != "same"
    assert difference in found.differences


def test_a_denial_contradicts():
    found = verdict(
        "The ministry knew of the cracks in the dam.", "The ministry did not know of the cracks in the dam."
    )
    assert found.relation == "contradiction"
    assert "negated on one side" in found.differences
    (said,) = prepare(["The ministry knew of the cracks in the dam."])
    (denied,) = prepare(["The ministry knew of the cracks in the dam."], ["negated"])
    assert compare(said, denied).relation == "contradiction"


def test_a_pair_is_judged_alike_either_way_round():
    a, b = prepare(["Two boats sank in the outer harbour.", "In the outer harbour, two boats went down."])
    assert compare(a, b) == compare(b, a)
    assert len(pair_features(a, b)) == len(claim_pairs.FEATURES)


def test_a_long_statement_covers_what_is_asked():
    asked, told, other = prepare(
        [
            "officials met engineers in secret",
            "Senior officials met in secret with engineers over cracks in the dam but decided not to lower the water.",
            "Bakers want more for their bread.",
        ]
    )
    assert covers(asked, told) > 0.7 > 0.5 > covers(asked, other)
    later, earlier = prepare(["he paid 300 crowns", "he paid 200 crowns for it"])
    assert covers(later, earlier) == 0.0


def test_without_the_encoder_words_decide(monkeypatch):
    monkeypatch.setattr("sayso.corpus.sentence_vectors._model", lambda: None)
    told = [
        statement("a", "p", "The old bridge at Skell was closed on Monday."),
        statement("b", "q", "The bridge at Skell was closed."),
    ]
    assert all(one.vector is None for one in prepare([t.text for t in told]))
    assert find_claims(told)


def statement(id: str, page: str, text: str, **more) -> Told:
    return Told(id, page, page.upper(), more.pop("time", "2023-01-01"), text, more.pop("span", (0, len(text))), **more)


def test_claims_group_pages_and_tell_how_they_drift():
    rows = [
        statement("1", "a", "the breakwater at Skell was cracked", chain=(OFFICIALS,), hedged=True, time="2023-01-01"),
        statement("2", "b", "The Skell breakwater was cracked.", time="2023-01-02"),
        statement("3", "c", "Bakers in Morvane want more money for bread.", time="2023-01-02"),
    ]
    first, second = find_claims(rows)
    assert (first.pages, second.pages) == (("a", "b"), ("c",))
    assert {d.kind for d in first.differences} == {"attribution_lost", "hardened"}
    assert find_claims(reversed(rows)) == [first, second]


def test_an_unnamed_source_that_is_dropped_is_told_unless_the_page_keeps_it():
    rows = [
        statement("1", "a", "the breakwater at Skell was cracked", chain=(OFFICIALS,), time="2023-01-01"),
        statement("2", "b", "the Skell breakwater was cracked", chain=(Source("outlet", "A"),), time="2023-01-02"),
    ]
    assert {d.kind for d in find_claims(rows)[0].differences} == {"unnamed_lost"}
    kept = statement(
        "3", "b", "the Skell breakwater had cracked", chain=(OFFICIALS,), time="2023-01-02", span=(90, 120)
    )
    assert "unnamed_lost" not in {d.kind for d in find_claims([*rows, kept])[0].differences}


def test_statements_inside_another_are_that_one_s():
    outer = statement("1", "a", "engineers warned that the dam was cracked", chain=(OFFICIALS,), span=(10, 51))
    inner = statement("2", "a", "the dam was cracked", chain=(OFFICIALS, Source("unnamed", "engineers")), span=(32, 51))
    assert outermost([inner, outer]) == [outer]
    assert match_text("engineers warned that the dam was cracked", [outer, inner]) == [outer]


def test_told_sentences_keep_their_places():
    text = "OSTREL, Sept 16 (NPA) — The dam at Korvath broke. It did. Nobody in the town had slept."
    found = told_sentences(text, [(0, len(text))])
    assert [words for words, _ in found] == ["The dam at Korvath broke.", "Nobody in the town had slept."]
    assert all(text[start:end] == words for words, (start, end) in found)


@pytest.mark.parametrize("text", ["", " ", "\ufffd" * 50, "1" * 500, "not " * 400, "A" * 5000, "“”—…", "$5 $ 5% -"])
def test_hostile_statements_are_read(text):
    read_claim(text)
    one, other = prepare([text, "The dam broke."])
    assert compare(one, other) == compare(other, one)
    assert 0 <= covers(one, other) <= 1


NEWS = [
    "the breakwater at Skell was cracked",
    "The Skell breakwater had cracked.",
    "Bakers in Morvane want more money for bread.",
    "bread will be dearer, bakers in Morvane said",
    "The ferry Astrid left the harbour of Dunmore without a captain.",
    "the ferry Astrid sailed from Dunmore harbour without a captain",
    "the breakwater at Skell was cracked",
]


def test_statements_looked_up_by_rare_words_give_the_claims_that_all_against_all_give(monkeypatch):
    rows = [statement(str(at), f"p{at}", text, time=f"2023-01-0{at + 1}") for at, text in enumerate(NEWS)]
    every = find_claims(rows)
    assert max(len(claim.pages) for claim in every) == 3
    monkeypatch.setattr("sayso.corpus.claim_neighbours.MAX_TABLE", 0)
    assert [claim.pages for claim in find_claims(rows)] == [claim.pages for claim in every]
    assert {claim.left_out for claim in every} == {0}


def test_what_was_not_compared_is_counted_and_copies_always_are(monkeypatch):
    monkeypatch.setattr("sayso.corpus.claims.MAX_WORDINGS", 2)
    rows = [statement(str(at), f"p{at}", text, time=f"2023-01-0{at + 1}") for at, text in enumerate(NEWS)]
    claims = find_claims(rows)
    assert {claim.left_out for claim in claims} == {4}
    assert sorted(page for claim in claims for page in claim.pages) == ["p0", "p1", "p6"]
