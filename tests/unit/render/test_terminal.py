from __future__ import annotations

import io

from rich.console import Console

from sayso.render import render_terminal

from .readings import LINES, reading


def shown(data: object, width: int = 100) -> str:
    out = io.StringIO()
    render_terminal(data, Console(file=out, width=width, highlight=False, color_system=None))
    return out.getvalue()


def test_article_then_sources_then_times_then_findings() -> None:
    text = shown(reading())
    places = [text.index(words) for words in ("The Gazette said", "Who says what", "When", "Findings", "no reason")]
    assert places == sorted(places)


def test_the_chain_is_written_outermost_first() -> None:
    assert "this page ← ◎ The Gazette ← ○ an aide (inferred)" in shown(reading())


def test_footing_is_in_words() -> None:
    assert "denied · hedged" in shown(reading())


def test_an_open_speaker_is_named_with_candidates() -> None:
    assert "left open: who is meant. two women were named Candidates: an aide (0.40)" in shown(reading(), 140)


def test_a_page_cannot_steer_the_terminal() -> None:
    text = shown(reading((("headline", "a\x1b[31mb [red]c[/red]"), *LINES[1:])))
    assert "\x1b" not in text
    assert "[red]c[/red]" in text


def test_an_error_is_shown() -> None:
    assert "BadInput: empty" in shown(
        {"sayso": "reading/1", "id": "x", "error": {"kind": "BadInput", "message": "empty"}}
    )
