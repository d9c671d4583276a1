"""`sayso audit`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from sayso import service
from sayso.errors import InvalidSetting
from sayso.service import audit as auditing

__all__ = ["command"]


def _list(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())


@click.command("audit")
@click.argument("drafts", nargs=-1, metavar="DRAFT...")
@click.option("--rules", metavar="SET|FILE", help="default, ap, nyt, reuters, or a TOML file.")
@click.option("--select", metavar="A,B", help="Only these codes, or codes that begin so; ALL for every finding.")
@click.option("--ignore", metavar="A,B", help="Not these codes, or codes that begin so.")
@click.option("--format", "form", type=click.Choice(auditing.FORMATS), default="text", show_default=True)
@click.option("--case", metavar="CASE", help="Compare with the earlier pages of a case.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Least severity that fails a draft.")
@click.option("--exit-zero", is_flag=True, help="End with status 0 whatever is found.")
@click.option("--explain", metavar="CODE", help="Print a rule's page.")
def command(drafts: tuple[str, ...], form: str, case: str | None, exit_zero: bool, **said: str | None) -> int:
    """Audit the sourcing of drafts: plain text, Markdown or HTML, or - for standard input."""
    if said["explain"]:
        click.echo(auditing.explain(said["explain"]), nl=False)
        return 0
    if not drafts:
        raise InvalidSetting("expected a draft, got none; name a file, or - for standard input")
    overrides = auditing.Overrides(said["rules"], _list(said["select"]), _list(said["ignore"]), said["fail_on"])
    folder = Path(drafts[0]).parent if drafts[0] != "-" else Path()
    settings = service.audit_settings(folder, overrides)
    audits, unread = [], 0
    for name, got in service.audit_drafts(drafts, settings=settings, case=case):
        if isinstance(got, auditing.Audit):
            audits.append(got)
        else:
            unread += 1
            print(f"sayso: {name}: {got}", file=sys.stderr)
    _show(audits, form, settings)
    if unread:
        return 2
    return int(any(audit.fails(settings) for audit in audits) and not exit_zero)


def _show(audits: list[auditing.Audit], form: str, settings: auditing.Settings) -> None:
    if form == "json":
        click.echo(auditing.json_text(audits))
    elif form == "sarif":
        click.echo(json.dumps(auditing.sarif(audits, settings), ensure_ascii=False, indent=1))
    else:
        for line in auditing.github_lines(audits) if form == "github" else auditing.text_lines(audits):
            click.echo(line)
