"""Several processes at one outbox, and one that is killed over it."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest

from advocacy import database
from advocacy.mail.actions import post
from advocacy.mail.letters import Written
from advocacy.mail.naming import message_id
from advocacy.mail.rules import CLAIM_LASTS, LetterState
from advocacy.mail.tables import Letter
from tests.processes.postbox import postbox
from tests.processes.workers import barrier, deliver, ended, killed, running

pytestmark = pytest.mark.anyio


async def write(url: str, number: int, *, now: datetime) -> list[str]:
    """That many letters in the outbox; their Message-IDs."""
    async with database.started(url), database.transaction():
        for each in range(number):
            letter = Written(
                key=f"call/1/{each}",
                kind="call",
                recipient=f"office{each}@si-07.example",
                recipient_name="Janez Primer",
                language="sl",
                subject="Rok: ponedeljek",
                text="Dober dan.\n",
                html="<p>Dober dan.</p>",
            )
            await post(letter, now=now)
    return [message_id(f"call/1/{each}") for each in range(number)]


async def states(url: str) -> Counter[str]:
    async with database.started(url):
        return Counter(row["state"] for row in await Letter.select(Letter.state))


async def deliver_at(url: str, smtp_url: str, now: datetime) -> None:
    with running(deliver, url, smtp_url, now) as process:
        assert await ended(process) == 0


def said(letter: EmailMessage) -> tuple[str, str, str]:
    body = letter.get_body()
    assert body
    return str(letter["Date"]), str(letter["Subject"]), body.get_content()


async def test_two_processes_send_each_letter_once(database_url: str, now: datetime) -> None:
    names = await write(database_url, 120, now=now)
    ready = barrier(2)
    async with postbox(seconds=0.002) as box:
        with (
            running(deliver, database_url, box.address, now, ready) as one,
            running(deliver, database_url, box.address, now, ready) as other,
        ):
            assert (await ended(one), await ended(other)) == (0, 0)
        assert Counter(box.names) == Counter(names)
        assert len(box.bringers) > 1
    assert await states(database_url) == {LetterState.SENT: 120}


async def test_what_a_killed_process_held_leaves_when_its_claim_ends(
    database_url: str, now: datetime
) -> None:
    names = await write(database_url, 60, now=now)
    async with postbox(seconds=0.004) as box:
        with running(deliver, database_url, box.address, now) as process:
            await box.until(20)
            await killed(process)
        await asyncio.sleep(0.05)  # what it had said to the end arrives

        # The ten that it had not claimed leave at once, its claim stays its own.
        await deliver_at(database_url, box.address, now + CLAIM_LASTS - timedelta(seconds=1))
        assert Counter(box.names).most_common(1)[0][1] == 1
        assert (await states(database_url))[LetterState.WAITING] >= 50 - 21

        await deliver_at(database_url, box.address, now + CLAIM_LASTS + timedelta(seconds=1))
        times = Counter(box.names)
        assert set(times) == set(names)
        repeated = [name for name, number in times.items() if number > 1]
        assert len(box.names) - len(names) == len(repeated) <= 1
        for name in repeated:
            assert len({said(each) for each in box.received if each["Message-ID"] == name}) == 1
    assert await states(database_url) == {LetterState.SENT: 60}


async def test_a_clock_set_back_sends_nothing_twice(database_url: str, now: datetime) -> None:
    names = await write(database_url, 60, now=now)
    async with postbox(seconds=0.004) as box:
        with running(deliver, database_url, box.address, now) as process:
            await box.until(5)
            await killed(process)
        await asyncio.sleep(0.05)
        before = len(box.names)
        await deliver_at(database_url, box.address, now - timedelta(hours=1))
        assert len(box.names) == before
        # an hour later the clock has come back to where the claim was made: it still holds
        await deliver_at(database_url, box.address, now)
        assert set(Counter(box.names).values()) == {1}
        await deliver_at(database_url, box.address, now + CLAIM_LASTS + timedelta(seconds=1))
        assert set(box.names) == set(names)
        assert len(box.names) <= len(names) + 1
        await deliver_at(database_url, box.address, now - timedelta(hours=1))
        assert len(box.names) <= len(names) + 1
