"""A clerk prints the sheet, the council ticks boxes, somebody scans it or types the code."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import segno

from advocacy.calls.asking.call_forms import NewQuestion, Words
from advocacy.calls.papers.council_sheet import content_of, council_sheets, short_code
from advocacy.calls.queries import code_of, link_of
from advocacy.calls.rules import QuestionKind
from tests.advocacy.calls.papers.matters import (
    MAJA,
    NOW,
    OFFICIAL,
    QUESTIONS,
    SAID,
    copy,
    place,
    read,
    said,
    whole,
)
from tests.advocacy.calls.papers.pictures import PER_MM, printed

DEADLINES = {
    "de": "Frist: Freitag, 4. Dezember 2026, 18:00 (Brüsseler Zeit)",
    "fr": "Échéance : vendredi 4 décembre 2026, 18:00 (heure de Bruxelles)",
    "it": "Scadenza: venerdì 4 dicembre 2026, 18:00 (ora di Bruxelles)",
    "sl": "Rok: petek, 4. december 2026, 18.00 (bruseljski čas)",
    "en": "Deadline: Friday, 4 December 2026, 18:00 (Brussels time)",
}
STANCES = {
    "de": "Ja Teilweise Nein",
    "fr": "Oui En partie Non",
    "it": "Sì In parte No",
    "sl": "Da Deloma Ne",
    "en": "Yes Partly No",
}


@pytest.mark.parametrize("language", SAID)
def test_one_page_in_each_language_holds_all_that_the_council_needs(language: str) -> None:
    made = council_sheets(whole(), [copy(language)])
    words = said(made)
    title, question, why = SAID[language]
    assert len(read(made).pages) == 1
    for piece in (
        *(DEADLINES[language], STANCES[language], title, question, why),
        *("Vzorčna vas", "2026-014-1/SI-07", "Imate 14 planin.", "žičnica, čuvaj, šola"),
        *(short_code(7), "http://127.0.0.1:8000/a", "Maja Vzorec", "+386 40 555 010", "ha"),
    ):
        assert piece in words


@pytest.mark.parametrize("language", SAID)
def test_it_is_accessible_and_says_its_language_and_title(language: str) -> None:
    made = council_sheets(whole(), [copy(language)])
    catalogue, metadata = read(made).root_object, read(made).metadata
    assert metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712  a boolean of pypdf
    assert (str(catalogue["/Lang"]), metadata.title) == (language, SAID[language][0])
    assert "/StructTreeRoot" in catalogue


def test_the_code_is_the_one_that_the_page_takes() -> None:
    assert short_code(7).replace("-", "") == code_of(7)


def _modules(address: str) -> list[list[bool]]:
    code = segno.make(address, error="m", micro=False)
    return [[bool(dark) for dark in row] for row in code.matrix_iter(border=4)]


def _stands_at(y: int, modules: list[list[bool]], dots: list[list[bool]]) -> bool:
    left, size = (22 + 3.5) * PER_MM, 34 * PER_MM / len(modules)
    return all(
        dots[int(y + (row + 0.5) * size)][int(left + (column + 0.5) * size)] == dark
        for row, line in enumerate(modules)
        for column, dark in enumerate(line)
    )


def test_the_picture_on_the_paper_is_the_code_of_the_personal_link() -> None:
    """Every module of it, with its quiet zone; at the size it has on the paper."""
    dots = printed("council_sheet.typ", content_of(whole(), [copy()]))
    tops = range(len(dots) - 35 * PER_MM)
    own, other = _modules(link_of(7)), _modules(link_of(8))
    assert any(_stands_at(y, own, dots) for y in tops)
    assert not any(_stands_at(y, other, dots) for y in tops)


def test_options_have_boxes_and_their_own_language() -> None:
    choice = NewQuestion(2, QuestionKind.CHOICE, required=True, options=2)
    call = whole(
        questions=(QUESTIONS[0], choice),
        words={
            "de": Words("Titel", questions={1: "Gut?", 2: "Was?"}, options={2: ("Hunde", "Zäune")})
        },
    )
    words = said(council_sheets(call, [copy("sl")]))
    assert "Was? Hunde Zäune" in words
    assert "Zakaj? (neobvezno)" in words  # asked although no question says so
    assert "Rok: petek" in words


def test_an_official_text_gets_lines_for_comments() -> None:
    assert "Proposal for a Directive" in said(council_sheets(whole(official=OFFICIAL), [copy()]))


def test_the_longest_summary_and_twelve_options_take_two_pages() -> None:
    options = tuple(f"{n}. {'dolga možnost ' * 8}" for n in range(1, 13))
    asked = (*QUESTIONS[:2], NewQuestion(3, QuestionKind.CHOICE, options=12))
    said_in = Words(
        "Naslov", "Zakaj vi.", "Povzetek je dolg. " * 222,
        {1: "Ali?", 2: "Zakaj?", 3: "Kaj?"}, {3: options},
    )  # fmt: skip
    call = whole(questions=asked, words={"sl": said_in}, official=OFFICIAL)
    call.call.language = "sl"
    pages = read(council_sheets(call, [copy()])).pages
    assert [page.extract_text().splitlines()[-1] for page in pages] == [
        f"2026-014-1/SI-07 · stran {n} od 2" for n in (1, 2)
    ]
    assert short_code(7) in pages[1].extract_text()


def test_many_sheets_count_each_from_its_first_page_in_its_own_language() -> None:
    copies = [copy("sl", 7), replace(copy("de", 8), municipality=place("Musterdorf", "AT-01"))]
    made = read(council_sheets(whole(), copies))
    feet = [page.extract_text().splitlines()[-1] for page in made.pages]
    assert feet == ["2026-014-1/SI-07 · stran 1 od 1", "2026-014-1/AT-01 · Seite 1 von 1"]
    assert [short_code(n) in made.pages[n - 7].extract_text() for n in (7, 8)] == [True, True]


def test_nobody_s_typing_is_markup_and_no_name_is_too_long() -> None:
    name = "#panic() *Saint-Rémy* " * 8 + "x" * 200
    here = replace(copy(), municipality=place(name), coordinator=None)
    assert "#panic() *Saint-Rémy* #panic()" in said(council_sheets(whole(), [here]))


def test_a_character_that_no_font_has_does_not_stop_the_sheet() -> None:
    here = replace(copy(), municipality=place("Vas 🐺"))
    made = council_sheets(whole(), [here])
    assert b"pdfuaid" not in made
    assert "/StructTreeRoot" in read(made).root_object


def test_the_same_sheet_is_the_same_file_on_every_day() -> None:
    assert council_sheets(whole(), [copy()]) == council_sheets(whole(), [copy()])
    metadata = read(council_sheets(whole(), [copy()])).metadata
    assert metadata is not None
    assert metadata.creation_date == datetime(2026, 11, 23, 8, 40, tzinfo=UTC) == NOW
    assert MAJA.name in said(council_sheets(whole(), [copy()]))
