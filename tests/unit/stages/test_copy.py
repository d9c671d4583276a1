from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.extract import extract
from sayso.model import Article, Block, Context, Finding, Layers, PageDate, Run, Span, Value
from sayso.pipeline.registry import plan
from sayso.readers import page_from_text
from sayso.stages.copy import CopyFindings
from sayso.stages.findings_registry import finding_codes

NEEDED = ("attributions", "timexes", "entities", "sentences")


def built(*blocks: tuple[str, str], **settings: object) -> Article:
    """An article of blocks given as (kind, text); a kind ending in `!` is foreign."""
    text, made = "", []
    for kind, words in blocks:
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        reason = "words of another story" if kind.endswith("!") else None
        made.append(Block(span, kind.rstrip("!"), foreign=kind.endswith("!"), reason=reason))  # type: ignore[arg-type]
        text += words
    return Article(id="x", page_id="p", text=text, blocks=tuple(made), runs=(Run(len(text), 0),), **settings)  # type: ignore[arg-type]


def findings(article: Article) -> list[Finding]:
    context, layers = Context(), Layers()
    for stage in plan(NEEDED):
        layers = layers.with_made(stage.provides, stage(article, layers, context))
    return list(CopyFindings()(article, layers, context))  # type: ignore[arg-type]


def told(article: Article, code: str) -> list[str]:
    return [f.span.of(article.text) if f.span else "" for f in findings(article) if f.code == code]


def prose(*paragraphs: str) -> Article:
    return built(*[("paragraph", text) for text in paragraphs])


@pytest.mark.parametrize("code", [*(f"SAY30{i}" for i in (1, 2, 4, 5, 6, 7)), "SAY314"])
def test_each_code_is_raised_by_its_bad_example_alone(code: str) -> None:
    entry = finding_codes()[code]
    for text, raised in ((entry.bad, True), (entry.good, False)):
        article = extract(page_from_text(text))
        assert bool(told(article, code)) is raised, text


def test_headline_repeated_points_at_the_second_and_names_the_first() -> None:
    article = built(
        ("headline", "Harbour bridge to close"),
        ("furniture", "Harbour Bridge to close."),
        ("paragraph", "It shuts in May."),
    )
    (found,) = [f for f in findings(article) if f.code == "SAY301"]
    assert found.span == article.blocks[1].span
    assert found.related == (article.blocks[0].span,)


def test_headline_after_the_story_is_no_repetition() -> None:
    article = built(
        ("headline", "Harbour bridge to close"),
        ("paragraph", "It shuts in May."),
        ("furniture", "Harbour bridge to close"),
    )
    assert told(article, "SAY301") == []


def test_short_lines_may_stand_twice() -> None:
    assert told(prose("We will be back.", "The bridge shut.", "We will be back."), "SAY302") == []


LONG = "The council voted on Monday to close the swing bridge over the harbour for a year of repairs."
OTHER = "Shopkeepers on the quay had asked the council in vain for another way to mend the bridge."


def test_a_run_of_repeated_paragraphs_is_one_finding() -> None:
    article = prose(LONG, OTHER, "It shuts in May.", LONG, OTHER)
    (found,) = [f for f in findings(article) if f.code == "SAY302"]
    assert found.span == Span(article.blocks[3].span.start, article.blocks[4].span.end)
    assert found.related == (article.blocks[0].span, article.blocks[1].span)


def test_a_refrain_is_no_repetition() -> None:
    assert told(prose(LONG, LONG, LONG), "SAY302") == []
    assert told(prose(LONG[:-1] + "?", LONG[:-1] + "?"), "SAY302") == []


def test_foreign_run_is_one_finding() -> None:
    article = built(
        ("paragraph", "The bridge shut."),
        ("teaser!", "Stars Who Cook"),
        ("teaser!", "She shared her favourite soup with the whole of her band."),
        ("paragraph", "It reopens."),
    )
    assert told(article, "SAY303") == ["Stars Who Cook\n\nShe shared her favourite soup with the whole of her band."]


SPLICED = """Harbour bridge to close for a year

The swing bridge over the harbour will close in May for a year of repairs, the county council said on Tuesday, sending
cars on a detour of nine miles.

Engineers who inspected the bridge last autumn found cracks in two of the steel girders that carry the road deck, the
council's report says.

The repairs to the bridge are expected to cost £31 million, of which the transport ministry is to pay two thirds.

Popstar Lina Voss Shows Off Her New Puppy
The singer melted hearts on Instagram with a clip of the tiny spaniel, days after her platinum album topped the charts.

Shopkeepers on the quay, who depend on visitors from across the harbour, said the council had told them of the closure
only a day before.

The council will hear objections to the closure of the bridge at its next meeting in the town hall.
"""


