import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from feeds.polling import claiming
from feeds.tables import Source

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)


async def some_sources(number: int) -> None:
    rows = [
        Source(address=f"https://example.org/{n}", created=NOW, next_due=NOW) for n in range(number)
    ]
    await Source.insert(*rows)


async def test_two_claimers_never_get_the_same_source(db: str) -> None:
    await some_sources(60)

    async def claim(owner: str) -> list[int]:
        mine: list[int] = []
        while some := await claiming.claim_due(now=NOW, owner=owner, limit=7):
            mine += some
        return mine

    claimed = await asyncio.gather(*(claim(f"office {n}") for n in range(5)))
    together = [each for mine in claimed for each in mine]
    assert len(together) == len(set(together))
    # A claimer that was outrun gets nothing in that turn; what is left is claimed in the next.
    while some := await claiming.claim_due(now=NOW, owner="last", limit=60):
        together += some
    assert sorted(together) == sorted([row["id"] for row in await Source.select(Source.id)])


async def test_what_is_not_due_or_not_active_is_not_claimed(db: str) -> None:
    later, paused = NOW + timedelta(seconds=1), "paused"
    await Source.insert(
        Source(address="https://example.org/due", created=NOW, next_due=NOW),
        Source(address="https://example.org/later", created=NOW, next_due=later),
        Source(address="https://example.org/paused", created=NOW, next_due=NOW, state=paused),
    )
    claimed = await claiming.claim_due(now=NOW, owner="one", limit=10)
    due = await Source.select(Source.id).where(Source.address == "https://example.org/due").first()
    assert claimed == [due["id"] if due else None]


async def test_the_lease_of_a_process_that_died_ends(db: str) -> None:
    await some_sources(1)
    [source] = await claiming.claim_due(now=NOW, owner="dead", limit=1)
    soon, after = NOW + timedelta(seconds=119), NOW + timedelta(seconds=121)
    assert await claiming.claim_due(now=soon, owner="other", limit=1) == []
    assert await claiming.take(source, now=soon, owner="other") is False
    assert await claiming.claim_due(now=after, owner="other", limit=1) == [source]
    assert await claiming.prolong(source, now=after, owner="dead") is False
