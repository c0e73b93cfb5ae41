"""Invitations with their links and codes, and the letters that carry them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from advocacy.calls import mails
from advocacy.calls.asking.recipients import Recipient
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.mails import Addressee
from advocacy.calls.queries import code_of, token_of
from advocacy.calls.reminding import resting
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Call, Invitation
from advocacy.mail import actions as mail
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.queries import coordinators
from advocacy.municipalities.rules import Rhythm
from advocacy.people.tokens import hashed, hashed_code

AT_ONCE = 500  # rows of one INSERT: SQLite takes 32,766 values


def letters_of(call: Call) -> str:
    """How the keys of a call's letters begin."""
    return f"call/{call.id}/"


async def invite(whole: WholeCall, meant: Sequence[Recipient]) -> dict[int, int]:
    """Invitation by municipality. The link and the short code follow from its number."""
    rows = [
        Invitation(
            call=whole.call.id,
            municipality=each.municipality,
            contact=each.contact.id if each.contact else None,
            language=each.language,
            state=InvitationState.PREPARED,
        )
        for each in meant
    ]
    for first in range(0, len(rows), AT_ONCE):
        await Invitation.insert(*rows[first : first + AT_ONCE])
    made = await Invitation.select(Invitation.id, Invitation.municipality).where(
        Invitation.call == whole.call.id
    )
    for row in made:
        await Invitation.update(
            {
                Invitation.token_hash: hashed(token_of(row["id"])),
                Invitation.code_hash: hashed_code(code_of(row["id"]), "invitation"),
            }
        ).where(Invitation.id == row["id"])
    return {row["municipality"]: row["id"] for row in made}


async def write_letters(
    whole: WholeCall,
    meant: Sequence[Recipient],
    made: Mapping[int, int],
    *,
    now: datetime,
    due: datetime,
) -> None:
    """A letter of an earlier launch that was stopped makes room for the one of this launch.

    Who wants calls once a week gets this one on the next Monday, if that leaves time to answer.
    """
    await Letter.delete().where(
        Letter.key.like(f"{letters_of(whole.call)}%"), Letter.state == LetterState.STOPPED
    )
    carers = await coordinators()
    call = whole.call
    for each in meant:
        if each.contact is None:
            continue
        who = Addressee(made[each.municipality], each.code, each.name, each.contact, each.language)
        leaves = resting.leaves(
            Rhythm(each.contact.calls), deadline=call.answers_until, zone=call.zone, now=due
        )
        letter = mails.call(whole, who, carers.get(each.country))
        await mail.post(letter, now=now, due=leaves)
