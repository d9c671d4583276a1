"""`sayso serve`."""

from __future__ import annotations

import sys

import click

__all__ = ["command"]


@click.command("serve")
@click.argument("case", required=False, metavar="[CASE]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(1, 65535), default=8700, show_default=True, help="Where to listen.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A further name it may be asked under.")
@click.option("--token", envvar="SAYSO_TOKEN", help="What writing asks for beyond loopback; made up if not given.")
@click.option("--max-body", type=click.IntRange(1, 2048), default=64, show_default=True, help="Largest request, in MB.")
def command(case: str | None, host: str, port: int, hosts: tuple[str, ...], token: str | None, max_body: int) -> None:
    """Open the reading room: CASE in the browser, on this machine only unless --host says otherwise.

    Without CASE it is empty, and what is dropped there is gone at the end.
    """
    from sayso.web.server import serve

    serve(
        case,
        host=host,
        port=port,
        hosts=hosts,
        token=token,
        max_body_mb=max_body,
        say=lambda line: print(f"sayso: {line}", file=sys.stderr),
    )
