"""`sayso claims`."""

from __future__ import annotations

from typing import Any

import click

from sayso import service
from sayso.service.lines import dump, shown

__all__ = ["command"]


@click.command("claims")
@click.argument("case", metavar="CASE")
@click.argument("story", metavar="STORY")
@click.option("--json", "as_json", is_flag=True, help="One line a claim, with its statements and differences.")
@click.option("--all", "every", is_flag=True, help="Show what a single page says too.")
def command(case: str, story: str, as_json: bool, every: bool) -> None:
    """What the pages of STORY say alike, and where they differ: contradictions, numbers that drift, lost hedges."""
    rows = [row for row in service.Case(case).claims(story) if every or len(row["pages"]) > 1]
    tellers = {statement["page"]: statement for row in rows for statement in row["statements"]}
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        click.echo(f"{row['id']}  {len(row['pages'])} pages, {len(row['outlets'])} outlets: “{_plain(row['text'])}”")
        for difference in row["differences"]:
            earlier, later = (_teller(difference[side], tellers) for side in ("earlier", "later"))
            kind = f"{difference['code']} {difference['kind'].replace('_', ' ')}"
            click.echo(f"    {kind}: {earlier} → {later}: {difference['detail']}")
    if rows and (left := rows[0]["not_compared"]):
        click.echo(
            f"{left} statements of this story were not compared, for it words too many things: "
            f"`sayso origins {case} TEXT` finds what they say",
            err=True,
        )
    if not rows and not as_json:
        click.echo("no claim is told by two pages (--all shows what single pages say)")


def _plain(text: str) -> str:
    """A statement as a sentence of its own, without the marks and the word that tie it to who said it."""
    bare = text.strip('“”"„‟ ,').removeprefix("that ")
    return bare[:1].upper() + bare[1:]


def _teller(statement: str, tellers: dict[str, dict[str, Any]]) -> str:
    """Who told a statement, and on which day."""
    page = statement.rpartition("/")[0]
    told = tellers.get(page, {})
    day = (told.get("published") or "")[:10]
    return " ".join(filter(None, (told.get("outlet") or shown(page), day)))
