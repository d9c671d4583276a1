"""Who is quoted by whom, told backwards; and spans cut short, put back."""

from __future__ import annotations

import pytest

from sayso.service import read_text


def told(text: str) -> list[tuple[str, str, str, int]]:
    """Source, content, kind and length of the chain of each attribution, in text order of the source."""
    reading = read_text(text).to_dict()
    rows = []
    for one in reading["attributions"]:
        source, content = (" … ".join(text[a:b] for a, b in one[key]) for key in ("source", "content"))
        rows.append((source, content, one["source_kind"], len(one["chain"])))
    return sorted(rows)


@pytest.mark.parametrize(
    ("text", "outlet", "person"),
    [
        (
            "The trainer was quoted as saying by the Lindow Post that the pitch was wet.",
            "the Lindow Post",
            "The trainer",
        ),
        (
            "The trainer was quoted by the Lindow Post as saying that the pitch was wet.",
            "the Lindow Post",
            "The trainer",
        ),
        ("“It was dark,” the guard was quoted as saying by Interfax.", "Interfax", "the guard"),
        ("Anna Kovel was quoted by Channel Six as saying: “We never had a key.”", "Channel Six", "Anna Kovel"),
    ],
)
def test_quoted_by_is_read_as_outlet_and_person(text: str, outlet: str, person: str) -> None:
    rows = told(text)
    assert [(source, length) for source, _, _, length in rows] == sorted([(outlet, 2), (person, 3)])
    assert len({content for _, content, _, _ in rows}) == 1


@pytest.mark.parametrize(
    ("text", "source", "content", "kind"),
    [
        ("“Back in ten years,” read the sign.", "the sign", "“Back in ten years,”", "document"),
        (
            "The yacht was bought with church money, alleges a lawsuit filed on Monday in Tarrow.",
            "a lawsuit filed on Monday in Tarrow",
            "The yacht was bought with church money",
            "document",
        ),
        (
            "The rebels had no shells, a commander told Reuters on condition that he not be named.",
            "a commander",
            "The rebels had no shells",
            "unnamed_official",
        ),
        (
            "In the opinion of the astronomer Ilse Korb, the signal came from an oven.",
            "the astronomer Ilse Korb",
            "the signal came from an oven",
            "named_person",
        ),
        (
            "As the finance minister put it, the budget is a boat without oars.",
            "the finance minister",
            "the budget is a boat without oars",
            "unnamed_official",
        ),
    ],
)
def test_spans_cut_short_are_whole(text: str, source: str, content: str, kind: str) -> None:
    assert (source, content, kind) in [row[:3] for row in told(text)]


def test_a_clause_on_the_speaker_belongs_to_the_source() -> None:
    text = "A banker who asked not to be named because the deal is not public said bids were due on Thursday."
    rows = [row for row in told(text) if row[1] == "bids were due on Thursday"]
    assert [(row[0][:8], row[2]) for row in rows] == [("A banker", "unnamed_person")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Moravek accused its neighbour of mining the river.", "government"),
        ("Orr: I will never play for Lindow again", "named_person"),
        ("“He went back for the dog,” said his widow, Hanne.", "named_person"),
        ("The pub has a ghost, landlady Bet Noakes insists.", "named_person"),
        ("According to Sergeant Lena Moss of Corrin police, the goat was unharmed.", "named_official"),
        ("A court usher said the clerk had fainted.", "unnamed_official"),
        ("Two-thirds of those polled said they would stay at home.", "public"),
        ("Voters in the north say they have been forgotten.", "unnamed_person"),
        ("“The wall just opened,” recalled shaken gran Elsie Pike, 81.", "named_person"),
    ],
)
def test_kinds_by_the_words_around(text: str, kind: str) -> None:
    assert [row[2] for row in told(text)] == [kind]


def test_in_view_of_is_nobodys_view() -> None:
    assert told("In view of the weather, the match was put off.") == []


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("The king is dead, state radio announced.", "state radio", "outlet"),
        ("The cook was heard to say that the rats had gone.", "The cook", "unnamed_person"),
        ("Not a penny was missing, maintained the bank's own auditor.", "the bank's own auditor", "unnamed_person"),
        ("Pilots monitoring the crater have raised the alarm over a rise in sulphur.", "Pilots", "unnamed_person"),
        ("She would not be drawn on the strike.", "She", "unknown"),
        ("Via the Financial Courier: the merger is back on.", "the Financial Courier", "outlet"),
        ("The mayor admitted having been told by engineers that it leaned.", "engineers", "unnamed_person"),
    ],
)
def test_forms_that_no_verb_with_its_clause_gives(text: str, source: str, kind: str) -> None:
    assert any(row[0].startswith(source) and row[2] == kind for row in told(text))
