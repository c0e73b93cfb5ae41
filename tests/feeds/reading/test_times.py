"""Times of day and zones beside a date."""

from feeds.reading.deadlines import deadlines


def test_hours_in_words_and_the_end_of_the_day() -> None:
    cases = {
        ("de", "Stellungnahmen bis 9. April 2027, 12 Uhr"): "2027-04-09T12:00:00+02:00",
        ("de", "Stellungnahmen bis 9. April 2027, 24 Uhr"): "2027-04-09T23:59:59+02:00",
        ("de", "Stellungnahmen bis 9. April 2027, 24:00"): "2027-04-09T23:59:59+02:00",
        ("de", "Stellungnahmen bis 9. April 2027, 12 Uhr MEZ"): "2027-04-09T12:00:00+02:00",
        ("it", "Osservazioni entro mezzogiorno del 9 aprile 2027"): "2027-04-09T12:00:00+02:00",
        ("it", "Osservazioni entro le ore 24 del 9 aprile 2027"): "2027-04-09T23:59:59+02:00",
        ("fr", "Observations avant le 9 avril 2027 à midi"): "2027-04-09T12:00:00+02:00",
        ("fr", "Avis au plus tard le 1er février 2027 à minuit, heure de Paris."): (
            "2027-02-01T23:59:59+01:00"
        ),
        ("sl", "Pripombe do 9. aprila 2027 do polnoči"): "2027-04-09T23:59:59+02:00",
        ("sl", "Pripombe do opoldne 9. aprila 2027"): "2027-04-09T12:00:00+02:00",
        ("sl", "Rok za odgovore: 15. februarja 2027 do 24. ure"): "2027-02-15T23:59:59+01:00",
        ("en", "Comments by 9 April 2027, 17:00 CEST"): "2027-04-09T17:00:00+02:00",
        ("en", "Comments by 9 April 2027, 17:00 CET"): "2027-04-09T17:00:00+02:00",
        ("en", "Comments by 9 April 2027, 17:00 London time"): "2027-04-09T17:00:00+01:00",
    }
    read = {}
    for language, text in cases:
        (deadline,) = deadlines(text, language=language)
        assert deadline.precision == "exact", text
        assert deadline.at is not None
        read[language, text] = deadline.at.isoformat()
    assert read == cases


def test_a_french_midnight_is_in_paris() -> None:
    text = "Avis au plus tard le 1er février 2027 à minuit, heure de Paris."
    assert [d.zone for d in deadlines(text, language="fr")] == ["Europe/Paris"]
