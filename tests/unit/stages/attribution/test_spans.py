"""Spans of attributions on marked-up sentences: [source] <cue> {content}, read back without the marks."""

from __future__ import annotations

import re

import pytest

from .pages import Page, page

MARKED = [
    '{"The bridge will stay shut,"} <said> [Ana Brook].',
    "[The mayor] <said> {the bridge will stay shut}.",
    "[The mayor] <told> reporters {that the bridge will stay shut}.",
    "{The bridge will stay shut}, [the mayor] <said>.",
    "{The bridge will stay shut} , [the Harbor Gazette] <reported> on Saturday.".replace(" ,", ","),
    "<According to> [the ministry], {the ferry sank at dawn}.",
    "{The ferry sank at dawn}, <according to> [two people briefed on the matter].",
    "[The company] <denied> {that it had paid the fine}.",
    '[Police] <warned> {that "nobody should enter the water"}.',
    "[The report] <found> {that the valve had been open for a week}.",
]


def read_marks(marked: str) -> tuple[str, dict[str, list[str]]]:
    parts: dict[str, list[str]] = {"source": [], "cue": [], "content": []}
    for pattern, role in ((r"\[(.*?)\]", "source"), (r"<(.*?)>", "cue"), (r"\{(.*?)\}", "content")):
        parts[role] = re.findall(pattern, marked)
    return re.sub(r"[\[\]<>{}]", "", marked), parts


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("marked", MARKED)
def test_spans(marked: str) -> None:
    text, parts = read_marks(marked)
    read = page(text)
    top = [a for a in read.attributions if a.parent is None]
    assert len(top) == 1
    for role, spans in (("source", top[0].source), ("cue", top[0].cue), ("content", top[0].content)):
        assert words(read.words(spans)) == words(" ".join(parts[role]))


def test_interrupted_quotation_is_one_attribution() -> None:
    read = page('"We are ready," the coach said, "and we will not wait."')
    said = read.by_cue("said")
    assert "We are ready" in read.words(said.content)
    assert "will not wait" in read.words(said.content)
    assert said.form == "direct"


def test_quotation_after_the_cue_sentence_belongs_to_it() -> None:
    read = page('"We are ready," said Ana Brook, a coach who trains juniors. "Nobody here is nervous about it."')
    said = read.by_cue("said")
    assert "Nobody here is nervous" in read.words(said.content)


def test_quotation_over_paragraphs() -> None:
    read = page("“The tide came fast,” said Ana Brook. “We ran for the wall.\n“Then the wall broke,” she said.")
    assert "We ran for the wall" in read.words(read.attributions[0].content)


def test_floating_headline_quotation() -> None:
    read = page("# Plotters 'met foreign envoy twice'\nThe mayor said the talks failed.")
    first = read.attributions[0]
    assert (first.source, first.cue) == ((), ())
    assert read.words(first.content) == "'met foreign envoy twice'"
    assert first.reason


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("The mayor said the bridge is shut.", "indirect"),
        ('The mayor said: "The bridge is shut for good."', "direct"),
        ('The mayor said the bridge "is a danger to everyone" and must close.', "mixed"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert page(text).by_cue("said").form == form


def test_buried_clause() -> None:
    read = page("The Harbor Gazette said in a story published Monday that the talks had failed.")
    assert read.words(read.by_cue("said").content) == "that the talks had failed"


def test_no_attribution_without_saying() -> None:
    assert page("He would report to Ana Brook, who came to lead the council in April.").attributions == []


def test_nothing_from_a_block_of_another_story() -> None:
    read = page('The mayor said the bridge is shut.\n~ "I love this film," said actor Tom Hale.')
    assert [read.words(a.cue) for a in read.attributions] == ["said"]


def test_ids_are_stable_and_unique() -> None:
    text = "The mayor said the bridge is shut. The mayor said the road is open."
    first, second = Page(text), Page(text)
    assert [a.id for a in first.attributions] == [a.id for a in second.attributions]
    assert len({a.id for a in first.attributions}) == len(first.attributions) == 2


HOSTILE = [
    "",
    "\x00",
    "“" * 500,
    "”“" * 300 + "she said.",
    '"We said "he said" she said" they said. ' * 20,
    "THE MAYOR SAID NOTHING WAS SHUT " * 50,
    "the mayor said the bridge was shut the clerk said it was open " * 40,
    "said " * 400,
    ", " * 500,
    "a" * 200_000,
    "Q: " * 300,
    "according to " * 300,
    "citing from it words that " * 100,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gives_attributions_within_the_text(text: str) -> None:
    read = Page(text)
    spans = [span for a in read.attributions for span in (*a.source, *a.cue, *a.content)]
    assert all(0 <= span.start < span.end <= len(read.article.text) for span in spans)
    assert all(a.content and a.chain[0].kind == "page" for a in read.attributions)
    assert [a.id for a in Page(text).attributions] == [a.id for a in read.attributions]


@pytest.mark.parametrize("mark", ["“", '"', "«", "„", "''"])
def test_a_mark_left_open_loses_no_attribution(mark: str) -> None:
    read = page(f"{mark}The pier will stay shut until May, Ana Brook said.\nThe mayor said the road is open.")
    assert read.words(read.by_cue("said").source) == "Ana Brook"
    assert "the road is open" in [read.words(a.content) for a in read.attributions]


@pytest.mark.parametrize("text", ["THE MAYOR SAID THE BRIDGE WAS SHUT.", "the mayor said the bridge was shut"])
def test_case_and_a_missing_full_stop_lose_no_attribution(text: str) -> None:
    assert [page(text).words(a.content).lower() for a in page(text).attributions] == ["the bridge was shut"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Bürgermeister sagte am Montag, die Brücke sei sicher. Die Polizei nannte die Lage gefährlich.", "de"),
        ("El alcalde dijo el lunes que el puente era seguro. La policía lo negó y pidió calma a los vecinos.", "es"),
        ("Мэр сказал в понедельник, что мост безопасен. Полиция назвала положение опасным и закрыла дорогу.", "ru"),
    ],
)
def test_other_languages_have_no_attributions_and_say_why(text: str, language: str) -> None:
    from sayso.service import read_text

    reading = read_text(text)
    assert (reading.article.language, reading.attributions, reading.own_voice) == (language, (), ())
    assert [f.code for f in reading.findings or () if language in f.message] == ["SAY209"]
