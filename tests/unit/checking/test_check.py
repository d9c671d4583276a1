"""What a check says of quotations: found to the letter, altered, stitched, another's, second-hand, not there."""

from __future__ import annotations

import pytest

import sayso
from sayso.service.check import CheckReport, SourcePage

PAGES: list[SourcePage] = [
    {
        "id": "selwick",
        "publisher": "The Selwick Post",
        "text": "Bridge to open\n\n"
        "“The bridge is not safe for lorries,” Mayor Anna Berg said. “We checked it twice.”\n\n"
        '"Nobody will pay for it until the spring, when the new budget is ready," said Tom Hale, the engineer.\n\n'
        "A police spokesman said the road was closed in 2019.\n",
    },
    {
        "id": "quillhaven",
        "publisher": "Quillhaven Herald",
        "text": "Cracks known for years\n\n"
        "Engineer Tom Hale told the Ostrel Courier that the cracks were known for years. "
        "“I warned the council in 2015,” he told the newspaper.\n\n"
        "The Ostrel Courier reported that 14 people had been hurt.\n",
    },
]
CASES = [
    ("Anna Berg said: “The bridge is not safe for lorries.”", "found"),
    ('Anna Berg said: "The bridge is not safe for lorries."', "found"),
    ("Anna Berg said: “The bridge is not safe for lorries. We checked it twice.”", "found"),
    ("Anna Berg said: “[T]he bridge is not safe.”", "found"),
    ("Tom Hale said: “Nobody will pay for it … when the new budget is ready.”", "found"),
    ("Tom Hale said: “Nobody will pay for [the bridge] until the spring.”", "found"),
    ("Anna Berg said: “The bridge is … safe for lorries.”", "altered"),
    ("Anna Berg said: “The bridge is [now] safe for lorries.”", "altered"),
    ("Anna Berg said: “The bridge is safe for lorries.”", "altered"),
    ("Anna Berg said: “The bridge is not fit for lorries.”", "altered"),
    ("Anna Berg said: “The bridge is not safe for lorries. I warned the council in 2015.”", "stitched"),
    ("Anna Berg said: “The bridge is not safe … I warned the council in 2015.”", "stitched"),
    ("Tom Hale said: “The bridge is not safe for lorries.”", "misattributed"),
    ("Tom Hale said: “I warned the council in 2015.”", "second_hand"),
    ("Tom Hale told the Ostrel Courier: “I warned the council in 2015.”", "found"),
    ("Anna Berg said: “Our children deserve a better library.”", "not_found"),
    ("Police said the road had been closed in 2019.", "supported"),
    ("The Ostrel Courier reported that 40 people had been hurt.", "altered"),
    ("The mayor said that the river had turned green.", "not_found"),
]


@pytest.fixture(scope="module")
def report() -> CheckReport:
    return sayso.check("\n\n".join(text for text, _ in CASES), pages=PAGES)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_status(report: CheckReport, number: int) -> None:
    text, status = CASES[number]
    whole = "\n\n".join(text for text, _ in CASES)
    start = whole.index(text)
    found = [v for v in report.verdicts if start <= v.item.span[0] < start + len(text)]
    assert [v.status for v in found] == [status], text


def test_every_answer_points_at_the_page(report: CheckReport) -> None:
    texts = {page["id"]: page["text"] for page in PAGES}
    for verdict in report.verdicts:
        assert bool(verdict.places) == (verdict.status != "not_found")
        for place in verdict.places:
            start, end = place.spans[0][0], place.spans[-1][1]
            assert texts[place.page][start:end] in (place.quote, f"{place.quote}")
            assert place.quote


def test_a_paraphrase_is_never_exact(report: CheckReport) -> None:
    paraphrases = [v for v in report.verdicts if v.item.kind == "paraphrase"]
    assert paraphrases
    assert not any(v.is_exact or v.to_dict()["exact"] for v in paraphrases)


def test_what_was_changed_is_told(report: CheckReport) -> None:
    changes = [c for v in report.verdicts for c in v.changes]
    assert ("fit", "safe") in [(c.quoted, c.there) for c in changes]


def test_markdown_spans_point_into_the_markdown() -> None:
    text = "# Answer\n\n**Anna Berg** said: “The bridge is *not* safe for lorries.”[^1]\n\n"
    text += "> We checked it twice.\n> — Anna Berg\n"
    report = sayso.check(text, pages=PAGES)
    assert [v.status for v in report.verdicts] == ["found", "found"]
    start, end = report.verdicts[0].item.span
    assert text[start:end] == "“The bridge is *not* safe for lorries.”"
    start, end = report.verdicts[1].item.span
    assert "We checked it twice." in text[start : end + 1]


def test_html_is_read_as_a_page() -> None:
    report = sayso.check("<p>Anna Berg said: &ldquo;We checked it twice.&rdquo;</p>", pages=PAGES, html=True)
    assert [v.status for v in report.verdicts] == ["found"]


def test_nothing_to_check_is_fine() -> None:
    report = sayso.check("It rained.", pages=PAGES)
    assert report.ok
    assert report.to_dict()["items"] == []


RELAYED = [
    ("“{q},” The Ostrel Courier quoted Petra Lind, a welder, as saying.", "second_hand"),
    ("According to The Ostrel Courier, Petra Lind, a welder, said “{q}.”", "second_hand"),
    ("“{q},” Petra Lind, a welder, was quoted as saying by The Ostrel Courier.", "second_hand"),
    ("Petra Lind told The Ostrel Courier: “{q}.”", "second_hand"),
    ("“{q},” Petra Lind, a welder, said.", "found"),
]


def test_by_way_of_whom() -> None:
    said = "We painted over the rust before breakfast"
    for frame, status in RELAYED:
        page: SourcePage = {"publisher": "The Selwick Post", "text": f"Rust\n\n{frame.format(q=said)}\n"}
        report = sayso.check(f"Petra Lind said: “{said}.”", pages=[page])
        assert [v.status for v in report.verdicts] == [status], frame
        through = sayso.check(f"Petra Lind told The Ostrel Courier: “{said}.”", pages=[page])
        assert [v.status for v in through.verdicts] == ["found" if status == "second_hand" else "misattributed"], frame
