from __future__ import annotations

import re
from html import unescape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.render import render_html
from sayso.render.labels import clean

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
SPAN = st.tuples(st.integers(0, 60), st.integers(0, 60))


def _attribution(number: int, length: int, spans: list[tuple[int, int]]) -> dict[str, Any]:
    held = [sorted((min(a, length), min(b, length))) for a, b in spans]
    held = [span for span in held if span[0] < span[1]]
    return {
        "id": f"a{number}", "source": held[:1], "cue": held[1:2], "content": held[2:], "form": "mixed",
        "tier": "speech",
        "source_kind": "unknown", "entity": None, "candidates": [], "parent": None, "description": held[:1],
        "chain": [{"kind": "page", "entity": None, "span": None, "attribution": None, "inferred": False}],
        "footing": {"polarity": "mixed", "certainty": "hedged", "attitude": "doubting", "act": "fear"},
        "anonymity_reason": [], "heads": [2, None], "hand": "second", "score": 0.2, "reason": "<b>",
    }  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(TEXT, st.lists(st.lists(SPAN, max_size=5), max_size=5))
def test_any_spans_over_any_text_show_the_text_whole(text: str, marks: list[list[tuple[int, int]]]) -> None:
    length = len(text)
    reading = {
        "sayso": "reading/1", "version": "0", "id": "p", "page": {"id": "0", "url": None, "fetched_at": None},
        "article": {
            "text": text, "language": None, "headline": None, "byline": [], "publisher": None, "section": None,
            "date_published": None, "date_modified": None, "representation": "full",
            "blocks": [
                {"span": [0, length], "kind": "paragraph", "foreign": False, "foreign_score": 0.0, "reason": None}
            ],
        },
        "attributions": [_attribution(i, length, spans) for i, spans in enumerate(marks)], "own_voice": [[0, length]],
        "timexes": [], "findings": [], "entities": [],
    }  # fmt: skip
    html = render_html(reading)
    block = html[html.index('<p class="t paragraph"') : html.index("</main>")].split('<div class="m"')[0]
    block = re.sub(r'<span class="pop">.*?</button><span class="card".*?</span></span>', "", block, flags=re.S)
    block = re.sub(r'<a class="n".*?</a>|<span class="tag.*?</span>', "", block, flags=re.S)
    shown = unescape(re.sub(r"<[^>]*>", "", block)).replace("\n", "")
    assert shown.strip() == clean(text).replace("\n", "").strip()
