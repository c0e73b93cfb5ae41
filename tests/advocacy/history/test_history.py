import asyncio
from datetime import datetime

import pytest

from advocacy import database
from advocacy.history import queries
from advocacy.history.actions import BEGINNING, record
from advocacy.history.tables import Event
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def _record(number: int, now: datetime) -> None:
    async with database.transaction():
        await record("dossier opened", kind="dossier", object=number, by="Musterdorf", now=now)


async def test_each_event_follows_from_the_one_before(db: str, now: datetime):
    for number in range(3):
        await _record(number, now)
    events = await Event.select().order_by(Event.id)
    assert [event["previous_hash"] for event in events] == [
        BEGINNING,
        events[0]["hash"],
        events[1]["hash"],
    ]
    assert await queries.first_broken() is None


async def test_many_at_once_make_one_chain(db: str, now: datetime):
    await asyncio.gather(*(_record(number, now) for number in range(30)))
    assert await Event.count() == 30
    assert await queries.first_broken() is None


async def test_the_database_refuses_to_change_the_past(db: str, now: datetime):
    await _record(1, now)
    for forbidden in (
        Event.update({Event.who: "somebody else"}).where(Event.object == 1),
        Event.delete().where(Event.object == 1),
    ):
        with pytest.raises(Exception, match="append-only"):
            await forbidden
    assert (await Event.select(Event.who)) == [{"who": "Musterdorf"}]


async def test_a_forged_event_breaks_the_chain(db: str, now: datetime):
    await _record(1, now)
    forged = Event(
        at=now, who="Ana Muster", action="signed in", kind="person", object=1,
        previous_hash="f" * 64, hash="e" * 64,
    )  # fmt: skip
    await forged.save()
    assert await queries.first_broken() == forged.id


async def test_who_did_it_is_a_person_a_municipality_or_alphorn(db: str, now: datetime):
    async with database.transaction():
        for by in (await ana(now), "Vzorčna vas", None):
            await record("noted", kind="dossier", object=1, by=by, now=now)
    rows = await Event.select(Event.who).order_by(Event.id)
    assert [row["who"] for row in rows] == ["Ana Muster", "Vzorčna vas", "Alphorn"]
