from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from feeds.drift import Drift, GoodPoll, Sign, Usual
from feeds.health import health_of, outage_since, sources_with_health
from feeds.tables import Poll, Source
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def source(name: str = "Novice", **more: Any) -> int:
    values = {"created": NOW - timedelta(days=30), "next_due": NOW, **more}
    made = Source(name=name, address=f"https://{name.lower()}.example/", **values)
    await made.save()
    return int(made.id)


async def visit(of: int, outcome: str, hours_ago: float = 0, **more: Any) -> datetime:
    at = NOW - hours_ago * HOUR
    await Poll(source=of, started=at, ended=at, outcome=outcome, **more).save()
    return at


async def test_a_source_that_was_never_visited_is_on_the_board(db: str):
    await source()
    [row] = await sources_with_health(now=NOW)
    assert (row.name, row.outcome, row.since, row.good, row.usual) == (
        *("Novice", None, None, ()),
        Usual(),
    )


async def test_the_last_good_documents_are_compared_and_unchanged_ones_hide_none(db: str):
    of = await source()
    for hours in (9, 8, 7):
        await visit(of, "fetched", hours, fetched=20, new=2, changed=1, bytes=20_000)
        await visit(of, "unchanged", hours - 0.5)
    await visit(of, "fetched", 1, fetched=4, new=0, bytes=4_000)
    await visit(of, "unchanged")
    [row] = await sources_with_health(now=NOW)
    assert row.outcome == "unchanged"
    assert row.good[0] == GoodPoll(fetched=4, kept=0, bytes=4_000)
    assert row.usual == Usual(items=20, kept=3, item_bytes=1_000)
    assert row.drifts(now=NOW) == [Drift(Sign.FEWER_ITEMS, 4, 20)]


async def test_only_the_last_documents_are_compared(db: str):
    of = await source()
    for hours in range(40, 0, -1):
        await visit(of, "fetched", hours, fetched=hours)
    [row] = await sources_with_health(now=NOW)
    assert [each.fetched for each in row.good] == list(range(1, 21))


async def test_an_outage_of_ours_hides_no_state_of_a_source(db: str):
    of = await source()
    await visit(of, "blocked", 2, error="A page that blocks us came.")
    await visit(of, "outage", 1)
    [row] = await sources_with_health(now=NOW)
    assert (row.outcome, row.error) == ("blocked", "A page that blocks us came.")


async def test_trouble_began_when_it_came_first_after_the_last_good_visit(db: str):
    of = await source()
    await visit(of, "blocked", 9)
    await visit(of, "unchanged", 8)
    began = await visit(of, "blocked", 7)
    await visit(of, "failed", 6)
    await visit(of, "blocked", 5)
    [row] = await sources_with_health(now=NOW)
    assert (row.outcome, row.since) == ("blocked", began)
    await visit(of, "fetched", 4)
    [row] = await sources_with_health(now=NOW)
    assert row.since is None


async def test_new_entries_of_a_week_are_counted_but_not_in_the_first_week(db: str):
    old = await source("Stara")
    young = await source("Nova", created=NOW - timedelta(days=6))
    for of in (old, young):
        await visit(of, "fetched", 24 * 8, new=50)
        await visit(of, "fetched", 24 * 6, new=3)
        await visit(of, "fetched", 1, new=1)
    rows = {row.id: row.new_in_week for row in await sources_with_health(now=NOW)}
    assert rows == {old: 4, young: None}


async def test_three_sources_are_read_with_as_many_queries_as_one(db: str):
    await visit(await source("Ena"), "fetched", fetched=1)
    with counted() as with_one:
        await sources_with_health(now=NOW)
    for name in ("Dve", "Tri"):
        await visit(await source(name), "blocked")
    with counted() as with_three:
        await sources_with_health(now=NOW)
    assert (len(with_one), len(with_three)) == (5, 5)


async def test_one_source_reads_as_on_the_board(db: str):
    of = await source()
    [row] = await sources_with_health(now=NOW)
    assert await health_of(of, now=NOW) == row
    assert await health_of(of + 1, now=NOW) is None


async def test_an_outage_lasts_from_its_first_visit_until_something_answers(db: str):
    of, other = await source("Ena"), await source("Dve")
    assert await outage_since() is None
    await visit(of, "outage", 30)
    await visit(of, "unchanged", 20)
    assert await outage_since() is None
    began = await visit(of, "outage", 3)
    await visit(other, "failed", 2)
    await visit(other, "outage", 1)
    assert await outage_since() == began
    await visit(other, "blocked")
    assert await outage_since() is None
