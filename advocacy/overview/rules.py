"""What needs somebody now, and in which order. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.dossiers.rules import Station
from advocacy.positions.rules import PositionState

MOST = 7
FEW_ANSWERS = 0.6
"""Below this share of answers a call that ends soon needs somebody."""
SOON = timedelta(days=10)
REPORT_BACK_WITHIN = timedelta(days=14)
PROPOSALS_ANSWERED_WITHIN = timedelta(days=3)
FAILURES_SHOWN = 3
BLIND_AFTER = timedelta(days=7)
"""A source that fails: after this long without a good poll something may have been missed."""


@dataclass(frozen=True, slots=True)
class Need:
    """One row. `act` says the verb first, `about` names the matter in its own `language`.

    `at` is the moment at which doing nothing has a consequence, said in `zone`. `owner`: who has
    to act; None: whoever of the role comes first. `size`: of how many things it is made.
    """

    act: str
    about: str
    language: str
    why: str
    path: str
    at: datetime
    zone: str
    owner: int | None = None
    size: int = 1


class Step(StrEnum):
    """What is to be done next with a window of a dossier."""

    ASK = "ask"
    WRITE = "write"
    APPROVE = "approve"
    SUBMIT = "submit"
    NOTHING = "nothing"


def next_step(
    station: Station, *, has_call: bool, position: PositionState | None, version: int
) -> Step:
    """`version` 0 is a sheet on which nothing stands yet; `position` None: there is no sheet."""
    if station in {Station.SUBMITTED, Station.RESULT, Station.CLOSED}:
        return Step.NOTHING
    if position is PositionState.ADOPTED:
        return Step.SUBMIT
    if position in {PositionState.IN_ROUND, PositionState.SUBMITTED}:
        return Step.NOTHING
    if position is PositionState.DRAFT and version:
        return Step.APPROVE
    if station in {Station.DRAFT, Station.APPROVAL}:
        return Step.WRITE
    return Step.NOTHING if has_call else Step.ASK


def in_order(needs: Iterable[Need]) -> list[Need]:
    """The earliest consequence first, of equal ones the largest; then by name, so that the order
    stands still.
    """
    return sorted(needs, key=lambda need: (need.at, -need.size, need.act, need.about))


def shared_out(needs: Sequence[Need], person: int) -> tuple[list[Need], list[Need]]:
    """Those that somebody has to act on, and those that a colleague of theirs has."""
    own = [need for need in needs if need.owner in {None, person}]
    return own, [need for need in needs if need.owner not in {None, person}]


def needs_a_push(*, asked: int, answered: int, answers_until: datetime, now: datetime) -> bool:
    """An open call that ends soon and has few answers."""
    if not asked or not now < answers_until <= now + SOON:
        return False
    return answered / asked < FEW_ANSWERS


def blind_from(last_success: datetime | None, *, created: datetime) -> datetime:
    return (last_success or created) + BLIND_AFTER
