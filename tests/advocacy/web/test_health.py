from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any  # a part of the health is JSON

import pytest

from advocacy.leases import hold
from advocacy.settings import settings
from advocacy.web.health import MAILBOX, health
from feeds.tables import Poll, Source

pytestmark = pytest.mark.anyio


async def sources(now: datetime) -> Any:
    return (await health(now=now))["sources"]


async def visited(number: int, *, outcome: str, at: datetime) -> None:
    later = at + timedelta(days=1)
    [row] = await Source.insert(
        Source(address=f"https://gemeinde{number}.example.org/", created=at, next_due=later)
    )
    await Poll.insert(Poll(source=row["id"], started=at, ended=at, outcome=outcome))


async def test_without_sources_all_is_well(db: str, now: datetime) -> None:
    assert await sources(now) == {"state": "up", "overdue": 0, "answered": True}


async def test_five_sources_of_which_none_answered_for_two_hours_are_an_alarm(
    db: str, now: datetime
) -> None:
    for number in range(4):
        await visited(number, outcome="failed", at=now)
    assert await sources(now) == {"state": "up", "overdue": 0, "answered": False}
    await visited(5, outcome="outage", at=now)
    assert await sources(now) == {"state": "down", "overdue": 0, "answered": False}
    await visited(6, outcome="unchanged", at=now - timedelta(hours=1))
    assert await sources(now) == {"state": "up", "overdue": 0, "answered": True}


async def test_a_source_that_nobody_visits_is_an_alarm(db: str, now: datetime) -> None:
    await Source.insert(Source(address="https://example.org/", created=now, next_due=now))
    soon, late = now + timedelta(hours=2), now + timedelta(hours=2, seconds=1)
    assert (await sources(soon))["state"] == "up"
    assert await sources(late) == {"state": "down", "overdue": 1, "answered": True}


async def test_a_mailbox_that_is_not_reached_is_an_alarm(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "mailbox" not in await health(now=now)
    read = replace(settings(), imap_url="imap://127.0.0.1/INBOX")
    monkeypatch.setattr("advocacy.web.health.settings", lambda: read)
    assert (await health(now=now))["mailbox"] == {"state": "down"}
    await hold(MAILBOX, lasting=timedelta(minutes=15), now=now)
    assert (await health(now=now))["mailbox"] == {"state": "up"}
    assert (await health(now=now + timedelta(minutes=16)))["mailbox"] == {"state": "down"}
