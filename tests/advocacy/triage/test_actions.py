import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.errors import NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.triage import actions, heading, queries, twins
from advocacy.triage.forms import Filters
from advocacy.triage.rules import Decision, Dismissal
from advocacy.triage.tables import Triage
from advocacy.undoing.actions import undo
from feeds.reading.sameness import Matter
from tests.advocacy.triage.sample import NUMBER, entry, source
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _ids(now: datetime, filters: Filters = Filters()) -> list[int]:  # noqa: B008
    return [row.id for row in (await queries.inbox(filters, now=now)).rows]


async def _dismiss(ids: list[int], by: Person, now: datetime) -> int:
    return await actions.decide(
        ids, Decision.DISMISSED, reason=Dismissal.NOT_OUR_TOPIC, by=by, now=now
    )


async def test_deadlines_come_first_then_the_newest(db: str, now: datetime):
    plain = await entry("Plain", now=now)
    late = await entry("Late", now=now, closes=now + timedelta(days=40))
    over = await entry("Over", now=now, closes=now - timedelta(days=1))
    soon = await entry("Soon", now=now, closes=now + timedelta(days=4))
    newest = await entry("Newest", now=now)
    assert await _ids(now) == [soon, late, newest, over, plain]


async def test_pages_hold_every_entry_once(db: str, now: datetime):
    due = [
        await entry(f"Due {n}", now=now, closes=now + timedelta(days=n // 2 + 1)) for n in range(5)
    ]
    rest = [await entry(f"Rest {n}", now=now) for n in range(5)]
    seen: list[int] = []
    after = ""
    while True:
        shown = await queries.inbox(Filters(), after=after, now=now, limit=3)
        seen += [row.id for row in shown.rows]
        after = shown.after
        if not after:
            break
    assert seen == due + rest[::-1]


async def test_a_key_that_nobody_gave_out_begins_at_the_beginning(db: str, now: datetime):
    only = await entry("Only", now=now)
    for garbage in ("x", "x_1", "2026-11-23T00:00:00_1", "9" * 40, "_", "2026-13-45T00:00:00Z_2"):
        shown = await queries.inbox(Filters(), after=garbage, now=now)
        assert [row.id for row in shown.rows] == [only], garbage


async def test_filters_by_source_language_and_deadline(db: str, now: datetime):
    gov = await source("gov.si", now=now, countries="SI")
    water = await entry("Osnutek zakona o vodah", now=now, of=gov, language="sl")
    due = await entry("Due", now=now, closes=now + timedelta(days=9))
    assert await _ids(now, Filters(source="gov.si")) == [water]
    assert await _ids(now, Filters(language="sl")) == [water]
    assert await _ids(now, Filters(deadline=True)) == [due]


async def test_a_bulk_is_one_act_and_taken_back_as_one(db: str, now: datetime):
    by = await ana(now)
    ids = [await entry(f"Entry {n}", now=now) for n in range(10)]
    event = await _dismiss(ids, by, now)
    assert await _ids(now) == []
    assert (await heading.progress(now=now)).by_decision == {"dismissed": 10}
    assert await undo(event, by=by, now=now) == f"/inbox?item={ids[0]}"
    assert await _ids(now) == ids[::-1]
    assert await Triage.count() == 0


async def test_undoing_twice_is_refused(db: str, now: datetime):
    by = await ana(now)
    event = await _dismiss([await entry("Entry", now=now)], by, now)
    await undo(event, by=by, now=now)
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)


async def test_a_bulk_with_one_decided_entry_changes_nothing(db: str, now: datetime):
    free, taken = await entry("Free", now=now), await entry("Taken", now=now)
    await _dismiss([taken], await luca(now), now)
    with pytest.raises(Outdated, match="Luca Beispiel"):
        await _dismiss([free, taken], await ana(now), now)
    assert await _ids(now) == [free]
    assert await Event.count().where(Event.kind == "entry") == 1


async def test_of_two_people_at_once_one_decides(db: str, now: datetime):
    number = await entry("Entry", now=now)
    people = [await ana(now), await luca(now)]
    told = await asyncio.gather(
        *(_dismiss([number], person, now) for person in people * 3), return_exceptions=True
    )
    assert sum(isinstance(each, int) for each in told) == 1
    assert sum(isinstance(each, Outdated) for each in told) == 5
    assert await Triage.count() == 1


async def test_an_entry_that_is_not_there_is_not_found(db: str, now: datetime):
    with pytest.raises(NotFound):
        await _dismiss([424242], await ana(now), now)


async def test_what_was_put_off_comes_back_by_itself_and_can_be_decided(db: str, now: datetime):
    by = await ana(now)
    number = await entry("Entry", now=now)
    until = now + timedelta(days=1)
    put_off = await actions.decide([number], Decision.LATER, until=until, by=by, now=now)
    assert await _ids(now) == []
    assert [row["entry"] for row in await queries.put_off(now=now)] == [number]
    later = until + timedelta(minutes=1)
    assert await _ids(later) == [number]
    dismissed = await _dismiss([number], by, later)
    await undo(dismissed, by=by, now=later)
    row = await queries.decision_on(number)
    assert row is not None
    assert (row["decision"], row["until"], row["event"]) == ("later", until, put_off)


async def test_a_reason_may_be_given_after_the_fact(db: str, now: datetime):
    by = await ana(now)
    number = await entry("Entry", now=now)
    with pytest.raises(Outdated):
        await actions.change_reason(number, Dismissal.TOO_LATE, by=by, now=now)
    await _dismiss([number], by, now)
    offered = await queries.just_dismissed(by.id, now=now)
    assert offered is not None
    assert offered["entry"] == number
    await actions.change_reason(number, Dismissal.TOO_LATE, by=by, now=now)
    row = await queries.decision_on(number)
    assert row is not None
    assert row["reason"] == Dismissal.TOO_LATE


async def test_twins_are_found_by_number_address_and_title(db: str, now: datetime):
    first = await entry("Regulation on the protection of herds", now=now, numbers=(NUMBER,))
    second = await entry("Schutz der Herden", now=now, language="de", numbers=(NUMBER,))
    matter = Matter("Schutz der Herden", "de", (NUMBER,), "")
    [twin] = await twins.twins(second, matter)
    assert (twin.id, twin.sameness.reason, twin.sameness.shared) == (first, "number", NUMBER)
    assert await twins.twins(second, Matter("Something else", "en", (), "")) == []


async def test_the_inbox_costs_the_same_with_one_and_with_three_entries(db: str, now: datetime):
    await entry("One", now=now, closes=now + timedelta(days=3))
    with counted() as one:
        await queries.inbox(Filters(), now=now)
    for name in ("Two", "Three"):
        await entry(name, now=now)
    with counted() as three:
        await queries.inbox(Filters(), now=now)
    assert len(one) == len(three)
