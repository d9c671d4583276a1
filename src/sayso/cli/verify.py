"""`sayso verify`."""

from __future__ import annotations

import click

from sayso import service
from sayso.service.lines import dump

__all__ = ["command"]


@click.command("verify")
@click.argument("package", metavar="FILE.wacz")
@click.option("--digest", metavar="SHA256", help="What `sayso pack` printed when it was made.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(package: str, digest: str | None, as_json: bool) -> int:
    """Check an evidence package: every byte, every hash, and that each statement's words stand in its page.

    Ends with status 1 where anything is wrong, naming each file that isn't as it was packed.
    """
    found = service.verify(package, digest=digest)
    if as_json:
        problems = [{"file": one.file, "message": one.message} for one in found.problems]
        counts = {"documents": found.documents, "statements": found.statements}
        click.echo(
            dump({"ok": found.ok, **counts, "version": found.version, "digest": found.digest, "problems": problems})
        )
        return 0 if found.ok else 1
    for one in found.problems:
        click.echo(f"{one.file}: {one.message}")
    if found.ok:
        click.echo(f"as packed by sayso {found.version}: {found.documents} pages, {found.statements} statements")
        click.echo(f"sha256:{found.digest}")
    return 0 if found.ok else 1
