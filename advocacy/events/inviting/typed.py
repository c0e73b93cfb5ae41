"""Whom a letter shall go to."""

from dataclasses import dataclass

from advocacy.errors import Message
from advocacy.events.fields import Reader, Typed
from advocacy.people.rules import COUNTRIES
from feeds.reading.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom the letter goes to; all that is empty restricts nothing, but one has to be said."""

    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    everybody: bool = False
    message: str = ""


def invited(typed: Typed) -> Invited:
    read = Reader(typed)
    codes = typed.get("codes", "").replace(",", " ").replace(";", " ").upper().split()
    made = Invited(
        countries=tuple(part for part in read.several("countries", COUNTRIES).split(",") if part),
        topics=tuple(part for part in read.several("topics", TOPICS).split(",") if part),
        codes=tuple(dict.fromkeys(codes)),
        everybody=typed.get("everybody") == "1",
        message=read.words("message", 1_000),
    )
    if not (made.countries or made.topics or made.codes or made.everybody):
        read.wrong["countries"] = Message("Choose who is invited")
    read.check()
    return made
