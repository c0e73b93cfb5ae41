import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.parsing import KINDS, Document, StatedDeadline, kind_of, parse_document
from feeds.parsing.entry import Parsed

ADDRESS = "https://www.parlament.gv.at/Filter/api/filter/data/81"


def parsed(body: bytes, known: frozenset[str] = frozenset()) -> Parsed:
    document = Document(body, ADDRESS, known=known)
    assert kind_of(document) == "austrian-parliament"
    return parse_document("austrian-parliament", document)


def rows(*ends: tuple[str, str, object], header: object = None) -> bytes:
    """A list with one draft for each (citation, open, end)."""
    made = [
        ["XXVIII", "ME", 1, "", "Entwurf", citation, "BMF", "", "", "", "", is_open, 0, 0, end]
        for citation, is_open, end in ends
    ]
    return json.dumps({"count": len(made), "header": header, "rows": made}).encode()


def test_a_draft_is_an_entry_until_the_end_of_its_day_in_vienna(samples: Path) -> None:
    found = parsed((samples / "entwuerfe.parlament.json").read_bytes())
    first = found.entries[0]
    assert (first.id, first.title) == ("XXVIII/ME/201", "Seilbahngesetz, Änderung")
    assert first.address == "https://www.parlament.gv.at/gegenstand/XXVIII/ME/201"
    assert (first.author, first.language) == ("BMIMI", "de")
    assert first.published == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert first.procedure_numbers == ("201/ME XXVIII",)
    assert first.deadlines == (
        StatedDeadline(
            datetime(2026, 12, 15, 22, 59, 59, tzinfo=UTC),
            "Europe/Vienna",
            "day",
            "input",
            "Ende der Begutachtungsfrist: 2026-12-15",
        ),
    )


def test_drafts_that_are_over_are_left_out_although_they_came(samples: Path) -> None:
    found = parsed((samples / "entwuerfe.parlament.json").read_bytes())
    assert [entry.id for entry in found.entries] == [
        "XXVIII/ME/201",
        "XXVIII/ME/200",
        "XXVIII/ME/199",
    ]


def test_a_draft_of_two_ministries_is_one_entry(samples: Path) -> None:
    second = parsed((samples / "entwuerfe.parlament.json").read_bytes()).entries[1]
    assert (second.title, second.author) == ("Lawinenschutzgesetz 2027", "BMLUK, BMF")
    assert len(second.deadlines) == 1


def test_a_draft_without_end_and_path_is_kept(samples: Path) -> None:
    third = parsed((samples / "entwuerfe.parlament.json").read_bytes()).entries[2]
    assert third.deadlines == ()
    assert third.address == "https://www.parlament.gv.at/gegenstand/XXVIII/ME/199"


def test_a_list_that_holds_less_than_it_counts_is_not_complete() -> None:
    one = rows(("1/ME", "J", 20261215))
    assert parsed(one).complete is True
    assert parsed(one.replace(b'"count": 1', b'"count": 2')).complete is False


def test_the_number_of_statements_makes_no_draft_new(samples: Path) -> None:
    body = (samples / "entwuerfe.parlament.json").read_bytes()
    known = frozenset(entry.received_hash for entry in parsed(body).entries)
    again = parsed(body.replace(b"450", b"451"), known)
    assert (again.entries, len(again.known)) == ((), 3)
    moved = parsed(body.replace(b"20261215", b"20261222"), known)
    assert [entry.id for entry in moved.entries] == ["XXVIII/ME/201"]


def test_the_columns_are_where_the_header_says() -> None:
    header = [
        {"rnr": number, "feld_name": name}
        for number, name in enumerate(
            ("AKTIV", "FRIST", "ZITATION", "BETREFF", "GP_CODE", "INR"), start=1
        )
    ]
    row = ["J", "7.1.2027", "5/ME", "Umgestellt", "XXVIII", 5]
    body = json.dumps({"count": 1, "header": header, "rows": [row]}).encode()
    [entry] = parsed(body).entries
    assert (entry.id, entry.title) == ("XXVIII/ME/5", "Umgestellt")
    assert [each.at for each in entry.deadlines] == [datetime(2027, 1, 7, 22, 59, 59, tzinfo=UTC)]


def test_objects_that_others_made_of_the_rows_are_read() -> None:
    body = b"""[{"gp": "XXVIII", "inr": 131, "cite": "131/ME", "title": "AWG-Novelle",
        "ministryCode": "BMLUK", "arrival": "2026-07-24", "frist": "2026-09-04"}]"""
    [entry] = parsed(body).entries
    assert (entry.id, entry.procedure_numbers) == ("XXVIII/ME/131", ("131/ME XXVIII",))
    assert [each.at for each in entry.deadlines] == [datetime(2026, 9, 4, 21, 59, 59, tzinfo=UTC)]


def test_it_is_asked_for_open_drafts_all_at_once_and_sorted() -> None:
    ask = KINDS["austrian-parliament"].ask(f"{ADDRESS}?js=eval&pagesize=20&page=2", {})
    assert ask.address == f"{ADDRESS}?js=eval&showAll=true&sortrnr=11&ascDesc=DESC"
    assert (ask.method, ask.content_type) == ("POST", "application/json")
    assert json.loads(ask.body) == {"AKTIV": ["J"]}


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"rows": 3}', b"<html>", b'[{"cite": 1}]'])
def test_what_is_no_list_is_said(body: bytes) -> None:
    found = parse_document("austrian-parliament", Document(body, ADDRESS))
    assert (found.entries, found.problem is not None) == ((), True)
