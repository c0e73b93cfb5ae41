from datetime import date, datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.reminding.absences import note_absence, settle_absences
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Invitation
from advocacy.errors import NotFound
from advocacy.history.tables import Event
from advocacy.municipalities.tables import Contact
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana

pytestmark = pytest.mark.anyio
LAST_DAY = story.UNTIL.date()


async def janez() -> Contact:
    found = await Contact.objects().where(Contact.name == "Janez Primer").first()
    assert found is not None
    return found


async def state() -> str:
    return (await story.invitation("SI-07")).state


async def test_who_comes_back_after_the_deadline_is_absent_and_the_others_are_not(
    db: str, now: datetime
):
    await story.opened(now)
    await note_absence((await janez()).id, LAST_DAY + timedelta(days=1), now=now)
    assert await state() == InvitationState.ABSENT
    rows = await Invitation.select(Invitation.state).where(Invitation.state == InvitationState.SENT)
    assert len(rows) == 3


async def test_who_is_back_on_the_last_day_is_still_asked(db: str, now: datetime):
    await story.opened(now)
    await note_absence((await janez()).id, LAST_DAY, now=now)
    assert await state() == InvitationState.SENT
    kept = await janez()
    assert (kept.absent_until, kept.absence_noted) == (LAST_DAY, now)


async def test_an_absence_without_a_day_lasts_a_week(db: str, now: datetime):
    await story.opened(now)
    near = story.UNTIL - timedelta(days=5)
    await note_absence((await janez()).id, None, now=near)
    assert await state() == InvitationState.ABSENT
    assert (await janez()).absent_until is None


async def test_a_reply_without_a_day_does_not_forget_the_day_that_is_known(db: str, now: datetime):
    await story.opened(now)
    who = await janez()
    await note_absence(who.id, LAST_DAY, now=now)
    assert await note_absence(who.id, None, now=now + timedelta(hours=1)) is None
    assert (await janez()).absent_until == LAST_DAY


async def test_whoever_comes_back_earlier_is_asked_again_and_a_draft_stays_one(
    db: str, now: datetime
):
    await story.opened(now)
    asked, who = await story.invitation("SI-07"), await janez()
    await actions.save_draft(asked.id, {"text": "Imamo"}, now)
    await note_absence(who.id, LAST_DAY + timedelta(days=9), now=now)
    assert await state() == InvitationState.ABSENT
    await note_absence(who.id, date(2026, 11, 25), now=now)
    assert await state() == InvitationState.DRAFTED


async def test_the_job_sees_who_is_back(db: str, now: datetime):
    await story.opened(now)
    await note_absence((await janez()).id, LAST_DAY + timedelta(days=1), now=now)
    await Contact.update({Contact.absent_until: now.date()}).where(Contact.name == "Janez Primer")
    assert await settle_absences(now) == 1
    assert await settle_absences(now) == 0
    assert await state() == InvitationState.SENT


async def test_an_answer_stands_whatever_an_automatic_reply_says(db: str, now: datetime):
    await story.opened(now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    await note_absence((await janez()).id, LAST_DAY + timedelta(days=9), now=now)
    assert await state() == InvitationState.ANSWERED


async def test_whoever_is_absent_can_answer(db: str, now: datetime):
    await story.opened(now)
    await note_absence((await janez()).id, LAST_DAY + timedelta(days=9), now=now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    assert await state() == InvitationState.ANSWERED


async def test_saying_it_twice_is_saying_it_once(db: str, now: datetime):
    await story.opened(now)
    who = await janez()
    first = await note_absence(who.id, LAST_DAY, now=now)
    assert await note_absence(who.id, LAST_DAY, now=now + timedelta(days=1)) is None
    rows = await Event.select(Event.id).where(Event.action == "absence noted")
    assert [row["id"] for row in rows] == [first]


async def test_a_noted_absence_can_be_undone(db: str, now: datetime):
    await story.opened(now)
    event = await note_absence(
        (await janez()).id, LAST_DAY + timedelta(days=1), by=await ana(now), now=now
    )
    assert event is not None
    assert await undo(event, by=await ana(now), now=now) == "/m/SI-07"
    kept = await janez()
    assert (kept.absent_until, kept.absence_noted, await state()) == (
        None,
        None,
        InvitationState.SENT,
    )


async def test_nobody_is_absent_who_is_not_known(db: str, now: datetime):
    with pytest.raises(NotFound):
        await note_absence(4711, None, now=now)
