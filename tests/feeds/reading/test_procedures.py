"""Procedure numbers in one spelling."""

from feeds.reading.procedures import cites_law, procedure_numbers


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


def test_every_kind_of_procedure_of_the_european_parliament_counts() -> None:
    kinds = [
        "COD",
        "CNS",
        "APP",
        "AVC",
        "NLE",
        "INI",
        "INL",
        "RSP",
        "BUD",
        "DEC",
        "DEA",
        "ACI",
        "REG",
        "RPS",
        "IMM",
    ]
    assert [procedure_numbers(f"2024/0156({kind})") for kind in kinds] == [
        [f"2024/0156({kind})"] for kind in kinds
    ]


def test_laws_have_one_spelling_wherever_they_are_cited() -> None:
    cases = {
        "http://data.europa.eu/eli/reg/2024/1991/oj": ["eli/reg/2024/1991"],
        "(eli/reg/2024/1991)": ["eli/reg/2024/1991"],
        "https://www.fedlex.admin.ch/eli/cc/24/233_245_233/de": ["eli/cc/24/233_245_233"],
        "CELEX:32024R1991": ["CELEX 32024R1991"],
        "?uri=CELEX%3A32024R1991": ["CELEX 32024R1991"],
        "BGBl. I Nr. 12/2026": ["BGBl. I 12/2026"],
        "BGBl. Nr. 477/1995": ["BGBl. 477/1995"],
        "BGBl. 2026 I Nr. 12": ["BGBl. 2026 I 12"],
        "Natur- und Heimatschutzgesetz (SR 451)": ["SR 451"],
        "LPN (RS 451.1)": ["SR 451.1"],
        "SR 0.814.01": ["SR 0.814.01"],
    }
    assert {text: procedure_numbers(text) for text in cases} == cases


def test_a_document_named_in_celex_is_the_document() -> None:
    assert procedure_numbers("CELEX: 52024PC0123") == ["COM(2024) 123"]
    assert procedure_numbers("CELEX 52026JC0004, CELEX 52026SC0045") == [
        "JOIN(2026) 4",
        "SWD(2026) 45",
    ]


def test_the_matter_comes_before_the_laws_that_are_cited() -> None:
    text = "Änderung von SR 451.1 und BGBl. I Nr. 12/2026, Verfahren 2023/0156(COD)"
    found = procedure_numbers(text)
    assert found == ["2023/0156(COD)", "SR 451.1", "BGBl. I 12/2026"]
    assert [cites_law(number) for number in found] == [False, True, True]


def test_dates_telephones_prices_and_gazettes_are_none() -> None:
    for text in (
        "12. 3. 2026 und 2026-03-12",
        "tel. 01 234-5678, +43 512 5313-2026",
        "1.234,50 EUR oder CHF 12.500",
        "Uradni list RS, št. 12/26, RS 12/26, RS 12.3.2026",
        "SR 1 Kultur, 14.00-17.00 Uhr",
        "ISBN 978-3-16-148410-0",
        "https://example.org/eli/a",
        "Bahnhof 5/A, und/oder, 5 km/h",
    ):
        assert procedure_numbers(text) == [], text


def test_a_number_is_found_however_far_into_a_text() -> None:
    for filling in ("Wort ", "1.234 ", "a/b ", "(x) "):
        text = filling * 2000 + "COM(2024) 123 final " + filling * 2000
        assert procedure_numbers(text) == ["COM(2024) 123"], filling
