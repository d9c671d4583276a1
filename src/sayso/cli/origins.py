"""`sayso origins`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from sayso import service
from sayso.service.lines import dump

if TYPE_CHECKING:
    from sayso.service.case_claims import ClaimOrigins

__all__ = ["command"]


class How(TypedDict):
    """What is asked of a claim, and what is judged."""

    as_json: bool
    graphml: str | None
    html: str | None
    same: tuple[str, str] | None
    different: tuple[str, str] | None
    undo: int | None
    judgements: bool
    by: str | None


@click.command("origins")
@click.argument("case", metavar="CASE")
@click.argument("claim", required=False, metavar="CLAIM|TEXT")
@click.option("--json", "as_json", is_flag=True, help="The interval, roots and graph as JSON.")
@click.option("--graphml", "graphml", metavar="OUT", help="Write the graph as GraphML.")
@click.option("--html", "html", metavar="OUT", help="Write the tree as a self-contained page.")
@click.option("--same", nargs=2, metavar="A B", help="Judge that two roots are one.")
@click.option("--different", nargs=2, metavar="A B", help="Judge that two roots are two.")
@click.option("--undo", type=int, metavar="N", help="Withdraw a judgement by its number.")
@click.option("--judgements", is_flag=True, help="List judgements, withdrawn ones too.")
@click.option("--by", metavar="NAME", help="Who judges.")
def command(case: str, claim: str | None, **how: Unpack[How]) -> None:
    """The independent origins of CLAIM (an id of `sayso claims`, or a text), as a tree with its evidence."""
    opened = service.Case(case)
    judged = _judge(opened, how)
    if claim is not None:
        _show(opened.origins(claim), how)
    elif not judged:
        raise click.UsageError("expected a claim's id or a text, got none; `sayso claims CASE STORY` lists claims")


def _judge(opened: service.Case, how: How) -> bool:
    """Take in and list judgements; whether any of that was asked for."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    pairs = [(verdict, pair) for verdict, pair in (("same", how["same"]), ("different", how["different"])) if pair]
    for verdict, pair in pairs:
        click.echo(f"judgement {opened.judge(verdict, *pair, by=how['by'], at=now)}")
    if how["undo"] is not None:
        opened.withdraw(how["undo"], at=now)
    for kept in opened.judgements(withdrawn=True) if how["judgements"] else ():
        state = f"withdrawn {kept.withdrawn_at}" if kept.withdrawn_at else "stands"
        who = f"{kept.by or '-'}  {kept.at or '-'}"
        click.echo(f"{kept.number}  {kept.verdict}  {kept.a}  {kept.b}  {who}  {state}")
    return bool(pairs or how["judgements"] or how["undo"] is not None)


def _show(found: ClaimOrigins, how: How) -> None:
    if how["graphml"]:
        Path(how["graphml"]).write_text(service.graphml(found), encoding="utf-8")
    if how["html"]:
        Path(how["html"]).write_text(service.origins_html(found), encoding="utf-8")
    if how["as_json"]:
        click.echo(dump(found.to_dict()))
    elif not (how["graphml"] or how["html"]):
        click.echo("\n".join(service.origin_lines(found)))
