"""What may be handed in, and when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.approvals.rules import RoundState
from advocacy.errors import Invalid, Message, NotAllowed, Outdated


class SubmissionState(StrEnum):
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RECEIVED = "received"  # with the body's receipt


ALLOWED: Mapping[SubmissionState, frozenset[SubmissionState]] = {
    SubmissionState.PREPARED: frozenset({SubmissionState.SUBMITTED, SubmissionState.RECEIVED}),
    SubmissionState.SUBMITTED: frozenset({SubmissionState.RECEIVED}),
    SubmissionState.RECEIVED: frozenset(),
}
ENDS = frozenset({SubmissionState.RECEIVED})
HANDED_IN = frozenset({SubmissionState.SUBMITTED, SubmissionState.RECEIVED})


class Channel(StrEnum):
    PORTAL = "portal"
    MAIL = "mail"
    POST = "post"
    BY_HAND = "by_hand"


LONGEST_RECEIPT = 1_000  # characters
CLOCKS_DIFFER = timedelta(minutes=5)
"""Between the office's clock and the portal's."""


def check_text(state: RoundState, *, text_hash: str, current_hash: str) -> None:
    """Only the very text that was adopted goes out."""
    if text_hash != current_hash or state is RoundState.VOID:
        raise Outdated("The text has changed since it was adopted. It needs a new round.")
    if state is not RoundState.ADOPTED:
        raise NotAllowed("Only an adopted text can be handed in")


def check_language(language: str, lead: str, missing: int) -> None:
    """`missing`: parts of the translation that are not checked."""
    if language != lead and missing:
        raise Invalid({"language": Message("This translation is not finished")})


def check_hand_in(
    state: SubmissionState, *, at: datetime, adopted: datetime, receipt: str, now: datetime
) -> SubmissionState:
    """The state after it: with the body's receipt it is received at once."""
    if state is not SubmissionState.PREPARED:
        raise Outdated("It has been handed in already")
    if at > now + CLOCKS_DIFFER:
        raise Invalid({"day": Message("This instant is still ahead")})
    if at < adopted.replace(second=0, microsecond=0):  # people type minutes
        raise Invalid({"day": Message("The text had not been adopted yet at that instant")})
    return SubmissionState.RECEIVED if check_receipt(receipt) else SubmissionState.SUBMITTED


def check_receipt(receipt: str) -> str:
    if len(receipt) > LONGEST_RECEIPT:
        raise Invalid({"receipt": Message("Shorten it to 1000 characters")})
    return receipt.strip()


def missing_receipt() -> Invalid:
    return Invalid({"receipt": Message("Enter what the body answered with")})


def is_late(at: datetime, closes: datetime | None) -> bool:
    """The instant of the deadline itself is still in time."""
    return closes is not None and at > closes


def hours_left(closes: datetime, now: datetime) -> int:
    """Whole hours; negative after the deadline."""
    return int((closes - now).total_seconds() // 3600)
