"""What is read off the spans: speaker, kind, nesting, chain, footing, own voice."""

from __future__ import annotations

import pytest

from sayso import read_text

from .pages import page

CITING = (
    "The Harbor Gazette, citing unnamed officials and a former commander who took part in the talks, "
    "said that the plan stalled."
)


def test_citing_makes_a_chain() -> None:
    read = page(CITING)
    cited = [a for a in read.attributions if read.words(a.cue) == "citing"]
    assert [read.chain(a) for a in cited] == [
        ["page", "The Harbor Gazette", "unnamed officials"],
        ["page", "The Harbor Gazette", "a former commander"],
    ]
    assert [a.source_kind for a in cited] == ["unnamed_official", "unnamed_person"]
    assert [a.heads for a in cited] == [(2, None), (1, 1)]
    assert cited[1].hand == "first"
    assert read.words(cited[1].description) == "a former commander who took part in the talks"
    outer = read.by_cue("said")
    assert all(a.parent == outer.id for a in cited)


def test_other_sentences_rest_on_the_outlet_by_inference_only() -> None:
    read = page(CITING + "\nOfficials say the plan never left the drawer.")
    assert read.chain(read.by_cue("say")) == ["page", "The Harbor Gazette*", "Officials"]


def test_told_an_outlet() -> None:
    read = page("The minister told Reuters that the port would reopen.")
    assert read.chain(read.by_cue("told")) == ["page", "Reuters", "The minister"]


def test_the_page_itself_is_no_step() -> None:
    read = page("The minister told Reuters that the port would reopen.", "Reuters")
    assert read.chain(read.by_cue("told")) == ["page", "The minister"]


def test_nested_attribution_has_parent_and_chain() -> None:
    read = page("Ana Brook said the inspector had warned that the wall was weak.")
    warned = read.by_cue("warned")
    assert warned.parent == read.by_cue("said").id
    assert read.chain(warned) == ["page", "Ana Brook", "the inspector"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ana Brook said the pier is shut.", "named_person"),
        ("Finance Minister Ana Brook said the pier is shut.", "named_official"),
        ("Senior officials said the pier is shut.", "unnamed_official"),
        ("A neighbor said the pier is shut.", "unnamed_person"),
        ("The company said the pier is shut.", "organization"),
        ("The ministry said the pier is shut.", "government"),
        ("Police said the pier is shut.", "government"),
        ("The Harbor Gazette reported that the pier is shut.", "outlet"),
        ("The lawsuit says the pier is shut.", "document"),
        ("Residents said the pier is shut.", "unnamed_person"),
    ],
)
def test_source_kind(text: str, kind: str) -> None:
    assert page(text).attributions[0].source_kind == kind


def test_surname_resolves_to_the_full_name() -> None:
    read = page("Ana Brook runs the port.\nBrook said the pier is shut.")
    assert read.name(read.by_cue("said")) == "Ana Brook"


def test_two_people_with_one_surname_stay_two() -> None:
    read = page("Ana Brook and Tom Brook run the port.\nBrook said the pier is shut.")
    said = read.by_cue("said")
    assert said.entity is None
    assert {read.entities[c.entity].name for c in said.candidates if c.entity} == {"Ana Brook", "Tom Brook"}
    assert said.reason


def test_reporter_is_not_the_source_of_the_same_name() -> None:
    read = page("@ By Ana Casey\nCasey said the pier is shut.")
    assert read.name(read.by_cue("said")) == "Casey"


def test_pronoun_resolves_to_the_last_speaker() -> None:
    read = page("Maria Brook said the pier is shut. She said the road is open.")
    said = [a for a in read.attributions if read.words(a.source) == "She"]
    assert read.name(said[0]) == "Maria Brook"


def test_pronoun_after_a_foreign_block_stays_open() -> None:
    read = page("Maria Brook said the pier is shut.\n~ Star Nina Hale loves boats.\nShe said the road is open.")
    said = next(a for a in read.attributions if read.words(a.source) == "She")
    assert said.entity is None
    assert said.candidates[0].entity is not None
    assert "another story" in (said.reason or "")


def test_pronoun_with_two_equals_stays_open() -> None:
    read = page("Maria Brook met Julia Stone. Julia Stone and Maria Brook argued. She said the road is open.")
    said = next(a for a in read.attributions if read.words(a.source) == "She")
    assert said.candidates


def test_newspaper_resolves_to_the_only_outlet() -> None:
    read = page("The Harbor Gazette broke the story. The newspaper said the pier is shut.")
    assert read.name(read.by_cue("said")) == "The Harbor Gazette"


def test_anonymity_reason() -> None:
    read = page("An official said the pier is shut, speaking on condition of anonymity because he feared for his job.")
    said = read.by_cue("said")
    assert "because he feared for his job" in read.words(said.anonymity_reason)


@pytest.mark.parametrize(
    ("text", "cue", "polarity", "certainty", "attitude", "act"),
    [
        ("The mayor said the pier is shut.", "said", "affirmed", "plain", "neutral", "report"),
        ("The mayor denied that he took the money.", "denied", "negated", "plain", "neutral", "denial"),
        ("The mayor did not rule out that the pier would close.", "rule", "mixed", "plain", "neutral", "report"),
        ("The mayor said the pier may close.", "said", "affirmed", "hedged", "neutral", "report"),
        ("The mayor admitted that the pier is shut.", "admitted", "affirmed", "plain", "factive", "report"),
        ("The mayor claimed that the pier is safe.", "claimed", "affirmed", "plain", "doubting", "report"),
        ("The mayor promised that the pier will open.", "promised", "affirmed", "plain", "neutral", "promise"),
        ("Residents feared that the pier would fall.", "feared", "affirmed", "plain", "neutral", "fear"),
    ],
)
def test_footing(text: str, cue: str, polarity: str, certainty: str, attitude: str, act: str) -> None:
    footing = page(text).by_cue(cue).footing
    assert (footing.polarity, footing.certainty, footing.attitude, footing.act) == (polarity, certainty, attitude, act)


def test_tier() -> None:
    assert page("The mayor said the pier is shut.").attributions[0].tier == "speech"
    assert page("Residents feared that the pier would fall.").attributions[0].tier == "stance"


def test_own_voice() -> None:
    read = page("The old pier burned down on Monday night. The mayor said the cause is unknown.")
    assert read.own == ["The old pier burned down on Monday night."]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "At one point, the criminal complaint states, Farmer became annoyed and began “threatening to fight” them.",
            "document",
            "complaint",
        ),
        ("Ole Dahl died on Sunday. Their family told WQXZ the road was icy.", "unnamed_person", "family"),
    ],
)
def test_the_noun_of_the_source_tells_its_kind(text: str, kind: str, words: str) -> None:
    last = read_text(text).attributions[0].chain[-1]
    assert (last.kind, last.entity) == (kind, None)
    assert last.span is not None
    assert words in last.span.of(text)
