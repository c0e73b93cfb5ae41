from datetime import date, datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.ringing import ring_lists, ringing
from advocacy.calls.rules import RingOutcome
from advocacy.calls.tables import Invitation, Ring, RingRequest
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana, giulia, maja, municipality
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _opened_with_two_more(now: datetime) -> int:
    """SI-07, SI-08 and SI-09 are asked, and three of other countries."""
    for code, name in (("SI-08", "Druga vas"), ("SI-09", "Tretja vas")):
        await municipality(code, name, "sl", "Metka Primer", now=now)
    return (await story.opened(now)).id


async def _ring(code: str, outcome: RingOutcome, now: datetime, **more: object) -> int:
    number = (await story.invitation(code)).id
    return await ringing.ring(number, outcome, by=await maja(now), now=now, **more)  # type: ignore[arg-type]


async def test_the_list_has_everybody_who_has_not_answered(db: str, now: datetime):
    call = await _opened_with_two_more(now)
    await actions.contribute((await story.invitation("SI-08")).id, story.answer(), now=now)
    await actions.save_draft((await story.invitation("SI-09")).id, {"text": "Mi"}, now)
    listed = await ringing.list_of(call, "SI")
    assert [(row.code, row.state) for row in listed.rows] == [
        ("SI-07", "not_opened"),
        ("SI-09", "drafted"),
    ]
    assert listed.rows[0].person == "Janez Primer"
    assert listed.rows[0].written == now


async def test_who_did_something_on_the_page_has_opened_it(db: str, now: datetime):
    call = await _opened_with_two_more(now)
    await Invitation.update({Invitation.opened: now}).where(Invitation.municipality.code == "SI-07")
    assert (await ringing.list_of(call, "SI")).rows[0].state == "opened"


async def test_a_try_is_kept_with_its_outcome_and_the_next_row_follows(db: str, now: datetime):
    call = await _opened_with_two_more(now)
    await _ring("SI-07", RingOutcome.NO_ANSWER, now - timedelta(hours=2))
    await _ring("SI-07", RingOutcome.REACHED, now, note="Odgovorijo jutri")
    listed = await ringing.list_of(call, "SI")
    row = listed.rows[0]
    assert row.last is not None
    assert (row.tries, row.last.outcome, row.last.note, row.last.who) == (
        2, RingOutcome.REACHED, "Odgovorijo jutri", "Maja Vzorec",
    )  # fmt: skip
    assert (listed.rung, listed.after("SI-07"), listed.after("SI-09")) == (1, "SI-08", "SI-08")


async def test_after_the_last_row_nobody_follows(db: str, now: datetime):
    call = (await story.opened(now)).id
    assert (await ringing.list_of(call, "SI")).after("SI-07") is None


async def test_ringing_is_undone(db: str, now: datetime):
    await story.opened(now)
    event = await _ring("SI-07", RingOutcome.REACHED, now)
    path = await undo(event, by=await maja(now), now=now)
    assert path == "/c/2026-014-1/ring/si#row-SI-07"
    assert await Ring.count() == 0
    with pytest.raises(Outdated):
        await undo(event, by=await maja(now), now=now)


async def test_an_absence_is_noted_with_its_day_and_undone_with_the_try(db: str, now: datetime):
    await story.opened(now)
    back = date(2026, 12, 20)  # after the deadline
    event = await _ring("SI-07", RingOutcome.ABSENT, now, until=back)
    contact = await Contact.objects().where(Contact.municipality.code == "SI-07").first()
    assert contact is not None
    assert contact.absent_until == back
    assert (await story.invitation("SI-07")).state == "absent"
    await undo(event, by=await maja(now), now=now)
    contact = await Contact.objects().where(Contact.municipality.code == "SI-07").first()
    assert contact is not None
    assert contact.absent_until is None
    assert (await story.invitation("SI-07")).state == "sent"


async def test_a_day_that_is_over_is_no_absence(db: str, now: datetime):
    await story.opened(now)
    with pytest.raises(Invalid):
        await _ring("SI-07", RingOutcome.ABSENT, now, until=now.date())
    assert await Ring.count() == 0


