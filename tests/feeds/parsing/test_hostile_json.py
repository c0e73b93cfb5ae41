"""Interfaces change their answers without notice: whatever JSON comes, nothing is raised."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing import KINDS, Document, kind_of, parse_document
from feeds.parsing.entry import ParsedEntry

OF_JSON = ("have-your-say", "fedlex", "austrian-parliament", "ris", "feed")
ADDRESS = {
    "have-your-say": "https://example.org/brpapi/searchInitiatives?page=0",
    "ris": "https://example.org/Bundesrecht?Seitennummer=1&ImRisSeit=EinJahr",
}
NAMES = (
    *("initiativeResultDtoPage", "_embedded", "content", "totalElements", "initiativeId", "id"),
    *("initiativeStatus", "currentStatuses", "publications", "receivingFeedbackStatus", "endDate"),
    *("feedbackEndDate", "legalBasis", "topics", "initiativeTranslations", "field", "language"),
    *("shortTitle", "head", "results", "bindings", "c", "title", "titleDe", "value", "xml:lang"),
    *("type", "end", "status", "count", "header", "rows", "rnr", "feld_name", "cite", "frist"),
    *("OgdSearchResult", "OgdDocumentResults", "OgdDocumentReference", "Hits", "#text", "Error"),
    *("@pageNumber", "@pageSize", "Data", "Metadaten", "Technisch", "ID", "Bundesrecht", "Begut"),
    *("EndeBegutachtungsfrist", "Dokumentliste", "ContentReference", "Urls", "ContentUrl", "Url"),
    *("kurztitel", "ende", "Message", "items", "version"),
)
TEXTS = (
    *("OPEN", "J", "5/ME", "XXVIII", "2027-01-15", "2027/01/15 23:59:59", "20270115", "15.1.2027"),
    *("99999999", "0", "1", "-1", "9" * 400, "\ud800", "\x00", "<script>x</script>", "de", "uri"),
    *("https://fedlex.data.admin.ch/eli/dl/proj/2026/9/cons_1", "javascript:alert(1)", "//[", ""),
)
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(TEXTS), st.text()
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.sampled_from(NAMES), inner, max_size=8),
    ),
    max_leaves=40,
)


def of_shape(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Answers that are right on the outside and anything within."""
    items = st.lists(inner, max_size=4)
    return st.one_of(
        st.fixed_dictionaries(
            {"initiativeResultDtoPage": st.fixed_dictionaries({"content": items})}
        ),
        st.fixed_dictionaries(
            {"head": inner, "results": st.fixed_dictionaries({"bindings": items})}
        ),
        st.fixed_dictionaries(
            {"count": inner, "header": st.one_of(inner, items), "rows": st.lists(items)}
        ),
        st.fixed_dictionaries(
            {
                "OgdSearchResult": st.fixed_dictionaries(
                    {"OgdDocumentResults": st.dictionaries(st.sampled_from(NAMES), inner)}
                )
            }
        ),
    )


@pytest.mark.parametrize("kind", OF_JSON)
@given(answer=st.one_of(values, of_shape(values)))
def test_no_answer_raises(kind: str, answer: object) -> None:
    document = Document(json.dumps(answer).encode(), ADDRESS.get(kind, "https://example.org/"))
    assert kind_of(document) in OF_JSON
    for entry in parse_document(kind, document).entries:
        assert_storable(entry)


@given(answer=st.one_of(values, of_shape(values)))
def test_no_detail_raises(answer: object) -> None:
    detailed = KINDS["have-your-say"].detailed
    assert detailed is not None
    document = Document(json.dumps(answer).encode(), "https://example.org/")
    assert_storable(detailed(ParsedEntry(id="initiative/1", title="One"), document))


@pytest.mark.parametrize("kind", OF_JSON)
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"results":' * 900 + b"1" + b"}" * 900,
        b'{"a": ' + b"9" * 10_000 + b"}",
        b"\xff\xfe[\x00",
        b'{"rows": [[NaN, Infinity, -Infinity, 1e999]], "count": 1e400}',
    ],
)
def test_no_document_of_another_making_raises(kind: str, body: bytes) -> None:
    assert parse_document(kind, Document(body, "https://example.org/")).entries == ()


def test_characters_that_no_database_takes_do_not_get_into_an_id() -> None:
    for kind, answer in (
        ("have-your-say", [{"initiativeId": "1\x00\ud800", "endDate": ""}]),
        ("fedlex", {"head": {}, "results": {"bindings": [{"c": {"value": "/eli/\x00\ud800"}}]}}),
        ("ris", [{"id": "B\x00\ud800", "kurztitel": "", "ende": ""}]),
    ):
        document = Document(json.dumps(answer).encode(), "https://example.org/")
        [entry] = parse_document(kind, document).entries
        assert_storable(entry)


def assert_storable(entry: ParsedEntry) -> None:
    """UTF-8 without NUL, and no address that a click could run."""
    texts = (entry.id, entry.title, entry.address, entry.author, entry.html, entry.text)
    for text in (*texts, entry.received, *(each.quote for each in entry.deadlines)):
        assert "\x00" not in text
        text.encode()
    assert entry.address == "" or entry.address.startswith(("http://", "https://"))
