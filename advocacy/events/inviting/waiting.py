"""Invitations that wait in the outbox for their Monday, when the gathering changes meanwhile."""

import json
from collections.abc import Sequence

from advocacy import database
from advocacy.events import mails
from advocacy.events.keeping.known import texts_of, told
from advocacy.events.mails import About
from advocacy.events.tables import Gathering, GatheringInvitation
from advocacy.history.tables import Event
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities import queries as municipalities

INVITED = "municipalities invited"
WAITS = (Letter.state == LetterState.WAITING, Letter.claimed_until.is_null())


async def keep_back(gathering_id: int) -> list[int]:
    """It is called off: nobody is invited to it any more. Returns the letters that stay here."""
    keys = [mails.invitation_key(each.id) for each in await _invitations(gathering_id)]
    if not keys:
        return []
    rows = await (
        Letter.update({Letter.state: LetterState.STOPPED})
        .where(Letter.key.is_in(keys), *WAITS)
        .returning(Letter.id)
    )
    return [row["id"] for row in rows]


async def let_go(letters: Sequence[int]) -> None:
    """Calling it off is taken back."""
    if letters:
        await Letter.update({Letter.state: LetterState.WAITING}).where(
            Letter.id.is_in(list(letters)), Letter.state == LetterState.STOPPED
        )


async def write_anew(gathering: Gathering) -> None:
    """Those that have not left tell what holds now."""
    there = {mails.invitation_key(each.id): each for each in await _invitations(gathering.id)}
    if not there:
        return
    letters = await Letter.select(Letter.id, Letter.key).where(
        Letter.key.is_in(list(there)), *WAITS
    )
    if not letters:
        return
    known, carers = await texts_of(gathering.id), await municipalities.coordinators()
    words = await _words(gathering.id)
    for row in letters:
        each = there[row["key"]]
        if each.contact is None:
            continue
        about = About(gathering, told(gathering, known, each.language))
        member = each.municipality
        letter = mails.invitation(
            about, each.id, each.contact, carers.get(member.country), words.get(member.code, "")
        )
        await Letter.update(
            {Letter.subject: letter.subject, Letter.text: letter.text, Letter.html: letter.html}
        ).where(Letter.id == row["id"], *WAITS)


async def _invitations(gathering_id: int) -> Sequence[GatheringInvitation]:
    return await database.with_referred(
        GatheringInvitation.objects().where(GatheringInvitation.gathering == gathering_id),
        GatheringInvitation.municipality,
        GatheringInvitation.contact,
    )


async def _words(gathering_id: int) -> dict[str, str]:
    """What was written into the letter besides, by the code of the municipality."""
    rows = await Event.select(Event.details).where(
        Event.action == INVITED, Event.kind == "gathering", Event.object == gathering_id
    )
    said = [json.loads(row["details"]) for row in rows]
    return {code: each.get("message", "") for each in said for code in each["codes"]}
