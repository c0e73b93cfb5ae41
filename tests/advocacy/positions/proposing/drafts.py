"""A position that is read by others: links that lead there, and who proposes."""

from datetime import datetime

from advocacy.calls.queries import token_of
from advocacy.calls.tables import Invitation
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed
from advocacy.positions.proposing import actions
from tests.advocacy.positions.matters import Matter, written

COSTS = "Die Kosten sind zu ersetzen"


async def readable(now: datetime) -> Matter:
    """The standing matter; every municipality has its link and is written to."""
    it = await written(now)
    for contribution in it.answers.values():
        invitation = contribution.invitation
        row = await Invitation.objects().where(Invitation.id == invitation).first()
        contact = await Contact.objects().where(Contact.municipality == row.municipality).first()
        await Invitation.update(
            {
                Invitation.token_hash: hashed(token_of(invitation)),
                Invitation.contact: contact.id,
            }
        ).where(Invitation.id == invitation)
    return it


def text_of(it: Matter, words: str) -> str:
    return f"{words} [{' '.join(it.marks.values())}]."


async def proposed(
    it: Matter, words: str, by: Person | None, now: datetime, *, code: str = "", **more: object
) -> int:
    """Other words for the first paragraph; `code`: of the municipality that proposes."""
    invitation = it.answers[code].invitation if code else None
    values = {
        "before": text_of(it, COSTS),
        "version": 1,
        "source": "link" if code else "page",
        "author": by.name if by else code,
        "language": "de",
    } | more
    return await actions.propose(
        it.position.id, "k1", text_of(it, words), by=by, invitation=invitation, now=now, **values
    )
