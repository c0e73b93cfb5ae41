"""Deadlines as notices write them; the phrases of phrases.csv are our own."""

import csv
import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.reading.deadlines import Deadline, deadlines

PHRASES = list(csv.DictReader((Path(__file__).parent / "phrases.csv").open(encoding="utf-8")))
BRUSSELS = ZoneInfo("Europe/Brussels")


def input_days(text: str, language: str, published: datetime | None = None) -> list[str]:
    found = deadlines(text, language=language, published=published)
    return [d.at.date().isoformat() for d in found if d.kind == "input" and d.at]


def only(text: str, language: str, published: datetime | None = None) -> Deadline:
    (deadline,) = deadlines(text, language=language, published=published)
    return deadline


def wrong(language_of: dict[str, str]) -> list[tuple[str, list[str]]]:
    read = [(row, input_days(row["text"], language_of[row["language"]])) for row in PHRASES]
    return [(row["text"], days) for row, days in read if days != row["expected"].split()]


def test_every_phrase_gives_its_input_deadline_or_none() -> None:
    assert wrong({code: code for code in ("en", "de", "fr", "it", "sl")}) == []


def test_a_phrase_of_unknown_language_gives_the_same() -> None:
    assert wrong(dict.fromkeys(("en", "de", "fr", "it", "sl"), "")) == []


def test_there_are_enough_phrases_with_and_without_a_deadline() -> None:
    assert len(PHRASES) >= 150
    assert sum(1 for row in PHRASES if not row["expected"]) >= 60


def test_a_day_ends_at_its_last_second_in_its_zone() -> None:
    deadline = only("Frist: 31. März 2026", "de")
    assert deadline.at == datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC)
    assert (deadline.zone, deadline.precision, deadline.kind) == ("Europe/Brussels", "day", "input")


def test_a_deadline_at_midnight_brussels_ends_that_day() -> None:
    deadline = only(
        "The consultation is open until midnight (Brussels time) on 31 March 2026.", "en"
    )
    assert deadline.at == datetime(2026, 3, 31, 23, 59, 59, tzinfo=BRUSSELS)
    assert deadline.precision == "exact"


def test_24_00_ends_the_named_day() -> None:
    deadline = only("Osservazioni entro le ore 24.00 del 5 marzo 2027", "it")
    assert deadline.at == datetime(2027, 3, 5, 23, 59, 59, tzinfo=BRUSSELS)


def test_a_named_time_is_exact() -> None:
    cases = {
        ("en", "Deadline for written comments: 15 April 2026, 17:00 CET"): (15, 17, 0),
        ("en", "Send comments by 5 pm on 15 April 2026."): (15, 17, 0),
        ("en", "Comments by 15 April 2026, 12 noon"): (15, 12, 0),
        ("de", "Stellungnahmen bis 15. April 2026, 12 Uhr"): (15, 12, 0),
        ("de", "Stellungnahmen bis 12:30 Uhr am 15. April 2026"): (15, 12, 30),
        ("fr", "Observations jusqu’au 15 avril 2026 à 18h00"): (15, 18, 0),
        ("fr", "Remise des offres : le 15 avril 2026 à 12 h"): (15, 12, 0),
        ("it", "Osservazioni entro le ore 12:00 del 15 aprile 2026"): (15, 12, 0),
        ("it", "Osservazioni entro il 15 aprile 2026, ore 12.30"): (15, 12, 30),
        ("it", "Osservazioni entro le 12 del 15 aprile 2026"): (15, 12, 0),
        ("sl", "Rok za oddajo mnenj: 15. 4. 2026 do 12. ure"): (15, 12, 0),
        ("sl", "Pripombe pošljite do 15. aprila 2026 ob 9.15"): (15, 9, 15),
    }
    read = {}
    for language, text in cases:
        deadline = only(text, language)
        assert deadline.precision == "exact", text
        assert deadline.at is not None
        read[language, text] = (deadline.at.day, deadline.at.hour, deadline.at.minute)
    assert read == cases


def test_cet_in_summer_means_the_clock_on_the_wall() -> None:
    deadline = only("Comments by 15 July 2026, 17:00 CET", "en")
    assert deadline.at == datetime(2026, 7, 15, 15, 0, tzinfo=UTC)


def test_another_zone_is_kept() -> None:
    deadline = only("Comments by 15 July 2026, 17:00 UTC", "en")
    assert (deadline.at, deadline.zone) == (datetime(2026, 7, 15, 17, 0, tzinfo=UTC), "UTC")


