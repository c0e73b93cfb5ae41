"""When somebody is back, as automatic replies say it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.letterbox.reading.absences import back_on

TODAY = date(2026, 11, 23)
THIRD, FOURTH = date(2027, 1, 3), date(2027, 1, 4)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("I am out of the office and back on 3.1.", THIRD),
        ("Back 3 January", THIRD),
        ("Out of office until January 2, 2027.", THIRD),
        ("Ich bin ab 3. Jänner wieder erreichbar.", THIRD),
        ("Ab 3. Jänner wieder.", THIRD),
        ("Am 3.1.2027 bin ich zurück.", THIRD),
        ("Ich bin vom 24.12.2026 bis 3.1.2027 nicht im Büro.", FOURTH),
        ("Ich bin bis 3.1. abwesend und am 7.1. wieder im Büro.", date(2027, 1, 7)),
        ("Urlaub vom 21.12. - 3.1.", FOURTH),
        ("Je suis absente du 24 décembre au 2 janvier inclus.", THIRD),
        ("Je suis absent, de retour le 3 janvier.", THIRD),
        ("Sono in ferie dal 24/12/2026 al 02/01/2027.", THIRD),
        ("Sarò di ritorno il 3 gennaio 2027.", THIRD),
        ("Sem na dopustu, nazaj 3. 1.", THIRD),
        ("Odsoten sem od 24. 12. do 2. 1. 2027. Nazaj bom 3. 1. 2027.", THIRD),
        ("V pisarni spet od 3. januarja 2027.", THIRD),
        ("Ich bin im Urlaub. Vertretung: Eva Musterfrau, 0512/12345.", None),
        ("Zurück am 3.1.2019", None),
        ("", None),
    ],
)
def test_the_first_day_they_are_back_is_read(text: str, day: date | None):
    assert back_on(text, today=TODAY) == day


@given(st.dates(TODAY, TODAY + timedelta(days=300)))
def test_a_day_that_is_written_out_is_that_day(day: date):
    assert back_on(f"Zurück am {day.day}.{day.month}.{day.year}.", today=TODAY) == day


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str):
    day = back_on(text, today=TODAY)
    assert day is None or day >= TODAY
