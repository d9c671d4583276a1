"""Reading one page, or all the pages that a file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso
from sayso.errors import BadInput, InvalidSetting, Unsupported

LAYERS = ("article", "timexes")
ITEM = "<item><title>{0}</title><link>https://herald.test/{0}</link><description>{1}</description></item>"


def feed(tmp_path: Path, count: int) -> Path:
    items = "".join(
        ITEM.format(f"page-{i}", f"&lt;p&gt;The bridge number {i} was shut on Monday.&lt;/p&gt;") for i in range(count)
    )
    path = tmp_path / "feed.rss"
    path.write_text(f'<?xml version="1.0"?><rss version="2.0"><channel><title>H</title>{items}</channel></rss>')
    return path


def test_every_page_of_a_feed_is_read_with_what_the_caller_says(tmp_path: Path) -> None:
    found = list(sayso.read_all(feed(tmp_path, 3), published="2024-05-01", layers=LAYERS))
    assert [label for label, _ in found] == [f"https://herald.test/page-{i}" for i in range(3)]
    for _, reading in found:
        assert isinstance(reading, sayso.Reading)
        assert [t.value for t in reading.timexes or ()] == ["2024-04-29"]


def test_one_page_is_asked_of_a_file_that_holds_one(tmp_path: Path) -> None:
    assert "bridge number 0" in sayso.read(feed(tmp_path, 1), layers=LAYERS).text
    with pytest.raises(Unsupported, match="several"):
        sayso.read(feed(tmp_path, 2), layers=LAYERS)


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match=r"nowhere\.html"):
        sayso.read(tmp_path / "nowhere.html")
    with pytest.raises(BadInput):
        sayso.read(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    with pytest.raises(InvalidSetting, match="article"):
        sayso.read_text("Yes.", layers=("nosuch",))


def test_rows_and_frames_say_what_the_reading_says() -> None:
    reading = sayso.read_text("The mayor said on Monday that the bridge was safe.", published="2024-05-01")
    row = reading.rows("attributions")[0]
    assert (row["source"], row["cue"]) == ("The mayor", "said")
    assert row["chain"] == "this page ← The mayor"
    assert reading.to_pandas("timexes")["value"].tolist() == ["2024-04-29"]
    assert reading.to_polars("attributions")["source"].to_list() == ["The mayor"]
    assert "The mayor" in reading._repr_html_()
