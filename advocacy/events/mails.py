"""Letters about gatherings: values → message. None of them is needed to find out by oneself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a template's values are what its letter shows

from advocacy import texts
from advocacy.events.keeping.known import Told, link_to
from advocacy.events.registering.registered import invitation_link, place_link
from advocacy.events.rules import RegistrationState
from advocacy.events.showing.calendar import Appointment, calendar
from advocacy.events.tables import Gathering, Registration
from advocacy.mail.letters import Attachment, Written, unsubscribing, write
from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person
from advocacy.settings import settings


@dataclass(frozen=True, slots=True)
class About:
    """A gathering as a letter tells of it, in the language of who reads it."""

    gathering: Gathering
    told: Told

    def calendar_file(self, *, address: str, placed: bool) -> Attachment:
        """`address`: where one looks again; who has a place also gets that to take part from
        afar.
        """
        row = self.gathering
        afar = row.address if placed else ""
        appointment = Appointment(
            gathering=row.id, begins=row.begins, ends=row.ends, title=self.told.title,
            description="\n".join(part for part in (self.told.summary, afar) if part),
            place=row.place, address=address, sequence=row.sequence, changed=row.changed,
            state=row.state, latitude=row.latitude, longitude=row.longitude,
        )  # fmt: skip
        content = calendar(self.told.title, [appointment])
        return Attachment(f"gathering-{row.id}.ics", "text/calendar", content)


def letters_of(gathering_id: int) -> str:
    """How the keys of the letters begin that tell of cancelling."""
    return f"gathering-off/{gathering_id}/"


def invitation_key(invitation_id: int) -> str:
    return f"gathering-invitation/{invitation_id}"


def invitation(
    about: About, invitation_id: int, contact: Contact, coordinator: Person | None, message: str
) -> Written:
    """To a municipality, with its link. It brings no appointment: nobody has said yes yet."""
    headers = unsubscribing(
        links.mail_settings(contact.id, of="news"),
        coordinator.email if coordinator else settings().sender,
    )
    if coordinator:
        headers |= {"Reply-To": coordinator.email}
    return write(
        "gathering_invitation",
        key=invitation_key(invitation_id),
        recipient=contact.email,
        recipient_name=contact.name,
        language=contact.language,
        headers=headers,
        about=about,
        contact=contact,
        coordinator=coordinator,
        message=message,
        address=invitation_link(invitation_id),
        settings_link=links.mail_settings(contact.id),
    )


def confirm(about: About, row: Registration, *, until: datetime, tries: int) -> Written:
    """To a guest: is this address yours? Pressing the button behind the link says so. Nothing of
    what was typed stands in it: it may go to a stranger, and carries nobody's words there.
    """
    key = f"gathering-guest/{row.id}/{tries}"
    return _letter("gathering_guest", about, row, key, until=until, files=False, named=False)


def place(about: About, row: Registration, *, moved_up: bool = False) -> Written:
    """You have a place; `moved_up`: one that became free."""
    return _letter(
        "gathering_place", about, row, f"gathering-place/{row.id}", moved_up=moved_up, files=True
    )


def waiting(about: About, row: Registration) -> Written:
    key = f"gathering-waiting/{row.id}"
    return _letter("gathering_waiting", about, row, key, files=False)


def again(about: About, row: Registration, *, tries: int) -> Written:
    """Somebody registered this address once more: the link, in case it was lost."""
    key = f"gathering-again/{row.id}/{tries}"
    return _letter("gathering_again", about, row, key, files=False)


def moved(about: About, row: Registration) -> Written:
    """The date or the place is another one."""
    key = f"gathering-moved/{row.id}/{about.gathering.sequence}"
    return _letter("gathering_moved", about, row, key, files=True)


def reminder(about: About, row: Registration) -> Written:
    key = f"gathering-reminder/{row.id}/{about.gathering.sequence}"
    return _letter("gathering_reminder", about, row, key, files=True)


def cancelled(about: About, row: Registration) -> Written:
    key = f"{letters_of(about.gathering.id)}{row.id}/{about.gathering.sequence}"
    return _letter("gathering_cancelled", about, row, key, files=True)


def _letter(
    kind: str, about: About, row: Registration, key: str, *, files: bool, named: bool = True,
    **values: Any,
) -> Written:  # fmt: skip
    address = place_link(row.id)
    with texts.speaking(row.language):
        placed = row.state == RegistrationState.PLACED
        attached = (about.calendar_file(address=address, placed=placed),) if files else ()
    headers = {"Reply-To": about.gathering.contact} if about.gathering.contact else {}
    return write(
        kind,
        key=key,
        recipient=row.email,
        recipient_name=row.name if named else "",
        language=row.language,
        headers=headers,
        attachments=attached,
        about=about,
        row=row,
        address=address,
        page=link_to(about.gathering, row.language),
        **values,
    )
