"""Procedure numbers in one spelling."""

from feeds.reading.procedures import procedure_numbers


def test_every_body_has_its_spelling() -> None:
    cases = {
        "2023/0156(COD)": ["2023/0156(COD)"],
        "procedure 2023/0156 (cod)": ["2023/0156(COD)"],
        "COM(2015) 366 final": ["COM(2015) 366"],
        "COM/2015/0366": ["COM(2015) 366"],
        "SWD(2015)147": ["SWD(2015) 147"],
        "Ref. Ares(2026)1234567 - 03/03/2026": ["Ares(2026)1234567"],
        "https://fedlex.data.admin.ch/eli/dl/proj/2026/12/cons_1": ["proj/2026/12/cons_1"],
        "88/ME XXVIII. GP": ["88/ME XXVIII"],
        "88/ME (XXVIII. GP)": ["88/ME XXVIII"],
        "/gegenstand/XXVIII/ME/88": ["88/ME XXVIII"],
        "133/ME": ["133/ME"],
        "EVA: 2026-2550-0012": ["EVA 2026-2550-0012"],
        "(EPA 915-IX)": ["EPA 915-IX"],
        "BT-Drs. 20/1234": ["BT-Drs. 20/1234"],
        "Bundestagsdrucksache 20/1234": ["BT-Drs. 20/1234"],
        "BR-Drucksache 12/26": ["BR-Drs. 12/26"],
        "21.464 s Pa. Iv.": ["CH 21.464"],
    }
    assert {text: procedure_numbers(text) for text in cases} == cases


def test_numbers_stand_in_order_and_once() -> None:
    text = "EPA 915-IX, COM(2015) 366, again EPA 915-IX"
    assert procedure_numbers(text) == ["EPA 915-IX", "COM(2015) 366"]


def test_other_numbers_are_none() -> None:
    assert (
        procedure_numbers("tel. 01/234-567, 12/2026, Art. 5(2), 31.464 Euro, N°16 (2025) 3") == []
    )
