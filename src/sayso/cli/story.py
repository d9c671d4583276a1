"""`sayso story`."""

from __future__ import annotations

import click

from sayso import service
from sayso.service.lines import dump, shown

__all__ = ["command"]


@click.command("story")
@click.argument("case", metavar="CASE")
@click.argument("story", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One line a page.")
def command(case: str, story: str, as_json: bool) -> None:
    """One story of CASE (by its id, or any of its pages): its pages in time, who is first, what each adds."""
    for row in service.Case(case).story(story):
        if as_json:
            click.echo(dump(row))
            continue
        when = (row["published"] or "undated")[:16]
        click.echo(f"{when:<16} {row['outlet'] or '?'}: {row['title'] or ''}  [{shown(row['id'])}]")
        taken = f", taken from {shown(row['parent'])}" if row["parent"] else ""
        click.echo(f"    {round(100 * row['new'])} % of its words are new here{taken}")
        for sentence in row["adds"]:
            click.echo(f"    + {sentence}")
