import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.reminding.absences import note_absence
from advocacy.calls.reminding.choosing import Chosen
from advocacy.calls.reminding.reminder_plan import plan
from advocacy.calls.reminding.resting import LeftOut
from advocacy.calls.tables import Call, Invitation, Question
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.mail import actions as mail
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio
WEEK = timedelta(days=7)


async def opened(now: datetime) -> Call:
    """A call that left three weeks ago, so that its own letters tire nobody."""
    call = await story.opened(now - 3 * WEEK)
    await Letter.update({Letter.state: "sent"}).where(Letter.kind == "call")
    return call


async def second_call(now: datetime, until: datetime) -> Call:
    """Of another dossier, with the same questions, to the same municipalities."""
    by = await ana(now)
    dossier = Dossier(
        number="2026-015", title="Wasser", language="de", station="opened", countries="AT,SI",
        opened=now, changed=now,
    )  # fmt: skip
    await dossier.save()
    window = Window(dossier=dossier.id, closes=story.CLOSES, zone="Europe/Brussels", changed=now)
    await window.save()
    call = await actions.draft_call(
        window.id, story.new_call(answers_until=until), by=by, now=now - 3 * WEEK
    )
    for language in story.SAID:
        await actions.check_text(call.id, language, by=by, now=now - 3 * WEEK)
    await actions.launch(call.id, by=by, now=now - 3 * WEEK)
    await actions.open_held(now - 2 * WEEK)
    await Letter.update({Letter.state: "sent"}).where(Letter.kind == "call")
    return call


async def reminders() -> list[str]:
    rows = await Letter.select(Letter.language).where(
        Letter.kind == "reminder", Letter.state != "stopped"
    )
    return sorted(row["language"] for row in rows)


async def letter_to(language: str) -> Letter:
    [found] = await Letter.objects().where(
        Letter.kind == "reminder", Letter.language == language, Letter.state == "waiting"
    )
    return found


async def left_out(call: Call, now: datetime) -> dict[LeftOut, list[str]]:
    found = await plan(call.id, now=now)
    return {why: [ask.code for ask, _ in rows] for why, rows in found.left_out.items()}


