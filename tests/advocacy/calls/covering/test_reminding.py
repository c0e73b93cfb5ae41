from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.tables import Invitation
from advocacy.errors import Outdated
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from tests.advocacy.calls import story
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def reminders() -> list[str]:
    rows = await Letter.select(Letter.language).where(Letter.kind == "reminder")
    return sorted(row["language"] for row in rows)


async def test_only_who_has_not_answered_is_reminded_in_their_language(db: str, now: datetime):
    call = await story.opened(now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    assert await actions.remind(call.id, by=await ana(now), now=now) == 3
    assert await reminders() == ["de", "fr", "it"]


async def test_nobody_is_reminded_twice_in_a_week(db: str, now: datetime):
    call = await story.opened(now)
    by = await ana(now)
    assert await actions.remind(call.id, by=by, now=now) == 4
    assert await actions.remind(call.id, by=by, now=now + timedelta(days=6)) == 0
    assert await actions.remind(call.id, by=by, now=now + timedelta(days=7)) == 4
    rows = await Letter.select(Letter.key).where(Letter.kind == "reminder")
    assert len({row["key"] for row in rows}) == 8


async def test_a_country_can_be_reminded_alone(db: str, now: datetime):
    call = await story.opened(now)
    assert await actions.remind(call.id, by=await ana(now), now=now, country="IT") == 1
    assert await reminders() == ["it"]


async def test_who_switched_reminders_off_gets_none(db: str, now: datetime):
    call = await story.opened(now)
    await Contact.update({Contact.reminders: "never"}).where(Contact.language == "sl")
    await actions.remind(call.id, by=await ana(now), now=now)
    assert await reminders() == ["de", "fr", "it"]


async def test_after_the_deadline_nobody_is_reminded(db: str, now: datetime):
    call = await story.opened(now)
    with pytest.raises(Outdated):
        await actions.remind(call.id, by=await ana(now), now=story.UNTIL + timedelta(seconds=1))


async def test_the_job_reminds_nine_and_two_days_before_and_each_time_once(db: str, now: datetime):
    await story.opened(now)
    await Invitation.update({Invitation.sent: now - timedelta(days=20)}, force=True)
    assert await actions.remind_due(story.UNTIL - timedelta(days=10)) == 0
    assert await actions.remind_due(story.UNTIL - timedelta(days=9)) == 4
    assert await actions.remind_due(story.UNTIL - timedelta(days=9)) == 0
    assert await actions.remind_due(story.UNTIL - timedelta(days=2)) == 4
    assert await actions.remind_due(story.UNTIL - timedelta(days=2)) == 0
    assert await actions.remind_due(story.UNTIL + timedelta(days=1)) == 0


async def test_a_call_that_left_this_week_is_no_reason_to_remind(db: str, now: datetime):
    await story.opened(story.UNTIL - timedelta(days=9))
    assert await actions.remind_due(story.UNTIL - timedelta(days=7)) == 0
    assert await actions.remind_due(story.UNTIL - timedelta(days=2)) == 4
