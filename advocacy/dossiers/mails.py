"""What we write to people about the dates of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Message
from advocacy.mail.letters import Attachment, Written
from advocacy.people.mails import write_to
from advocacy.people.tables import Person
from advocacy.settings import settings

SUBJECT = 60  # characters that a phone shows


class News(StrEnum):
    """What a letter tells of a date."""

    SET = "set"  # a deadline that was not there before
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    INTERNAL = "internal"  # dates of our own, by hand
    CLAIMED = "claimed"  # a source names another; nobody has decided yet


@dataclass(frozen=True, slots=True)
class Shift:
    """One date that moves. `name` is its label; no `before`: it is new; no `after`: called off.

    The precisions are those of the window for its deadline, "exact" for internal dates.
    """

    kind: str  # deadline, or deadlines.Milestone
    name: Message
    before: datetime | None
    after: datetime | None
    precision_before: str = "exact"
    precision_after: str = "exact"

    def instants(self) -> list[datetime]:
        return [each for each in (self.before, self.after) if each is not None]


def date_moved(
    person: Person,
    dossier: Dossier,
    window: Window,
    shifts: Sequence[Shift],
    *,
    news: News,
    quote: str,
    key: str,
    calendar: bytes | None,
    now: datetime,
) -> Written:
    """`shifts`: the date that the letter is about, then those that follow from it."""
    attached = (Attachment(f"{dossier.number}.ics", "text/calendar", calendar),) if calendar else ()
    return write_to(
        person,
        "date_moved",
        key=f"date-moved/{key}/{person.id}",
        dossier=dossier.id,
        attachments=attached,
        matter=dossier,
        zone=window.zone,
        news=news,
        quote=quote,
        first=shifts[0],
        shifts=shifts,
        titled=titled,
        now=now,
        address=f"{settings().base_url}/{person.language}/d/{dossier.number}",
    )


def titled(head: str, title: str) -> str:
    """A subject: what matters, then as much of the title as fits, in whole words."""
    words, kept = title.split(), head
    for word in words:
        if len(kept) + 1 + len(word) > SUBJECT:
            return kept
        kept = f"{kept} {word}"
    return kept
