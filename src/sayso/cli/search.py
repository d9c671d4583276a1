"""`sayso search`."""

from __future__ import annotations

import click

from sayso import service
from sayso.service.lines import dump

__all__ = ["command"]


@click.command("search")
@click.argument("case", metavar="CASE")
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@click.option("--json", "as_json", is_flag=True, help="One line a statement, with spans.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Statements at most.")
def command(case: str, query: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Find statements in CASE: words, "phrases", source:unnamed, footing:hedged, voice:own, outlet:x, after:day."""
    rows = service.Case(case).search(" ".join(query), limit=limit)
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        who = (
            f"{row['source'] or 'nobody named'} {row['cue'] or ''}".strip()
            if row["kind"] == "attribution"
            else "own voice"
        )
        click.echo(f"{(row['published'] or 'undated')[:10]}  {row['outlet'] or row['page']}: {who}")
        click.echo(f"    {' '.join(row['text'].split())}")
    if not rows and not as_json:
        click.echo("nothing found")