def test_an_hour_shown_twice_means_the_later_one() -> None:
    deadline = only("Comments by 25 October 2026, 02:30", "en")
    assert deadline.at is not None
    assert deadline.at.astimezone(UTC) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_hour_that_is_skipped_ends_after_the_gap() -> None:
    deadline = only("Comments by 29 March 2026, 02:30", "en")
    assert deadline.at is not None
    assert deadline.at.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_the_end_of_a_month_is_marked_as_vague() -> None:
    deadline = only("Views are invited until the end of February 2028.", "en")
    assert deadline.at is not None
    assert (deadline.at.date(), deadline.precision) == (date(2028, 2, 29), "month")


def test_a_date_without_a_year_waits_for_the_publication() -> None:
    text = "Konsultation der Kommission läuft bis 4. Mai (Mitternacht Brüsseler Zeit)."
    deadline = only(text, "de")
    assert (deadline.at, deadline.precision) == (None, "unknown")
    assert input_days(text, "de", datetime(2026, 4, 10, tzinfo=UTC)) == ["2026-05-04"]
    assert input_days(text, "de", datetime(2026, 11, 10, tzinfo=UTC)) == ["2027-05-04"]
    assert input_days(text, "de", datetime(2026, 5, 6, tzinfo=UTC)) == ["2026-05-04"]


def test_a_weekday_chooses_the_year() -> None:
    text = "Osservazioni entro lunedì 19 gennaio."
    assert input_days(text, "it", datetime(2025, 12, 1, tzinfo=UTC)) == ["2026-01-19"]


def test_29_february_without_a_year_is_the_next_one_there_is() -> None:
    text = "Comments are welcome until 29 February."
    assert input_days(text, "en", datetime(2026, 3, 1, tzinfo=UTC)) == ["2028-02-29"]


def test_a_period_counts_from_the_publication() -> None:
    published = datetime(2026, 3, 2, 9, tzinfo=UTC)
    cases = {
        ("en", "Comments may be submitted within four weeks of publication."): ["2026-03-30"],
        ("de", "Stellungnahmen sind binnen 30 Tagen ab Kundmachung einzubringen."): ["2026-04-01"],
        ("fr", "Observations dans un délai de deux mois à compter de la publication."): [
            "2026-05-02"
        ],
        ("it", "Osservazioni entro 60 giorni dalla data di pubblicazione."): ["2026-05-01"],
        ("sl", "Pripombe lahko podate v 30 dneh od objave."): ["2026-04-01"],
        (
            "fr",
            "Un recours peut être formé dans un délai de deux mois à compter de la publication.",
        ): [],
    }
    read = {(lang, text): input_days(text, lang, published) for lang, text in cases}
    assert read == cases
    assert {text: input_days(text, lang) for lang, text in cases} == {t: [] for _, t in cases}


def test_a_deadline_still_to_come_is_not_dropped() -> None:
    assert [d.precision for d in deadlines("Deadline: TBC / check source", language="en")] == [
        "unknown"
    ]


def test_other_kinds_are_told_apart() -> None:
    cases = {
        ("en", "Registration for the stakeholder webinar closes on 10 April 2026."): "registration",
        ("sl", "Prijave na delavnico do 10. aprila 2026"): "registration",
        ("en", "The 82nd meeting of the Committee takes place on 14 October 2026."): "meeting",
        ("de", "Die Konferenz findet am 3. Juni 2026 in Musterdorf statt."): "meeting",
        (
            "en",
            "Member States shall transpose this Directive by 31 December 2027.",
        ): "transposition",
        ("de", "Die Referendumsfrist läuft bis am 8. Oktober 2026."): "other",
    }
    assert {(lang, text): only(text, lang).kind for lang, text in cases} == cases


def test_the_sentence_and_the_words_are_quoted() -> None:
    text = (
        "Die Gemeinden sind betroffen. Sie können bis spätestens 24.8.2026 Stellung nehmen. Danke."
    )
    deadline = only(text, "de")
    assert deadline.quote == "Sie können bis spätestens 24.8.2026 Stellung nehmen."
    assert deadline.words == "bis spätestens 24.8.2026"


def test_a_text_with_several_dates_gives_the_deadline_only() -> None:
    text = (
        "Mit Beschluss vom 3. Juni 2026 hat der Bundesrat die Vernehmlassung zum Jagdgesetz vom "
        "20. Juni 1986 eröffnet. Sie dauert bis 5. Oktober 2026. Das Gesetz soll am 1. Januar 2028 "
        "in Kraft treten und gilt bis 31. Dezember 2035."
    )
    assert input_days(text, "de") == ["2026-10-05"]


