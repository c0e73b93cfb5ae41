import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.errors import Invalid
from advocacy.municipalities import mapping
from advocacy.municipalities.forms import Member
from advocacy.municipalities.headings import COLUMNS
from advocacy.municipalities.mapping import Proposal, Table
from advocacy.spreadsheets.reading import BadTable, folded

HEADINGS = {
    "code": "Schlüssel",
    "name": "Wie sie heißt",
    "country": "Staat (Kürzel)",
    "language": "Amtssprache",
    "population": "Wie viele wohnen dort",
    "email": "Amtliche Post",
    "contact": "Wer liest sie",
}
ROWS = [
    {
        "code": "AT-01", "name": "Musterdorf", "country": "AT", "language": "de",
        "population": "2140", "email": "amt@musterdorf.example", "contact": "Josef Beispielmann",
    },
    {
        "code": "SI-07", "name": "Vzorčna vas", "country": "SI", "language": "sl",
        "population": "1240", "email": "obcina@vzorcna-vas.example", "contact": "Janez Primer",
    },
]  # fmt: skip


def as_file(order: list[str], headings: dict[str, str], above: list[str] | None = None) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([line] for line in above or [])
    writer.writerow([headings[key] for key in order])
    writer.writerows([row[key] for key in order] for row in ROWS)
    return out.getvalue().encode()


def looked_at(content: bytes) -> tuple[Table, Proposal]:
    table = mapping.read_table(content, "list.csv")
    return table, mapping.propose(table)


def chosen(proposal: Proposal, headings: dict[str, str]) -> dict[str, str]:
    keys = {heading: key for key, heading in headings.items()}
    return {f"column-{each.place}": keys[each.heading] for each in proposal.columns}


OURS = {key: key for key in HEADINGS}
EXPECTED = mapping.members(*looked_at(as_file(list(OURS), OURS)), dict(enumerate(OURS)))


@given(st.permutations(list(HEADINGS)))
def test_the_order_of_the_columns_changes_nothing(order: list[str]):
    table, proposal = looked_at(as_file(order, OURS))
    assert proposal.is_certain
    assert mapping.members(table, proposal, proposal.keys) == EXPECTED


@given(st.permutations(list(HEADINGS)))
def test_columns_with_names_of_their_own_import_the_same_once_they_are_named(order: list[str]):
    table, proposal = looked_at(as_file(order, HEADINGS))
    assert not proposal.is_certain
    keys = mapping.keys_of(chosen(proposal, HEADINGS), proposal)
    assert mapping.members(table, proposal, keys) == EXPECTED


def test_values_say_what_some_columns_are():
    _, proposal = looked_at(as_file(list(HEADINGS), HEADINGS))
    assert {each.heading: each.key for each in proposal.columns} == {
        "Schlüssel": "code", "Wie sie heißt": "", "Staat (Kürzel)": "country",
        "Amtssprache": "language", "Wie viele wohnen dort": "", "Amtliche Post": "email",
        "Wer liest sie": "",
    }  # fmt: skip
    assert proposal.columns[0].examples == ("AT-01", "SI-07")


def test_headings_may_stand_further_down():
    above = ["Mitgliederliste, Stand 2026", "", "Vertraulich"]
    table, proposal = looked_at(as_file(list(OURS), OURS, above))
    assert proposal.is_certain
    assert proposal.row == 4
    assert mapping.members(table, proposal, proposal.keys) == EXPECTED


def test_a_person_may_say_which_row_has_the_headings():
    content = as_file(list(HEADINGS), HEADINGS, ["Mitgliederliste"])
    table = mapping.read_table(content, "list.csv")
    proposal = mapping.propose(table, table.place_of(2))
    assert [each.heading for each in proposal.columns] == list(HEADINGS.values())


def test_a_column_that_is_left_out_is_not_read():
    table, proposal = looked_at(as_file(list(HEADINGS), HEADINGS))
    typed = chosen(proposal, HEADINGS) | {"column-4": ""}
    found = mapping.members(table, proposal, mapping.keys_of(typed, proposal))
    assert [each.population for each in found] == [None, None]


def test_one_of_our_columns_is_chosen_once_and_the_needed_ones_are():
    _, proposal = looked_at(as_file(list(HEADINGS), HEADINGS))
    with pytest.raises(Invalid) as twice:
        mapping.keys_of(chosen(proposal, HEADINGS) | {"column-4": "name"}, proposal)
    assert set(twice.value.fields) == {"column-4"}
    with pytest.raises(Invalid) as missing:
        mapping.keys_of(chosen(proposal, HEADINGS) | {"column-0": ""}, proposal)
    assert set(missing.value.fields) == {"column-0"}
    assert str(missing.value.fields["column-0"]) == "Choose the column for: Code"


def test_a_problem_names_the_column_as_the_file_calls_it():
    content = as_file(list(HEADINGS), HEADINGS).replace(b"2140", b"viele")
    table, proposal = looked_at(content)
    keys = mapping.keys_of(chosen(proposal, HEADINGS), proposal)
    with pytest.raises(BadTable) as error:
        mapping.members(table, proposal, keys)
    assert [(each.row, each.column) for each in error.value.problems] == [
        (2, "Wie viele wohnen dort")
    ]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=2, max_size=6))
def test_a_table_travels_in_a_form_as_it_is(rows: list[list[str]]):
    table = Table(tuple((number, tuple(cells)) for number, cells in enumerate(rows, 1)))
    assert mapping.from_text(mapping.as_text(table)) == table


@given(st.text(max_size=200))
def test_whatever_comes_back_is_a_table_or_a_bad_one(text: str):
    with suppress(BadTable):
        assert len(mapping.from_text(text).rows) > 1


@given(st.binary(max_size=200))
def test_whatever_bytes_come_they_are_looked_at_or_a_bad_table(content: bytes):
    with suppress(BadTable):
        mapping.propose(mapping.read_table(content, "list.csv"))


def test_what_we_call_a_column_ourselves_is_known():
    assert {COLUMNS[folded(key)] for key in OURS} == set(OURS)
    assert isinstance(EXPECTED[0], Member)


def test_a_title_is_not_taken_for_the_headings_of_a_table():
    content = as_file(list(HEADINGS), HEADINGS, ["Mitglieder, Stand 2026", ""])
    _, proposal = looked_at(content)
    assert [each.heading for each in proposal.columns] == list(HEADINGS.values())
