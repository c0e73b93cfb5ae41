"""What may become of an entry."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.errors import Message, Outdated


class Decision(StrEnum):
    DOSSIER = "dossier"  # opens one
    ATTACHED = "attached"  # belongs to one
    DUPLICATE = "duplicate"
    DISMISSED = "dismissed"
    LATER = "later"


class Dismissal(StrEnum):
    NOT_OUR_TOPIC = "not our topic"
    TOO_LATE = "too late"
    ONLY_INFORMATION = "only information"
    OUTSIDE_THE_ALPS = "outside the Alps"


UNDECIDED = ""

ALLOWED: Mapping[str, frozenset[Decision]] = {
    UNDECIDED: frozenset(Decision),
    Decision.LATER: frozenset(Decision),
    Decision.DOSSIER: frozenset(),
    Decision.ATTACHED: frozenset(),
    Decision.DUPLICATE: frozenset(),
    Decision.DISMISSED: frozenset(),
}
"""From what was decided before to what may be decided now. An undo deletes the decision."""

ENDS = frozenset({Decision.DOSSIER, Decision.ATTACHED, Decision.DUPLICATE, Decision.DISMISSED})

OFFICE_ZONE = "Europe/Brussels"
"""Where "today" begins and ends for the office."""

UNDO_LASTS = timedelta(days=30)
"""So long the list of decisions offers to take one back."""

LOOKING_LASTS = timedelta(minutes=2)
"""So long somebody who has opened an entry counts as looking at it."""

BACK_AT = time(5)
"""In the morning, UTC: when what was put off comes back."""

FURTHEST = timedelta(days=366)
"""Nobody puts an entry off for longer."""

ALPINE_COUNTRIES = frozenset({"AT", "CH", "DE", "FR", "IT", "LI", "MC", "SI"})
"""The parties to the Alpine Convention."""

EVERYWHERE = frozenset({"", "EU"})
ALPINE_LANGUAGES = frozenset({"de", "fr", "it", "sl", "rm", "en"})
"""English says nothing of where a text comes from; Romansh is spoken in the Grisons."""


class NotOurs(StrEnum):
    """Why an entry is probably not ours."""

    NO_TOPIC = "no topic, no deadline"
    ELSEWHERE = "from elsewhere"
    IN_ANOTHER_LANGUAGE = "in another language"


def check_decision(before: str, decision: Decision, *, who: str = "") -> None:
    """`who` decided before: a second decision shows the first."""
    if decision not in ALLOWED[before]:
        raise Outdated(
            Message(
                "%(who)s has decided this entry already: %(before)s", {"who": who, "before": before}
            )
        )


def later_until(choice: str, *, now: datetime) -> datetime:
    """tomorrow, or next week: the entry comes back at five in the morning, UTC."""
    days = {"tomorrow": 1, "next week": 7}.get(choice, 1)
    return datetime.combine(now.date() + timedelta(days=days), BACK_AT, now.tzinfo)


def later_on(day: date, *, now: datetime) -> datetime | None:
    """In the morning of that day; None when it is not ahead by the office's calendar."""
    today = now.astimezone(ZoneInfo(OFFICE_ZONE)).date()
    back = datetime.combine(day, BACK_AT, UTC)
    return back if day > today and now < back <= now + FURTHEST else None


def office_zone() -> ZoneInfo:
    return ZoneInfo(OFFICE_ZONE)


def day_begins(now: datetime) -> datetime:
    """The last midnight of the office."""
    local = now.astimezone(ZoneInfo(OFFICE_ZONE))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def not_ours(
    topics: Sequence[object],
    deadlines: Sequence[object],
    *,
    countries: Sequence[str] = (),
    language: str | None = None,
) -> tuple[NotOurs, ...]:
    """The reasons why an entry is probably not ours; none: it may be.

    `countries` are those of its source, which says more than the language; a source without any
    is read by the language of the entry.
    """
    reasons = [] if topics or deadlines else [NotOurs.NO_TOPIC]
    named = set(countries) - EVERYWHERE
    if named and not named & ALPINE_COUNTRIES and "EU" not in countries:
        reasons.append(NotOurs.ELSEWHERE)
    elif not named and "EU" not in countries and language and language not in ALPINE_LANGUAGES:
        reasons.append(NotOurs.IN_ANOTHER_LANGUAGE)
    return tuple(reasons)


def marked(quote: str, words: str) -> list[tuple[bool, str]]:
    """The pieces of a sentence; True marks the words that the deadline was read from."""
    at = quote.find(words) if words else -1
    if at < 0:
        return [(False, quote)] if quote else []
    pieces = [(False, quote[:at]), (True, words), (False, quote[at + len(words) :])]
    return [piece for piece in pieces if piece[1]]
