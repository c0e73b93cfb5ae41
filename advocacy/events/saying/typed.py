"""What somebody wrote down."""

from collections.abc import Sequence
from dataclasses import dataclass

from advocacy.errors import Message
from advocacy.events.fields import CHOOSE, Reader, Typed, number
from advocacy.people.rules import LANGUAGES


@dataclass(frozen=True, slots=True)
class NewMinute:
    """`point` counts from 1, 0: of none. `code` of a municipality, `stance` as calls know it."""

    text: str
    language: str
    point: int = 0
    said_by: str = ""
    code: str = ""
    stance: str = ""


def minute(typed: Typed, *, points: int, stances: Sequence[str]) -> NewMinute:
    read = Reader(typed)
    chosen = typed.get("point", "")
    place = number(chosen) or 0
    if chosen and not 0 < place <= points:
        read.wrong["point"] = CHOOSE
    made = NewMinute(
        text=read.words("text", 5_000, required=Message("Write down what was said")),
        language=read.one_of("language", LANGUAGES),
        point=place,
        said_by=read.line("said_by", 120),
        code=read.line("code", 12).upper(),
        stance=read.one_of("stance", stances, empty=True),
    )
    read.check()
    return made