def test_a_teaser_in_plain_text_is_found_by_the_whole_reading() -> None:
    text = "\n\n".join(" ".join(p.split("\n")) if "Popstar" not in p else p for p in SPLICED.split("\n\n"))
    (found,) = told(extract(page_from_text(text)), "SAY303")
    assert found.startswith("Popstar")
    assert found.endswith("charts.")


def test_a_notice_is_no_story() -> None:
    notice = "Sign up to our newsletter of the ten best stories, sent to you free of charge each morning."
    assert told(built(("paragraph", OTHER), ("paragraph!", notice), ("paragraph", OTHER)), "SAY303") == []


def test_foreign_text_around_the_story_is_none_inside_it() -> None:
    soup = "She shared her favourite soup with the whole of her band."
    article = built(("teaser!", "Stars Who Cook"), ("paragraph", "The bridge shut."), ("paragraph!", soup))
    assert told(article, "SAY303") == []


def test_a_card_on_a_page_with_layout_is_no_splice() -> None:
    article = built(("paragraph", "The bridge shut."), ("teaser!", "Stars Who Cook"), ("paragraph", "It reopens."))
    half = len(article.text) // 2
    assert told(replace(article, runs=(Run(half, 0), Run(len(article.text) - half, 900))), "SAY303") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The talks took place over the a year ago.", "the a"),
        ("She read the the letter aloud.", "the the"),
        ("He gave his the keys to the guard.", "his the"),
        ("It was an year of change.", "an year"),
        ("This is a example of it.", "a example"),
    ],
)
def test_garbled_wording(text: str, words: str) -> None:
    assert told(prose(text), "SAY304") == [words]


@pytest.mark.parametrize(
    "text",
    [
        "He had had enough of it, and she knew that that was so.",
        "It is an hour from a university and a one-time user of a European unit.",
        "An heir, an honest man and an MP took a USB stick.",
        "Vitamin A is good and plan A the best.",
        "They gave her the keys and a crowd of about two hundred cheered.",
        "He came in in May and moved on on Friday.",
        "The A-list, the a cappella group and a U-turn.",
    ],
)
def test_sound_wording(text: str) -> None:
    assert told(prose(text), "SAY304") == []


def test_mixed_styles_point_at_the_rarer_form() -> None:
    article = prose("U.S. officials met U.S. envoys.", "The US sent ships, and USA troops left.")
    (found,) = [f for f in findings(article) if f.code == "SAY305"]
    assert "U.S., US and USA" in found.message
    assert found.span is not None
    assert found.span.of(article.text) == "USA"


@pytest.mark.parametrize(
    "text",
    [
        "U.S. officials said: “The US is ready.”",
        "U.S. officials bought US$ notes, read USA Today and watched Team USA at the US Open.",
        "The United States said U.S. ships would leave.",
        "The UK and the United Kingdom are one.",
        "U.S. voters gave to Priorities USA and told USA TODAY of Harlem, USA.",
    ],
)
def test_one_style(text: str) -> None:
    assert told(prose(text), "SAY305") == []


def test_second_without_first() -> None:
    article = prose(
        "The officers at first asked to meet the First Lady.", "During a second meeting, the officers asked for radios."
    )
    assert told(article, "SAY306") == ["a second meeting"]


@pytest.mark.parametrize(
    "text",
    [
        "A meeting was held in May. During a second meeting, they asked for radios.",
        "Two meetings failed. A third meeting is planned.",
        "The first came in May. A second meeting followed.",
        "She wants a second term, a second opinion and a third helping.",
    ],
)
def test_second_with_first(text: str) -> None:
    assert told(prose(text), "SAY306") == []


def test_surname_alone() -> None:
    article = prose("The bridge closes in May.", "Peterson and Walker said the repairs would take a year.")
    assert "Peterson" in told(article, "SAY307")


@pytest.mark.parametrize("words", ["Peterson said it would take a year.", "Engineers Peterson and Walker said so."])
def test_a_single_bare_name_is_left_alone(words: str) -> None:
    assert told(prose("The bridge closes in May.", words), "SAY307") == []


