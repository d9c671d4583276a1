from __future__ import annotations

from sayso.corpus.claims import Told
from sayso.corpus.graph import Source
from sayso.service.case_chains import settled


def told(page: str, *chain: Source, outlet: str = "Radio Osk") -> Told:
    return Told(f"{page}/{len(chain)}", page, outlet, None, "the dam was cracked", (0, 19), chain)


def names(rows: list[Told]) -> list[list[str]]:
    return [[source.name for source in row.chain] for row in rows]


def test_the_newspaper_is_the_one_that_the_page_cites():
    rows = [told("p", Source("outlet", "The Havel Times")), told("p", Source("outlet", "the newspaper"))]
    assert names(settled(rows)) == [["The Havel Times"], ["The Havel Times"]]


def test_of_two_newspapers_none_is_meant():
    cited = [told("p", Source("outlet", name)) for name in ("The Havel Times", "The Post")]
    assert names(settled([*cited, told("p", Source("outlet", "the newspaper"))]))[2] == ["the newspaper"]
    assert names(settled([told("q", Source("outlet", "the newspaper")), *cited]))[0] == ["the newspaper"]


def test_what_a_page_takes_back_is_left_out():
    assert settled([told("p", Source("document", "An earlier version of this article"))]) == []


def test_a_report_in_an_outlet_that_is_cited_elsewhere_is_that_outlet():
    report = told("q", Source("document", "a report in Canal Sur"))
    (source,) = settled([told("p", Source("outlet", "Canal Sur")), report])[1].chain
    assert (source.kind, source.name) == ("outlet", "Canal Sur")
    assert settled([report])[0].chain[0].kind == "document"


def test_what_a_spokesman_says_is_the_body_s():
    rows = [
        told("p", Source("person", "Tom Roe")),
        told("q", Source("person", "Roe")),
        told("r", Source("person", "Ina Bell")),
    ]
    chains = names(settled(rows, {"tom roe": "Skell Line"}))
    assert chains == [["Tom Roe", "Skell Line"], ["Roe", "Skell Line"], ["Ina Bell"]]


def test_an_outlet_s_own_report_is_the_outlet():
    rows = [told("p", Source("outlet", "The Post"), Source("document", "its report"))]
    assert names(settled(rows)) == [["The Post"]]
    rows = [told("p", Source("outlet", "The Post"), Source("document", "an audit of 2020"))]
    assert names(settled(rows)) == [["The Post", "an audit of 2020"]]
