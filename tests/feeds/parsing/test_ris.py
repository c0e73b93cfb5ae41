import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from feeds.parsing import KINDS, Document, Enclosure, StatedDeadline, kind_of, parse_document
from feeds.parsing.entry import Parsed

ADDRESS = "https://data.bka.gv.at/ris/api/v2.6/Bundesrecht?Applikation=Begut"
ASKED = KINDS["ris"].ask(ADDRESS, {}).address


def parsed(body: bytes, address: str = ASKED) -> Parsed:
    assert kind_of(Document(body, address)) == "ris"
    return parse_document("ris", Document(body, address))


def answer(hits: dict[str, str], drafts: object) -> bytes:
    found = {"Hits": hits, "OgdDocumentReference": drafts}
    return json.dumps({"OgdSearchResult": {"OgdDocumentResults": found}}).encode()


def draft(number: int) -> dict[str, object]:
    return {"Data": {"Metadaten": {"Technisch": {"ID": f"BEGUT_{number}"}}}}


def test_a_draft_is_an_entry_until_the_end_of_its_day_in_vienna(samples: Path) -> None:
    found = parsed((samples / "entwuerfe.ris.json").read_bytes())
    first, second = found.entries
    assert (first.id, first.title) == ("BEGUT_0001", "Almverordnung")
    assert first.author == "BMLUK (Bundesministerium)"
    assert first.address.endswith("Dokumentnummer=BEGUT_0001")
    assert first.published == datetime(2026, 11, 1, 23, tzinfo=UTC)
    assert first.updated == datetime(2026, 11, 2, 23, tzinfo=UTC)
    assert first.deadlines == (
        StatedDeadline(
            datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC),
            "Europe/Vienna",
            "day",
            "input",
            "Ende der Begutachtungsfrist: 2026-12-14",
        ),
    )
    assert (second.title, second.deadlines) == ("Ohne Frist", ())
    assert second.address.endswith("Abfrage=Begut&Dokumentnummer=BEGUT_0002")


def test_the_papers_of_a_draft_come_with_it_without_the_pictures(samples: Path) -> None:
    first = parsed((samples / "entwuerfe.ris.json").read_bytes()).entries[0]
    assert first.enclosures == (
        Enclosure("https://www.ris.bka.gv.at/1.pdf", "application/pdf"),
        Enclosure("https://www.ris.bka.gv.at/2.html"),
    )


def test_pages_are_turned_as_the_answer_counts(samples: Path) -> None:
    body = (samples / "entwuerfe.ris.json").read_bytes()
    more = parsed(body).next_page
    assert more is not None
    assert parse_qs(urlsplit(more.address).query)["Seitennummer"] == ["2"]
    # A draft that is alone is no list.
    last = parsed(
        answer({"@pageNumber": "2", "@pageSize": "2", "#text": "3"}, draft(3)), more.address
    )
    assert ([entry.id for entry in last.entries], last.next_page) == (["BEGUT_3"], None)


def test_an_answer_that_always_gives_the_first_page_is_asked_once() -> None:
    body = answer({"@pageNumber": "1", "@pageSize": "1", "#text": "9"}, [draft(1)])
    more = parsed(body).next_page
    assert more is not None
    assert parsed(body, more.address).next_page is None


def test_an_ignored_filter_is_said_and_does_not_bring_twenty_years() -> None:
    found = parsed(answer({"@pageNumber": "1", "@pageSize": "1", "#text": "4566"}, [draft(1)]))
    assert (len(found.entries), found.next_page) == (1, None)
    assert found.problem == (
        "RIS announced 4566 drafts although those of six months were asked for;"
        " only the first page was read."
    )


def test_a_refused_question_is_said() -> None:
    body = b'{"OgdSearchResult": {"Error": {"Message": "Schema Validation Error"}}}'
    assert parsed(body).problem == "RIS refused the question: «Schema Validation Error»."


def test_no_drafts_are_no_problem() -> None:
    found = parsed(b'{"OgdSearchResult": {"OgdDocumentResults": {"Hits": {"#text": "0"}}}}')
    assert (found.entries, found.problem) == ((), None)


def test_what_others_made_of_it_is_read() -> None:
    body = b"""[{"id": "BEGUT_6E", "kurztitel": "Verordnung", "stelle": "BMLUK",
        "beginn": "2026-08-27", "ende": "2026-10-08"}]"""
    [entry] = parsed(body).entries
    assert (entry.id, entry.author) == ("BEGUT_6E", "BMLUK")
    assert [each.at for each in entry.deadlines] == [datetime(2026, 10, 8, 21, 59, 59, tzinfo=UTC)]


def test_a_bare_question_is_completed_and_a_full_one_left_alone() -> None:
    stated = parse_qs(urlsplit(ASKED).query)
    assert stated["ImRisSeit"] == ["SechsMonaten"]
    assert stated["DokumenteProSeite"] == ["OneHundred"]
    own = f"{ADDRESS}&ImRisSeit=EinerWoche"
    assert parse_qs(urlsplit(KINDS["ris"].ask(own, {}).address).query)["ImRisSeit"] == [
        "EinerWoche"
    ]
    other = "https://www.example.org/copy.json"
    assert KINDS["ris"].ask(other, {}).address == other
