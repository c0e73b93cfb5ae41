"""Who wants to come, as they say it."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.errors import Message
from advocacy.events.fields import Reader, Typed
from advocacy.people.rules import LANGUAGES


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who wants to come. `hears`: the language to be interpreted into, if any."""

    name: str
    email: str
    language: str
    organisation: str = ""
    hears: str = ""
    note: str = ""
    listed: bool = False


def guest(typed: Typed, *, interpreted: Sequence[str] = (), email: str = "") -> Guest:
    """`email`: the address that is known and not asked for again."""
    read = Reader(typed)
    made = Guest(
        name=read.line("name", 120, required=Message("Enter a name")),
        # One mailbox, one place: however its owner types it.
        email=email or read.email("email", required=True).lower(),
        language=read.one_of("language", LANGUAGES),
        organisation=read.line("organisation", 200),
        hears=read.one_of("hears", tuple(interpreted), empty=True),
        note=read.line("note", 300),
        listed=typed.get("listed") == "1",
    )
    read.check()
    return made
