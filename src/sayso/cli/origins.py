"""`sayso origins`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from sayso import service
from sayso.service.lines import dump

__all__ = ["command"]


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
def command(
    case: str,
    claim: str | None,
    as_json: bool,
    graphml: str | None,
    html: str | None,
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    undo: int | None,
    judgements: bool,
    by: str | None,
) -> None:
    """The independent origins of CLAIM (an id of `sayso claims`, or a text), as a tree with its evidence."""
    opened = service.Case(case)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for verdict, pair in (("same", same), ("different", different)):
        if pair:
            click.echo(f"judgement {opened.judge(verdict, *pair, by=by, at=now)}")
    if undo is not None:
        opened.withdraw(undo, at=now)
    if judgements:
        for kept in opened.judgements(withdrawn=True):
            state = f"withdrawn {kept.withdrawn_at}" if kept.withdrawn_at else "stands"
            who = f"{kept.by or '-'}  {kept.at or '-'}"
            click.echo(f"{kept.number}  {kept.verdict}  {kept.a}  {kept.b}  {who}  {state}")
    if claim is None:
        if not (same or different or judgements or undo is not None):
            raise click.UsageError("expected a claim's id or a text, got none; `sayso claims CASE STORY` lists claims")
        return
    found = opened.origins(claim)
    if graphml:
        Path(graphml).write_text(service.graphml(found), encoding="utf-8")
    if html:
        Path(html).write_text(service.origins_html(found), encoding="utf-8")
    if as_json:
        click.echo(dump(found.to_dict()))
    elif not (graphml or html):
        click.echo("\n".join(service.origin_lines(found)))
