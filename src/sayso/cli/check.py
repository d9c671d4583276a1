"""`sayso check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sayso import service
from sayso.errors import InvalidSetting
from sayso.service.lines import dump

__all__ = ["command"]

HTML = (".html", ".htm", ".xhtml")


@click.command("check")
@click.argument("answer", metavar="ANSWER|-")
@click.option("--case", "case", required=True, metavar="CASE", help="The case whose pages it is checked against.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people, or for pipelines."
)
@click.option("--html", "html", is_flag=True, help="Standard input is HTML; of a file, its name tells.")
def command(answer: str, case: str, form: str, html: bool) -> int:
    """Check every quotation and attributed statement of ANSWER (Markdown, text or HTML) against CASE.

    Exit status 0 where all were found, 1 where any was not, 2 for wrong usage.
    """
    text = _text(answer)
    report = service.Case(case).check(text, html=html or answer.lower().endswith(HTML))
    if form == "json":
        click.echo(dump(report.to_dict()))
    else:
        click.echo("\n".join(service.check_lines(report)))
    return 0 if report.ok else 1


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InvalidSetting(f"expected a readable file, got “{why}” at {name}; check the path") from error
    return data.decode("utf-8-sig", "replace")