async def test_nobody_rings_who_has_answered_or_in_another_country(db: str, now: datetime):
    await story.opened(now)
    number = (await story.invitation("SI-07")).id
    with pytest.raises(NotAllowed):
        await ringing.ring(number, RingOutcome.REACHED, by=await giulia(now), now=now)
    await actions.contribute(number, story.answer(), now=now)
    with pytest.raises(Outdated):
        await _ring("SI-07", RingOutcome.REACHED, now)
    with pytest.raises(NotFound):
        await ringing.ring(99_999, RingOutcome.REACHED, by=await maja(now), now=now)
    assert await Ring.count() == 0


async def test_the_coordinator_is_asked_by_letter_once(db: str, now: datetime):
    call = await _opened_with_two_more(now)
    office = await ana(now)
    await ringing.ask(call, "SI", "Prosim, do četrtka.", by=office, now=now)
    letter = await Letter.objects().where(Letter.kind == "ring_wanted").first()
    assert letter is not None
    assert (letter.recipient, letter.language) == ("maja.vzorec@alpennetz.example", "sl")
    assert "Prosim, do četrtka." in letter.text
    assert "Janez Primer" in letter.text
    assert "/sl/c/2026-014-1/ring/si" in letter.text
    with pytest.raises(Outdated):
        await ringing.ask(call, "SI", "", by=office, now=now)
    assert await RingRequest.count() == 1
    assert await Event.count().where(Event.action == "ringing asked for") == 1


async def test_nobody_is_asked_to_ring_where_nobody_is_left_or_nobody_looks_after(
    db: str, now: datetime
):
    call = (await story.opened(now)).id
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    for country in ("SI", "CH"):
        with pytest.raises(Invalid):
            await ringing.ask(call, country, "", by=await ana(now), now=now)
    with pytest.raises(Outdated):
        await ringing.ask(call, "IT", "", by=await ana(now), now=now + timedelta(days=60))
    assert await Letter.count().where(Letter.kind == "ring_wanted") == 0


async def test_a_wish_is_fulfilled_when_everybody_left_was_rung(db: str, now: datetime):
    call = await _opened_with_two_more(now)
    await _ring("SI-07", RingOutcome.NO_ANSWER, now - timedelta(hours=1))
    await ringing.ask(call, "SI", "", by=await ana(now), now=now)
    assert [wish.left for wish in await ring_lists.wishes(["SI"])] == [3]
    await _ring("SI-07", RingOutcome.REACHED, now)
    await actions.contribute((await story.invitation("SI-08")).id, story.answer(), now=now)
    assert [wish.left for wish in await ring_lists.wishes(["SI"])] == [1]
    last = await _ring("SI-09", RingOutcome.NO_ANSWER, now)
    assert await ring_lists.wishes(["SI"]) == []
    assert (await RingRequest.select(RingRequest.done))[0]["done"] == now
    await undo(last, by=await maja(now), now=now)
    assert [wish.left for wish in await ring_lists.wishes(["SI"])] == [1]


async def test_a_wish_of_which_all_have_answered_is_not_shown(db: str, now: datetime):
    call = (await story.opened(now)).id
    await ringing.ask(call, "SI", "", by=await ana(now), now=now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    assert await ring_lists.wishes(["SI"]) == []
    assert await ring_lists.wishes([]) == []


async def test_a_municipality_without_a_person_is_on_the_list(db: str, now: datetime):
    await municipality("SI-08", "Druga vas", "sl", "Metka Primer", now=now)
    member = await Municipality.objects().where(Municipality.code == "SI-08").first()
    assert member is not None
    await Contact.delete().where(Contact.municipality == member.id)
    call = (await story.opened(now)).id
    row = (await ringing.list_of(call, "SI")).rows[1]
    assert (row.contact, row.person, row.phone, row.written) == (None, "", "", None)
    await _ring("SI-08", RingOutcome.ABSENT, now)
    assert (await ringing.list_of(call, "SI")).rung == 1


async def test_the_list_takes_as_many_queries_for_three_as_for_one(db: str, now: datetime):
    call = await _opened_with_two_more(now)
    await ringing.ask(call, "SI", "", by=await ana(now), now=now)
    await ringing.ask(call, "IT", "", by=await ana(now), now=now)
    with counted() as one:
        await ringing.list_of(call, "IT")
        await ring_lists.wishes(["IT"])
    await _ring("SI-07", RingOutcome.REACHED, now)
    with counted() as three:
        await ringing.list_of(call, "SI")
        await ring_lists.wishes(["SI", "IT"])
    assert len(one) == len(three)
