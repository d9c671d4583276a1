from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.render.archived import AS_OTHER, KEPT, LONE, archived_html

WORDS = (
    "< > </ /> <!-- --> <![CDATA[ ]]> ' = & &lt; &#60; &quot; script style svg math p a img title textarea div table "
    "onload src href alt dir lang rtl en javascript: x template iframe \0 \u202e é"
)
PIECES = st.sampled_from([*WORDS.split(" "), " ", '"', "\n"]) | st.text(max_size=5)
MARKS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)))
TAG = re.compile(r"</?([a-z0-9]+)((?: (?:class|id|dir|lang|colspan|rowspan)=\"[\w .-]*\")*)>")
ALLOWED = KEPT | LONE | set(AS_OTHER.values())


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=40), MARKS)
def test_whatever_the_markup_only_plain_tags_and_escaped_text_come_out(
    pieces: list[str], spans: list[tuple[int, int]]
) -> None:
    page = "".join(pieces)
    attributions = [
        {"id": f"a{n}", "content": [[low, low + size]], "source": [], "source_kind": "unknown", "tier": "speech"}
        for n, (low, size) in enumerate(spans)
    ]
    reading = {"article": {"runs": [[max(1, len(page)), 0]]}, "attributions": attributions}
    shown = archived_html(page, "text/html", reading).html
    tags = TAG.findall(shown)
    assert {name for name, _ in tags} <= ALLOWED
    left = TAG.sub("", shown)
    assert "<" not in left
    assert ">" not in left
    opened = [name for name, _ in re.findall(r"<([a-z0-9]+)([^>]*)>", shown) if name not in LONE]
    assert len(opened) == shown.count("</")
