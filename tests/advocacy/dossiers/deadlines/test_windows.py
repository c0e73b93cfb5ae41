import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from advocacy import database
from advocacy.bodies import known
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, queries
from advocacy.dossiers.deadlines import milestones, windows
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import Milestone, Window
from advocacy.errors import Invalid, Outdated
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from tests.characters import ana, luca, maja

pytestmark = pytest.mark.anyio

CLOSES = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)


def _new(
    title: str = "Herdenschutz", closes: datetime | None = CLOSES, **values: object
) -> NewDossier:
    window = NewWindow(closes, "Europe/Brussels", evidence="Until 29 January.") if closes else None
    return NewDossier(title=title, window=window, **values)  # type: ignore[arg-type]


async def test_a_moved_deadline_is_planned_anew_but_for_what_was_set_by_hand(
    db: str, now: datetime
):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    before = {each.kind: each.due for each in await queries.milestones_of([window.id])}
    by_hand = datetime(2027, 1, 5, 17, 0, tzinfo=UTC)
    await actions.set_milestones(window.id, {Kind.DRAFT: by_hand}, by=by, now=now)
    later = NewWindow(CLOSES + timedelta(days=14), "Europe/Brussels", evidence="Extended.")
    event = await actions.move_deadline(window.id, later, sequence=0, by=by, now=now)
    [moved] = await queries.windows_of(dossier.id)
    assert (moved.closes, moved.sequence, moved.state) == (CLOSES + timedelta(days=14), 1, "moved")
    after = {each.kind: each.due for each in await queries.milestones_of([window.id])}
    assert after.pop(Kind.DRAFT) == by_hand
    assert all(after[kind] > before[kind] for kind in after)
    with pytest.raises(Outdated):
        await actions.move_deadline(window.id, later, sequence=0, by=by, now=now)
    await undo(event, by=by, now=now)
    [back] = await queries.windows_of(dossier.id)
    assert (back.closes, back.evidence, back.sequence) == (CLOSES, "Until 29 January.", 2)


