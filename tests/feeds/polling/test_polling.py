import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any  # rows are of as many types as their columns

import pytest

from feeds.parsing.feed import ITEM_LIMIT
from feeds.polling import poll, poll_due
from feeds.polling.claiming import take
from feeds.polling.noting import PollResult
from feeds.tables import Entry, EntryVersion, Poll, Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def rss(items: Sequence[str], *, extra: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Gemeinde Musterdorf</title>'
        f"<language>de</language>{extra}{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int, text: str = "Text", *, link: str = "", guid: str = "") -> str:
    return (
        f"<item><title>Meldung {number}</title><link>{link or f'https://example.org/{number}'}</link>"
        f"<guid isPermaLink='false'>{guid or number}</guid><description>{text}</description>"
        f"<pubDate>Mon, {number % 20 + 1:02} Nov 2026 08:00:00 GMT</pubDate></item>"
    )


async def source_at(address: str, *, kind: str = "feed") -> int:
    rows = await Source.insert(Source(address=address, kind=kind, created=NOW, next_due=NOW))
    return int(rows[0]["id"])


async def visit(source: int, *, now: datetime = NOW) -> PollResult:
    return await poll(source, now=now, owner="office", private_networks=LOOPBACK, pause=0)


async def kept(source: int) -> Any:
    return await Source.objects().get(Source.id == source)


def counts(result: PollResult) -> tuple[str, int, int, int, int]:
    return result.outcome, result.fetched, result.new, result.changed, result.same


async def test_a_first_poll_keeps_every_entry_with_its_version(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(3), item(2), item(1)])))
    assert counts(await visit(source)) == ("fetched", 3, 3, 0, 0)
    entries = await Entry.select().order_by(Entry.id)
    assert [entry["title"] for entry in entries] == ["Meldung 1", "Meldung 2", "Meldung 3"]
    assert entries[0]["published"] == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert (entries[0]["html"], entries[0]["language"]) == ("Text", "de")
    versions = await EntryVersion.select().order_by(EntryVersion.id)
    assert [(each["number"], each["changes"]) for each in versions] == [(1, "{}")] * 3
    assert "<title>Meldung 1</title>" in versions[0]["received"]
    assert (await kept(source)).name == "Gemeinde Musterdorf"


async def test_an_unchanged_body_is_never_parsed(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(1)])))
    await visit(source)
    # Were it parsed, it would be of a kind that cannot read it.
    await Source.update({Source.kind: "ical"}).where(Source.id == source)
    again = await visit(source, now=NOW + timedelta(hours=1))
    assert counts(again) == ("unchanged", 0, 0, 0, 0)
    assert again.status == 200


async def test_a_304_is_a_good_poll_and_the_validators_stay(db: str, origin: Origin) -> None:
    answer = Answer(rss([item(1)]), headers={"ETag": '"v1"'})
    source = await source_at(origin.at("/feed", answer))
    await visit(source)
    again = await visit(source, now=NOW + timedelta(hours=1))
    assert (again.outcome, again.status) == ("unchanged", 304)
    assert (await kept(source)).etag == '"v1"'
    assert (await kept(source)).last_success == NOW + timedelta(hours=1)


async def test_an_edit_becomes_a_version_that_says_what_changed(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(2), item(1, "Frist: 4. Dezember")])))
    await visit(source)
    origin.at("/feed", rss([item(2), item(1, "Frist: 11. Dezember")]))
    assert counts(await visit(source, now=NOW + timedelta(hours=1))) == ("fetched", 2, 0, 1, 1)
    entry = await Entry.select().where(Entry.title == "Meldung 1").first()
    assert entry is not None
    assert (entry["versions"], entry["first_seen"]) == (2, NOW)
    version = await EntryVersion.select().where(EntryVersion.number == 2).first()
    assert version is not None
    assert json.loads(version["changes"]) == {"text": ["Frist: 4. Dezember", "Frist: 11. Dezember"]}


