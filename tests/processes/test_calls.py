"""A call to three hundred, while the process that sends it is killed twice."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from advocacy import database
from advocacy.calls import actions
from advocacy.calls.asking import mending
from advocacy.mail.rules import CLAIM_LASTS, LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from tests.advocacy.calls import story
from tests.characters import ana
from tests.processes.postbox import postbox
from tests.processes.workers import deliver, ended, killed, running

pytestmark = pytest.mark.anyio
MEMBERS = 300


async def launched(url: str, now: datetime) -> int:
    """A call whose letters are due now: 300 of them, and the four of the story."""
    codes = [f"AT-{number}" for number in range(100, 100 + MEMBERS)]
    async with database.started(url):
        call = await story.checked(now)
        await Municipality.insert(
            *(Municipality(code=c, name=c, country="AT", language="de", created=now) for c in codes)
        )
        rows = await Municipality.select(Municipality.id, Municipality.code).where(
            Municipality.code.is_in(codes)
        )
        await Contact.insert(
            *(
                Contact(
                    municipality=row["id"], name="Eva", email=f"amt@{row['code'].lower()}.example",
                    language="de",
                )
                for row in rows
            )
        )  # fmt: skip
        await actions.launch(call.id, by=await ana(now), now=now)
        await actions.send_now(call.id, by=await ana(now), now=now)
    return int(call.id)


async def states(url: str) -> Counter[str]:
    async with database.started(url):
        rows = await Letter.select(Letter.state).where(Letter.kind == "call")
    return Counter(row["state"] for row in rows)


@pytest.mark.slow
async def test_a_call_to_three_hundred_outlives_two_kills_with_no_letter_lost(
    database_url: str, now: datetime
) -> None:
    call = await launched(database_url, now)
    everybody = MEMBERS + 4
    async with postbox(seconds=0.002) as box:
        for kill in range(2):
            at = now + kill * (CLAIM_LASTS + timedelta(minutes=1))
            with running(deliver, database_url, box.address, at) as process:
                await box.until(100 * (kill + 1))
                await killed(process)
            await asyncio.sleep(0.05)  # what it had said to the end arrives
        last = now + 3 * (CLAIM_LASTS + timedelta(minutes=1))
        with running(deliver, database_url, box.address, last) as process:
            assert await ended(process) == 0
        times = Counter(str(letter["To"]) for letter in box.received)
        names = Counter(box.names)
    assert await states(database_url) == {LetterState.SENT: everybody}
    assert len(times) == len(names) == everybody
    # A letter that the server had taken when the process died before it could note it comes once
    # more, under the same Message-ID: the readers' programs know it as one.
    assert len(box.received) - everybody <= 2
    assert set(times.values()) <= {1, 2}
    async with database.started(database_url):
        found = await mending.letters_of(call)
    assert (found.sent, found.waiting, found.broken) == (everybody, 0, ())
