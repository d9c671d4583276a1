"""`sayso timeline`."""

from __future__ import annotations

from pathlib import Path

import click

from sayso import service
from sayso.service.lines import dump

__all__ = ["command"]


@click.command("timeline")
@click.argument("case", metavar="CASE")
@click.argument("story", required=False, metavar="[STORY]")
@click.option("--json", "as_json", is_flag=True, help="One line an event, with its evidence.")
@click.option("--html", "html", metavar="OUT", help="Write it as a self-contained page.")
def command(case: str, story: str | None, as_json: bool, html: str | None) -> None:
    """What happened when, across the pages of CASE, or of one STORY."""
    rows = service.Case(case).timeline(story)
    if html:
        Path(html).write_text(service.timeline_html(rows), encoding="utf-8")
        return
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        day = row["earliest"] if row["earliest"] == row["latest"] else f"{row['earliest']}…{row['latest']}"
        footing = ", ".join(footing.replace("_", " ") for footing in row["footings"])
        click.echo(f"{day:<22} {row['text']}  ({footing}; {len(row['pages'])} pages)")
    if not rows and not as_json:
        click.echo("no event has a day")
