import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.actions import Incomplete
from advocacy.calls.answering.forms import Words
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.mending import letters_of, mend
from advocacy.calls.rules import CallState, Gap, InvitationState, Missing
from advocacy.calls.tables import Call, Invitation
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Invalid, Outdated
from advocacy.history.tables import Event
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.contacts import remove_contact
from advocacy.municipalities.tables import Contact
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import ana, luca, maja

pytestmark = pytest.mark.anyio


async def state_of(call: Call) -> str:
    row = await Call.select(Call.state).where(Call.id == call.id).first()
    assert row is not None
    return str(row["state"])


async def test_calls_of_a_dossier_are_numbered(db: str, now: datetime):
    first = await story.drafted(now)
    second = await actions.draft_call(first.window, story.new_call(), by=await ana(now), now=now)
    assert (first.number, second.number) == ("2026-014-1", "2026-014-2")


async def test_two_calls_drafted_at_once_get_two_numbers(db: str, now: datetime):
    first = await story.drafted(now)
    by = await ana(now)
    made = await asyncio.gather(
        *(actions.draft_call(first.window, story.new_call(), by=by, now=now) for _ in range(4))
    )
    assert sorted(each.number for each in made) == [f"2026-014-{n}" for n in range(2, 6)]


async def test_a_call_does_not_leave_before_every_language_is_checked(db: str, now: datetime):
    call = await story.drafted(now)
    await actions.check_text(call.id, "de", by=await ana(now), now=now)
    with pytest.raises(Incomplete) as error:
        await actions.launch(call.id, by=await ana(now), now=now)
    assert error.value.missing == tuple(Missing(Gap.NOT_CHECKED, x) for x in ("fr", "it", "sl"))
    assert await Invitation.count() == await Letter.count() == 0
    assert await state_of(call) == CallState.DRAFT


async def test_a_changed_original_makes_the_checks_of_its_translations_stale(
    db: str, now: datetime
):
    call = await story.checked(now)
    words = {key: story.words(key) for key in story.SAID}
    words["de"] = Words("Neu", "", "", words["de"].questions)
    new = story.new_call(words=words)
    await actions.change_call(call.id, new, base_version=1, by=await ana(now), now=now)
    with pytest.raises(Incomplete) as error:
        await actions.launch(call.id, by=await ana(now), now=now)
    assert error.value.missing == (
        Missing(Gap.NOT_CHECKED, "de"),
        *(Missing(Gap.STALE, language) for language in ("fr", "it", "sl")),
    )


async def test_two_people_changing_one_call_lose_no_word(db: str, now: datetime):
    call = await story.drafted(now)
    ours = story.new_call(words={"de": Words("Unser Titel", "", "", {1: "?", 2: "?", 3: "?"})})
    await actions.change_call(call.id, ours, base_version=1, by=await luca(now), now=now)
    mine = story.new_call(words={"de": Words("Mein Titel", "", "", {1: "?", 2: "?", 3: "?"})})
    with pytest.raises(Outdated) as error:
        await actions.change_call(call.id, mine, base_version=1, by=await ana(now), now=now)
    assert "Unser Titel" in error.value.theirs
    assert "Mein Titel" in error.value.mine


async def test_a_text_that_is_not_whole_cannot_be_checked(db: str, now: datetime):
    call = await story.drafted(now, words={"de": story.words("de")})
    with pytest.raises(Invalid):
        await actions.check_text(call.id, "sl", by=await maja(now), now=now)


async def test_a_launched_call_waits_ten_minutes_and_then_leaves(db: str, now: datetime):
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    assert await state_of(call) == CallState.HELD
    letters = await Letter.select(Letter.key, Letter.due, Letter.language, Letter.recipient)
    assert {each["due"] for each in letters} == {now + timedelta(minutes=10)}
    assert sorted(each["language"] for each in letters) == ["de", "fr", "it", "sl"]
    assert await actions.open_held(now + timedelta(minutes=9, seconds=59)) == 0
    assert await actions.open_held(now + timedelta(minutes=10)) == 1
    assert await state_of(call) == CallState.OPEN
    invitations = await Invitation.select(Invitation.state, Invitation.sent)
    assert {each["state"] for each in invitations} == {InvitationState.SENT}
    dossiers = await Dossier.select(Dossier.station)
    assert dossiers == [{"station": "call"}]


async def test_a_letter_carries_what_mail_programs_and_people_need(db: str, now: datetime):
    await story.opened(now)
    letter = await Letter.objects().where(Letter.language == "sl").first()
    assert letter is not None
    for said in ("Janez Primer", "Ali predlog", "?a=yes", "?a=not_concerned", "2026-014-1", "/u/"):
        assert said in letter.text + letter.subject
    assert "List-Unsubscribe=One-Click" in letter.headers
    assert "maja.vzorec@alpennetz.example" in letter.headers
    assert await story.link("SI-07") in letter.text
    assert len(letter.html) < 30_000


async def test_a_call_launched_twice_sends_one_letter_each(db: str, now: datetime):
    call = await story.checked(now)
    by = await ana(now)
    done = await asyncio.gather(
        *(actions.launch(call.id, by=by, now=now) for _ in range(5)), return_exceptions=True
    )
    assert sum(each is None for each in done) == 1
    assert all(isinstance(each, Outdated) for each in done if each is not None)
    assert await Letter.count() == await Invitation.count() == 4


