"""Letters about the people themselves, and one to who looks after them."""

from collections.abc import Sequence
from datetime import datetime

from advocacy.mail.letters import Written, write
from advocacy.municipalities import links
from advocacy.municipalities.labels import ROLES
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.settings import settings


def confirm_contact(
    people: Sequence[Contact], coordinator: Person | None, *, now: datetime
) -> Written:
    """One letter for one address, which may stand for several municipalities."""
    first = people[0]
    return write(
        "confirm_contact",
        key=f"confirm/{first.id}/{now.date().isoformat()}",
        recipient=first.email,
        recipient_name=first.name,
        language=first.language,
        headers={"Reply-To": coordinator.email} if coordinator else {},
        person=first,
        entries=[(each, ROLES.get(each.role), links.own_page(each.id)) for each in people],
        coordinator=coordinator,
    )


def misrepresented(
    reader: Person,
    member: Municipality,
    contact: Contact,
    *,
    number: str,
    title: str,
    text: str,
    event: int,
) -> Written:
    """`event`: of the objection; `number` and `title`: of the dossier it is about."""
    return write(
        "misrepresented",
        key=f"misrepresented/{event}/{reader.id}",
        recipient=reader.email,
        recipient_name=reader.name,
        language=reader.language,
        headers={"Reply-To": contact.email},
        reader=reader,
        member=member,
        contact=contact,
        number=number,
        title=title,
        text=text,
        address=f"{settings().base_url}/{reader.language}/m/{member.code}",
    )