def test_surname_introduced_in_the_byline_or_later() -> None:
    said = "Peterson and Walker said the repairs would take a year."
    article = built(("byline", "By Ruth Peterson and Ann Walker"), ("paragraph", said))
    assert told(article, "SAY307") == []
    article = prose(said, "Ruth Peterson and Ann Walker are the council's engineers.")
    assert told(article, "SAY307") == []


def test_page_older_than_what_it_tells() -> None:
    article = replace(
        prose("The bridge closed on 9 May 2020 after cracks were found."),
        date_published=PageDate("2020-03-03", "3 March 2020", "text"),
    )
    assert told(article, "SAY308") == ["9 May 2020"]
    later = replace(article, date_modified=PageDate("2020-05-12", "12 May 2020", "text"))
    assert told(later, "SAY308") == []


def test_a_day_ahead_is_no_contradiction() -> None:
    article = replace(
        prose("The council announced that the bridge will reopen on 9 May 2020."),
        date_published=PageDate("2020-03-03", "3 March 2020", "text"),
    )
    assert told(article, "SAY308") == []


def test_weekday_of_the_date_line() -> None:
    article = built(("date", "Monday, March 3, 2020"), ("paragraph", "The bridge shut."))
    article = replace(article, date_published=PageDate("2020-03-03", "Monday, March 3, 2020", "text"))
    assert told(article, "SAY308") == ["Monday, March 3, 2020"]
    right = PageDate("2020-03-02", "Monday, March 3, 2020", "text")
    assert told(replace(article, date_published=right), "SAY308") == []


def test_partial_page_and_no_article() -> None:
    article = prose("The council voted to close the…")
    assert [f.code for f in findings(replace(article, representation="partial"))] == ["SAY309"]
    assert [f.code for f in findings(replace(article, page_kind="index"))] == ["SAY310"]


@pytest.mark.parametrize("kind", ["live", "gallery", "video"])
def test_a_page_that_is_not_one_story_is_remarked_on_and_still_read(kind: str) -> None:
    article = replace(prose(LONG, "Shops protested.", LONG), page_kind=kind)
    codes = [f.code for f in findings(article)]
    assert codes[0] == "SAY312"
    assert ("SAY302" in codes) is (kind != "live")
    assert [f.code for f in findings(replace(article, page_kind="article"))] == ["SAY302"]


def test_two_days_of_publication_are_told_with_where_each_stands() -> None:
    article = built(("date", "Published 3 March 2020"), ("paragraph", "The bridge shut."))
    kept, printed = PageDate("2020-05-12T09:00:00Z", "x", "meta"), PageDate("2020-03-03", "3 March 2020", "text")
    found = findings(replace(article, date_published=kept, dates_against=(printed,)))
    assert [f.code for f in found] == ["SAY311"]
    assert found[0].message == "the page is dated 2020-05-12 in its markup and 2020-03-03 printed"
    assert found[0].span is not None
    assert found[0].span.of(article.text) == "3 March 2020"
    assert findings(replace(article, date_published=kept)) == []
    address = PageDate("2020-03-03", "2020/03/03", "url")
    (bare,) = findings(replace(article, date_published=kept, dates_against=(address,)))
    assert bare.span is None
    assert "2020-03-03 in its address" in bare.message
    assert findings(replace(article, page_kind="article", headline=Value("x"))) == []


def test_a_page_dated_by_its_last_change_alone_says_so() -> None:
    article = built(("date", "Last updated 12 May 2020"), ("paragraph", "The bridge shut."))
    dated = replace(article, date_published=PageDate("2020-05-12", "12 May 2020", "text"))
    assert findings(dated) == []
    (found,) = findings(replace(dated, dated_by_change=True))
    assert (found.code, found.severity) == ("SAY313", "note")
    assert "2020-05-12" in found.message


def test_people_counted_who_were_never_told_of() -> None:
    article = prose("The bridge over the Narev is shut.", "The two men were freed on Friday.")
    assert told(article, "SAY314") == ["The two men"]


@pytest.mark.parametrize(
    "text",
    [
        "Police held two men on the bridge. The two men were freed on Friday.",
        "A teacher and a nurse fell from the bridge. The two women were freed on Friday.",
        "Ruth Hallam left at noon. Ann Ortiz left at one. The two women were freed on Friday.",
        "The bridge is shut. The two men who shut it were freed on Friday.",
        "A couple was held on the bridge. The two officers were freed on Friday.",
        "Several officers came. The three officers were freed on Friday.",
        "The bridge is shut. The two sides will meet on Friday.",
    ],
)
def test_people_counted_who_may_be_known(text: str) -> None:
    assert told(prose(text), "SAY314") == []
