"""The stations of a dossier, the states of its deadlines."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy.errors import Message, Outdated


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
    Station.SUBMITTED: frozenset({Station.RESULT, Station.CALL, Station.DRAFT}),
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


DEADLINE_ALLOWED: Mapping[DeadlineState, frozenset[DeadlineState]] = {
    DeadlineState.PROPOSED: frozenset(
        {DeadlineState.CONFIRMED, DeadlineState.MOVED, DeadlineState.MISSED, DeadlineState.MET}
    ),
    DeadlineState.CONFIRMED: frozenset(
        {DeadlineState.MOVED, DeadlineState.MET, DeadlineState.MISSED}
    ),
    DeadlineState.MOVED: frozenset(
        {DeadlineState.CONFIRMED, DeadlineState.MET, DeadlineState.MISSED}
    ),
    DeadlineState.MET: frozenset({DeadlineState.MOVED}),
    DeadlineState.MISSED: frozenset({DeadlineState.MOVED}),
}
DEADLINE_ENDS = frozenset({DeadlineState.MET, DeadlineState.MISSED})


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
