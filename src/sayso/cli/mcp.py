"""`sayso mcp`."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("mcp")
@click.option("--case", "case", metavar="CASE", help="Offer the tools that ask this case too.")
def command(case: str | None) -> None:
    """Serve reading and checking to language models over standard input and output, until the input ends."""
    from sayso.mcp_server import serve

    serve(case)
