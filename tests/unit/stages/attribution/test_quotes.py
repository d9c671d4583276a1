from __future__ import annotations

import pytest

from sayso.model import Block, Span
from sayso.stages.attribution.quotes import find_quotes, in_quotes


def quoted(*paragraphs: str) -> list[str]:
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(Span(start, start + len(paragraph)), "paragraph"))
        start += len(paragraph) + 2
    return [quote.span.of(text) for quote in find_quotes(text, blocks)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is over," she said. "We leave."', ['"It is over,"', '"We leave."']),
        ("“It is over,” she said.", ["“It is over,”"]),
        ("''It is over,'' she said.", ["''It is over,''"]),
        ("´´It is over,´´ she said.", ["´´It is over,´´"]),
        ("«Es reicht», sagte sie.", ["«Es reicht»"]),
        ("„Es reicht“, sagte sie.", ["„Es reicht“"]),
        ("Mayor 'met the builder'", ["'met the builder'"]),
        ("The union's demand and the workers' pay", []),
        ("It's the builders' yard", []),
        ("'The builders' yard is closed,' she said.", ["'The builders' yard is closed,'"]),
        ("Back in the '90s they said 'never again'.", ["'never again'"]),
        ("“He said ‘no’ twice,” she recalled.", ["“He said ‘no’ twice,”"]),
        ("He is 6'2\" tall.", []),
        ("", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_mark_left_open_runs_to_the_end_of_its_block_and_goes_on() -> None:
    text = "“We waited for hours on the quay.\n\n“Nobody came,” she said."
    blocks = [Block(Span(0, 33), "paragraph"), Block(Span(35, len(text)), "paragraph")]
    first, second = find_quotes(text, blocks)
    assert first.span.of(text) == "“We waited for hours on the quay."
    assert not first.closed
    assert second.continued
    assert second.span.of(text) == "“Nobody came,”"


def test_missing_closing_mark_ends_with_the_sentence() -> None:
    assert quoted('"The gate was shut. He left. "We called twice," said Ann.') == [
        '"The gate was shut. He left.',
        '"We called twice,"',
    ]


def test_lookup_by_position() -> None:
    text = 'He said "yes please" again'
    quotes = find_quotes(text, [Block(Span(0, len(text)), "paragraph")])
    assert in_quotes(quotes, 10) is quotes[0]
    assert in_quotes(quotes, 2) is None
    assert in_quotes(quotes, 22) is None


def test_many_marks_cost_linear_time() -> None:
    import time

    text = "\"' ‘“' " * 20_000
    start = time.process_time()
    find_quotes(text, [Block(Span(0, len(text)), "paragraph")])
    assert time.process_time() - start < 5
