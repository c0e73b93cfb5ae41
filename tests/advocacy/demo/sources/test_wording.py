from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.demo.sources.wording import working_day, written

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("bis {+24}", "de", "bis 16. Dezember 2026"),
        ("bis zum {+40 austrian}", "de", "bis zum 1. Jänner 2027"),
        ("bis {+24 dots}", "de", "bis 16.12.2026"),
        ("jusqu'au {+9} inclus", "fr", "jusqu'au 1er décembre 2026 inclus"),
        ("du {-6 slash} au {+15 slash}", "fr", "du 16/11/2026 au 07/12/2026"),
        ("jusqu'au {+12 weekday}", "fr", "jusqu'au vendredi 4 décembre 2026"),
        ("entro {+24 il}", "it", "entro il 16 dicembre 2026"),
        ("entro {+16 il}", "it", "entro l'8 dicembre 2026"),
        ("fino {+19 al}", "it", "fino all'11 dicembre 2026"),
        ("entro il {+24 yearless}", "it", "entro il 16 dicembre"),
        ("do vključno {+24 dots}", "sl", "do vključno 16. 12. 2026"),
        ("najpozneje do {+12}", "sl", "najpozneje do 4. decembra 2026"),
        ("until {+24 american}", "en", "until December 16, 2026"),
        ("{-300 year}/0396(COD)", "en", "2026/0396(COD)"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(text: str, language: str, expected: str):
    assert written(text, language, today=TODAY) == expected


def test_the_day_after_the_leap_day_is_the_first_of_march():
    assert written("{+1}", "it", today=date(2028, 2, 29)) == "1° marzo 2028"


def test_what_is_no_day_stays():
    assert written("{topic} {24}", "de", today=TODAY) == "{topic} {24}"


@given(st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_bodies_meet_from_monday_to_friday_at_most_two_days_later(day: date):
    assert working_day(day).weekday() < 5
    assert 0 <= (working_day(day) - day).days <= 2
    assert day.weekday() > 4 or working_day(day) == day
