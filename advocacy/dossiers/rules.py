"""The stations of a dossier, the states of its deadlines."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.deadlines import Milestone
from advocacy.errors import Invalid, Message, Outdated


class Station(StrEnum):
    OPENED = "opened"
    CALL = "call"
    DRAFT = "draft"
    APPROVAL = "approval"
    SUBMITTED = "submitted"
    RESULT = "result"
    CLOSED = "closed"  # without a position, with a reason


TRAIL = ("captured", *(station.value for station in Station if station is not Station.CLOSED))
"""As people see it: the entry was captured, then these."""

ALLOWED: Mapping[Station, frozenset[Station]] = {
    Station.OPENED: frozenset({Station.CALL, Station.DRAFT, Station.CLOSED}),
    Station.CALL: frozenset({Station.DRAFT, Station.OPENED, Station.CLOSED}),
    Station.DRAFT: frozenset({Station.APPROVAL, Station.CALL, Station.CLOSED}),
    Station.APPROVAL: frozenset({Station.SUBMITTED, Station.DRAFT, Station.CLOSED}),
    # back to APPROVAL: what was handed in has been taken back
    Station.SUBMITTED: frozenset({Station.RESULT, Station.CALL, Station.DRAFT, Station.APPROVAL}),
    Station.RESULT: frozenset({Station.CALL, Station.DRAFT}),  # the next window of one matter
    Station.CLOSED: frozenset({Station.OPENED}),
}
ENDS = frozenset({Station.RESULT, Station.CLOSED})


class DeadlineState(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    MOVED = "moved"
    MET = "met"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"  # the body took its window back, or it never was one


DEADLINE_ALLOWED: Mapping[DeadlineState, frozenset[DeadlineState]] = {
    DeadlineState.PROPOSED: frozenset(set(DeadlineState) - {DeadlineState.PROPOSED}),
    DeadlineState.CONFIRMED: frozenset(
        {
            DeadlineState.MOVED,
            DeadlineState.MET,
            DeadlineState.MISSED,
            DeadlineState.WITHDRAWN,
        }
    ),
    DeadlineState.MOVED: frozenset(set(DeadlineState) - {DeadlineState.PROPOSED}),
    # CONFIRMED or MISSED after MET: what had met it was taken back
    DeadlineState.MET: frozenset(
        {DeadlineState.MOVED, DeadlineState.CONFIRMED, DeadlineState.MISSED}
    ),
    # MET after MISSED: it had left in time, and was written down later
    DeadlineState.MISSED: frozenset({DeadlineState.MOVED, DeadlineState.MET}),
    # opened again, at the date that it had or at another
    DeadlineState.WITHDRAWN: frozenset({DeadlineState.CONFIRMED, DeadlineState.MOVED}),
}
DEADLINE_ENDS = frozenset({DeadlineState.MET, DeadlineState.MISSED, DeadlineState.WITHDRAWN})


class Precision(StrEnum):
    """How much of a deadline is known."""

    EXACT = "exact"
    DAY = "day"
    MONTH = "month"  # stored as the end of its last day
    UNKNOWN = "unknown"  # stored is what it is planned with


class ClaimState(StrEnum):
    """What became of an entry's word that a deadline is another than we have."""

    OPEN = "open"
    TAKEN = "taken"  # by a person: a deadline moved, or one more was set
    REFUSED = "refused"
    SETTLED = "settled"  # a deadline has this date, or a person moved it away knowing this
    LAPSED = "lapsed"  # the source says it no more


CLAIM_ALLOWED: Mapping[ClaimState, frozenset[ClaimState]] = {
    ClaimState.OPEN: frozenset(set(ClaimState) - {ClaimState.OPEN}),
    ClaimState.TAKEN: frozenset({ClaimState.OPEN, ClaimState.LAPSED}),
    ClaimState.REFUSED: frozenset({ClaimState.OPEN, ClaimState.LAPSED}),
    ClaimState.SETTLED: frozenset({ClaimState.OPEN, ClaimState.LAPSED}),
    ClaimState.LAPSED: frozenset(),
}
CLAIM_ENDS = frozenset({ClaimState.LAPSED})


def check_step(before: Station, after: Station) -> None:
    if after not in ALLOWED[before]:
        raise Outdated(
            Message(
                "A dossier does not go from %(before)s to %(after)s",
                {"before": before.value, "after": after.value},
            )
        )


def number(year: int, place: int) -> str:
    """2026-014: the fourteenth dossier of that year."""
    return f"{year}-{place:03d}"


URGENT = timedelta(hours=72)
"""A date that moves within this time is told at once, by letter."""

OPEN_DEADLINES = frozenset({DeadlineState.PROPOSED, DeadlineState.CONFIRMED, DeadlineState.MOVED})

MET_BY: Mapping[Station, frozenset[Milestone]] = {
    Station.CALL: frozenset({Milestone.CALL_OUT}),
    Station.DRAFT: frozenset({Milestone.CALL_OUT, Milestone.ANSWERS_IN}),
    Station.APPROVAL: frozenset(
        {Milestone.DRAFT, Milestone.TRANSLATIONS, Milestone.MEMBER_CHECK, Milestone.CORE_POSITION}
    ),
    Station.SUBMITTED: frozenset(
        {Milestone.PRESIDENCY, Milestone.OBJECTIONS_UNTIL, Milestone.SUBMIT}
    ),
}
"""Which internal dates are met by reaching a station."""


def check_deadline_step(before: DeadlineState, after: DeadlineState) -> None:
    if after not in DEADLINE_ALLOWED[before]:
        raise Outdated(
            Message(
                "A deadline does not go from %(before)s to %(after)s",
                {"before": before.value, "after": after.value},
            )
        )


def is_urgent(*instants: datetime, now: datetime) -> bool:
    return any(now <= instant <= now + URGENT for instant in instants)


def check_milestones(dates: Mapping[Milestone, datetime], closes: datetime, zone: str) -> None:
    """An internal date lies before the deadline that it serves; Invalid names both."""
    wrong = {
        kind.value: Message(
            "%(internal)s is after the deadline that it serves: %(deadline)s",
            {"internal": _typed(due, zone), "deadline": _typed(closes, zone)},
        )
        for kind, due in dates.items()
        if due >= closes
    }
    if wrong:
        raise Invalid(wrong)


def _typed(instant: datetime, zone: str) -> str:
    local = instant.astimezone(ZoneInfo(zone))
    ends = (local.hour, local.minute) == (23, 59)
    return f"{local.day}.{local.month}.{local.year} {'24:00' if ends else local.strftime('%H:%M')}"


def trail(station: Station) -> list[tuple[str, str]]:
    """Each stop of TRAIL with done, current or ahead. A closed dossier has no current one."""
    place = TRAIL.index(station) if station in TRAIL else 1
    states = ["done"] * place + ["current"] + ["ahead"] * (len(TRAIL) - place - 1)
    if station is Station.CLOSED:
        states = ["done"] * 2 + ["ahead"] * (len(TRAIL) - 2)
    return list(zip(TRAIL, states, strict=True))
