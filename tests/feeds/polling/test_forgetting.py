from datetime import UTC, datetime, timedelta

import pytest

from feeds.polling.forgetting import forget_polls
from feeds.tables import Poll, Source

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


async def polled(address: str, *, days: list[int]) -> int:
    [row] = await Source.insert(Source(address=address, created=NOW, next_due=NOW))
    starts = [NOW - timedelta(days=each) for each in days]
    await Poll.insert(
        *(Poll(source=row["id"], started=at, ended=at, outcome="unchanged") for at in starts)
    )
    return int(row["id"])


async def kept(source: int) -> int:
    return int(await Poll.count().where(Poll.source == source))


async def test_polls_older_than_three_months_are_forgotten(db: str) -> None:
    busy = await polled("https://example.org/busy", days=[*range(120, 0, -1)])
    assert await forget_polls(now=NOW) == 30
    assert await kept(busy) == 90
    assert await forget_polls(now=NOW) == 0


async def test_the_last_twenty_of_a_source_stay_however_old(db: str) -> None:
    silent = await polled("https://example.org/silent", days=[*range(400, 375, -1)])
    assert await forget_polls(now=NOW) == 5
    assert await kept(silent) == 20