async def test_order_counters_tracking_and_dates_make_nothing_new(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(n, "3 Kommentare") for n in (3, 2, 1)])))
    await visit(source)
    edited = [
        item(n, "14  Kommentare", link=f"https://example.org/{n}/?utm_source=rss")
        for n in (1, 3, 2)
    ]
    origin.at("/feed", rss(edited, extra="<lastBuildDate>today</lastBuildDate>"))
    assert counts(await visit(source)) == ("fetched", 3, 0, 0, 3)
    assert await EntryVersion.count() == 3


async def test_a_new_id_for_the_same_page_is_the_same_entry(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(1, guid="old-1")])))
    await visit(source)
    for guid in ("new-1", "newer-1", "new-1"):
        origin.at("/feed", rss([item(1, guid=guid)], extra=f"<!-- {guid} -->"))
        assert counts(await visit(source)) == ("fetched", 1, 0, 0, 1)


async def test_one_id_for_every_item_loses_none(db: str, origin: Origin) -> None:
    items = [item(n, f"Ganz anderes {n}" * n, guid="always") for n in range(1, 6)]
    source = await source_at(origin.at("/feed", rss(items)))
    assert counts(await visit(source)) == ("fetched", 5, 5, 0, 0)
    assert (await kept(source)).key_policy == "id-link"


async def test_an_id_given_to_another_item_later_loses_neither(db: str, origin: Origin) -> None:
    first = item(1, "Sitzung des Gemeinderates am Montag", guid="x")
    second = item(2, "Sperre der Bergstrasse wegen Steinschlag", guid="x")
    source = await source_at(origin.at("/feed", rss([first])))
    await visit(source)
    origin.at("/feed", rss([second]))
    assert counts(await visit(source)) == ("fetched", 1, 1, 0, 0)
    origin.at("/feed", rss([first, second]))
    assert counts(await visit(source)) == ("fetched", 2, 0, 0, 2)


async def test_a_page_where_a_feed_should_be_is_said_and_asked_for_again(
    db: str, origin: Origin
) -> None:
    source = await source_at(origin.at("/feed", rss([item(1)])))
    await visit(source)
    page = b"<!doctype html><title>Anmeldung</title><body>Bitte anmelden"
    origin.at("/feed", Answer(page, headers={"ETag": '"page"'}))
    result = await visit(source, now=NOW + timedelta(hours=1))
    sentence = "The source asks for a login («Anmeldung»)."
    assert (result.outcome, result.error) == ("login", sentence)
    after = await kept(source)
    assert (after.failures, after.last_error, after.etag) == (1, sentence, None)
    assert await Entry.count() == 1
    origin.at("/feed", rss([item(1), item(2)]))
    assert counts(await visit(source)) == ("fetched", 2, 1, 0, 1)
    assert (await kept(source)).failures == 0


async def test_a_feed_that_suddenly_holds_nothing_is_shown(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(1), item(2)])))
    await visit(source)
    origin.at("/feed", rss([]))
    result = await visit(source)
    assert result.outcome == "empty"
    assert result.error == "The document holds nothing; it used to hold 2 entries."


async def test_broken_xml_gives_what_is_good_in_it(db: str, origin: Origin) -> None:
    broken = rss([item(1), item(2)]).replace(b"</channel></rss>", b"<item><title>Half")
    source = await source_at(origin.at("/feed", broken))
    assert (await visit(source)).new >= 2


async def test_failures_are_counted_and_the_pause_is_kept(db: str, origin: Origin) -> None:
    refusal = Answer(status=429, headers={"Retry-After": "7200"})
    source = await source_at(origin.at("/feed", refusal))
    result = await visit(source)
    assert (result.outcome, result.status) == ("failed", 429)
    assert result.next_due == NOW + timedelta(hours=2)
    await visit(source, now=NOW + timedelta(hours=2))
    after = await kept(source)
    assert (after.failures, after.first_failure) == (2, NOW)
    assert after.rhythm_reason == "the server asked for a pause: 2 h"
    assert [row["error"] for row in await Poll.select(Poll.error)] == [after.last_error] * 2


