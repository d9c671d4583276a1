"""`sayso read`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sayso import service
from sayso.errors import InvalidSetting
from sayso.model import Reading, error_line
from sayso.pipeline.records import dump

__all__ = ["command"]


@click.command("read")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--json", "as_json", is_flag=True, help="Print reading/1, one JSON object a line.")
@click.option("--html", "html", metavar="OUT", help="Write a self-contained report; with several pages, a folder.")
@click.option("--published", metavar="DAY", help="ISO day that times are counted from, where the page doesn't say.")
@click.option("--url", help="The page's address.")
@click.option("--title", help="The page's headline, where known.")
@click.option("--publisher", help="The outlet, where known.")
@click.option("--layers", metavar="A,B", help="Compute only these layers and what they need.")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Leave out attributions below it.")
def command(
    pages: tuple[str, ...],
    as_json: bool,
    html: str | None,
    layers: str | None,
    min_score: float,
    **known: str | None,
) -> int:
    """Read pages: HTML or text files, folders of them, or - for standard input."""
    if as_json and html:
        raise InvalidSetting("expected one of --json and --html, got both; call twice")
    names = list(service.find_pages(pages))
    failed = 0
    for name in names:
        shown = 0
        several = len(names) > 1 or service.holds_many(name)
        options = service.Options(
            url=known["url"],
            published=known["published"],
            title=known["title"],
            publisher=known["publisher"],
            layers=service.layers_of(layers),
            min_score=min_score,
        )
        for label, got in service.read_all(name, **options):
            if isinstance(got, Reading):
                shown += 1
                _show(got, f"{Path(name).stem}-{shown}.html" if shown > 1 else name, as_json, html, several)
                continue
            failed += 1
            if as_json:
                click.echo(dump(error_line(label, got.kind, str(got))))
            print(f"sayso: {label}: {got}", file=sys.stderr)
    return 2 if failed else 0


def _show(reading: Reading, name: str, as_json: bool, html: str | None, several: bool) -> None:
    if as_json:
        click.echo(dump(reading.to_dict()))
    elif html:
        target = Path(html)
        if several or target.is_dir():
            target.mkdir(parents=True, exist_ok=True)
            target /= f"{Path(name).stem if name != '-' else 'page'}.html"
        service.write_html(reading, target)
        print(f"{name} → {target}", file=sys.stderr)
    else:
        service.print_reading(reading)
