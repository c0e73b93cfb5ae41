"""What people do with gatherings; each in a folder of its own, here all together."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy.events.inviting.inviting import invite
from advocacy.events.keeping import drafting, files, programme
from advocacy.events.keeping.drafting import call_off, draft, edit, publish
from advocacy.events.registering import guests, placing, presence, reminding
from advocacy.events.registering.guests import forget_unconfirmed
from advocacy.events.registering.reminding import remind_due
from advocacy.events.saying import becoming, minutes
from advocacy.history.tables import Event
from advocacy.people.tables import Person

__all__ = [
    "UNDO",
    "becoming",
    "call_off",
    "draft",
    "drafting",
    "edit",
    "files",
    "forget_unconfirmed",
    "guests",
    "invite",
    "minutes",
    "placing",
    "presence",
    "programme",
    "publish",
    "remind_due",
    "reminding",
    "tend",
]


async def tend(now: datetime) -> None:
    """What happens by itself: reminders, and guests who never confirmed are forgotten."""
    await remind_due(now)
    await forget_unconfirmed(now)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "gathering published": drafting.undo_publishing,
    "gathering called off": drafting.undo_calling_off,
    "gathering file added": files.undo_adding,
    "gathering file removed": files.undo_removing,
    "programme point removed": programme.undo_removing,
    "minutes written": minutes.undo_writing,
    "minutes removed": minutes.undo_removing,
}
