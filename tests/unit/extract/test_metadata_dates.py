from __future__ import annotations

import pytest

from sayso.extract.metadata.dates import find_dates, parse_date, timezone_known
from sayso.extract.metadata.published import date_in_address, day_first_in


@pytest.mark.parametrize(
    "raw, value",
    [
        ("Tue, September 11, 2018", "2018-09-11"),
        ("2018-09-11T08:30:00+0200", "2018-09-11T08:30:00+02:00"),
        ("2018-09-11 08:30:00.123Z", "2018-09-11T08:30:00Z"),
        ("Fri, 22 Dec 2023 10:00:05 GMT", "2023-12-22T10:00:05Z"),
        ("Fri Dec 22 2023 10:00:05 GMT+0100 (CET)", "2023-12-22T10:00:05+01:00"),
        ("Dec. 22, 2023 at 10:05 p.m. ET", "2023-12-22T22:05"),
        ("December 22, 2023 4:05 PM EST", "2023-12-22T16:05-05:00"),
        ("12:05 a.m. is no date", None),
        ("22nd of December, 2023", "2023-12-22"),
        ("22 de diciembre de 2023", "2023-12-22"),
        ("1er août 2022", "2022-08-01"),
        ("1. März 2021, 17:33 Uhr", "2021-03-01T17:33"),
        ("22 декабря 2023", "2023-12-22"),
        ("2023年12月22日 10:33", "2023-12-22T10:33"),
        ("22-Dec-2023", "2023-12-22"),
        ("2023/12/22", "2023-12-22"),
        ("20231222", "2023-12-22"),
        ("1703239505000", "2023-12-22T10:05:05Z"),
        ("December 2023", "2023-12"),
        ("12/22/2023", "2023-12-22"),
        ("22/12/2023", "2023-12-22"),
        ("03/04/2020", None),
        ("03.04.2020", "2020-04-03"),
        ("February 30, 2020", None),
        ("May 5", None),
        ("2018-13-45", None),
        ("", None),
    ],
)
def test_dates_as_pages_write_them(raw: str, value: str | None) -> None:
    found = parse_date(raw)
    assert (found.value if found else None) == value


def test_ambiguous_figures_need_the_pages_order() -> None:
    assert [parse_date("03/04/2020", day_first=o).value for o in (True, False)] == ["2020-04-03", "2020-03-04"]  # type: ignore[union-attr]


def test_raw_is_what_stands_there() -> None:
    text = "Published: Tue, September 11, 2018 | Updated: September 12, 2018 9:15 a.m."
    found = list(find_dates(text))
    assert [f.raw for f in found] == ["Tue, September 11, 2018", "September 12, 2018 9:15 a.m."]
    assert [text[f.start : f.end].strip() for f in found] == [f.raw for f in found]


def test_time_zone_known() -> None:
    assert timezone_known("2018-09-11T08:30Z")
    assert not timezone_known("2018-09-11T08:30")
    assert not timezone_known("2018-09-11")


@pytest.mark.parametrize(
    "address, day",
    [
        ("https://n.example/2018/09/11/story.html", "2018-09-11"),
        ("https://n.example/world/2018/sep/11/story", "2018-09-11"),
        ("https://n.example/news-20180911-dam", "2018-09-11"),
        ("https://n.example/2018-9-1-dam", "2018-09-01"),
        ("https://n.example/id/9201809112", None),
        ("https://n.example/2018/13/41/", None),
        ("https://n.example/?d=2018/09/11", None),
        (None, None),
    ],
)
def test_day_in_the_address(address: str | None, day: str | None) -> None:
    found = date_in_address(address)
    assert (found.value if found else None) == day


@pytest.mark.parametrize(
    "language, address, order",
    [
        ("en-US", None, False),
        ("en-GB", None, True),
        ("de", None, True),
        ("en", "https://a.co.uk/x", True),
        ("en", None, None),
    ],
)
def test_order_of_figures(language: str, address: str | None, order: bool | None) -> None:
    assert day_first_in(language, address) is order
