from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from feeds.identity.settled import settled

TEXT = "Lärm am Brenner. Stellungnahmen sind willkommen."
STAMPS = (
    *("Stand: {}", "Letzte Änderung: {} 10:15", "Zuletzt aktualisiert am {}, 10:15 Uhr"),
    *("Dernière mise à jour : {}", "Dernière mise à jour le {} à 10h15", "Ultimo aggiornamento {}"),
    *("Zadnja sprememba: {}", "(Last updated: {})", "Posodobljeno {}"),
)
DEADLINES = (
    *("Stellungnahmen bis {}", "Frist: {}", "Einsendeschluss: {}\nSchicken Sie sie uns."),
    *("Deadline for comments: {}", "Comments: {}", "{} comments", "Comments: {} and views"),
    *("Observations jusqu'au {}", "Délai : {}", "Commentaires: {}", "Commenti entro il {}"),
    *("Termine: {}", "Rok: {}", "Pripombe do {}", "Komentarji: {}", "Kommentare bis {}"),
    *("Verlängert. Aktualisiert: {}", "Frist verlängert, Stand: {}", "Frist: Stand {}"),
    *("Verlängerte Frist für Stellungnahmen. Aktualisiert: {}", "Délai prolongé. Mis à jour le {}"),
    *("Neue Frist (Stand: {}) gilt", "Der Entwurf, Stand {}"),
)


def _written(day: date) -> list[str]:
    return [
        f"{day.day}. {day.month}. {day.year}",
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day.year}",
        f"{day.day}. {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ]


dates = st.dates(date(2025, 1, 1), date(2028, 12, 31))
phrases = st.sampled_from(DEADLINES)
noise = st.sampled_from(["", TEXT, "12 Kommentare", "Anzeige", "5 views"])


@given(dates, dates, st.integers(0, 6), phrases, st.tuples(noise, noise))
@example(date(2026, 12, 4), date(2026, 12, 11), 1, "Comments: {}", ("", ""))
@example(date(2026, 12, 4), date(2027, 12, 4), 4, "Send by {} comments", (TEXT, ""))
def test_a_moved_deadline_always_counts(
    one: date, other: date, form: int, phrase: str, around: tuple[str, str]
) -> None:
    assume(one != other)
    texts = [
        "\n".join((around[0], phrase.format(_written(day)[form]), around[1])).strip()
        for day in (one, other)
    ]
    assert settled(texts[0]) != settled(texts[1])


@given(dates, dates, st.integers(0, 6), st.sampled_from(STAMPS))
def test_a_stamp_at_the_end_does_not_count(one: date, other: date, form: int, stamp: str) -> None:
    texts = [f"{TEXT}\n{stamp.format(_written(day)[form])}" for day in (one, other)]
    assert settled(texts[0]) == settled(texts[1]) == settled(TEXT)


@pytest.mark.parametrize(
    "edited",
    [
        TEXT + "\n(12 Kommentare)",
        TEXT + " 1'204 Kommentare, 3 likes",
        TEXT + "\nViews: 3,114 | 12 shares",
        "Anzeige\n" + TEXT + "\n— Publicité —",
        "ADVERTISEMENT\n" + TEXT,
        TEXT.replace(" ", " \n\u00a0"),
        TEXT.replace("Brenner", "Bren\u00adner\u200b"),
        TEXT.replace("ä", "a\u0308"),
    ],
)
def test_what_means_nothing_does_not_count(edited: str) -> None:
    assert settled(edited) == settled(TEXT)


def test_quotes_and_dashes_are_written_in_many_ways() -> None:
    assert settled("«Wasser» – l’eau…") == settled('"Wasser" - l\'eau...')


def test_what_is_all_there_is_counts() -> None:
    assert settled("Letzte Änderung: 12.11.2026") != settled("Letzte Änderung: 13.11.2026")
    assert settled("12 Kommentare") == settled("13 Kommentare") == ""


def test_words_of_counters_and_adverts_in_a_sentence_stay() -> None:
    for text in (
        "Die Anzeige liegt auf",
        "12 Kommentare gingen bis Montag ein",
        "Stand 17 am Markt",
    ):
        assert settled(text) == text
