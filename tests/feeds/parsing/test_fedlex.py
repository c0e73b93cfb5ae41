import json
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from feeds.parsing import KINDS, Document, parse_document
from feeds.parsing.entry import Parsed

ENDPOINT = "https://fedlex.data.admin.ch/sparqlendpoint"
CONSULTATION = "https://fedlex.data.admin.ch/eli/dl/proj/2026/90/cons_1"


def parsed(
    *rows: dict[str, str], language: str = "", known: frozenset[str] = frozenset()
) -> Parsed:
    """Of rows with plain values; a name like title@fr states the language."""
    bindings = [
        {
            name.partition("@")[0]: {"value": text, "xml:lang": name.partition("@")[2]}
            for name, text in {"c": CONSULTATION, **row}.items()
        }
        for row in rows
    ]
    body = json.dumps({"head": {}, "results": {"bindings": bindings}}).encode()
    settings = {"language": language} if language else {}
    return parse_document("fedlex", Document(body, ENDPOINT, settings=settings, known=known))


COLUMNS = {"titleDe@de": "Seilbahnen", "titleFr@fr": "Remontées", "titleIt@it": "Impianti"}


@pytest.mark.parametrize(
    ("language", "title"), [("", "Seilbahnen"), ("fr", "Remontées"), ("it", "Impianti")]
)
def test_a_consultation_is_titled_in_the_language_of_its_source(language: str, title: str) -> None:
    [entry] = parsed(COLUMNS, language=language).entries
    assert (entry.title, entry.language) == (title, language or "de")
    others = {"Seilbahnen", "Remontées", "Impianti"} - {title}
    assert {text for text in others if text in entry.text} == others
    assert title not in entry.text


def test_rows_of_one_consultation_are_one_entry_with_every_phase() -> None:
    phases = ({"start": "2026-10-01", "end": "2027-01-22"}, {"end": "2027-03-01"})
    [entry] = parsed(*({**COLUMNS, **phase} for phase in phases)).entries
    assert [each.at for each in entry.deadlines] == [
        datetime(2027, 1, 22, 22, 59, 59, tzinfo=UTC),
        datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC),
    ]
    assert entry.published == datetime(2026, 9, 30, 22, tzinfo=UTC)


def test_what_came_as_before_is_not_read_again() -> None:
    [entry] = parsed(COLUMNS).entries
    again = parsed(COLUMNS, known=frozenset({entry.received_hash}))
    assert (again.entries, again.known) == ((), (entry.received_hash,))


def test_the_endpoint_is_asked_for_open_and_planned_consultations() -> None:
    ask = KINDS["fedlex"].ask(ENDPOINT, {"language": "it"})
    assert (ask.method, ask.accept) == ("POST", "application/sparql-results+json")
    assert ask.content_type == "application/x-www-form-urlencoded"
    [query] = parse_qs(ask.body.decode())["query"]
    for part in ("status:1 status:2", "?titleDe", "?titleFr", "?titleIt", '(?instLabel) = "it"'):
        assert part in query
    assert "$" not in query


def test_a_language_that_it_does_not_speak_does_not_get_into_the_query() -> None:
    ask = KINDS["fedlex"].ask(ENDPOINT, {"language": '") . DROP'})
    assert b"DROP" not in ask.body


def test_another_address_is_asked_as_it_is() -> None:
    ask = KINDS["fedlex"].ask("https://example.org/result.json", {})
    assert (ask.method, ask.body, ask.address) == ("GET", b"", "https://example.org/result.json")