async def test_only_who_has_not_answered_is_reminded_in_their_language(db: str, now: datetime):
    call = await opened(now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    assert (await actions.remind(call.id, by=await ana(now), now=now)).letters == 3
    assert await reminders() == ["de", "fr", "it"]


async def test_nobody_is_reminded_twice_in_a_week(db: str, now: datetime):
    call = await opened(now)
    by = await ana(now)
    for days, letters in ((0, 4), (6, 0), (7, 4)):
        done = await actions.remind(call.id, by=by, now=now + timedelta(days=days))
        assert done.letters == letters
    rows = await Letter.select(Letter.key).where(Letter.kind == "reminder")
    assert len({row["key"] for row in rows}) == 8


async def test_the_call_itself_is_a_letter_of_the_week(db: str, now: datetime):
    call = await story.opened(now)
    assert (await actions.remind(call.id, by=await ana(now), now=now)).letters == 0
    assert await left_out(call, now) == {LeftOut.TIRED: ["AT-01", "FR-01", "IT-01", "SI-07"]}


async def test_a_letter_about_anything_else_counts_and_a_receipt_does_not(db: str, now: datetime):
    call = await opened(now)
    for kind, code in (("report_back", "si-07"), ("receipt", "at-01")):
        await Letter.insert(
            Letter(
                key=f"{kind}/1",
                kind=kind,
                recipient=f"Office@{code}.example",
                language="de",
                subject="",
                text="",
                html="",
                state="sent",
                due=now - timedelta(days=2),
                sent=now - timedelta(days=2),
                created=now,
            )
        )
    assert await left_out(call, now) == {LeftOut.TIRED: ["SI-07"]}


async def test_the_week_of_rest_can_be_set_aside_and_nothing_else(db: str, now: datetime):
    call = await story.opened(now)
    await Contact.update({Contact.bounced: now}).where(Contact.language == "it")
    done = await actions.remind(call.id, by=await ana(now), tired_too=True, now=now)
    assert done.letters == 3
    assert await reminders() == ["de", "fr", "sl"]


async def test_a_country_can_be_reminded_alone(db: str, now: datetime):
    call = await opened(now)
    chosen = Chosen(country="IT")
    assert (await actions.remind(call.id, by=await ana(now), chosen=chosen, now=now)).letters == 1
    assert await reminders() == ["it"]


async def test_who_switched_reminders_off_gets_none(db: str, now: datetime):
    call = await opened(now)
    await Contact.update({Contact.reminders: "never"}).where(Contact.language == "sl")
    await Contact.update({Contact.calls: "never"}).where(Contact.language == "fr")
    await actions.remind(call.id, by=await ana(now), now=now)
    assert await reminders() == ["de", "it"]
    assert (await left_out(call, now))[LeftOut.UNWANTED] == ["FR-01", "SI-07"]


async def test_an_address_from_which_letters_come_back_gets_none(db: str, now: datetime):
    call = await opened(now)
    await Contact.update({Contact.bounced: now}).where(Contact.language == "sl")
    assert await left_out(call, now) == {LeftOut.BOUNCED: ["SI-07"]}


async def test_whom_nobody_can_write_to_is_named(db: str, now: datetime):
    call = await opened(now)
    await Contact.delete().where(Contact.language == "sl")
    assert await left_out(call, now) == {LeftOut.NOBODY: ["SI-07"]}


async def test_nobody_who_is_away_is_reminded_before_the_return(db: str, now: datetime):
    call = await opened(now)
    who = await Contact.objects().get(Contact.language == "sl")
    await note_absence(who.id, now.date() + timedelta(days=3), now=now)
    assert await left_out(call, now) == {LeftOut.AWAY: ["SI-07"]}
    assert await left_out(call, now + timedelta(days=3)) == {}


async def test_nobody_is_reminded_whose_absence_outlasts_the_deadline(db: str, now: datetime):
    call = await opened(now)
    who = await Contact.objects().get(Contact.language == "sl")
    await note_absence(who.id, story.UNTIL.date() + timedelta(days=3), now=now)
    assert await actions.remind_due(story.UNTIL - timedelta(days=2)) == 3
    assert await left_out(call, story.UNTIL - timedelta(days=2)) == {
        LeftOut.AWAY: ["SI-07"],
        LeftOut.TIRED: ["AT-01", "FR-01", "IT-01"],
    }


async def test_who_wants_letters_once_a_week_gets_the_reminder_on_monday(db: str, now: datetime):
    call = await opened(now)
    await Contact.update({Contact.reminders: "weekly"}).where(Contact.language == "sl")
    tuesday = now + timedelta(days=1)
    await actions.remind(call.id, by=await ana(now), now=tuesday)
    assert (await letter_to("sl")).due == datetime.fromisoformat("2026-11-30T08:00+01:00")
    assert (await letter_to("de")).due == tuesday + timedelta(minutes=10)


async def test_after_the_deadline_nobody_is_reminded(db: str, now: datetime):
    call = await opened(now)
    with pytest.raises(Outdated):
        await actions.remind(call.id, by=await ana(now), now=story.UNTIL + timedelta(seconds=1))


async def test_several_open_questions_make_one_letter_with_the_earliest_deadline_first(
    db: str, now: datetime
):
    first = await opened(now)
    second = await second_call(now, story.UNTIL + timedelta(days=3))
    assert (await actions.remind(second.id, by=await ana(now), now=now)).letters == 4
    letter = await letter_to("de")
    assert letter.subject.startswith("Erinnerung, Frist: 04.12.2026 – 2 ")
    assert letter.subject.endswith(" [2026-014-1]")
    assert letter.text.index("[2026-014-1]") < letter.text.index("[2026-015-1]")
    asked = await Invitation.select(Invitation.call, Invitation.reminders)
    assert {(row["call"], row["reminders"]) for row in asked} == {(first.id, 1), (second.id, 1)}
    acts = await Event.select(Event.action, Event.object).where(Event.action.like("reminded%"))
    assert sorted((row["action"], row["object"]) for row in acts) == [
        ("reminded", second.id),
        ("reminded along", first.id),
    ]
    assert await actions.remind_due(now + timedelta(days=2)) == 0


async def test_what_is_answered_already_stands_in_no_letter(db: str, now: datetime):
    first = await opened(now)
    second = await second_call(now, story.UNTIL + timedelta(days=3))
    answered = await Invitation.objects().get(
        (Invitation.call == first.id) & (Invitation.municipality.code == "SI-07")
    )
    await actions.contribute(answered.id, story.answer(), now=now)
    await actions.remind(second.id, by=await ana(now), now=now)
    text = (await letter_to("sl")).text
    assert second.number not in text  # one question alone needs no number in the text
    assert "[2026-014-1]" not in text


async def test_one_address_of_two_municipalities_gets_one_letter(db: str, now: datetime):
    call = await opened(now)
    await Contact.update({Contact.email: "office@at-01.example"}).where(Contact.language == "fr")
    assert (await actions.remind(call.id, by=await ana(now), now=now)).letters == 3
    text = (await letter_to("de")).text
    assert "Musterdorf" in text
    assert "Villexemple" in text


async def test_the_job_reminds_nine_and_two_days_before_and_each_time_once(db: str, now: datetime):
    await opened(now)
    for days, letters in ((10, 0), (9, 4), (9, 0), (3, 0), (2, 4), (2, 0), (-1, 0)):
        assert await actions.remind_due(story.UNTIL - timedelta(days=days)) == letters


async def test_a_call_that_left_this_week_is_no_reason_to_remind(db: str, now: datetime):
    await story.opened(story.UNTIL - timedelta(days=9))
    assert await actions.remind_due(story.UNTIL - timedelta(days=7)) == 0
    assert await actions.remind_due(story.UNTIL - timedelta(days=2)) == 4


async def test_reminders_by_hand_wait_ten_minutes_and_undo_takes_them_and_the_count_back(
    db: str, now: datetime
):
    call = await opened(now)
    by = await ana(now)
    done = await actions.remind(call.id, by=by, now=now)
    assert done.event is not None
    assert (await letter_to("sl")).due == now + timedelta(minutes=10)
    assert await undo(done.event, by=by, now=now) == f"/c/{call.number}/results"
    assert await reminders() == []
    asked = await story.invitation("SI-07")
    assert (asked.reminded, asked.reminders) == (None, 0)
    again = await actions.remind(call.id, by=by, now=now + timedelta(minutes=1))
    assert (again.letters, await reminders()) == (4, ["de", "fr", "it", "sl"])


async def test_reminders_that_have_left_are_not_undone(db: str, now: datetime):
    call = await opened(now)
    by = await ana(now)
    done = await actions.remind(call.id, by=by, now=now)
    assert done.event is not None
    await Letter.update({Letter.state: "sent", Letter.sent: now}).where(Letter.kind == "reminder")
    with pytest.raises(Outdated):
        await undo(done.event, by=by, now=now)
    assert (await story.invitation("SI-07")).reminders == 1


async def test_who_answers_while_the_reminder_waits_does_not_get_it(db: str, now: datetime):
    call = await opened(now)
    await actions.remind(call.id, by=await ana(now), now=now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=now)
    assert await actions.stop_answered(now + timedelta(minutes=1)) == 1
    assert await actions.stop_answered(now + timedelta(minutes=1)) == 0
    assert await reminders() == ["de", "fr", "it"]


async def test_a_letter_that_waits_is_stopped_only_when_nothing_in_it_is_open(
    db: str, now: datetime
):
    first = await opened(now)
    await second_call(now, story.UNTIL + timedelta(days=3))
    await actions.remind(first.id, by=await ana(now), now=now)
    for each in await Invitation.objects().where(Invitation.municipality.code == "SI-07"):
        await actions.contribute(each.id, story.answer(), now=now)
        stopped = await actions.stop_answered(now)
    assert stopped == 1
    assert await mail.anything_due(now=now + timedelta(minutes=10))


async def test_two_at_once_write_nobody_twice(db: str, now: datetime):
    call = await opened(now)
    at = story.UNTIL - timedelta(days=9)
    by, other = await ana(now), await luca(now)
    done = await asyncio.gather(
        actions.remind(call.id, by=by, now=at),
        actions.remind_due(at),
        actions.remind(call.id, by=other, now=at),
        actions.remind_due(at),
    )
    assert sum(each if isinstance(each, int) else each.letters for each in done) == 4
    assert await reminders() == ["de", "fr", "it", "sl"]
    assert {each.reminders for each in await Invitation.objects()} == {1}


async def test_who_cannot_be_reminded_keeps_nobody_from_it(db: str, now: datetime):
    await opened(now)
    second = await second_call(now, story.UNTIL + timedelta(days=3))
    await Invitation.delete().where(
        Invitation.call == second.id, Invitation.municipality.is_in(await _all_but("SI-07"))
    )
    await Question.update({Question.kind: "odd"}).where(Question.call == second.id)
    assert await actions.remind_due(story.UNTIL - timedelta(days=9)) == 3
    assert await reminders() == ["de", "fr", "it"]
    assert (await story.invitation("SI-07")).reminders == 0


async def _all_but(code: str) -> list[int]:
    rows = await Municipality.select(Municipality.id).where(Municipality.code != code)
    return [row["id"] for row in rows]


async def test_who_wants_no_reminders_any_more_does_not_get_the_one_that_waits(
    db: str, now: datetime
):
    call = await opened(now)
    await actions.remind(call.id, by=await ana(now), now=now)
    await Contact.update({Contact.reminders: "never"}).where(Contact.name == "Janez Primer")
    assert await actions.stop_answered(now + timedelta(minutes=1)) == 1
    assert await reminders() == ["de", "fr", "it"]
