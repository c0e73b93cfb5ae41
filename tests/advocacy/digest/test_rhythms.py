"""When somebody hears: at once, daily, weekly or never, and not at night."""

from datetime import datetime, timedelta

import pytest

from advocacy.digest import actions
from advocacy.digest.rules import Kind
from advocacy.digest.tables import DigestTold
from advocacy.people.rules import Rhythm
from advocacy.people.tables import Person
from tests.advocacy.digest.telling import (
    DAY,
    HOUR,
    english,
    happened,
    letters,
    news,
    told,
    wants,
)
from tests.advocacy.overview import matters
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio


async def test_weekly_and_never_are_kept_to(db: str, now: datetime):
    weekly, never = await ana(now), await luca(now)
    await Person.update({Person.digest: Rhythm.WEEKLY}).where(Person.id == weekly.id)
    await Person.update({Person.digest: Rhythm.NEVER}).where(Person.id == never.id)
    of = await matters.source(now)
    for day in range(8):
        await matters.entry(now + (day - 1) * DAY, of, f"Meldung {day}")
        await actions.send_due(now + day * DAY)
    assert [each.recipient for each in await letters()] == [weekly.email] * 2


async def test_before_seven_nobody_is_woken(db: str, now: datetime):
    await ana(now)
    await matters.entry(now - DAY, await matters.source(now), "Nova uredba")
    assert await actions.send_due(now.replace(hour=5, minute=59)) == 0
    assert await actions.send_due(now.replace(hour=6, minute=0)) == 1


async def test_each_kind_keeps_its_own_rhythm_and_a_change_loses_and_repeats_nothing(
    db: str, now: datetime
):
    who = await english(now)
    await wants(who, Rhythm.WEEKLY, Kind.INBOX)
    of, dossier = await matters.source(now), await matters.dossier(now - 30 * DAY)
    await actions.send_due(now)
    await matters.entry(now + HOUR, of, "Prva uredba")
    await happened("round adopted", dossier, now + HOUR)
    await actions.send_due(now + DAY)
    assert ("1 new entry" in await told(who), "adopted" in await told(who)) == (False, True)
    await wants(who, Rhythm.DAILY, Kind.INBOX)
    await actions.send_due(now + DAY + HOUR)
    assert ("1 new entry" in await told(who), "adopted" in await told(who)) == (True, False)
    await actions.send_due(now + 2 * DAY)
    await actions.send_due(now + 7 * DAY)
    assert len(await letters(who)) == 2


async def test_who_was_told_as_a_whole_begins_each_kind_there(db: str, now: datetime):
    who = await english(now)
    await DigestTold(person=who.id, told_until=now - DAY).save()
    of = await matters.source(now)
    await matters.entry(now - 2 * DAY, of, "Alt")
    await matters.entry(now - 5 * HOUR, of, "Neu")
    await actions.send_due(now)
    assert "1 new entry" in await told(who)


async def test_at_once_tells_within_minutes_and_waits_a_quarter_of_an_hour(db: str, now: datetime):
    who = await english(now)
    await wants(who, Rhythm.NOW)
    dossier = await matters.dossier(now - 30 * DAY)
    await actions.send_due(now)
    minute = timedelta(minutes=1)
    await happened("round adopted", dossier, now + minute)
    assert await actions.send_due(now + 3 * minute) == 1
    await happened("handed in", dossier, now + 4 * minute)
    assert await actions.send_due(now + 6 * minute) == 0
    assert await actions.send_due(now + 18 * minute) == 1
    assert ("adopted" in await told(who), "handed in" in await told(who)) == (False, True)


async def test_at_night_only_a_deadline_within_three_days_rings(db: str, now: datetime):
    who = await english(now)
    await wants(who, Rhythm.NOW)
    dossier = await matters.dossier(now - 30 * DAY)
    window = await matters.window(now, dossier, days=2)
    await actions.send_due(now)
    night = now + 14 * HOUR
    await happened("round adopted", dossier, night)
    assert await actions.send_due(night + HOUR) == 0
    before = {"closes": (now + 5 * DAY).isoformat(), "zone": "Europe/Brussels"}
    await happened(
        "deadline moved", dossier, night + HOUR, kind="window", number=window.id, before=before
    )
    assert await actions.send_due(night + 2 * HOUR) == 1
    assert ("moved" in await told(who), "adopted" in news(await told(who))) == (True, False)
    assert await actions.send_due(now + DAY) == 1
    assert ("moved" in await told(who), "adopted" in await told(who)) == (False, True)
