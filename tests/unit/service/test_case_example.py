"""The example story: five outlets tell of the meetings, and all of it goes back to one talk with one paper."""

from __future__ import annotations

import pytest

from sayso import Case
from sayso.examples import example_pages
from sayso.service import origin_lines


@pytest.mark.full
def test_the_example_case_reads_as_an_editor_would_write_it(tmp_path):
    case = Case(tmp_path / "case")
    case.ingest([str(page) for page in example_pages()])
    found = case.origins("Tarvenian officials met engineers in secret over cracks in the dam")
    lines = origin_lines(found)
    assert lines[1] == "5 pages, 5 outlets, 1 origin"
    assert lines[2].startswith(
        "1. two senior ministry officials and a former engineer who took part in the talks (unnamed"
    )
    outlets = [statement.outlet for statement in sorted(found.claim.statements, key=lambda told: told.time)]
    assert outlets[0] == "The Ostrel Courier"
    copies = {(edge.source, edge.target) for edge in found.origins.tree.edges if edge.kind == "copies"}
    assert len(copies) == 2
