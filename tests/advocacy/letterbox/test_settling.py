"""Somebody of the house decides what a mail is, and takes it back. On both databases."""

from datetime import datetime, timedelta

import pytest

from advocacy.advice.tables import Enquiry
from advocacy.calls.answering.contributing import contribute
from advocacy.calls.queries import invitation
from advocacy.calls.rules import ContributionState, InvitationState, Stance
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.letterbox.actions import assign, confirm, file_away, make_question, take_in
from advocacy.letterbox.rules import State
from advocacy.letterbox.tables import Received
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.advocacy.letterbox.mailing import mail, reply
from tests.characters import ana, giulia, maja

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def lost(now: datetime, text: str = "Deloma.") -> Received:
    """A mail that says nothing of what it answers: a question, until somebody knows better."""
    await story.opened(now)
    made = mail(text, sender="Ana Primer <ana@elsewhere.example>", subject="Odgovor")
    return await take_in(made.as_bytes(), via="imap", now=now)


async def from_elsewhere(now: datetime) -> Received:
    """Somebody whom nobody knows answers for Vzorčna vas."""
    await story.opened(now)
    made = await reply("Da.", sender="ana@elsewhere.example")
    return await take_in(made.as_bytes(), via="imap", now=now)


async def again(row: Received) -> Received:
    found = await Received.objects().where(Received.id == row.id).first()
    assert found is not None
    return found


async def question_of(row: Received) -> tuple[str, int | None]:
    enquiry = await Enquiry.objects().where(Enquiry.id == row.enquiry).first()
    assert enquiry is not None
    return enquiry.state, enquiry.contribution


async def test_what_is_assigned_is_the_answer_and_the_municipality_is_told(now: datetime):
    row = await lost(now)
    asked = await story.invitation("SI-07")
    await assign(row.id, asked.id, by=await maja(now), now=now)
    version = (await invitation(asked.id)).version
    assert version is not None
    assert (version.stance, version.answered_by, version.channel) == (
        "partly",
        "Ana Primer",
        "mail",
    )
    assert version.person == (await maja(now)).id
    assert (await again(row)).state == State.TAKEN
    [told] = await Letter.objects().where(Letter.kind == "understood")
    assert (told.recipient, told.due) == ("office@si-07.example", now + timedelta(minutes=10))


async def test_an_assignment_is_taken_back_and_can_be_made_anew(now: datetime):
    row = await lost(now)
    wrong, right = await story.invitation("SI-07"), await story.invitation("IT-01")
    by = await ana(now)
    event = await assign(row.id, wrong.id, by=by, now=now)
    assert await undo(event, by=by, now=now) == f"/letterbox/{row.id}"
    [contribution] = await Contribution.objects()
    assert contribution.state == ContributionState.WITHDRAWN
    assert (await story.invitation("SI-07")).state == InvitationState.SENT
    assert ((await again(row)).state, (await again(row)).invitation) == (State.NOTED, None)
    assert await question_of(row) == ("open", None)
    [told] = await Letter.objects().where(Letter.kind == "understood")
    assert told.state == LetterState.STOPPED
    await assign(row.id, right.id, by=by, now=now)
    assert (await story.invitation("IT-01")).state == InvitationState.ANSWERED
    state, became = await question_of(row)
    assert (state, became is not None) == ("closed", True)
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)


async def test_what_stood_before_stands_again_after_the_undo(now: datetime):
    row = await lost(now, "Ne.")
    asked = await story.invitation("SI-07")
    await contribute(asked.id, story.answer(), now=now)
    event = await assign(row.id, asked.id, by=await ana(now), now=now)
    await undo(event, by=await ana(now), now=story.UNTIL + timedelta(days=1))
    version = (await invitation(asked.id)).version
    assert version is not None
    assert (version.number, version.stance, version.channel) == (3, "partly", "web")
    assert (await story.invitation("SI-07")).state == InvitationState.ANSWERED


async def test_an_answer_that_changed_since_is_not_taken_back(now: datetime):
    row = await lost(now)
    asked = await story.invitation("SI-07")
    event = await assign(row.id, asked.id, by=await ana(now), now=now)
    await contribute(asked.id, story.answer(stance=Stance.NO), now=now)
    with pytest.raises(Outdated):
        await undo(event, by=await ana(now), now=now)
    assert await ContributionVersion.count() == 2
    assert (await again(row)).state == State.TAKEN


async def test_what_adds_to_an_answer_joins_its_words(now: datetime):
    await story.opened(now)
    asked = await story.invitation("SI-07")
    await contribute(asked.id, story.answer(), now=now)
    row = await take_in((await reply("Dodajam: tri koče.")).as_bytes(), via="imap", now=now)
    assert row.state == State.WAITING
    await confirm(row.id, by=await maja(now), now=now)
    version = (await invitation(asked.id)).version
    assert version is not None
    assert (version.stance, version.text) == ("partly", "Imamo 14 planin.\n\nDodajam: tri koče.")


async def test_the_municipality_confirms_or_rejects_once(now: datetime):
    await story.opened(now)
    made = await reply("Da.", sender="ana@elsewhere.example")
    row = await take_in(made.as_bytes(), via="imap", now=now)
    await confirm(row.id, by=None, now=now)
    for act in (confirm, file_away):
        with pytest.raises(Outdated):
            await act(row.id, by=None, now=now)
    event = await Event.objects().where(Event.action == "mail confirmed").first()
    assert event is not None
    assert event.who == "Vzorčna vas"


async def test_filing_is_undone(now: datetime):
    row = await from_elsewhere(now)
    event = await file_away(row.id, by=await ana(now), now=now)
    assert (await again(row)).state == State.FILED
    await undo(event, by=await ana(now), now=now)
    assert (await again(row)).state == State.TO_CONFIRM


async def test_after_the_deadline_the_answer_given_in_time_stands(now: datetime):
    row = await lost(now)
    asked = await story.invitation("SI-07")
    await contribute(asked.id, story.answer(), now=now)
    with pytest.raises(Invalid):
        await assign(row.id, asked.id, by=await ana(now), now=story.UNTIL + timedelta(days=1))
    assert (await again(row)).state == State.NOTED
    assert await question_of(row) == ("open", None)


async def test_a_coordinator_settles_only_what_belongs_to_their_countries(now: datetime):
    row = await from_elsewhere(now)
    asked = await story.invitation("SI-07")
    with pytest.raises(NotAllowed):
        await assign(row.id, asked.id, by=await giulia(now), now=now)
    with pytest.raises(NotFound):
        await file_away(row.id, by=await giulia(now), now=now)
    assert await Contribution.count() == 0


async def test_what_waits_is_made_a_question_that_the_coordinator_has_in_hand(now: datetime):
    row = await from_elsewhere(now)
    number = await make_question(row.id, by=await maja(now), now=now)
    assert (await again(row)).state == State.NOTED
    enquiry = await Enquiry.objects().where(Enquiry.id == number).first()
    assert enquiry is not None
    assert (enquiry.email, enquiry.language) == ("ana@elsewhere.example", "sl")
    assert enquiry.owner == (await maja(now)).id
    assert enquiry.municipality == (await story.invitation("SI-07")).municipality
    with pytest.raises(Outdated):
        await make_question(row.id, by=await maja(now), now=now)
    assert await Enquiry.count() == 1


async def test_nobody_makes_a_question_of_a_mail_of_another_country(now: datetime):
    row = await from_elsewhere(now)
    with pytest.raises(NotFound):
        await make_question(row.id, by=await giulia(now), now=now)
    assert await Enquiry.count() == 0
