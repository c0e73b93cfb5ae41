"""A colleague is asked to answer: the same link in a letter, which can be stopped for a while."""

from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.calls import mails, queries
from advocacy.calls.answering import drafts
from advocacy.calls.answering.drafts import opened
from advocacy.calls.answering.forms import LONGEST_NAME
from advocacy.calls.answering.receipts import addressee
from advocacy.calls.queries import Personal
from advocacy.calls.rules import HOLD, Reception
from advocacy.calls.tables import Delegation
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.mail import actions as mail
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.queries import coordinators
from advocacy.people.rules import check_address

MOST = 5
LONGEST_NOTE = 500  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """`may_stop`: the letter has not left yet."""

    id: int
    email: str
    at: datetime
    leaves: datetime
    may_stop: bool


async def of_invitation(invitation_id: int) -> list[Asked]:
    """Who was asked, and whose letter was not stopped; the last one first."""
    rows = await (
        Delegation.objects()
        .where(Delegation.invitation == invitation_id, Delegation.stopped.is_null())
        .order_by(Delegation.id, ascending=False)
    )
    if not rows:
        return []
    waiting = await Letter.select(Letter.key).where(
        Letter.key.is_in([mails.key_of_delegation(each.id) for each in rows]),
        Letter.state == LetterState.WAITING,
        Letter.claimed_until.is_null(),
    )
    keys = {row["key"] for row in waiting}
    return [
        Asked(each.id, each.email, each.at, each.leaves, mails.key_of_delegation(each.id) in keys)
        for each in rows
    ]


async def ask(invitation_id: int, email: str, note: str, *, now: datetime) -> int:
    """The letter leaves in ten minutes. Invalid names the field: `email` or `note`."""
    address, words = _checked(email, note)
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        personal = await queries.invitation(invitation_id)
        if personal.reception(now=now) not in {Reception.OPEN, Reception.LATE}:
            raise NotAllowed("The deadline is over: your answer stands")
        await _check_room(invitation_id, address)
        asked = Delegation(
            invitation=invitation_id, email=address, note=words,
            language=personal.invitation.language, at=now, leaves=now + HOLD,
        )  # fmt: skip
        await asked.save()
        await opened(invitation_id, now)
        # The address stays out of the history, from which nothing can ever be deleted.
        await record(
            "colleague asked", kind="invitation", object=invitation_id,
            by=personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={"call": personal.whole.call.number, "delegation": asked.id},
        )  # fmt: skip
        await _write(personal, asked, now=now)
    return int(asked.id)


def _checked(email: str, note: str) -> tuple[str, str]:
    wrong: dict[str, Message] = {}
    address, words = "", note.replace("\r\n", "\n").replace("\x00", "").strip()
    try:
        address = check_address(email)
    except Invalid as error:
        wrong |= error.fields
    if len(words) > LONGEST_NOTE:
        wrong["note"] = Message(
            "Your note is %(length)s characters; please shorten it by %(over)s",
            {"length": len(words), "over": len(words) - LONGEST_NOTE},
        )
    if wrong:
        raise Invalid(wrong)
    return address, words


async def _check_room(invitation_id: int, address: str) -> None:
    rows = await Delegation.select(Delegation.email).where(
        Delegation.invitation == invitation_id, Delegation.stopped.is_null()
    )
    if address.lower() in {row["email"].lower() for row in rows}:
        raise Invalid({"email": Message("This address has been asked already")})
    if len(rows) >= MOST:
        raise Invalid({"email": Message("Five have been asked: nobody more can be")})


async def _write(personal: Personal, asked: Delegation, *, now: datetime) -> None:
    typed = drafts.as_mapping(personal.invitation.draft).get("answered_by", "")
    by = " ".join(typed.split())[:LONGEST_NAME] or (
        personal.contact.name if personal.contact else personal.municipality.name
    )
    coordinator = (await coordinators()).get(personal.municipality.country)
    letter = mails.delegation(
        personal.whole, personal.municipality, asked, addressee(personal), coordinator,
        asked_by=by,
    )  # fmt: skip
    await mail.post(letter, now=now, due=asked.leaves)


async def stop(invitation_id: int, delegation_id: int, *, now: datetime) -> None:
    """As long as the letter has not left; twice is once. Outdated: it has left."""
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        ours = (Delegation.id == delegation_id) & (Delegation.invitation == invitation_id)
        asked = await Delegation.objects().where(ours).first()
        if asked is None:
            raise NotFound("There is no such request")
        if asked.stopped:
            return
        if not await mail.stop(mails.key_of_delegation(delegation_id)):
            raise Outdated("The letter has left already")
        await Delegation.update({Delegation.stopped: now}).where(ours)
        personal = await queries.invitation(invitation_id)
        await record(
            "request to a colleague stopped", kind="invitation", object=invitation_id,
            by=personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={"call": personal.whole.call.number, "delegation": delegation_id},
        )  # fmt: skip
