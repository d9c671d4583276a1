"""`sayso claims`."""

from __future__ import annotations

import click

from sayso import service
from sayso.service.lines import dump

__all__ = ["command"]


@click.command("claims")
@click.argument("case", metavar="CASE")
@click.argument("story", metavar="STORY")
@click.option("--json", "as_json", is_flag=True, help="One line a claim, with its statements and differences.")
@click.option("--all", "every", is_flag=True, help="Show what a single page says too.")
def command(case: str, story: str, as_json: bool, every: bool) -> None:
    """What the pages of STORY say alike, and where they differ: contradictions, numbers that drift, lost hedges."""
    rows = [row for row in service.Case(case).claims(story) if every or len(row["pages"]) > 1]
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        click.echo(f"{row['id']}  {len(row['pages'])} pages, {len(row['outlets'])} outlets: “{row['text']}”")
        words = {statement["id"]: statement for statement in row["statements"]}
        for difference in row["differences"]:
            later = words.get(difference["later"], {}).get("page", difference["later"].split("/")[0])
            earlier = words.get(difference["earlier"], {}).get("page", difference["earlier"].split("/")[0])
            kind = f"{difference['code']} {difference['kind'].replace('_', ' ')}"
            click.echo(f"    {kind}: {earlier} → {later}: {difference['detail']}")
    if not rows and not as_json:
        click.echo("no claim is told by two pages (--all shows what single pages say)")
