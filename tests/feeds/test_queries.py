from datetime import UTC, datetime, timedelta
from typing import Any  # an engine's methods promise nothing

import pytest

from feeds import queries
from feeds.health import sources_with_health
from feeds.polling import poll
from feeds.tables import Entry, Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


def feed(*items: tuple[str, str]) -> bytes:
    listed = "".join(
        f"<item><guid>{name}</guid><title>{name}</title><description>{text}</description></item>"
        for name, text in items
    )
    return f"<rss version='2.0'><channel><title>Novice</title>{listed}</channel></rss>".encode()


async def polled(address: str, *, times: int = 1) -> int:
    rows = await Source.insert(Source(address=address, created=NOW, next_due=NOW))
    for hour in range(times):
        now = NOW + timedelta(hours=hour)
        await poll(rows[0]["id"], now=now, owner="office", private_networks=LOOPBACK, pause=0)
    return int(rows[0]["id"])


async def test_the_board_shows_what_each_source_gave_last(db: str, origin: Origin) -> None:
    good = await polled(origin.at("/good", feed(("a", "x"), ("b", "y"))))
    bad = await polled(origin.at("/bad", Answer(status=500)), times=2)
    new = await Source.insert(Source(address="https://example.org/", created=NOW, next_due=NOW))
    board = {row.id: row for row in await sources_with_health(now=NOW)}
    assert set(board) == {good, bad, new[0]["id"]}
    assert (board[good].name, board[good].outcome) == ("Novice", "fetched")
    assert (board[good].good[0].fetched, board[good].good[0].kept) == (2, 2)
    assert board[good].last_success == NOW
    assert (board[bad].outcome, board[bad].failures) == ("failed", 2)
    assert board[bad].last_error == "The server answers with error 500."
    assert (board[new[0]["id"]].outcome, board[new[0]["id"]].next_due) == (None, NOW)


async def test_the_last_polls_newest_first(db: str, origin: Origin) -> None:
    source = await polled(origin.at("/good", feed(("a", "x"))), times=12)
    polls = await queries.last_polls(source)
    assert [row.outcome for row in polls] == ["unchanged"] * 10
    assert [row.started for row in polls[:2]] == [
        NOW + timedelta(hours=11),
        NOW + timedelta(hours=10),
    ]


async def test_entries_are_paged_by_key(db: str, origin: Origin) -> None:
    source = await polled(origin.at("/good", feed(*((f"n{n}", "x") for n in range(5)))))
    first = await queries.entries_of(source, limit=3)
    rest = await queries.entries_of(source, before=first[-1].id, limit=3)
    # The first in a document is its newest.
    assert [row.title for row in [*first, *rest]] == ["n0", "n1", "n2", "n3", "n4"]


async def test_an_entry_with_what_changed(db: str, origin: Origin) -> None:
    source = await polled(origin.at("/good", feed(("a", "Stellungnahmen bis 4. Dezember 2026"))))
    origin.at("/good", feed(("a", "Stellungnahmen bis 11. Dezember 2026")))
    later = NOW + timedelta(hours=1)
    await poll(source, now=later, owner="office", private_networks=LOOPBACK, pause=0)
    [row] = await queries.entries_of(source)
    entry = await queries.entry_with_versions(row.id)
    assert entry is not None
    assert (entry.source_id, entry.source_name, entry.title) == (source, "Novice", "a")
    assert entry.text == "Stellungnahmen bis 11. Dezember 2026"
    assert [(each.number, each.seen_at) for each in entry.versions] == [(2, later), (1, NOW)]
    assert entry.versions[0].changes == {
        "text": ["Stellungnahmen bis 4. Dezember 2026", "Stellungnahmen bis 11. Dezember 2026"]
    }
    assert await queries.entry_with_versions(0) is None


async def test_the_deadline_read_from_the_text_orders_the_inbox(db: str, origin: Origin) -> None:
    text = "Vernehmlassung: Stellungnahmen sind bis 11. Dezember 2026 einzureichen."
    source = await polled(origin.at("/good", feed(("a", text))))
    [row] = await queries.entries_of(source)
    assert row.next_deadline == datetime(2026, 12, 11, 22, 59, 59, tzinfo=UTC)
    entry = await queries.entry_with_versions(row.id)
    assert entry is not None
    [deadline] = entry.deadlines
    assert (deadline["kind"], deadline["stated"]) == ("input", False)
    assert deadline["at"] == "2026-12-11T22:59:59+00:00"
    assert "11. Dezember 2026" in deadline["quote"]


async def test_a_long_document_asks_no_more_queries_than_a_short_one(
    db: str, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    engine = type(Source._meta.db)
    for name in ("_run_in_new_connection", "_run_in_existing_connection", "_run_in_pool"):
        real = getattr(engine, name, None)
        if real is not None:
            monkeypatch.setattr(engine, name, counting(real, asked))
    numbers = []
    for length in (1, 3, 60):
        await polled(origin.at(f"/{length}", feed(*((f"n{n}", "x") for n in range(length)))))
        numbers.append(len(asked))
        asked.clear()
    assert len(set(numbers)) == 1
    assert await Entry.count() == 64


def counting(real: Any, asked: list[str]) -> Any:
    async def counted(*args: Any, **kwargs: Any) -> Any:
        asked.append(str(args[1:2]))
        return await real(*args, **kwargs)

    return counted
