from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.dossiers.deadlines import instants
from advocacy.dossiers.deadlines.instants import Wrong, retyped, typed_day, typed_instant
from advocacy.dossiers.forms import window
from advocacy.errors import Invalid

NOW = datetime(2026, 10, 1, 8, 40, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"


def _utc(text: str, *, zone: str = BRUSSELS, now: datetime = NOW) -> str:
    return typed_instant(text, zone=zone, now=now)[0].astimezone(UTC).strftime("%d.%m. %H:%M:%S")


@pytest.mark.parametrize(
    "typed",
    ["12.2026", "12/2026", "2026-12", "Dezember 2026", "december 2026", "décembre 2026",
     "dicembre 2026", "decembra 2026", "DEZEMBER 2026", "  Dezember   2026 "],
)  # fmt: skip
def test_a_month_is_enough_in_every_language(typed: str):
    instant, precision = typed_instant(typed, zone=BRUSSELS, now=NOW)
    assert precision == "month"
    assert instant == datetime(2026, 12, 31, 23, 59, 59, tzinfo=ZoneInfo(BRUSSELS))


def test_the_austrian_january_is_a_month_too():
    assert typed_instant("Jänner 2027", zone="Europe/Vienna", now=NOW)[0].month == 1


def test_a_day_with_the_name_of_its_month():
    expected = datetime(2027, 3, 1, 18, 0, tzinfo=ZoneInfo(BRUSSELS)), "exact"
    for typed in ("1. März 2027 18:00", "1er mars 2027 à 18h", "1 March 2027, 18:00"):
        assert typed_instant(typed, zone=BRUSSELS, now=NOW) == expected


def test_a_month_is_no_day_for_what_needs_one():
    with pytest.raises(Wrong):
        typed_day("12.2026", zone=BRUSSELS, now=NOW)


def test_midnight_in_brussels_on_the_days_on_which_the_clocks_change():
    assert _utc("28.3.2027") == "28.03. 21:59:59"
    assert _utc("28.3.2027 24:00") == "28.03. 21:59:59"
    assert _utc("27.3.2027 24:00") == "27.03. 22:59:59"
    assert _utc("25.10.2026 24:00") == "25.10. 22:59:59"
    assert _utc("24.10.2026") == "24.10. 21:59:59"


def test_an_hour_that_the_clocks_skip_is_asked_back():
    with pytest.raises(Wrong) as wrong:
        _utc("28.3.2027 02:30")
    told = "On 28.3.2027 the clocks skip 02:30. Did you mean 28.3.2027 03:30?"
    assert str(wrong.value) == told
    assert _utc("28.3.2027 03:30") == "28.03. 01:30:00"


def test_an_hour_that_comes_twice_is_asked_back():
    with pytest.raises(Wrong) as wrong:
        _utc("25.10.2026 02:30")
    assert "02:30 twice" in str(wrong.value)
    assert _utc("25.10.2026 02:30 CEST") == "25.10. 00:30:00"
    assert _utc("25.10.2026 02:30 CET") == "25.10. 01:30:00"
    assert _utc("25.10.2026 02:30 MEZ", zone="Europe/Vienna") == "25.10. 01:30:00"
    with pytest.raises(Wrong):
        _utc("14.12.2026 02:30 CEST")


@given(
    st.datetimes(min_value=datetime(2026, 10, 2), max_value=datetime(2035, 1, 1)),
    st.sampled_from(instants.ZONES),
)
def test_every_instant_reads_back_as_itself_even_when_the_clocks_change(
    moment: datetime, zone: str
):
    instant = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    shown = retyped(instant, zone, "exact")
    again = typed_instant(shown, zone=zone, now=NOW)[0]
    assert abs(again - instant) < timedelta(minutes=1)


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 11, 22)),
)
def test_the_day_that_is_proposed_for_a_past_one_lies_ahead_and_is_its_like(day: date):
    today = date(2026, 11, 22)
    other = instants.sensible(day, today)
    assert today < other <= today + timedelta(days=366)
    assert other.day == day.day or (day.month, day.day, other.day) == (2, 29, 28)
    if today - day > instants.MISTYPED_MONTH:
        assert other.month == day.month


@pytest.mark.parametrize(
    ("typed", "other"),
    [("14.9.2026", "14.10.2026"), ("14.12.2025", "14.12.2026"), ("3.2.2026", "3.2.2027"),
     ("31.8.2026", "31.10.2026"), ("29.2.2024", "28.2.2027"), ("8.2026", "31.10.2026")],
)  # fmt: skip
def test_a_past_deadline_names_the_one_that_was_meant(typed: str, other: str):
    with pytest.raises(Wrong) as wrong:
        typed_instant(typed, zone=BRUSSELS, now=NOW)
    assert str(wrong.value).endswith(f"is in the past. Did you mean {other}?")


def test_a_day_that_is_not_in_the_calendar_is_named():
    with pytest.raises(Wrong) as wrong:
        typed_instant("31.2.2027", zone=BRUSSELS, now=NOW)
    assert str(wrong.value) == "There is no such day: 31.2.2027"


def _problems(**typed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as wrong:
        window({"zone": BRUSSELS} | typed, now=NOW)
    return {name: str(text) for name, text in wrong.value.fields.items()}


def test_whoever_means_a_past_deadline_says_so():
    assert set(_problems(deadline="14.9.2026")) == {"deadline", "past"}
    kept = window({"deadline": "14.9.2026", "zone": BRUSSELS, "past": "yes"}, now=NOW)
    assert kept.closes == datetime(2026, 9, 14, 23, 59, 59, tzinfo=ZoneInfo(BRUSSELS))


def test_a_deadline_may_be_unknown_with_or_without_an_assumption():
    for typed in ({"unknown": "yes"}, {"deadline": "unbekannt"}, {"deadline": "?"}):
        found = window({"zone": BRUSSELS} | typed, now=NOW)
        assert (found.closes, found.precision) == (None, "unknown")
    assumed = {"unknown": "yes", "assumed": "14.12.2026", "zone": BRUSSELS}
    found = window(assumed, now=NOW)
    assert found.closes == datetime(2026, 12, 14, 23, 59, 59, tzinfo=ZoneInfo(BRUSSELS))
    assert found.precision == "unknown"
    assert set(_problems(unknown="yes", deadline="14.12.2026")) == {"deadline"}
    assert set(_problems(unknown="yes", assumed="soon")) == {"assumed"}
    assert set(_problems()) == {"deadline"}


def test_a_window_does_not_open_after_it_closes():
    told = _problems(deadline="14.12.2026", opens="1.1.2027")
    assert told == {"opens": "It would open (1.1.2027) after the deadline (14.12.2026 24:00)"}
    assert set(_problems(deadline="14.12.2026", opens="soon")) == {"opens"}
    found = window({"deadline": "14.12.2026", "opens": "1.9.2026", "zone": BRUSSELS}, now=NOW)
    assert found.opens == datetime(2026, 9, 1, tzinfo=ZoneInfo(BRUSSELS))


def test_an_unknown_zone_is_said():
    assert set(_problems(deadline="14.12.2026", zone="Mars/Olympus")) == {"zone"}
