"""Every block of the example pages is sorted as an editor would."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sayso.examples import example_pages
from sayso.extract import extract
from sayso.readers import read_page

WANTED: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "block_kinds.yaml").read_text(encoding="utf-8"))
SHOWN = 44


def kept_apart(line: str) -> str:
    """Whether a label is a widget's or the page's own is no editor's question."""
    return line.replace("furniture: ", "widget: ", 1)


@pytest.mark.parametrize("path", example_pages(), ids=lambda path: path.name)
def test_every_block_is_sorted_as_an_editor_would(path: Path) -> None:
    article = extract(read_page(path.read_bytes(), path_name=path.name))
    found = [
        f"{block.kind}{'!' if block.foreign else ''}: {' '.join(block.span.of(article.text).split())[:SHOWN]}"
        for block in article.blocks
    ]
    assert [kept_apart(line) for line in found] == [kept_apart(line) for line in WANTED[path.name]]
