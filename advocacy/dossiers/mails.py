"""What we write to people about a dossier."""

from datetime import datetime

from advocacy.dossiers.tables import Dossier, Window
from advocacy.mail.letters import Written
from advocacy.people.mails import write_to
from advocacy.people.tables import Person
from advocacy.settings import settings


def date_moved(
    person: Person, dossier: Dossier, window: Window, *, before: datetime, event: int, now: datetime
) -> Written:
    """`window` as it is now, `before` its deadline as it was."""
    return write_to(
        person,
        "date_moved",
        key=f"date-moved/{event}/{person.id}",
        dossier=dossier.id,
        matter=dossier,
        window=window,
        before=before,
        now=now,
        address=f"{settings().base_url}/{person.language}/d/{dossier.number}",
    )
