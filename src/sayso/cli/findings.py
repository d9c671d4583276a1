"""`sayso findings`."""

from __future__ import annotations

import click

from sayso import service
from sayso.errors import InvalidSetting

__all__ = ["command"]


@click.command("findings")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """List the finding codes, or explain the one that is named."""
    codes = service.finding_codes()
    if code is None:
        for entry in codes.values():
            click.echo(f"{entry.code}  {entry.severity:<8} {entry.name}: {entry.summary}")
        return
    if code not in codes:
        raise InvalidSetting(f"expected a code that `sayso findings` lists, got {code}")
    entry = codes[code]
    click.echo(f"{entry.code} {entry.name} ({entry.severity})\n\n{entry.summary}\n")
    click.echo(f"Raised by:     {entry.bad}\nNot raised by: {entry.good}")