def test_a_label_on_the_line_above_counts() -> None:
    assert input_days("Frist\n31.3.2026\nStand\n1.2.2026", "de") == ["2026-03-31"]
    assert input_days("Einreichen des Angebots:\n19.11.2026, 11:00\nOfferten:", "de") == [
        "2026-11-19"
    ]


def test_decomposed_letters_are_read() -> None:
    assert input_days("Stellungnahmen bis 31. Ma\u0308rz 2026", "de") == ["2026-03-31"]


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "sl": "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra",
}
FORMS = {
    "en": ("{d} {m} {y}", "{m} {d}, {y}", "{iso}", "{d:02}/{n:02}/{y}", "the {d}th of {m} {y}"),
    "de": ("{d}. {m} {y}", "{d:02}.{n:02}.{y}", "{d}. {n}. {y}", "{iso}", "Montag, {d}. {m} {y}"),
    "fr": ("{d} {m} {y}", "{d:02}/{n:02}/{y}", "{d:02}.{n:02}.{y}", "mardi {d} {m} {y}"),
    "it": (
        "{d} {m} {y}",
        "{d:02}/{n:02}/{y}",
        "{d:02}-{n:02}-{y}",
        "{d}.{n}.{y}",
        "lunedì {d} {m} {y}",
    ),
    "sl": ("{d}. {m} {y}", "{d}. {n}. {y}", "{d}.{n}.{y}", "{d:02}.{n:02}.{y}"),
}
CUES = {
    "en": ("Comments are welcome until {}.", "Please respond by {}.", "Deadline: {}"),
    "de": (
        "Stellungnahmen sind bis {} einzureichen.",
        "Frist: {}",
        "Die Vernehmlassung dauert bis zum {}.",
    ),
    "fr": (
        "Consultation ouverte jusqu’au {} inclus",
        "Date limite : {}",
        "Observations au plus tard le {}.",
    ),
    "it": (
        "Osservazioni entro e non oltre il {}.",
        "Scadenza: {}",
        "La consultazione dura fino al {}.",
    ),
    "sl": (
        "Pripombe pošljite najpozneje do {}.",
        "Rok za pripombe: {}",
        "Javna razprava traja do {}.",
    ),
}


# dictionaries are loaded by the first example: no time limit for one
@settings(deadline=None)
@given(
    st.sampled_from(sorted(CUES)).flatmap(
        lambda code: st.tuples(
            st.just(code), st.sampled_from(CUES[code]), st.sampled_from(FORMS[code])
        )
    ),
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
)
def test_any_date_in_any_form_after_a_cue_is_found(said: tuple[str, str, str], day: date) -> None:
    language, cue, form = said
    name = MONTHS[language].split()[day.month - 1]
    written = form.format(d=day.day, n=day.month, m=name, y=day.year, iso=day.isoformat())
    assert input_days(cue.format(written), language) == [day.isoformat()]


PIECES = [
    "bis ",
    "31",
    ". ",
    "März ",
    "2026",
    "until ",
    "deadline",
    ": ",
    "12:00",
    "24:00",
    "29 February ",
]
PIECES += [
    "99.99.9999",
    "within 4 weeks of publication ",
    "ı",
    "ẞ",
    "\n",
    "fine ",
    "9999-12-31",
    "0",
    "31.12.",
]


# dictionaries are loaded by the first example: no time limit for one
@settings(deadline=None)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)),
    st.sampled_from(["en", "de", "fr", "it", "sl", "", "de/it"]),
    st.one_of(
        st.none(), st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
    ),
)
def test_no_text_raises(text: str, language: str, published: datetime | None) -> None:
    for deadline in deadlines(text, language=language, published=published):
        assert (deadline.at is None) == (deadline.precision == "unknown")
        assert deadline.at is None or deadline.at.tzinfo is not None


def test_reading_time_grows_with_the_length_only() -> None:
    for piece in (
        "1 ",
        "1.",
        "31. ",
        " ",
        ".",
        "\n",
        "by 31 March ",
        "bis 31.3.2026, ",
        "within 4 ",
    ):
        text = piece * (100_000 // len(piece))
        began = time.monotonic()
        deadlines(text, language="de")
        assert time.monotonic() - began < 4, piece
