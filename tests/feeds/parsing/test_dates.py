from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing.dates import instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 28 Sep 2026 22:00:00 GMT", datetime(2026, 9, 28, 22, 0, tzinfo=UTC)),
        ("mer, 16 nov 2022 00:38:00 +0100", datetime(2022, 11, 15, 23, 38, tzinfo=UTC)),
        ("So., 4. Jänner 2026", datetime(2026, 1, 3, 23, 0, tzinfo=UTC)),
        ("28. avgusta 2026 12:00", datetime(2026, 8, 28, 10, 0, tzinfo=UTC)),
        ("1 août 2026", datetime(2026, 7, 31, 22, 0, tzinfo=UTC)),
        ("22.11.2022 12:16:00", datetime(2022, 11, 22, 11, 16, tzinfo=UTC)),
        ("Fri, 05/03/2019 - 15:21", datetime(2019, 5, 3, 13, 21, tzinfo=UTC)),
        ("07 Dec 17", datetime(2017, 12, 6, 23, 0, tzinfo=UTC)),
        ("2026/09/28 23:59", datetime(2026, 9, 28, 21, 59, tzinfo=UTC)),
        ("2026-09-28T10:00:00Z", datetime(2026, 9, 28, 10, 0, tzinfo=UTC)),
        ("Sat, 07 Sep 2002 00:00:00 CEST", datetime(2002, 9, 6, 22, 0, tzinfo=UTC)),
        ("Mon, 28 Sep 2026 22:00:00 +0200", datetime(2026, 9, 28, 20, 0, tzinfo=UTC)),
        ("28 Sep 26 22:00 GMT", datetime(2026, 9, 28, 22, 0, tzinfo=UTC)),
        ("28 Sep 98 22:00 GMT", datetime(1998, 9, 28, 22, 0, tzinfo=UTC)),
        ("Mon, 28 Sep 2026 22:00:00 EST", datetime(2026, 9, 29, 3, 0, tzinfo=UTC)),
        ("Mon, 28 Sep 2026 22:00:00 Etc/GMT", datetime(2026, 9, 28, 22, 0, tzinfo=UTC)),
        ("Mon, 28 Sep 2026 22:00:00 GMT+02:00", datetime(2026, 9, 28, 20, 0, tzinfo=UTC)),
        ("Mon, 28 September, 2026 22:00:00 MESZ", datetime(2026, 9, 28, 20, 0, tzinfo=UTC)),
        ("Mon Sep 28 22:00:00 2026", datetime(2026, 9, 28, 20, 0, tzinfo=UTC)),
        ("September 28, 2026", datetime(2026, 9, 27, 22, 0, tzinfo=UTC)),
        ("2003", datetime(2002, 12, 31, 23, 0, tzinfo=UTC)),
        ("2003-12", datetime(2003, 11, 30, 23, 0, tzinfo=UTC)),
        ("2026-09-28T10:00:00.123+02:00", datetime(2026, 9, 28, 8, 0, tzinfo=UTC)),
        ("2026-09-28 24:00", datetime(2026, 9, 28, 22, 0, tzinfo=UTC)),
        ("2016-12-31 23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("mercredi 1er avril 2026 à 14h30", datetime(2026, 4, 1, 12, 30, tzinfo=UTC)),
        ("lunedì 28 settembre 2026 alle ore 9:05", datetime(2026, 9, 28, 7, 5, tzinfo=UTC)),
        ("Montag, 28. September 2026 um 9.05 Uhr", datetime(2026, 9, 28, 7, 5, tzinfo=UTC)),
        ("ponedeljek, 28. september 2026", datetime(2026, 9, 27, 22, 0, tzinfo=UTC)),
        ("28/09/2026", datetime(2026, 9, 27, 22, 0, tzinfo=UTC)),
        ("04/09/2026 2:30 PM", datetime(2026, 9, 4, 12, 30, tzinfo=UTC)),
        ("Thu, 04/09/2026", datetime(2026, 4, 8, 22, 0, tzinfo=UTC)),
        ("28 Sep 2190 10:00:00 GMT", datetime(2190, 9, 28, 10, 0, tzinfo=UTC)),
        ("28 Sep 2350 10:00:00 GMT", None),
        ("2026-09-28T25:00:00Z", None),
        ("2013-01-27-01", None),
        ("2013-xx-27", None),
        ("Mon, 28 Sep 2026 22:00:00 +9999", None),
        ("31. 2. 2026", None),
        ("99999-01-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_what_people_write_for_a_date(text: str, expected: datetime | None) -> None:
    found = instant(text, zone="Europe/Vienna")
    assert found == expected


@given(st.text(max_size=120))
def test_any_text_is_an_instant_or_none(text: str) -> None:
    found = instant(text, zone="Europe/Brussels")
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        "-0001-11-30T00:00:00+00:00",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "Thu, 01 Jan 0001 00:00:00 GMT",
        "1970-01-01T00:00:00Z",
    ],
)
def test_what_a_program_writes_without_a_date_is_none(text: str) -> None:
    assert instant(text, zone="Europe/Brussels") is None


def test_a_zone_of_nought_is_no_year_of_nought() -> None:
    at = instant("Mon, 02 Nov 2026 08:00:00 -0000", zone="Europe/Brussels")
    assert at == datetime(2026, 11, 2, 8, tzinfo=UTC)
