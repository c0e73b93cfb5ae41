import asyncio
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from advocacy.bodies import actions, keeping, known, queries, stages
from advocacy.bodies.forms import BodyForm, MeetingForm, PresidencyForm
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers.forms import NewDossier
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.queries import of_object
from advocacy.history.tables import Event
from advocacy.texts import speaking
from advocacy.undoing.actions import undo
from tests.advocacy.bodies.typed import typed_stages
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
COUNCIL = BodyForm(names='{"en": "Council of Mayors", "sl": "Svet županov"}')
ROME = MeetingForm(date(2027, 3, 4), date(2027, 3, 5), "82", place="Bolzano/Bozen")


async def council(now: datetime, names: str = COUNCIL.names) -> Body:
    body, _ = await actions.add_body(replace(COUNCIL, names=names), by=await ana(now), now=now)
    return body


async def test_a_body_gets_a_key_of_its_name(db: str, now: datetime):
    assert (await council(now)).key == "council-of-mayors"
    assert (await council(now)).key == "council-of-mayors-2"
    assert (await council(now, '{"en": "New"}')).key == "new-2"
    assert (await council(now, '{"de": "大"}')).key == "body"
    assert (await council(now, json.dumps({"fr": "Été " * 30}))).key.startswith("ete-ete-")
    assert {len(row["key"]) <= 40 for row in await Body.select(Body.key)} == {True}
    [event] = await of_object("body", (await queries.by_key("council-of-mayors")).id)
    assert event["action"] == "body added"


async def test_a_change_is_written_recorded_and_taken_back(db: str, now: datetime):
    await known.seed(now)
    by = await ana(now)
    body = await queries.by_key("permanent-committee")
    there = keeping.shown(keeping.BODY, body)
    assert isinstance(there, BodyForm)
    new = replace(there, lead_days=28, valid_from=date(1995, 3, 6), seat="Innsbruck")
    base = there.fingerprint()
    event = await actions.change_body(body.id, new, base=base, by=by, now=now)
    assert event is not None
    changed = await queries.by_key("permanent-committee")
    assert keeping.shown(keeping.BODY, changed) == new
    assert changed.changed == now
    same = await actions.change_body(body.id, new, base="whatever", by=by, now=now)
    assert same is None
    with pytest.raises(Outdated) as refused:
        await actions.change_body(body.id, there, base="stale", by=by, now=now)
    assert "Innsbruck" in refused.value.theirs
    assert await undo(event, by=by, now=now) == "/bodies/permanent-committee"
    back = await queries.by_key("permanent-committee")
    assert keeping.shown(keeping.BODY, back) == there
    assert back.changed is None
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)


async def test_an_undo_does_not_take_back_what_somebody_did_since(db: str, now: datetime):
    body = await council(now)
    base = keeping.shown(keeping.BODY, body).fingerprint()
    first = replace(COUNCIL, seat="Bovec")
    event = await actions.change_body(body.id, first, base=base, by=await ana(now), now=now)
    then = replace(first, seat="Budoia")
    await actions.change_body(body.id, then, base=first.fingerprint(), by=await luca(now), now=now)
    assert event is not None
    with pytest.raises(Outdated):
        await undo(event, by=await ana(now), now=now)
    assert (await queries.by_key(body.key)).seat == "Budoia"


async def test_a_body_cannot_stand_under_itself(db: str, now: datetime):
    await known.seed(now)
    top = await queries.by_key("alpine-conference")
    low = await queries.by_key("alpine-biodiversity-board")
    there = keeping.shown(keeping.BODY, top)
    assert isinstance(there, BodyForm)
    for parent in (top.id, low.id):
        with pytest.raises(Invalid) as refused:
            await actions.change_body(
                top.id, replace(there, parent=parent), base=there.fingerprint(),
                by=await ana(now), now=now,
            )  # fmt: skip
        assert list(refused.value.fields) == ["parent"]


async def test_adding_is_taken_back_only_while_nothing_depends_on_it(db: str, now: datetime):
    by = await ana(now)
    body, event = await actions.add_body(COUNCIL, by=by, now=now)
    presidency = await actions.add_presidency(
        body.id, PresidencyForm("SI", date(2026, 1, 1)), by=by, now=now
    )
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)
    assert await undo(presidency, by=by, now=now) == "/bodies/council-of-mayors"
    dossier = await dossiers.open_dossier(NewDossier(title="Herds", body=body.key), by=by, now=now)
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)
    assert await Body.exists().where(Body.id == body.id)
    [opened] = await of_object("dossier", dossier.id)
    await undo(opened["id"], by=by, now=now)
    assert await undo(event, by=by, now=now) == "/bodies"
    assert not await Body.exists().where(Body.id == body.id)


async def test_two_share_a_presidency_in_one_row_and_never_in_two(db: str, now: datetime):
    by = await ana(now)
    body = await council(now)
    both = PresidencyForm("AT,LI", date(2025, 1, 1), date(2025, 12, 31))
    await actions.add_presidency(body.id, both, by=by, now=now)
    for new in (
        PresidencyForm("SI", date(2025, 12, 31)),
        PresidencyForm("SI", date(2024, 1, 1), date(2025, 1, 1)),
        PresidencyForm("AT", date(2025, 1, 1), date(2025, 12, 31)),
    ):
        with pytest.raises(Invalid) as refused:
            await actions.add_presidency(body.id, new, by=by, now=now)
        assert set(refused.value.fields) == {"begins", "ends"}
        assert "AT, LI presides from 1.1.2025 to 31.12.2025" in str(refused.value)
    await actions.add_presidency(body.id, PresidencyForm("SI", date(2026, 1, 1)), by=by, now=now)
    other = await council(now)
    await actions.add_presidency(other.id, both, by=by, now=now)
    assert await Presidency.count() == 3
    assert await Event.count().where(Event.action == "presidency added") == 3


