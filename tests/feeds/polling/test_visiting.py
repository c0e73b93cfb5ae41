"""Interfaces that answer in pages, and say the rest at addresses of their own."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any  # the answers of an interface

import pytest

from feeds.parsing import KINDS
from feeds.polling import poll
from feeds.polling.noting import PollResult
from feeds.tables import Entry, EntryVersion, Poll, Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)


def initiative(number: int, *, end: str = "2027/01/15 23:59:59") -> dict[str, Any]:
    window = {
        "frontEndStage": "OPC_LAUNCHED",
        "receivingFeedbackStatus": "OPEN",
        "feedbackEndDate": end,
    }
    return {"id": number, "shortTitle": f"Transit {number}", "currentStatuses": [window]}


def detail(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "initiativeStatus": "ACTIVE",
        "shortTitle": f"Transit {number}",
        "dossierSummary": f"All about transit {number}.",
        "publications": initiative(number)["currentStatuses"],
    }


class Interface:
    """Have Your Say as a test sees it: pages of a search, and details."""

    def __init__(self, origin: Origin) -> None:
        self.origin = origin
        self.address = f"{origin.address}/brpapi/searchInitiatives"
        self._first = KINDS["have-your-say"].ask(self.address, {}).address

    def search(self, *pages: list[dict[str, Any]]) -> None:
        total = sum(map(len, pages))
        for number, content in enumerate((*pages, [])):
            page = {"initiativeResultDtoPage": {"totalElements": total, "content": content}}
            self.at(self._first.replace("page=0", f"page={number}"), page)

    def detail(self, number: int, answer: Answer | None = None) -> None:
        address = f"{self.origin.address}/brpapi/groupInitiatives/{number}?language=EN"
        self.at(address, answer or detail(number))

    def at(self, address: str, answer: Any) -> None:
        ready = answer if isinstance(answer, Answer) else Answer(json.dumps(answer).encode())
        self.origin.at(address.removeprefix(self.origin.address), ready)

    def asked(self, word: str) -> int:
        return sum(word in each.path for each in self.origin.asked)


@pytest.fixture
def interface(origin: Origin) -> Interface:
    return Interface(origin)


async def source_of(interface: Interface) -> int:
    rows = await Source.insert(
        Source(address=interface.address, kind="have-your-say", created=NOW, next_due=NOW)
    )
    return int(rows[0]["id"])


async def visit(source: int, *, now: datetime = NOW) -> PollResult:
    return await poll(source, now=now, owner="office", private_networks=LOOPBACK, pause=0)


def counts(result: PollResult) -> tuple[str, int, int, int, int]:
    return result.outcome, result.fetched, result.new, result.changed, result.same


async def texts() -> list[str]:
    rows = await Entry.select(Entry.text).order_by(Entry.address)
    return [str(row["text"]).partition("\n")[0] for row in rows]


async def test_all_pages_and_every_detail_are_one_poll(db: str, interface: Interface) -> None:
    interface.search([initiative(1), initiative(2)], [initiative(3)])
    for number in (1, 2, 3):
        interface.detail(number)
    source = await source_of(interface)
    assert counts(await visit(source)) == ("fetched", 3, 3, 0, 0)
    assert await texts() == [f"All about transit {number}." for number in (1, 2, 3)]
    assert await Poll.count() == 1


async def test_what_has_not_changed_is_not_asked_for_in_detail_again(
    db: str, interface: Interface
) -> None:
    interface.search([initiative(1), initiative(2)])
    interface.detail(1)
    interface.detail(2)
    source = await source_of(interface)
    await visit(source)
    interface.search([initiative(1), initiative(2, end="2027/02/15 23:59:59")])
    interface.origin.asked.clear()
    assert counts(await visit(source, now=NOW + HOUR)) == ("fetched", 2, 0, 1, 1)
    assert (interface.asked("groupInitiatives/1"), interface.asked("groupInitiatives/2")) == (0, 1)


async def test_a_detail_that_cannot_be_had_is_asked_for_again(
    db: str, interface: Interface
) -> None:
    interface.search([initiative(1)])
    interface.detail(1, Answer(status=500))
    source = await source_of(interface)
    assert counts(await visit(source)) == ("fetched", 1, 1, 0, 0)
    interface.detail(1)
    await visit(source, now=NOW + HOUR)
    assert await texts() == ["All about transit 1."]


async def test_a_detail_that_is_gone_for_a_while_takes_nothing_away(
    db: str, interface: Interface
) -> None:
    interface.search([initiative(1)])
    interface.detail(1)
    source = await source_of(interface)
    await visit(source)
    interface.search([initiative(1, end="2027/02/15 23:59:59")])
    interface.detail(1, Answer(status=503))
    assert counts(await visit(source, now=NOW + HOUR)) == ("fetched", 1, 0, 0, 1)
    assert (await texts(), await EntryVersion.count()) == (["All about transit 1."], 1)


async def test_a_page_that_fails_leaves_the_rest_to_the_next_visit(
    db: str, interface: Interface
) -> None:
    interface.search([initiative(1)], [initiative(2)])
    interface.detail(1)
    interface.detail(2)
    second = next(path for path in interface.origin.answers if "page=1" in path)
    good = interface.origin.answers[second]
    interface.origin.at(second, Answer(status=500))
    source = await source_of(interface)
    assert counts(await visit(source)) == ("fetched", 1, 1, 0, 0)
    stored = await Source.objects().get(Source.id == source)
    assert stored is not None
    assert (stored.next_due - NOW, stored.body_hash) == (timedelta(minutes=5), None)
    interface.origin.at(second, good)
    assert counts(await visit(source, now=NOW + HOUR)) == ("fetched", 2, 1, 0, 1)


async def test_a_source_that_moved_to_one_that_we_have_is_paused_and_keeps_its_entries(
    db: str, origin: Origin
) -> None:
    feed = b'<rss version="2.0"><channel><item><title>Eins</title></item></channel></rss>'
    new = origin.at("/new", feed)
    old = origin.at("/old", feed)
    rows = await Source.insert(
        *(Source(address=each, created=NOW, next_due=NOW) for each in (old, new))
    )
    source = int(rows[0]["id"])
    await visit(source)
    origin.at("/old", Answer(status=308, headers={"Location": new}))
    await visit(source, now=NOW + HOUR)
    await visit(source, now=NOW + HOUR + timedelta(days=8))
    stored = await Source.objects().get(Source.id == source)
    assert stored is not None
    sentence = f"It has moved to {new}, which is visited already."
    assert (stored.state, stored.state_reason, stored.address) == ("paused", sentence, old)
    assert await Entry.count().where(Entry.source == source) == 1


async def test_what_a_document_wishes_is_remembered_when_it_has_not_changed(
    db: str, origin: Origin
) -> None:
    feed = b'<rss version="2.0"><channel><ttl>180</ttl><item><title>Eins</title></item></channel></rss>'
    rows = await Source.insert(Source(address=origin.at("/", feed), created=NOW, next_due=NOW))
    source = int(rows[0]["id"])
    for now in (NOW, NOW + HOUR):
        result = await visit(source, now=now)
        assert result.next_due is not None
        assert result.next_due - now == timedelta(hours=3)
    reasons = await Poll.select(Poll.outcome, Poll.reason).order_by(Poll.id)
    asked = "the document asks for a pause: 3 h"
    assert [(each["outcome"], each["reason"]) for each in reasons] == [
        ("fetched", asked),
        ("unchanged", asked),
    ]