async def test_what_is_gone_for_good_is_polled_no_more(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", Answer(status=410)))
    assert (await visit(source)).outcome == "gone"
    assert (await kept(source)).state == "gone"
    assert (await visit(source)).outcome == "busy"
    assert len(origin.asked) == 1


async def test_a_source_that_somebody_polls_is_left_alone(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss([item(1)])))
    assert await take(source, now=NOW - timedelta(seconds=60), owner="other")
    assert (await visit(source)).outcome == "busy"
    assert origin.asked == []


async def test_all_that_is_due_is_polled_and_then_nothing_is(db: str, origin: Origin) -> None:
    for n in range(5):
        await source_at(origin.at(f"/{n}", rss([item(n)])))
    results = await poll_due(now=NOW, owner="office", limit=10, private_networks=LOOPBACK, pause=0)
    assert [result.outcome for result in results] == ["fetched"] * 5
    assert await poll_due(now=NOW, owner="office", limit=10, private_networks=LOOPBACK) == []


async def test_a_permanent_move_is_believed_after_a_week(db: str, origin: Origin) -> None:
    new = origin.at("/new", rss([item(1)]))
    old = origin.at("/old", Answer(status=301, headers={"Location": "/new"}))
    source = await source_at(old)
    await visit(source)
    assert ((await kept(source)).address, (await kept(source)).moved_to) == (old, new)
    await visit(source, now=NOW + timedelta(days=8))
    assert ((await kept(source)).address, (await kept(source)).moved_to) == (new, None)


async def test_what_leaves_a_complete_list_is_gone_at_the_second_sight(
    db: str, origin: Origin
) -> None:
    def page(*names: str) -> bytes:
        links = "".join(f"<li><a href='/{name}'>Vloga {name}</a></li>" for name in names)
        return f"<html lang='sl'><body><ul>{links}</ul></body></html>".encode()

    source = await source_at(origin.at("/page", page("a", "b")), kind="page")
    await visit(source)
    for hours, (names, gone) in enumerate(
        ((("a",), None), (("a", "c"), NOW + timedelta(hours=2)), (("a", "b"), None)), start=1
    ):
        origin.at("/page", page(*names))
        await visit(source, now=NOW + timedelta(hours=hours))
        entry = await Entry.select(Entry.gone_at).where(Entry.title == "Vloga b").first()
        assert entry == {"gone_at": gone}


async def test_a_long_first_document_is_read_in_several_polls(db: str, origin: Origin) -> None:
    items = [f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(ITEM_LIMIT + 2)]
    source = await source_at(origin.at("/feed", rss(items)))
    assert [(await visit(source)).new for _ in range(3)] == [ITEM_LIMIT, 2, 0]


async def test_an_item_that_cannot_be_understood_costs_no_other(db: str, origin: Origin) -> None:
    odd = "&#x1F600; " + "(" * 2000 + "bis 99. 99. 9999" + "\\" * 50
    source = await source_at(origin.at("/feed", rss([item(1), item(2, odd), item(3)])))
    assert counts(await visit(source)) == ("fetched", 3, 3, 0, 0)


async def test_two_items_that_once_shared_an_entry_are_two_again(db: str, origin: Origin) -> None:
    old, new = item(1, guid="old"), item(1, guid="new")
    source = await source_at(origin.at("/feed", rss([old])))
    await visit(source)
    origin.at("/feed", rss([new]))
    await visit(source)
    both = [item(1, "Text der alten Meldung", guid="old"), item(1, "Neues", guid="new")]
    for order in (both, both[::-1], both):
        origin.at("/feed", rss(order))
        await visit(source)
    assert await Entry.count() == 2
    assert await EntryVersion.count() == 3
