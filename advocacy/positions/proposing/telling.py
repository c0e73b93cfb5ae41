"""Who proposed or remarked hears what became of it."""

from collections.abc import Iterable
from datetime import datetime

from advocacy import database
from advocacy.calls.tables import Invitation
from advocacy.dossiers import queries as dossiers
from advocacy.mail.actions import post
from advocacy.municipalities.queries import contacts_of
from advocacy.people.tables import Person
from advocacy.positions import queries
from advocacy.positions.proposing import mails
from advocacy.positions.proposing.mails import Author
from advocacy.positions.rules import ProposalSource
from advocacy.positions.tables import Position, Proposal, Remark

Said = Proposal | Remark


async def authors(rows: Iterable[Said], *, but: Person) -> list[Author]:
    """Without who answers. Who changed it in Word is only a name; whoever brought the file hears
    of it on its page.
    """
    found = []
    for row in rows:
        author = await (_at_municipality(row) if row.invitation else _at_house(row))
        if author and author.email != but.email:
            found.append(author)
    return found


async def _at_municipality(row: Said) -> Author | None:
    invitation = await database.with_referred(
        Invitation.objects().where(Invitation.id == row.invitation).first(),
        Invitation.contact,
    )
    if invitation is None:
        return None
    contact = invitation.contact
    if contact is None or contact.bounced:
        others = await contacts_of([invitation.municipality])
        contact = next(iter(others.get(invitation.municipality, [])), None)
    if contact is None or not contact.email:
        return None
    return Author(row, contact.name, contact.email, invitation.language, invitation.id)


async def _at_house(row: Said) -> Author | None:
    if not row.person or getattr(row, "source", "") == ProposalSource.WORD:
        return None
    person = await Person.objects().where(Person.id == row.person).first()
    return Author(row, person.name, person.email, person.language) if person else None


async def answered(
    position: Position, told: Iterable[Author], *, now: datetime, due: datetime
) -> None:
    """Inside the transaction of the answer, as its last statements."""
    dossier = await dossiers.by_id(position.dossier)
    version = await queries.version(position.id)
    for author in told:
        await post(mails.answered(author, dossier, version), now=now, due=due)
