from __future__ import annotations

from sayso.corpus.doubts import compatible
from sayso.corpus.graph import Copy, Judgement, Source, Statement
from sayso.corpus.origins import origins
from sayso.model import Span

SPAN = Span(0, 10)


def says(id: str, outlet: str, *chain: Source, time: str | None = None) -> Statement:
    return Statement(id, f"page-{id}", outlet, SPAN, chain, time)


def person(name: str) -> Source:
    return Source("person", name)


def unnamed(description: str) -> Source:
    return Source("unnamed", description)


def outlet(name: str) -> Source:
    return Source("outlet", name)


def interval(*statements: Statement, copies=(), judgements=()) -> tuple[int, int]:
    found = origins(statements, copies, judgements)
    return found.min, found.max


def test_no_statement_has_no_origin():
    assert interval() == (0, 0)


def test_one_person_on_many_pages_is_one_origin():
    assert interval(*(says(str(n), f"Outlet {n}", person("Marta Ellingsen")) for n in range(5))) == (1, 1)


def test_two_people_are_two():
    assert interval(says("a", "A", person("Marta Ellingsen")), says("b", "B", person("Tom Harrow"))) == (2, 2)


def test_a_citation_of_a_citation_ends_at_the_first_outlet_s_source():
    found = origins(
        [
            says("a", "The Courier", unnamed("two officials")),
            says("b", "Post", outlet("Courier")),
            says("c", "Mail", outlet("Post"), outlet("The Courier"), unnamed("officials")),
        ]
    )
    assert (found.min, found.max, found.pages) == (1, 1, 3)
    assert found.roots[0].statements == ("a", "b", "c")


def test_a_copied_statement_has_no_origin_of_its_own():
    statements = [says("a", "A", unnamed("officials")), says("b", "B", unnamed("officials"))]
    assert interval(*statements, copies=[Copy("b", "a", 0.97, "verbatim")]) == (1, 1)


def test_unnamed_sources_of_two_outlets_are_an_interval_with_a_reason():
    found = origins([says("a", "A", unnamed("U.S. officials")), says("b", "B", unnamed("a senior American official"))])
    assert (found.min, found.likely, found.max) == (1, 2, 2)
    assert "would settle it" in found.reasons[0]
    assert found.roots[0].may_equal == (found.roots[1].id,)


def test_unnamed_sources_that_cannot_be_the_same_are_two():
    assert interval(says("a", "A", unnamed("a doctor")), says("b", "B", unnamed("two traders"))) == (2, 2)


def test_groups_of_doubts_need_every_pair():
    statements = [
        says("a", "A", unnamed("Russian officials")),
        says("b", "B", unnamed("officials")),
        says("c", "C", unnamed("Turkish officials")),
    ]
    assert interval(*statements) == (2, 3)


def test_judgements_change_the_numbers_and_leaving_them_out_restores_them():
    statements = [says("a", "A", unnamed("officials")), says("b", "B", unnamed("officials"))]
    first, second = (root.id for root in origins(statements).roots)
    assert interval(*statements, judgements=[Judgement("same", first, second)]) == (1, 1)
    assert interval(*statements, judgements=[Judgement("different", first, second)]) == (2, 2)
    assert interval(*statements) == (1, 2)


def test_a_doubtful_copy_widens_the_interval():
    statements = [says("a", "A", person("Ida Brekke")), says("b", "B", person("Tom Harrow"))]
    assert interval(*statements, copies=[Copy("b", "a", 0.3, "rewrite")]) == (1, 2)


def test_own_voice_after_another_may_only_repeat_it():
    found = origins([says("a", "A", person("Ida Brekke"), time="2031-01-01"), says("b", "B", time="2031-01-02")])
    assert (found.min, found.likely, found.max) == (1, 1, 2)


def test_own_voice_before_any_other_counts_although_nobody_tells_how_it_knows():
    found = origins([says("a", "A", person("Ida Brekke"), time="2031-01-03"), says("b", "B", time="2031-01-02")])
    assert (found.min, found.likely, found.max) == (1, 2, 2)
    assert "own voice" in found.reasons[0]


def test_a_circle_of_citations_is_one_origin_with_a_note():
    found = origins([says("a", "A", outlet("B")), says("b", "B", outlet("A"))])
    assert (found.min, found.max) == (1, 1)
    assert "circle" in found.reasons[0]


def test_the_same_document_is_one_origin_and_the_graph_shows_it():
    report = Source("document", "the survey report", Span(3, 9))
    found = origins([says("a", "A", report), says("b", "B", report)])
    assert (found.min, found.max) == (1, 1)
    assert {edge.kind for edge in found.tree.edges} == {"says"}
    assert found.tree.edges[0].spans == (SPAN, Span(3, 9))


def test_order_of_statements_does_not_matter():
    statements = [
        says("a", "A", unnamed("officials")),
        says("b", "B", outlet("A")),
        says("c", "C", person("Ida Brekke")),
    ]
    assert origins(statements) == origins(statements[::-1])


def test_descriptions():
    assert compatible("police", "investigators")
    assert not compatible("French officials", "German officials")


def test_a_spokeswoman_is_the_organization():
    rows = [
        says("a", "A", Source("organization", "the Skell Line")),
        says("b", "B", unnamed("a spokeswoman for the Skell Line")),
    ]
    assert interval(*rows) == (1, 1)


def test_unnamed_sources_of_one_outlet_told_in_other_words_are_one():
    rows = [says("a", "A", unnamed("two clerks")), says("b", "A", unnamed("Two clerks, who declined to be named,"))]
    assert interval(*rows) == (1, 1)


def test_a_document_that_two_outlets_obtained_counts_once_with_a_reason():
    rows = [
        says("a", "A", Source("document", "an audit report obtained by A")),
        says("b", "B", Source("document", "the audit report seen by B")),
    ]
    found = origins(rows)
    assert (found.min, found.likely, found.max) == (1, 1, 2)
    assert "audit report" in found.reasons[0]


def test_one_name_is_one_source_whatever_a_page_takes_it_for():
    rows = [
        says("a", "A", person("Tom Harrow")),
        says("b", "B", person("Tom Harrow")),
        says("c", "C", Source("organization", "Tom Harrow")),
    ]
    assert interval(*rows) == (1, 1)


def test_an_organization_that_cites_somebody_is_not_where_it_ends():
    bureau = Source("organization", "Nordfeld Tidning")
    rows = [says("a", "A", bureau, unnamed("two clerks")), says("b", "B", bureau)]
    assert interval(*rows) == (1, 1)


def test_an_outlet_told_of_without_its_name_may_be_one_that_is_here():
    rows = [
        says("a", "The Courier", unnamed("two clerks")),
        says("b", "State Radio", outlet("a private newspaper in the capital")),
    ]
    found = origins(rows)
    assert (found.min, found.likely, found.max) == (1, 1, 2)
    assert "the name of that outlet would settle it" in found.reasons[0]


def test_rumours_are_one_unknown_origin_until_it_is_named():
    found = origins([says("a", "A", unnamed("somebody")), says("b", "B", unnamed("rumours"))])
    assert (found.min, found.likely, found.max) == (1, 1, 2)
    assert "one rumour" in found.reasons[0]


def test_a_rumour_is_never_merged_with_a_name_silently():
    found = origins([says("a", "A", unnamed("somebody")), says("b", "B", person("Marta Ellingsen"))])
    assert (found.min, found.likely, found.max) == (1, 2, 2)
    assert "Marta Ellingsen" in found.reasons[0]
