import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.approvals import actions
from advocacy.approvals.forms import NewDeputy
from advocacy.approvals.rules import remind_at
from advocacy.mail.tables import Letter
from tests.advocacy.approvals.matters import edited, opened, ready
from tests.characters import ana, claire

pytestmark = pytest.mark.anyio


async def reminded() -> list[str]:
    rows = await Letter.select(Letter.recipient).where(Letter.kind == "round_reminder")
    return sorted(row["recipient"] for row in rows)


def test_a_day_before_the_end_or_at_half_of_a_short_round():
    opened_, day = datetime(2026, 12, 1, 9, tzinfo=UTC), timedelta(days=1)
    assert remind_at(opened_, opened_ + 5 * day) == opened_ + 4 * day
    assert remind_at(opened_, opened_ + day) == opened_ + day / 2


async def test_who_has_not_decided_is_reminded_once_whoever_does_it(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    await actions.vote(held.id, matter.members[0], "abstain", "", held.text_hash, now=now)
    assert await actions.remind_due(now + timedelta(days=1)) == 0
    at = now + timedelta(days=2)
    assert sum(await asyncio.gather(*(actions.remind_due(at) for _ in range(3)))) == 2
    assert await reminded() == sorted(member.email for member in matter.members[1:])


async def test_the_deputy_of_today_is_reminded_too(db: str, now: datetime):
    matter = await ready(now)
    new = NewDeputy(matter.members[0].id, (await claire(now)).id, now.date(), None)
    await actions.appoint(new, by=await ana(now), now=now)
    await opened(matter, now)
    assert await actions.remind_due(now + timedelta(days=2)) == 4
    letter = await Letter.objects().where(
        Letter.kind == "round_reminder", Letter.recipient == (await claire(now)).email
    )
    assert "Marie Exemple" in letter[0].text


async def test_nobody_is_reminded_of_a_text_that_has_changed_or_a_round_that_is_over(
    db: str, now: datetime
):
    matter = await ready(now)
    await opened(matter, now)
    assert await actions.remind_due(now + timedelta(days=4)) == 0
    await edited(matter, now)
    assert await actions.remind_due(now + timedelta(days=2)) == 0
    assert await reminded() == []
