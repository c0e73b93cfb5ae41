import io
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.municipalities.forms import Member, NewContact
from advocacy.municipalities.headings import COLUMNS, HEADINGS, REQUIRED
from advocacy.municipalities.reading_tables import as_csv, read_members
from advocacy.spreadsheets import reading
from advocacy.spreadsheets.reading import BadTable, folded

HEAD = "code;name;country;language;population;contact;email\n"
GOOD = HEAD + "SI-07;Vzorčna vas;SI;sl;1.240;Janez Primer;obcina@vzorcna-vas.example\n"
VZORCNA_VAS = Member(
    code="SI-07",
    name="Vzorčna vas",
    country="SI",
    language="sl",
    population=1_240,
    contact=NewContact(
        name="Janez Primer", email="obcina@vzorcna-vas.example", language="sl"
    ),
)  # fmt: skip


def problems(content: bytes | str, name: str = "list.csv") -> list[tuple[int, str, str]]:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(BadTable) as error:
        read_members(data, name)
    return [(each.row, each.column, str(each.message)) for each in error.value.problems]


def workbook(*rows: Sequence[object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_is_read_however_it_was_saved(mark: bytes, separator: str, end: str):
    text = GOOD.replace(";", separator).replace("\n", end)
    assert read_members(mark + text.encode(), "list.csv") == [VZORCNA_VAS]


@pytest.mark.parametrize(
    "head",
    [
        "Kürzel;Gemeinde;Land;Sprache;Einwohner;Bürgermeister;E-Mail",
        "Sigle;Commune;Pays;Langue;Habitants;Maire;Courriel",
        "Codice;Comune;Paese;Lingua;Abitanti;Sindaco;Posta elettronica",
        "Oznaka;Občina;Država;Jezik;Prebivalci;Župan;E-pošta",
        "CODE;Name;COUNTRY;Language;Inhabitants;Mayor;E-Mail address",
    ],
)
def test_headings_are_known_in_five_languages(head: str):
    assert read_members(GOOD.replace(HEAD, head + "\n").encode(), "list.csv") == [VZORCNA_VAS]


def test_a_workbook_is_read_with_its_numbers():
    content = workbook(
        ["code", "name", "country", "language", "latitude", "longitude", "population", "topics"],
        ["AT-01", "Musterdorf", "AT", "de", 47.13, 11.45, 2140.0, "farming, water"],
        [None, None, None, None],
    )
    assert read_members(content, "list.xlsx") == [
        Member(
            code="AT-01",
            name="Musterdorf",
            country="AT",
            language="de",
            latitude=47.13,
            longitude=11.45,
            population=2140,
            topics=("farming", "water"),
        )
    ]


def test_each_problem_names_row_and_column():
    text = (
        HEAD
        + "SI-07;Vzorčna vas;SI;sl;viele;Janez Primer;obcina@vzorcna-vas.example\n"
        + ";Musterdorf;XX;de;10;;\n"
        + "IT-01;Valdesempio;IT;xx;10;Paola Esempio;keine\n"
    )
    assert [(row, column) for row, column, _ in problems(text)] == [
        (2, "population"),
        (3, "code"),
        (3, "country"),
        (4, "language"),
        (4, "email"),
    ]


def test_a_code_that_stands_twice_names_the_other_row():
    text = GOOD + "SI-07;Nochmals;SI;sl;1;;\n"
    assert problems(text) == [(3, "code", "This code stands in row 2 too")]


def test_a_heading_that_nobody_knows_is_named():
    assert problems("code;name;country;language;Lieblingsfarbe\n") == [
        (1, "Lieblingsfarbe", "This heading is not known")
    ]
    assert problems("code;name;country\nAT-01;M;AT\n") == [
        (1, "language", "This column is missing")
    ]
    assert [p[1] for p in problems("code;name;nom;country;language\n")] == ["nom"]


@pytest.mark.parametrize("formula", ["=1+1", '=HYPERLINK("https://evil.example")', " =A1"])
def test_a_formula_is_no_value(formula: str):
    cells = ["AT-01", formula, "AT", "de"]
    content = workbook(["code", "name", "country", "language"], cells)
    assert [p[:2] for p in problems(content, "list.xlsx")] == [(2, "name")]
    quoted = '"' + formula.replace('"', '""') + '"'
    text = f"code;name;country;language\nAT-01;{quoted};AT;de\n"
    assert [p[:2] for p in problems(text)] == [(2, "name")]


def test_a_file_in_another_encoding_names_the_row():
    content = GOOD.encode("utf-8") + "AT-01;Größdorf;AT;de;1;;\n".encode("latin-1")
    assert problems(content)[0][0] == 3


def test_what_is_no_table_is_said_to_be_none():
    assert problems(b"")[0][0] == 0
    assert problems(b"PK\x03\x04 not a workbook", "list.xlsx")[0][0] == 0
    assert problems(b"\x00\x01\x02")[0][0] == 0
    assert problems(HEAD)[0][2] == "There is no row below the headings"
    assert problems(b"x" * (reading.LARGEST + 1))[0][2] == "The file is larger than 5 MB"


def test_too_many_rows_are_refused():
    rows = (f"AT-{n};Ort {n};AT;de\n" for n in range(reading.MOST_ROWS + 1))
    text = "code;name;country;language\n" + "".join(rows)
    assert problems(text) == [(0, "", "The file has more than 5,000 rows")]


def test_a_workbook_that_unpacks_to_very_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 100)
    content = workbook(["code", "name", "country", "language"], ["AT-01", "Ort", "AT", "de"])
    assert problems(content, "list.xlsx")[0][2] == "The file is larger than 5 MB"


def test_a_region_stands_for_several():
    text = "code;name;country;language;kind\nAT-R1;Großes Tal;AT;de;region\n"
    assert read_members(text.encode(), "x.csv")[0].kind == "region"


def test_a_list_comes_back_as_it_was_written():
    assert read_members(as_csv([VZORCNA_VAS]).encode(), "list.csv") == [VZORCNA_VAS]


def members_or_problems(content: bytes) -> Sequence[object]:
    try:
        return read_members(content, "list.csv")
    except BadTable as error:
        return error.problems


@given(st.binary(max_size=300))
def test_whatever_bytes_come_they_are_members_or_a_bad_table(content: bytes):
    assert members_or_problems(content)


@given(st.lists(st.lists(st.text(max_size=8), max_size=5), max_size=4))
def test_whatever_cells_come_they_are_members_or_name_their_rows(rows: list[list[str]]):
    text = HEAD + "\n".join(";".join(row) for row in rows)
    assert members_or_problems(text.encode("utf-8", "replace"))


def test_no_heading_means_two_columns():
    aliases = [(folded(alias), column) for column, names in HEADINGS.items() for alias in names]
    assert all(COLUMNS[alias] == column for alias, column in aliases)
    assert set(REQUIRED) <= set(HEADINGS)
