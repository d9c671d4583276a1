"""Each rule's page holds: its bad examples raise it, its good ones don't; the marked drafts hold their floors."""

from __future__ import annotations

import pytest

from sayso.audit import Audit, Settings, rule_sets, rules
from sayso.service import audit_draft, finding_codes

EXAMPLES = [
    (code, kind, draft) for code, r in rules().items() for kind in ("bad", "good") for draft in getattr(r, kind)
]


def codes(draft: str) -> set[str]:
    return {violation.code for violation in audit_draft(draft).violations}


@pytest.mark.parametrize("code,kind,draft", EXAMPLES, ids=[f"{c}-{k}-{i}" for i, (c, k, _) in enumerate(EXAMPLES)])
def test_a_page_s_examples_hold(code: str, kind: str, draft: str) -> None:
    assert (code in codes(draft)) == (kind == "bad")


def test_every_rule_is_in_the_registry_and_has_examples_and_guides() -> None:
    for code, r in rules().items():
        assert code in finding_codes()
        assert r.guides
        assert r.case or (r.bad and r.good), code
    for one in rule_sets().values():
        assert set(one.severities) <= set(rules()), one.name


WORDINGS: list[tuple[str, bool, str]] = [
    ("SAY105", True, "An aide to the mayor, who lacked permission to speak publicly, said the vote was lost."),
    ("SAY105", True, "A consul, who wasn't cleared for interviews, said the visas were forged."),
    ("SAY105", False, "A consul, who wasn't cleared for interviews, said she feared dismissal."),
    ("SAY105", False, "Hale said she lacked permission to speak publicly about the vote."),
    ("SAY106", True, "Sources said the vote was lost. The source said the mayor had wept."),
    ("SAY107", False, "A singer said the choir would be dissolved. Paul Brandt, its director, confirmed it."),
    (
        "SAY201",
        True,
        "He left on foot. “We have nothing more to say about the money.” It meets in June.",
    ),
    ("SAY201", False, "“It was a long night for us,” said Anna Ferris, a baker. “We had never seen so much water.”"),
    ("SAY202", True, "“We built it alone,” boasted Henrik Quist, the captain."),
    ("SAY202", False, "The flood claimed the lives of two farmers."),
    ("SAY203", True, "The villa, said to be worth nine million, was sold in May."),
    ("SAY203", False, "She was charged with arson, which she allegedly planned in May."),
    (
        "SAY205",
        True,
        "Speaking to Channel Five, a chemist said the water was bad.\n\nThe chemist said the wells were shut.",
    ),
    ("SAY205", True, "Ada Ness, the owner, told Radio Fjord she would sell.\n\nThe hull is sound, Ness said."),
    ("SAY205", True, "In an essay for the Fjord Review, Ada Ness was bitter.\n\nThe hull is sound, Ness said."),
    ("SAY205", False, "The hull is sound, Ada Ness said.\n\nNess told Radio Fjord that she would sell."),
    ("SAY205", False, "Ada Ness told the Senate she would sell.\n\nThe hull is sound, Ness said."),
    (
        "SAY206",
        True,
        "The port will be dredged, the Northern Star reported.\n\nThe paper based its report on a letter.",
    ),
    (
        "SAY206",
        False,
        "The port will be dredged, the Northern Star reported.\n\nIt also cited a man who said the herring had gone.",
    ),
    ("SAY207", True, "The council botched the repairs of the bridge."),
    ("SAY207", False, "The mayor never lied to the council."),
    ("SAY207", False, "The council will ask whether the sale was illegal."),
    ("SAY403", False, "The council voted last week, on 3 May, to sell the park."),
]


@pytest.mark.parametrize("code,raised,draft", WORDINGS)
def test_wordings(code: str, raised: bool, draft: str) -> None:
    assert (code in codes(draft)) == raised


def test_a_remark_falls_on_the_words() -> None:
    draft = "The bridge opens in May.\n\nThe firm is reportedly for sale."
    [violation] = audit_draft(draft).violations
    assert (violation.words, violation.start.line, violation.start.column) == ("reportedly", 3, 13)
    assert violation.span is not None
    assert violation.span.of(draft) == "reportedly"


def test_sets_and_guides() -> None:
    draft = "The bridge will close, officials said."
    [plain] = audit_draft(draft).violations
    [ap] = audit_draft(draft, settings=Settings(rules="ap")).violations
    assert (plain.severity, plain.guide) == ("warning", None)
    assert ap.severity == "error"
    assert ap.guide == rules()["SAY102"].guides["ap"]


def test_judgement_is_labelled() -> None:
    [violation] = audit_draft("The council botched the repairs of the bridge.").violations
    assert violation.label == "judgement"


def test_other_findings_can_be_selected() -> None:
    draft = "The mayor left. He left on Monday."
    found = audit_draft(draft, settings=Settings(select=("SAY402",))).violations
    assert [v.code for v in found] == ["SAY402"]
    assert found[0].span is None


@pytest.fixture(scope="module")
def mixed() -> Audit:
    return audit_draft(
        "Ruth Hale, the mayor, said the dam was cracked and would be mended.\n\n"
        "A clerk at the county said the crack had been known for years to all.\n\nThe dam was built in 1931."
    )


def test_the_strip_tells_what_each_paragraph_leans_on(mixed: Audit) -> None:
    assert mixed.strip.paragraphs == ("named", "unnamed", "own")
    assert mixed.strip.glyphs == "█░·"
    assert (mixed.strip.sources, mixed.strip.unnamed_sources) == (2, 1)
    assert 0.2 < mixed.strip.own_share < 0.8


@pytest.mark.parametrize("text", ["x", "“", "\x00 said \u202e.", "said " * 600, "“a” " * 500])
def test_no_draft_raises(text: str) -> None:
    assert isinstance(audit_draft(text, name="a.md"), Audit)
    assert isinstance(audit_draft(text), Audit)


def test_a_thousand_words_are_quick() -> None:
    """A thousand words take well under a second once the models are there."""
    import time

    draft = "Ruth Hale, the mayor, said the dam was cracked. The county built it in 1931 from stone. " * 60
    audit_draft(draft[:200])
    before = time.process_time()
    audit_draft(draft)
    assert time.process_time() - before < 3
