"""`sayso stories`."""

from __future__ import annotations

from typing import Any

import click

from sayso import service
from sayso.service.lines import dump, shown

__all__ = ["command"]


@click.command("stories")
@click.argument("case", metavar="CASE")
@click.option("--json", "as_json", is_flag=True, help="One line a page: its id and its story.")
@click.option("--all", "every", is_flag=True, help="Show stories of a single page too.")
@click.option("--changes", is_flag=True, help="What the pages that came last did to stories, and why.")
def command(case: str, as_json: bool, every: bool, changes: bool) -> None:
    """Stories of CASE: pages about the same happening, the largest first."""
    opened = service.Case(case)
    if changes:
        _show_changes(opened.story_changes(), as_json)
        return
    if as_json:
        for row in opened.stories():
            click.echo(dump(row))
        return
    rows = opened.story_list()
    for row in rows:
        if every or row["pages"] > 1:
            when = "–".join(dict.fromkeys(day[:10] for day in (row["first"], row["last"]) if day)) or "undated"
            size = f"{_count(row['pages'], 'page')}, {_count(row['outlets'], 'outlet')}"
            click.echo(f"{shown(row['id'])}  {size}, {when}  {row['title'] or ''}")
            click.echo(f"    {', '.join(row['terms'])}")
    single = sum(row["pages"] == 1 for row in rows)
    if single and not every:
        click.echo(f"and {single} pages that no other page joins (--all shows them)")


def _show_changes(rows: list[dict[str, Any]], as_json: bool) -> None:
    for row in rows:
        if as_json:
            click.echo(dump(row))
            continue
        others = f" from {', '.join(map(shown, row['others']))}" if row["others"] else ""
        click.echo(f"{row['kind']:<7} {shown(row['story'])}{others}: {row['reason']}")
        if row["arrived"]:
            click.echo(f"        new: {', '.join(map(shown, row['arrived']))}")
    if not rows and not as_json:
        click.echo("no story has changed since the case was first worked out")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