async def test_within_the_hold_it_can_be_stopped_and_launched_anew(db: str, now: datetime):
    call = await story.checked(now)
    by = await ana(now)
    await actions.launch(call.id, by=by, now=now)
    await actions.stop_launch(call.id, by=by, now=now + timedelta(minutes=9))
    assert await state_of(call) == CallState.DRAFT
    assert await Invitation.count() == 0
    assert await Letter.count().where(Letter.state == LetterState.WAITING) == 0
    later = now + timedelta(hours=1)
    await actions.launch(call.id, by=by, now=later)
    assert await actions.open_held(later + timedelta(minutes=10)) == 1
    waiting = await Letter.select(Letter.due).where(Letter.state == LetterState.WAITING)
    assert waiting == [{"due": later + timedelta(minutes=10)}] * 4


async def test_after_the_hold_nothing_calls_the_letters_back(db: str, now: datetime):
    call = await story.checked(now)
    by = await ana(now)
    await actions.launch(call.id, by=by, now=now)
    with pytest.raises(Outdated):
        await actions.stop_launch(call.id, by=by, now=now + timedelta(minutes=10))
    assert await Letter.count().where(Letter.state == LetterState.WAITING) == 4


async def test_who_does_not_want_to_wait_sends_now(db: str, now: datetime):
    call = await story.checked(now)
    by = await ana(now)
    await actions.launch(call.id, by=by, now=now)
    await actions.send_now(call.id, by=by, now=now + timedelta(minutes=1))
    assert await state_of(call) == CallState.OPEN
    assert {each["due"] for each in await Letter.select(Letter.due)} == {now + timedelta(minutes=1)}
    with pytest.raises(Outdated):
        await actions.send_now(call.id, by=by, now=now + timedelta(minutes=2))


async def test_undo_of_a_launch_is_stopping_it(db: str, now: datetime):
    call = await story.checked(now)
    by = await ana(now)
    await actions.launch(call.id, by=by, now=now)
    event = await Event.objects().where(Event.action == "call launched").first()
    assert event is not None
    assert await actions.UNDO[event.action](event, by, now) == "/c/2026-014-1"
    assert await state_of(call) == CallState.DRAFT


async def test_who_wants_no_calls_is_asked_without_a_letter(db: str, now: datetime):
    call = await story.checked(now)
    await Contact.update({Contact.calls: "never"}).where(Contact.name == "Janez Primer")
    await actions.launch(call.id, by=await ana(now), now=now)
    await actions.open_held(now + timedelta(minutes=10))
    assert await Letter.count() == 3
    assert (await story.invitation("SI-07")).state == InvitationState.PREPARED


async def test_only_the_audience_is_asked(db: str, now: datetime):
    call = await story.drafted(now, audience=Audience(countries=("SI",)))
    for language in ("de", "sl"):
        await actions.check_text(call.id, language, by=await maja(now), now=now)
    await actions.launch(call.id, by=await ana(now), now=now)
    assert await Invitation.count() == 1


async def test_a_call_closes_after_its_deadline(db: str, now: datetime):
    call = await story.opened(now)
    assert await actions.close_over(story.UNTIL) == 0
    assert await actions.close_over(story.UNTIL + timedelta(seconds=1)) == 1
    assert await actions.close_over(story.UNTIL + timedelta(seconds=2)) == 0
    assert await state_of(call) == CallState.CLOSED


async def test_who_wants_calls_once_a_week_gets_it_on_monday(db: str, now: datetime):
    call = await story.checked(now)
    await Contact.update({Contact.calls: "weekly"}).where(Contact.name == "Janez Primer")
    by = await ana(now)
    await actions.launch(call.id, by=by, now=now)
    await actions.send_now(call.id, by=by, now=now)
    rows = await Letter.select(Letter.language, Letter.due)
    assert {row["language"]: row["due"] for row in rows} == {
        **dict.fromkeys(("de", "fr", "it"), now),
        "sl": datetime.fromisoformat("2026-11-30T08:00:00+01:00"),
    }


async def test_a_call_that_cannot_be_opened_holds_up_no_other(db: str, now: datetime):
    by, first = await ana(now), await story.checked(now)
    dossier = Dossier(
        number="2026-015", title="Wasser", language="de", station="opened", countries="AT",
        opened=now, changed=now,
    )  # fmt: skip
    await dossier.save()
    window = Window(dossier=dossier.id, closes=story.CLOSES, zone="Europe/Brussels", changed=now)
    await window.save()
    second = await actions.draft_call(window.id, story.new_call(), by=by, now=now)
    for language in story.SAID:
        await actions.check_text(second.id, language, by=by, now=now)
    for call in (first, second):
        await actions.launch(call.id, by=by, now=now)
    await Dossier.update({Dossier.station: "nowhere"}).where(Dossier.number == "2026-014")
    assert await actions.open_held(now + timedelta(minutes=11)) == 1
    assert (await state_of(first), await state_of(second)) == (CallState.HELD, CallState.OPEN)


async def test_who_is_taken_out_while_letters_wait_gets_none(db: str, now: datetime):
    call, by = await story.checked(now), await ana(now)
    await actions.launch(call.id, by=by, now=now)
    gone = await Contact.objects().where(Contact.name == "Janez Primer").first()
    assert gone is not None
    event = await remove_contact(gone.id, by=by, now=now)
    waiting = await Letter.select(Letter.language).where(Letter.state == LetterState.WAITING)
    assert sorted(row["language"] for row in waiting) == ["de", "fr", "it"]
    await undo(event, by=by, now=now)
    await actions.send_now(call.id, by=by, now=now)
    assert [each.code for each in (await letters_of(call.id)).without] == ["SI-07"]
    number = (await story.invitation("SI-07")).id
    await mend(number, gone.email, by=by, now=now)
    assert await Letter.count().where(Letter.recipient == gone.email) == 2
