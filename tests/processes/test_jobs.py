"""Several schedulers, one job; leases under a clock that is set back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from advocacy.jobs import LEASE_LASTS
from advocacy.leases import give_back, hold
from feeds.polling import claiming
from feeds.tables import Source
from tests.processes.workers import barrier, becomes, do_job, ended, killed, running

pytestmark = pytest.mark.anyio
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def lines(diary: Path) -> int:
    return len(diary.read_text().splitlines()) if diary.exists() else 0


async def test_two_schedulers_do_a_job_once(
    database_url: str, now: datetime, tmp_path: Path
) -> None:
    diary, ready = tmp_path / "diary", barrier(2)
    with (
        running(do_job, database_url, diary, 0.5, now, ready) as one,
        running(do_job, database_url, diary, 0.5, now, ready) as other,
    ):
        assert (await ended(one), await ended(other)) == (0, 0)
    assert lines(diary) == 1
    # it was given back: the next turn is anybody's
    with running(do_job, database_url, diary, 0, now) as third:
        assert await ended(third) == 0
    assert lines(diary) == 2


async def test_a_job_whose_process_was_killed_is_done_by_another_after_its_lease(
    database_url: str, now: datetime, tmp_path: Path
) -> None:
    diary = tmp_path / "diary"

    async def turn(at: datetime) -> int:
        with running(do_job, database_url, diary, 0, at) as process:
            assert await ended(process) == 0
        return lines(diary)

    with running(do_job, database_url, diary, 20, now) as process:
        await becomes(lambda: lines(diary) > 0)
        await killed(process)
    assert await turn(now + LEASE_LASTS - SECOND) == 1
    assert await turn(now - HOUR) == 1  # the clock was set back
    assert await turn(now + LEASE_LASTS) == 2


async def test_a_clock_set_back_ends_no_lease_early(db: str, now: datetime) -> None:
    await Source.insert(Source(address="https://example.org/1", created=now, next_due=now))
    [source] = await claiming.claim_due(now=now, owner="one", limit=1)
    assert await hold("job/diary", lasting=LEASE_LASTS, now=now, owner="one")
    for at in (now - HOUR, now, now + LEASE_LASTS - SECOND):
        assert not await hold("job/diary", lasting=LEASE_LASTS, now=at, owner="other")
    for at in (now - HOUR, now, now + claiming.LEASE):
        assert await claiming.claim_due(now=at, owner="other", limit=1) == []
        assert not await claiming.take(source, now=at, owner="other")
    assert await hold("job/diary", lasting=LEASE_LASTS, now=now + LEASE_LASTS, owner="other")
    assert await claiming.take(source, now=now + claiming.LEASE + SECOND, owner="other")


async def test_a_lease_given_back_by_a_clock_set_back_is_free_at_once(
    db: str, now: datetime
) -> None:
    assert await hold("job/diary", lasting=LEASE_LASTS, now=now, owner="one")
    await give_back("job/diary", now=now - HOUR, owner="one")
    assert await hold("job/diary", lasting=LEASE_LASTS, now=now - HOUR, owner="other")
