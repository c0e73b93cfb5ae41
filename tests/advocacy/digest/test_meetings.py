"""Meetings and papers are announced before, and their calling off is told."""

from datetime import datetime, timedelta

import pytest

from advocacy import database
from advocacy.bodies.tables import Body, Meeting
from advocacy.digest import actions
from advocacy.history.actions import record
from tests.advocacy.digest.telling import DAY, HOUR, english, letters, news, told
from tests.characters import maja

pytestmark = pytest.mark.anyio


async def meeting(now: datetime, days: int, *, country: str = "", papers: int = 0) -> Meeting:
    names = '{"en": "Permanent Committee", "sl": "Stalni odbor"}'
    body = Body(
        key=f"committee-{days}", names=names, level="alpine", zone="Europe/Brussels",
        country=country,
    )  # fmt: skip
    await body.save()
    day = now.date() + timedelta(days=days)
    made = Meeting(
        body=body.id, number="81", place="Bolzano", begins=day, ends=day + DAY,
        documents_until=now.date() + timedelta(days=papers) if papers else None,
        changed=now - 30 * DAY,
    )  # fmt: skip
    await made.save()
    return made


async def days_told(now: datetime, days: int) -> list[int]:
    """How many days before which letter went, when somebody runs each morning."""
    for day in range(days):
        await actions.send_due(now + day * DAY)
    return [(each.created - now).days for each in await letters()]


async def test_a_meeting_is_announced_four_weeks_and_one_week_before(db: str, now: datetime):
    who = await english(now)
    await actions.send_due(now - 3 * DAY)
    await meeting(now, 30)
    # 30 days on is a Wednesday, 28 days before it too
    assert await days_told(now, 33) == [2, 23]
    text = await told(who)
    assert "MEETINGS AND VOTES AHEAD" in text
    assert "* Permanent Committee 81\n" in text
    assert (
        "Meeting: Wednesday, 23 December 2026 – Thursday, 24 December 2026, in 7 days · Bolzano"
    ) in text


async def test_papers_are_due_before_and_announced_two_weeks_and_three_days_before(
    db: str, now: datetime
):
    who = await english(now)
    await actions.send_due(now - 3 * DAY)
    await meeting(now, 60, papers=16)
    # three days before is a Sunday: the letter of Friday is the last one in time
    assert await days_told(now, 18) == [2, 11]
    text = await told(who)
    assert "Documents until: Wednesday, 9 December 2026, in 5 days" in text


async def test_a_meeting_that_is_called_off_is_told_to_who_heard_of_it(db: str, now: datetime):
    who = await english(now)
    made = await meeting(now, 20)
    await actions.send_due(now)
    await Meeting.update({Meeting.state: "called_off", Meeting.changed: now + HOUR}).where(
        Meeting.id == made.id
    )
    async with database.transaction():
        await record("meeting called off", kind="meeting", object=made.id, by=who, now=now + HOUR)
    await actions.send_due(now + DAY)
    assert "Called off: Sunday, 13 December 2026" in await told(who)
    assert await actions.send_due(now + 2 * DAY) == 0


async def test_a_meeting_whose_place_changed_is_not_announced_again(db: str, now: datetime):
    who = await english(now)
    made = await meeting(now, 20)
    await actions.send_due(now)
    await Meeting.update({Meeting.changed: now + HOUR}).where(Meeting.id == made.id)
    day = made.begins.isoformat()
    async with database.transaction():
        await record(
            "meeting changed", kind="meeting", object=made.id, by=who, now=now + HOUR,
            details={"days": [day, day]},
        )  # fmt: skip
    assert await actions.send_due(now + DAY) == 0
    async with database.transaction():
        await record(
            "meeting changed", kind="meeting", object=made.id, by=who, now=now + DAY + HOUR,
            details={"days": ["2026-12-20", day]},
        )  # fmt: skip
    assert await actions.send_due(now + 2 * DAY) == 1


async def test_a_meeting_of_another_country_is_told_to_the_house_and_not_to_its_coordinators(
    db: str, now: datetime
):
    who, of = await english(now), await maja(now)
    await meeting(now, 6, country="FR")
    await actions.send_due(now)
    assert "Permanent Committee" in news(await told(who))
    assert await letters(of) == []


async def test_an_announcement_that_nobody_could_send_is_caught_up_but_never_after_it(
    db: str, now: datetime
):
    await english(now)
    await actions.send_due(now - 30 * DAY)
    await meeting(now, 2)
    assert await actions.send_due(now) == 1
    await meeting(now, 1)
    assert await actions.send_due(now + DAY) == 0
