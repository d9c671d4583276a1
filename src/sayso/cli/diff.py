"""`sayso diff`."""

from __future__ import annotations

from typing import Any

import click

from sayso import service
from sayso.service.lines import dump, shown

__all__ = ["command"]


@click.command("diff")
@click.argument("case", metavar="CASE")
@click.argument("a", metavar="A")
@click.argument("b", metavar="[B]", required=False)
@click.option("--json", "as_json", is_flag=True, help="One line a change, with spans.")
@click.option("--revisions", is_flag=True, help="List the bodies that A's address gave, with when each was seen.")
def command(case: str, a: str, b: str | None, as_json: bool, revisions: bool) -> None:
    """How wording and footing changed from page A to page B; A twice compares its latest two readings.

    A alone is compared with what its address gave before.
    """
    if revisions:
        _show_revisions(service.Case(case).revisions(a), as_json)
        return
    rows = service.Case(case).diff(a, b)
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        click.echo(f"{row['what'].replace('_', ' ')}{': ' + row['detail'] if row.get('detail') else ''}")
        for sign, side in (("-", row["a"]), ("+", row["b"])):
            if side is not None:
                click.echo(f"  {sign} {side if isinstance(side, str) else dump(side)}")
    if not rows and not as_json:
        click.echo("nothing changed")


def _show_revisions(rows: list[dict[str, Any]], as_json: bool) -> None:
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        when = "–".join(dict.fromkeys(day for day in (row["first_seen"], row["last_seen"]) if day)) or "moment unknown"
        click.echo(f"{row['revision']}  {shown(row['id'])}  seen {row['seen']} times, {when}  {row['title'] or ''}")
