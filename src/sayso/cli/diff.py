"""`sayso diff`."""

from __future__ import annotations

import click

from sayso import service
from sayso.service.lines import dump

__all__ = ["command"]


@click.command("diff")
@click.argument("case", metavar="CASE")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="One line a change, with spans.")
def command(case: str, a: str, b: str, as_json: bool) -> None:
    """How wording and footing changed from page A to page B; A twice compares its latest two readings."""
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
