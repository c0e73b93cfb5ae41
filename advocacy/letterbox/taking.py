"""A mail becomes an answer: its files, its words, its stance; and is taken back again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from advocacy import database
from advocacy.calls.answering import enclosing
from advocacy.calls.answering.contributing import contribute
from advocacy.calls.answering.forms import Answer
from advocacy.calls.answering.versions import answer_of, new_version, raise_version
from advocacy.calls.queries import Personal, invitation
from advocacy.calls.rules import Basis, ContributionState, InvitationState, Stance
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.letterbox import writing
from advocacy.letterbox.mails import Understood, name_of
from advocacy.letterbox.notes import note_in
from advocacy.letterbox.queries import stance_in
from advocacy.letterbox.reading.messages import Attached
from advocacy.letterbox.rules import Kind, Sender, State, Why
from advocacy.letterbox.tables import Received
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person

LONGEST_NAME = 120


async def take(
    row: Received,
    personal: Personal,
    attachments: Sequence[Attached],
    *,
    contact: Contact | None,
    sender: Sender,
    by: Person | None = None,
    now: datetime,
    due: datetime | None = None,
) -> Contribution:
    """Inside a transaction. Keeps the files, makes the version, writes how it was understood.

    `by`: somebody of the house decided that it is an answer; their letter leaves when it is
    `due`. Invalid where the answer that was given in time stands.
    """
    kept, left_out = await _keep(personal.invitation.id, attachments, now=now)
    answer = _answer(row, personal, contact, kept)
    contribution = await contribute(
        personal.invitation.id, answer, channel="mail", by=by, quiet=True, now=now
    )
    note = replace(note_in(row.note), why=Why.NONE, left_out=tuple(left_out))
    await _settle(row, contribution, personal, note=note.as_json(), by=by, now=now)
    said = Understood(
        contribution=contribution.id,
        version=contribution.version,
        stance=answer.stance,
        text=answer.text,
        language=answer.language,
        late=contribution.late,
        enclosed=await _names(personal.invitation.id, kept),
        left_out=note.left_out,
        larger=note.larger,
    )
    await writing.understood(row, personal, said, sender=sender, now=now, due=due)
    return contribution


async def _keep(
    invitation_id: int, attachments: Sequence[Attached], *, now: datetime
) -> tuple[list[int], list[Message]]:
    """The numbers of what was kept, and why each of the others was not."""
    kept, left_out = list[int](), list[Message]()
    for each in attachments:
        if len(kept) >= enclosing.MOST:
            facts = {"most": enclosing.MOST, "name": each.name}
            left_out.append(Message(enclosing.TOO_MANY.text, facts))
            continue
        try:
            async with database.transaction():
                kept += await enclosing.keep(
                    invitation_id, [(each.name, each.content)], channel="mail", now=now
                )
        except Invalid as refused:
            left_out.append(refused.message)
    return kept, left_out


async def _names(invitation_id: int, kept: Sequence[int]) -> tuple[str, ...]:
    rows = await enclosing.of_invitation(invitation_id)
    return tuple(each.name for each in rows if each.id in kept)


def _answer(
    row: Received, personal: Personal, contact: Contact | None, kept: Sequence[int]
) -> Answer:
    """What other questions were answered before stays: a mail says nothing of them."""
    role = contact.role if contact else "other"
    answer = Answer(
        stance=stance_in(row),
        language=row.language or personal.invitation.language,
        answered_by=(contact.name if contact else name_of(row))[:LONGEST_NAME],
        text=row.text,
        basis=Basis.MAYOR if role == "mayor" else Basis.OFFICE,
        role=role,
        enclosures=tuple(kept),
    )
    contribution, version = personal.contribution, personal.version
    if not personal.given or contribution is None or version is None:
        return answer
    before = answer_of(contribution, version)
    if answer.stance is Stance.NOT_STATED:  # it adds to what was said
        words = "\n\n".join(each for each in (before.text, answer.text) if each)
        answer = replace(before, text=words)
    return replace(
        answer,
        answers=before.answers,
        comments=before.comments,
        name_public=before.name_public,
        enclosures=tuple(dict.fromkeys([*before.enclosures, *kept])),
    )


async def _settle(
    row: Received,
    contribution: Contribution,
    personal: Personal,
    *,
    note: str,
    by: Person | None,
    now: datetime,
) -> None:
    moved = await (
        Received.update(
            {
                Received.kind: Kind.REPLY,
                Received.state: State.TAKEN,
                Received.invitation: personal.invitation.id,
                Received.contribution: contribution.id,
                Received.version: contribution.version,
                Received.note: note,
                Received.settled: now,
                Received.settled_by: by.id if by else None,
            }
        )
        .where(Received.id == row.id, Received.state == row.state)
        .returning(Received.id)
    )
    if not moved:
        raise Outdated("Somebody has dealt with this mail meanwhile: please look at it again")
    row.kind, row.state, row.note = Kind.REPLY, State.TAKEN, note
    row.invitation, row.contribution = personal.invitation.id, contribution.id
    row.version = contribution.version


async def take_back(row: Received, *, stood: int | None, by: Person, now: datetime) -> None:
    """The answer that a mail has become, was not one. `stood`: the version before, if one stood:
    it is said again; else the answer is withdrawn. Every version is kept.
    """
    personal = await invitation(row.invitation)
    await database.one_at_a_time(f"invitation/{personal.invitation.id}")
    contribution = personal.contribution
    if contribution is None or not personal.given or contribution.version != row.version:
        raise Outdated("This answer has changed meanwhile: please look at it again")
    if stood is None:
        await _withdraw(contribution, personal, now=now)
        return
    before = await (
        ContributionVersion.objects()
        .where(
            ContributionVersion.contribution == contribution.id, ContributionVersion.number == stood
        )
        .first()
    )
    if before is None:
        raise NotFound("There is no such version")
    answer = answer_of(contribution, before)
    again = await raise_version(personal, answer, late=contribution.late, now=now)
    await new_version(again, answer, channel=before.channel, by=by, now=now).save()


async def _withdraw(contribution: Contribution, personal: Personal, *, now: datetime) -> None:
    moved = await (
        Contribution.update(
            {Contribution.state: ContributionState.WITHDRAWN, Contribution.changed: now}
        )
        .where(
            Contribution.id == contribution.id,
            Contribution.state == ContributionState.GIVEN,
            Contribution.version == contribution.version,
        )
        .returning(Contribution.id)
    )
    if not moved:
        raise Outdated("This answer has changed meanwhile: please look at it again")
    # nobody of the municipality has begun anything
    after = InvitationState.SENT if personal.invitation.sent else InvitationState.DRAFTED
    await Invitation.update({Invitation.state: after}).where(
        Invitation.id == personal.invitation.id, Invitation.state == InvitationState.ANSWERED
    )
