"""What a poll writes, and what it leaves alone."""

from datetime import UTC, datetime, timedelta

import pytest

from feeds.polling import poll
from feeds.tables import Entry, EntryVersion, Source
from tests.feeds.origin import LOOPBACK, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def rss(*names: str) -> bytes:
    items = "".join(
        f"<item><title>Meldung {name}</title><guid isPermaLink='false'>{name}</guid></item>"
        for name in names
    )
    return f'<rss version="2.0"><channel><title>Musterdorf</title>{items}</channel></rss>'.encode()


def page(*names: str) -> bytes:
    links = "".join(f"<li><a href='/{name}'>Vloga {name}</a></li>" for name in names)
    return f"<html lang='sl'><body><ul>{links}</ul></body></html>".encode()


async def source_at(address: str, *, kind: str = "feed") -> int:
    rows = await Source.insert(Source(address=address, kind=kind, created=NOW, next_due=NOW))
    return int(rows[0]["id"])


async def visit(source: int, *, days: int = 0) -> None:
    now = NOW + timedelta(days=days)
    result = await poll(source, now=now, owner="office", private_networks=LOOPBACK, pause=0)
    assert result.outcome == "fetched"


async def seen(name: str) -> datetime:
    rows = await Entry.select(Entry.last_seen).where(Entry.title.like(f"% {name}"))
    return datetime.fromisoformat(str(rows[0]["last_seen"]))


async def test_many_entries_are_numbered_in_their_order_each_with_its_version(
    db: str, origin: Origin
) -> None:
    names = [f"{number:02}" for number in range(40)]
    await visit(await source_at(origin.at("/feed", rss(*reversed(names)))))
    entries = await Entry.select(Entry.id, Entry.title).order_by(Entry.id)
    assert [each["title"] for each in entries] == [f"Meldung {name}" for name in names]
    versions = await EntryVersion.select(EntryVersion.entry, EntryVersion.title).order_by(
        EntryVersion.entry
    )
    assert [tuple(each.values()) for each in versions] == [tuple(each.values()) for each in entries]


async def test_what_stays_in_a_feed_is_marked_as_seen_once_a_week(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/feed", rss("a")))
    await visit(source)
    for days, marked in ((1, NOW), (7, NOW), (8, NOW + timedelta(days=8))):
        origin.at("/feed", rss(f"day {days}", "a"))
        await visit(source, days=days)
        assert await seen("a") == marked


async def test_what_stays_in_a_complete_list_is_marked_as_seen_each_time(
    db: str, origin: Origin
) -> None:
    source = await source_at(origin.at("/page", page("a")), kind="page")
    await visit(source)
    origin.at("/page", page("b", "a"))
    await visit(source, days=1)
    assert await seen("a") == NOW + timedelta(days=1)


async def test_who_misses_in_turns_is_never_gone(db: str, origin: Origin) -> None:
    source = await source_at(origin.at("/page", page("a", "b")), kind="page")
    await visit(source)
    for day, names in enumerate(("a", "ab", "a", "ab", "a"), start=1):
        origin.at("/page", page(*names))
        await visit(source, days=day)
    assert await Entry.count().where(Entry.gone_at.is_not_null()) == 0


async def test_what_was_missed_and_is_in_the_feed_again_was_not_missed(
    db: str, origin: Origin
) -> None:
    source = await source_at(origin.at("/feed", rss("a")))
    await visit(source)
    await Entry.update({Entry.missed: 2, Entry.gone_at: NOW}).where(Entry.source == source)
    origin.at("/feed", rss("b", "a"))
    await visit(source, days=1)
    rows = await Entry.select(Entry.missed, Entry.gone_at).where(Entry.title == "Meldung a")
    assert rows == [{"missed": 0, "gone_at": None}]