async def test_two_who_add_a_presidency_at_once_do_not_overlap(db: str, now: datetime):
    body = await council(now)
    by = await ana(now)
    new = PresidencyForm("SI", date(2027, 1, 1), date(2027, 12, 31))
    results = await asyncio.gather(
        *(actions.add_presidency(body.id, new, by=by, now=now) for _ in range(3)),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, Invalid) for each in results) == [False, True, True]
    assert await Presidency.count() == 1


async def test_an_undo_makes_no_overlap(db: str, now: datetime):
    by = await ana(now)
    body = await council(now)
    long = PresidencyForm("IT", date(2025, 1, 1), date(2026, 12, 31))
    await actions.add_presidency(body.id, long, by=by, now=now)
    [row] = await Presidency.objects()
    short = replace(long, ends=date(2025, 12, 31))
    event = await actions.change_presidency(row.id, short, base=long.fingerprint(), by=by, now=now)
    await actions.add_presidency(body.id, PresidencyForm("SI", date(2026, 1, 1)), by=by, now=now)
    assert event is not None
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)


async def test_each_move_of_a_meeting_is_a_new_one_for_calendars(db: str, now: datetime):
    by = await ana(now)
    body = await council(now)
    await actions.add_meeting(body.id, ROME, by=by, now=now)
    [row] = await queries.meetings_ahead(now=now)
    assert (row.sequence, row.state, row.body, row.body_key) == (
        0, "planned", "Council of Mayors", "council-of-mayors",
    )  # fmt: skip
    later = replace(ROME, begins=date(2027, 3, 11), ends=date(2027, 3, 12))
    moved = await actions.change_meeting(
        row.id, later, base=ROME.fingerprint(), by=by, now=now + timedelta(hours=1)
    )
    off = await actions.call_off(row.id, by=by, now=now)
    assert await actions.call_off(row.id, by=by, now=now) is None
    [row] = await queries.meetings_ahead(now=now)
    assert (row.begins, row.sequence, row.state) == (date(2027, 3, 11), 2, "called_off")
    assert off is not None
    assert moved is not None
    await undo(off, by=by, now=now)
    await undo(moved, by=by, now=now)
    [row] = await queries.meetings_ahead(now=now)
    assert (row.begins, row.sequence, row.state) == (date(2027, 3, 4), 4, "planned")
    assert await actions.restore(row.id, by=by, now=now) is None


async def test_meetings_ahead_are_those_that_are_not_over(db: str, now: datetime):
    by = await ana(now)
    body = await council(now)
    base = keeping.shown(keeping.BODY, body).fingerprint()
    await actions.change_body(body.id, replace(COUNCIL, lead_days=14), base=base, by=by, now=now)
    for begins, ends in (
        (date(2026, 11, 20), date(2026, 11, 22)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2027, 1, 5), date(2027, 1, 5)),
    ):
        await actions.add_meeting(body.id, MeetingForm(begins, ends), by=by, now=now)
    with speaking("sl"):
        rows = await queries.meetings_ahead(now=now)
    assert [(row.ends, row.body) for row in rows] == [
        (date(2026, 11, 23), "Svet županov"), (date(2027, 1, 5), "Svet županov"),
    ]  # fmt: skip
    assert rows[1].documents_until == date(2026, 12, 22)
    soon = await queries.meetings_ahead(now=now, until=now + timedelta(days=30))
    assert [row.ends for row in soon] == [date(2026, 11, 23)]
    ahead, past = await queries.meetings_of(body.id, now=now)
    assert (len(ahead), [row.ends for row in past]) == (2, [date(2026, 11, 22)])


async def test_meetings_ahead_cost_the_same_with_one_and_with_three(db: str, now: datetime):
    by = await ana(now)
    body = await council(now)
    await actions.add_meeting(body.id, ROME, by=by, now=now)
    with counted() as one:
        await queries.meetings_ahead(now=now)
    for number in ("83", "84"):
        await actions.add_meeting(body.id, replace(ROME, number=number), by=by, now=now)
    with counted() as three:
        assert len(await queries.meetings_ahead(now=now)) == 3
    assert len(one) == len(three) == 1


async def test_a_procedure_is_added_changed_and_taken_back(db: str, now: datetime):
    by = await ana(now)
    body = await council(now)
    new = stages.procedure(
        typed_stages({"key": "", "name": "Hearing", "kind": "hearing", "days": "21",
                      "input": "1"}), known=(), language="en",
    )  # fmt: skip
    procedure, event = await actions.add_procedure(body.id, new, by=by, now=now)
    assert (procedure.key, queries.usual_days(procedure, "hearing")) == ("way", 21)
    later = replace(new, law="Statutes § 3")
    changed = await actions.change_procedure(
        procedure.id, later, base=new.fingerprint(), by=by, now=now
    )
    assert changed is not None
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)
    await undo(changed, by=by, now=now)
    assert await undo(event, by=by, now=now) == "/bodies/council-of-mayors"
    assert await Procedure.count() == 0


async def test_what_belongs_to_another_body_is_not_found_here(db: str, now: datetime):
    by = await ana(now)
    body, other = await council(now), await council(now)
    await actions.add_meeting(body.id, ROME, by=by, now=now)
    [meeting] = await Meeting.objects()
    for number in (meeting.id, 0, -1, 2**40):
        with pytest.raises(NotFound):
            await queries.meeting(other.id, number)
    with pytest.raises(NotFound):
        await queries.presidency(body.id, 1)
    with pytest.raises(NotFound):
        await queries.procedure(body.id, "way")
