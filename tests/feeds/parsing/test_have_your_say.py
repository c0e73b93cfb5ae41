import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from feeds.parsing import KINDS, Ask, Document, parse_document
from feeds.parsing.entry import Parsed, ParsedEntry

KIND = KINDS["have-your-say"]
BARE = "https://ec.europa.eu/info/law/better-regulation/brpapi/searchInitiatives"


def page(number: int, *ids: int, total: object, size: int = 100) -> Parsed:
    """What is read of the page that holds these initiatives."""
    open_now = [{"receivingFeedbackStatus": "OPEN", "feedbackEndDate": "2027/01/15 23:59:59"}]
    content = [
        {"id": each, "shortTitle": f"No {each}", "currentStatuses": open_now} for each in ids
    ]
    body = {"initiativeResultDtoPage": {"content": content, "totalElements": total}}
    address = f"{BARE}?language=EN&page={number}&size={size}&feedbackStatus=OPEN"
    return parse_document("have-your-say", Document(json.dumps(body).encode(), address))


def asked(ask: Ask | None) -> dict[str, list[str]]:
    return parse_qs(urlsplit(ask.address).query) if ask else {}


def test_a_bare_search_is_completed_to_one_for_what_is_open() -> None:
    assert asked(KIND.ask(BARE, {})) == {
        "language": ["EN"],
        "page": ["0"],
        "size": ["100"],
        "feedbackStatus": ["OPEN"],
    }


def test_what_the_address_states_stays() -> None:
    stated = f"{BARE}?language=FR&size=10&feedbackStatus=UPCOMING"
    assert asked(KIND.ask(stated, {})) == {
        "language": ["FR"],
        "size": ["10"],
        "feedbackStatus": ["UPCOMING"],
        "page": ["0"],
    }
    other = "https://example.org/copy.json?a=1"
    assert KIND.ask(other, {}).address == other


def test_a_first_page_with_all_that_there_is_is_complete() -> None:
    found = page(0, 1, 2, total=2)
    assert (found.complete, found.next_page) == (True, None)


def test_pages_are_turned_until_one_is_empty() -> None:
    first = page(0, *range(100), total=130, size=200)
    assert (first.complete, asked(first.next_page)["page"]) == (False, ["1"])
    # Whether the pages before were full is not known here, so one more is asked for.
    second = page(1, *range(100, 130), total=130, size=200)
    assert asked(second.next_page)["page"] == ["2"]
    third = page(2, total=130, size=200)
    assert (third.entries, third.next_page, third.complete) == ((), None, True)


def test_pages_that_end_before_everything_was_seen_are_not_complete() -> None:
    assert page(1, total=300).complete is False
    assert page(0, 1, total="many").complete is False


def test_pages_end_even_when_every_page_is_the_same() -> None:
    assert page(3, 1, total=3).next_page is None


def test_what_came_as_before_is_not_read_again_and_not_asked_about() -> None:
    open_now = [{"receivingFeedbackStatus": "OPEN"}]
    body = json.dumps([{"initiativeId": 7, "daysLeft": 3, "currentStatuses": open_now}]).encode()
    address = BARE.replace("searchInitiatives", "closingSoon")
    [first] = parse_document("have-your-say", Document(body, address)).entries
    known = frozenset({first.received_hash})
    tomorrow = body.replace(b'"daysLeft": 3', b'"daysLeft": 2')
    again = parse_document("have-your-say", Document(tomorrow, address, known=known))
    assert (again.entries, again.known) == ((), (first.received_hash,))


def searched(samples: Path, address: str = BARE) -> ParsedEntry:
    body = (samples / "search.hys.json").read_bytes()
    return parse_document("have-your-say", Document(body, address)).entries[0]


def test_a_new_initiative_is_asked_about_beside_the_search(samples: Path) -> None:
    detail = searched(samples).detail
    assert detail is not None
    assert detail.address == (
        "https://ec.europa.eu/info/law/better-regulation/brpapi/groupInitiatives/20001?language=EN"
    )
    assert searched(samples, "https://example.org/copy.json").detail is None


def test_the_detail_brings_its_texts_and_every_window(samples: Path) -> None:
    entry = searched(samples)
    assert KIND.detailed is not None
    body = (samples / "detail.hys.json").read_bytes()
    full = KIND.detailed(entry, Document(body, entry.address))
    assert (full.id, full.title, full.author) == (entry.id, entry.title, "MOVE")
    # The next search is compared with this one.
    assert full.received_hash == entry.received_hash
    assert [(each.at, each.quote) for each in full.deadlines] == [
        (
            datetime(2027, 1, 15, 22, 59, 59, tzinfo=UTC),
            "Public consultation: open until 2027/01/15 23:59:59",
        ),
        (
            datetime(2027, 7, 27, 21, 59, 59, tzinfo=UTC),
            "Draft act: open until 2027/07/27 23:59:59",
        ),
    ]
    assert "Limits at night." in full.text
    assert "Article 91 TFEU" in full.text
    assert '<p lang="de">Lärm auf Transitrouten</p>' in full.html
    assert "script" not in full.html


def test_a_window_that_only_the_search_knows_is_kept(samples: Path) -> None:
    entry = searched(samples)
    assert KIND.detailed is not None
    body = (samples / "detail.hys.json").read_bytes().replace(b"2027/01/15", b"2027/01/22")
    full = KIND.detailed(entry, Document(body, entry.address))
    assert [each.at.day for each in full.deadlines] == [22, 27, 15]


def test_the_detail_of_another_initiative_changes_nothing(samples: Path) -> None:
    entry = searched(samples)
    assert KIND.detailed is not None
    for body in (b'{"id": 5, "initiativeStatus": "ACTIVE"}', b"<html>", b"[]", b""):
        assert KIND.detailed(entry, Document(body, entry.address)) == entry


def test_an_initiative_that_is_a_source_itself_is_kept_when_it_closes() -> None:
    body = b'{"id": 9, "initiativeStatus": "CLOSED", "receivingFeedbackStatus": "CLOSED"}'
    found = parse_document("have-your-say", Document(body, f"{BARE}/../groupInitiatives/9"))
    assert [entry.id for entry in found.entries] == ["initiative/9"]