async def test_a_deadline_moves_again_and_is_confirmed(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    for days in (7, 14):
        new = NewWindow(CLOSES + timedelta(days=days), "Europe/Brussels")
        await actions.move_deadline(window.id, new, by=by, now=now)
    await actions.confirm_deadline(window.id, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert (window.state, window.sequence) == ("confirmed", 2)
    with pytest.raises(Outdated):
        await actions.confirm_deadline(window.id, by=by, now=now)


async def test_lead_and_secretariat_hear_of_a_date_that_moves_within_three_days(
    db: str, now: datetime
):
    by, lead = await ana(now), await maja(now)
    await luca(now)
    dossier = await actions.open_dossier(_new(lead=lead.id), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    far = NewWindow(CLOSES + timedelta(days=3), "Europe/Brussels")
    await actions.move_deadline(window.id, far, by=by, now=now)
    assert await Letter.count() == 0
    soon = NewWindow(now + timedelta(hours=50), "Europe/Brussels", evidence="Shortened <b>now</b>.")
    await actions.move_deadline(window.id, soon, by=by, now=now)
    letters = await Letter.select().order_by(Letter.recipient)
    assert [each["recipient"].split("@")[0] for each in letters] == [
        "ana.muster", "luca.beispiel", "maja.vzorec",
    ]  # fmt: skip
    assert all(dossier.number in each["subject"] for each in letters)
    assert all(f"/{each['language']}/d/{dossier.number}" in each["text"] for each in letters)
    assert all("Shortened <b>now</b>." in each["text"] for each in letters)
    assert all("<b>now" not in each["html"] for each in letters)


async def test_a_window_that_is_too_short_offers_the_fast_lane(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(closes=now + timedelta(days=12)), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    await actions.take_fast_lane(window.id, by=by, now=now)
    kinds = [each.kind for each in await queries.milestones_of([window.id])]
    assert kinds == [Kind.CORE_POSITION, Kind.OBJECTIONS_UNTIL, Kind.SUBMIT]
    long = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(long.id)
    with pytest.raises(Outdated):
        await actions.take_fast_lane(window.id, by=by, now=now)


async def test_the_fast_lane_waits_for_whoever_is_moving_the_deadline(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(closes=now + timedelta(days=12)), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    moves, done = asyncio.Event(), list[str]()

    async def moving() -> None:
        async with database.transaction():
            await database.one_at_a_time(f"deadlines/{dossier.id}")
            moves.set()
            await asyncio.sleep(0.3)
            done.append("moved")

    async def taking() -> None:
        await moves.wait()
        await actions.take_fast_lane(window.id, by=by, now=now)
        done.append("taken")

    await asyncio.gather(moving(), taking())
    assert done == ["moved", "taken"]


async def test_an_internal_date_after_the_deadline_is_refused(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    with pytest.raises(Invalid):
        await actions.set_milestones(window.id, {Kind.SUBMIT: CLOSES}, by=by, now=now)
    assert await Milestone.count().where(Milestone.planned.eq(False)) == 0


async def test_the_current_window_is_the_one_that_closes_next(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    sooner = NewWindow(CLOSES - timedelta(days=30), "Europe/Brussels")
    second = await actions.add_window(dossier.id, sooner, by=by, now=now)
    current = await queries.current_window(dossier.id)
    assert current is not None
    assert current.id == second.id
    assert await actions.mark_missed(CLOSES - timedelta(days=20)) == 1
    assert await actions.mark_missed(CLOSES - timedelta(days=20)) == 0
    current = await queries.current_window(dossier.id)
    assert current is not None
    assert current.id != second.id
    await actions.meet_deadline(current.id, by=None, now=now)
    assert await actions.mark_missed(CLOSES + timedelta(days=1)) == 0


async def test_a_body_takes_a_deadline_back_and_sets_it_again(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    with pytest.raises(Outdated):
        await actions.reopen_deadline(window.id, by=by, now=now)
    await actions.withdraw_deadline(window.id, by=by, now=now)
    assert await actions.mark_missed(CLOSES + timedelta(days=1)) == 0
    with pytest.raises(Outdated):
        await actions.withdraw_deadline(window.id, by=by, now=now)
    with pytest.raises(Outdated):
        await actions.meet_deadline(window.id, by=by, now=now)
    later = NewWindow(CLOSES + timedelta(days=7), "Europe/Brussels")
    await actions.move_deadline(window.id, later, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert (window.state, window.sequence) == ("moved", 2)


async def test_what_was_confirmed_or_set_by_mistake_is_taken_back(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    later = NewWindow(CLOSES + timedelta(days=7), "Europe/Brussels")
    await actions.move_deadline(window.id, later, by=by, now=now)
    confirmed = await actions.confirm_deadline(window.id, by=by, now=now)
    await undo(confirmed, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert window.state == "moved"
    _, event = await actions.set_deadline(dossier.id, later, by=by, now=now)
    await undo(event, by=by, now=now)
    assert [each.state for each in await queries.windows_of(dossier.id)] == ["moved", "withdrawn"]
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)


async def test_an_unknown_deadline_is_planned_with_the_usual_length(db: str, now: datetime):
    await known.seed(now)
    by = await ana(now)
    unknown = NewWindow(None, "Europe/Brussels", "unknown", kind="feedback")
    new = NewDossier(title="Wolf", window=unknown, procedure="have-your-say")
    dossier = await actions.open_dossier(new, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert (window.precision, window.closes) == (
        "unknown", datetime(2027, 1, 18, 22, 59, 59, tzinfo=UTC),
    )  # fmt: skip
    assert await actions.mark_missed(window.closes + timedelta(days=1)) == 0
    without = NewDossier(title="Wolf", window=unknown)
    with pytest.raises(Invalid) as wrong:
        await actions.open_dossier(without, by=by, now=now)
    assert set(wrong.value.fields) == {"assumed"}
    opened = replace(unknown, opens=now - timedelta(days=300))
    with pytest.raises(Invalid):
        await actions.open_dossier(replace(new, window=opened), by=by, now=now)


async def test_a_month_is_planned_as_if_it_were_its_first_day(db: str, now: datetime):
    by = await ana(now)
    closes = datetime(2027, 3, 31, 21, 59, 59, tzinfo=UTC)
    month = NewWindow(closes, "Europe/Brussels", "month")
    new = NewDossier(title="Wolf", window=month)
    dossier = await actions.open_dossier(new, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    *_, submit = await queries.milestones_of([window.id])
    assert submit.due == datetime(2027, 2, 26, 17, 0, tzinfo=UTC)
    assert await actions.mark_missed(closes - timedelta(days=1)) == 0
    assert await actions.mark_missed(closes) == 1


async def test_a_deadline_that_is_over_plans_nothing(db: str, now: datetime):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(closes=now - timedelta(days=9)), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert await queries.milestones_of([window.id]) == []


async def test_other_countries_have_other_holidays_but_dates_set_by_hand_stay(
    db: str, now: datetime
):
    by = await ana(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    by_hand = datetime(2027, 1, 5, 17, 0, tzinfo=UTC)
    await actions.set_milestones(window.id, {Kind.DRAFT: by_hand}, by=by, now=now)
    before = {each.kind: each for each in await queries.milestones_of([window.id])}
    dossier.countries = "AT,SI"
    async with database.transaction():
        await milestones.plan_dossier_again(dossier, now=now)
    after = {each.kind: each for each in await queries.milestones_of([window.id])}
    assert after[Kind.DRAFT].due == by_hand
    assert after[Kind.CALL_OUT].due < before[Kind.CALL_OUT].due
    assert after[Kind.CALL_OUT].sequence == 1
    assert after[Kind.SUBMIT].sequence == 0


async def test_two_who_move_one_deadline_move_it_once(db: str, now: datetime):
    first, second = await ana(now), await luca(now)
    dossier = await actions.open_dossier(_new(), by=first, now=now)
    [window] = await queries.windows_of(dossier.id)
    done = await asyncio.gather(
        *(
            actions.move_deadline(
                window.id, NewWindow(CLOSES + timedelta(days=days), "Europe/Brussels"),
                sequence=0, by=by, now=now,
            )
            for days, by in ((7, first), (14, second))
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sum(isinstance(each, Outdated) for each in done) == 1
    [window] = await queries.windows_of(dossier.id)
    assert window.sequence == 1


async def test_a_deadline_that_cannot_be_marked_keeps_no_other_from_it(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    first = await actions.open_dossier(_new(), by=await ana(now), now=now)
    await actions.open_dossier(_new(), by=await ana(now), now=now)
    note = windows.note

    async def sometimes(action: str, window: Window, **more: Any) -> int:
        if window.dossier == first.id:
            raise LookupError(window.id)
        return await note(action, window, **more)

    monkeypatch.setattr(windows, "note", sometimes)
    await actions.mark_missed(CLOSES + timedelta(days=1))
    states = await Window.select(Window.state).order_by(Window.id)
    assert [row["state"] for row in states] == ["confirmed", "missed"]
