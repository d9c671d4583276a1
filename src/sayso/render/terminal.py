"""A reading in the terminal: the article, then who says what, on which footing, when; findings last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .view import BlockView, Fold, Note, ReportView, build_view

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["render_terminal"]

_COLOUR = {
    "named": "blue",
    "unnamed": "red",
    "body": "green",
    "media": "magenta",
    "record": "cyan",
    "unknown": "bright_black",
}
_SIGN = {"named": "●", "unnamed": "○", "body": "■", "media": "◎", "record": "◆", "unknown": "·", "page": "▯"}
_SEVERITY = {"error": "bold red", "warning": "yellow", "note": "bright_black"}
MEASURE = 88
"""Longest line of running text, in columns."""


def render_terminal(reading: Any, console: Console) -> None:
    """Print a reading for people.

    Args:
        reading: a reading/1 object, or a `Reading`.
        console: where to; its width is kept to. Control characters of the page never reach it.
    """
    data: Mapping[str, Any] = reading if isinstance(reading, Mapping) else reading.to_dict()
    view = build_view(data)
    _head(view, console)
    for item in view.flow:
        _flow_item(item, console)
    _who(view, console)
    _times(view, console)
    _happenings(view, console)
    _findings(view, console)


def _head(view: ReportView, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule(Text(" · ".join(view.eyebrow) or view.title, style="bold"), characters="─"))
    if view.error:
        console.print(Text(view.error, style="bold red"))
    for label, value in view.facts:
        console.print(Text.assemble((f"{label:<10}", "bright_black"), value), soft_wrap=False)
    if view.partial:
        console.print(Text("Only part of the story is on this page.", style="yellow"))
    if view.summary:
        console.print(Text(" · ".join(view.summary), style="bold"))
    console.print()


def _flow_item(item: BlockView | Fold, console: Console) -> None:
    from rich.text import Text

    width = min(MEASURE, console.width)
    if isinstance(item, Fold):
        console.print(Text(f"[{item.label}]", style="bright_black italic"), width=width)
        console.print()
        return
    text = Text()
    if item.kind in {"headline", "heading"}:
        text.stylize("bold")
    for piece in item.pieces:
        _append(text, piece)
    if item.kind in {"headline", "heading"}:
        text.stylize("bold")
    elif item.kind in {"byline", "date", "caption"}:
        text.stylize("bright_black")
    console.print(text, width=width)
    console.print()


def _append(text: Text, piece: Any) -> None:
    style = []
    if piece.source:
        style += ["bold", _COLOUR[piece.source.group]]
    elif piece.cue:
        style.append("italic")
    if piece.contents:
        style.append("underline")
    text.append(piece.text, style=" ".join(style))
    for note in piece.numbers:
        text.append(f"[{note.number}]", style="bright_black")
    for flag in piece.flags:
        text.append(f"[{flag.code}]", style=_SEVERITY.get(flag.severity, "yellow"))


def _chain(note: Note) -> Text:
    from rich.text import Text

    text = Text()
    for i, step in enumerate(note.chain):
        if i:
            text.append(" ← ", style="bright_black")
        last = i == len(note.chain) - 1
        colour = _COLOUR.get(step.group, "")
        text.append(f"{_SIGN.get(step.group, '·')} {step.label}", style=f"{'bold ' if last else ''}{colour}".strip())
        if step.inferred:
            text.append(" (inferred)", style="italic")
    return text


def _who(view: ReportView, console: Console) -> None:
    if not view.notes:
        return
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule("Who says what", align="left", characters="─"))
    for note in view.notes:
        console.print(Text.assemble((f"[{note.number}] ", "bright_black"), _chain(note)))
        line = Text("    ")
        line.append(" · ".join([*note.meta, *(words for _, words in note.tags)]), style="bright_black")
        console.print(line)
        for detail in _detail_lines(note):
            console.print(Text("    " + detail))
    console.print()


def _detail_lines(note: Note) -> list[str]:
    lines = [f"{note.cue}: {note.content}" if note.cue else note.content]
    lines += [f"{label}: {words}" for label, words in note.details]
    if note.when:
        lines.append("when: " + "; ".join(note.when))
    if note.open:
        names = ", ".join(f"{name} ({score})" for name, score, _ in note.candidates)
        why = f" {note.reason}" if note.reason else ""
        lines.append(f"left open: who is meant.{why}" + (f" Candidates: {names}" if names else ""))
    return lines


def _times(view: ReportView, console: Console) -> None:
    if not view.times:
        return
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    console.print(Rule("When", align="left", characters="─"))
    table = Table(box=None, show_header=False, pad_edge=False)
    for time in view.times:
        value = time.value if time.resolved else "left open"
        table.add_row(
            Text(time.words, style="bold"),
            Text(str(value)),
            Text(time.span),
            Text(time.reason or "", style="bright_black"),
        )
    console.print(table)
    console.print()


def _happenings(view: ReportView, console: Console) -> None:
    found = view.happenings
    if not found.rows:
        return
    from rich.rule import Rule
    from rich.table import Table
    from rich.text import Text

    console.print(Rule("What happened when", align="left", characters="─"))
    table = Table(box=None, show_header=False, pad_edge=False)
    for row in found.rows:
        note = view.chains.get(row.attribution or "")
        table.add_row(
            Text(row.days),
            Text(row.words, style="bold" if row.footing in {"own_voice", "reported"} else ""),
            Text(row.label, style="bright_black"),
            _chain(note) if note else Text("▯ this page", style="bright_black"),
        )
    console.print(table)
    rest = [f"{found.more} more" if found.more else "", f"{found.undated} without a day" if found.undated else ""]
    if any(rest):
        console.print(Text("and " + ", ".join(part for part in rest if part), style="bright_black"))
    console.print()


def _findings(view: ReportView, console: Console) -> None:
    from rich.rule import Rule
    from rich.text import Text

    console.print(Rule("Findings", align="left", characters="─"))
    if not view.findings:
        console.print(Text("none", style="bright_black"))
    for found in view.findings:
        quote = f"  “{found.quote}”" if found.quote else ""
        style = _SEVERITY.get(found.severity, "yellow")
        console.print(
            Text.assemble((f"{found.code} {found.severity}", style), f"  {found.message}", (quote, "bright_black"))
        )
