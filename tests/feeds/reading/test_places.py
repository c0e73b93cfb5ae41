"""What stands with a deadline: the start of its range, the day that held before, the change."""

from datetime import date

from feeds.reading.deadlines import Deadline, deadlines


def only(text: str, language: str) -> Deadline:
    (deadline,) = deadlines(text, language=language)
    return deadline


def test_the_start_of_a_range_is_known() -> None:
    cases = {
        ("fr", "Consultation ouverte du 11 juin au 1er juillet 2027 inclus."): "2027-06-11",
        ("de", "Vom 11. Jänner bis längstens 8. Feber 2027 Stellung nehmen"): "2027-01-11",
        ("de", "Stellungnahmen vom 1. bis 28. Februar 2027"): "2027-02-01",
        ("de", "Konsultation: 1.3.–30.4.2026"): "2026-03-01",
        ("it", "Le osservazioni vanno trasmesse dall'8 al 28 febbraio 2027."): "2027-02-08",
        ("sl", "Javna razprava: od 1. 9. do 30. 9. 2026"): "2026-09-01",
        ("en", "Comments from 20 December to 10 January 2027"): "2026-12-20",
        ("en", "Comments by 10 January 2027"): "None",
    }
    assert {(lang, text): str(only(text, lang).opens) for lang, text in cases} == cases


def test_a_new_end_knows_the_old_one_and_whether_it_was_put_off_or_moved() -> None:
    cases = {
        ("en", "The deadline has been extended from 15 May 2026 to 5 June 2026."): (
            "input",
            "extended",
            date(2026, 5, 15),
        ),
        ("en", "The original deadline of 1 June 2026 was moved to 15 June 2026."): (
            "input",
            "moved",
            date(2026, 6, 1),
        ),
        ("de", "Die Frist wird bis 15. Jänner 2027 verlängert (bisher: 31. Dezember 2026)."): (
            "input",
            "extended",
            date(2026, 12, 31),
        ),
        ("sl", "Rok za pripombe je s 15. aprila podaljšan do 30. aprila 2026."): (
            "input",
            "extended",
            date(2026, 4, 15),
        ),
        ("it", "La riunione del 3 maggio 2027 è rinviata al 10 maggio 2027."): (
            "meeting",
            "moved",
            date(2027, 5, 3),
        ),
        ("fr", "La réunion du 3 mai est reportée au 10 mai 2027."): (
            "meeting",
            "moved",
            date(2027, 5, 3),
        ),
        ("de", "Frist: 31. März 2026"): ("input", None, None),
    }
    read = {(lang, text): only(text, lang) for lang, text in cases}
    assert {said: (d.kind, d.change, d.former) for said, d in read.items()} == cases


def test_a_range_with_its_own_start_leaves_the_date_before_it_alone() -> None:
    text = (
        "Première phase du 1er au 15 avril 2027, seconde phase de consultation du 3 au 17 mai 2027."
    )
    found = [(d.opens, d.at and d.at.date()) for d in deadlines(text, language="fr")]
    assert found == [
        (date(2027, 4, 1), date(2027, 4, 15)),
        (date(2027, 5, 3), date(2027, 5, 17)),
    ]
