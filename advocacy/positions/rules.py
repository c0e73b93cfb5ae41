"""The states of a position and of what municipalities said."""

from collections.abc import Mapping
from enum import StrEnum


class PositionState(StrEnum):
    DRAFT = "draft"
    IN_ROUND = "in_round"
    ADOPTED = "adopted"
    SUBMITTED = "submitted"


ALLOWED: Mapping[PositionState, frozenset[PositionState]] = {
    PositionState.DRAFT: frozenset({PositionState.IN_ROUND}),
    PositionState.IN_ROUND: frozenset({PositionState.ADOPTED, PositionState.DRAFT}),
    PositionState.ADOPTED: frozenset({PositionState.SUBMITTED, PositionState.DRAFT}),
    PositionState.SUBMITTED: frozenset(),
}
ENDS = frozenset({PositionState.SUBMITTED})


class PassageStance(StrEnum):
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    MENTIONS = "mentions"


class Disposition(StrEnum):
    OPEN = "open"
    TAKEN_UP = "taken_up"
    PARTLY = "partly"
    NOT_TAKEN_UP = "not_taken_up"
    NOTED = "noted"


DISPOSITION_ALLOWED: Mapping[Disposition, frozenset[Disposition]] = {
    each: frozenset(Disposition) - {each} for each in Disposition
}
DISPOSITION_ENDS = frozenset(Disposition) - {Disposition.OPEN}
