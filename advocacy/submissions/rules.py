"""What may be handed in, and when."""

from collections.abc import Mapping
from enum import StrEnum


class SubmissionState(StrEnum):
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RECEIVED = "received"  # with the body's receipt


ALLOWED: Mapping[SubmissionState, frozenset[SubmissionState]] = {
    SubmissionState.PREPARED: frozenset({SubmissionState.SUBMITTED}),
    SubmissionState.SUBMITTED: frozenset({SubmissionState.RECEIVED}),
    SubmissionState.RECEIVED: frozenset(),
}
ENDS = frozenset({SubmissionState.RECEIVED})


class Channel(StrEnum):
    PORTAL = "portal"
    MAIL = "mail"
    POST = "post"
    BY_HAND = "by_hand"
