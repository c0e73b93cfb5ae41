"""The first line of the day: how many things need somebody, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.errors import Message

NOON, EVENING = 11, 18
NOTHING = Message("Nothing needs you now.")
# Whole sentences: Slovene has a dual, and numbers have genders in most of our languages.
IN_WORDS = (
    NOTHING,
    Message("One thing needs you now."),
    Message("Two things need you now."),
    Message("Three things need you now."),
    Message("Four things need you now."),
    Message("Five things need you now."),
    Message("Six things need you now."),
    Message("Seven things need you now."),
)


def greeting(name: str, *, now: datetime, zone: str) -> str:
    hour = now.astimezone(ZoneInfo(zone)).hour
    first = name.split(" ", maxsplit=1)[0]
    if hour < NOON:
        return texts.gettext("Good morning, %(name)s.") % {"name": first}
    if hour < EVENING:
        return texts.gettext("Good day, %(name)s.") % {"name": first}
    return texts.gettext("Good evening, %(name)s.") % {"name": first}


def count_in_words(count: int) -> str:
    if count < len(IN_WORDS):
        return texts.translate(IN_WORDS[count])
    return texts.ngettext("%(num)d thing needs you now.", "%(num)d things need you now.", count) % {
        "num": count
    }
