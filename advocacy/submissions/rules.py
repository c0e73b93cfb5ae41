"""What may be handed in, and when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.approvals.rules import RoundState
from advocacy.errors import Invalid, Message, NotAllowed, Outdated


class SubmissionState(StrEnum):
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    RECEIVED = "received"  # with the body's receipt
    WITHDRAWN = "withdrawn"  # from the body; each time it had left was taken back


ALLOWED: Mapping[SubmissionState, frozenset[SubmissionState]] = {
    SubmissionState.PREPARED: frozenset({SubmissionState.SUBMITTED, SubmissionState.RECEIVED}),
    SubmissionState.SUBMITTED: frozenset({SubmissionState.RECEIVED, SubmissionState.WITHDRAWN}),
    SubmissionState.RECEIVED: frozenset({SubmissionState.SUBMITTED, SubmissionState.WITHDRAWN}),
    SubmissionState.WITHDRAWN: frozenset(
        {SubmissionState.PREPARED, SubmissionState.SUBMITTED, SubmissionState.RECEIVED}
    ),
}
ENDS = frozenset({SubmissionState.RECEIVED})
HANDED_IN = frozenset({SubmissionState.SUBMITTED, SubmissionState.RECEIVED})
NOT_OUT = frozenset(SubmissionState) - HANDED_IN


class FileKind(StrEnum):
    PACKAGE = "package"
    LEFT = "left"  # went out with a hand-in that was taken back
    RECEIPT = "receipt"


class SignatureState(StrEnum):
    """Of who signs beside the network."""

    ADDED = "added"  # by hand: the office has its word
    ASKED = "asked"
    SIGNED = "signed"
    DECLINED = "declined"


SIGNATURE_ALLOWED: Mapping[SignatureState, frozenset[SignatureState]] = {
    SignatureState.ADDED: frozenset({SignatureState.ASKED}),
    SignatureState.ASKED: frozenset({SignatureState.SIGNED, SignatureState.DECLINED}),
    # Asked again for another text; and minds change until it has left.
    SignatureState.SIGNED: frozenset({SignatureState.ASKED, SignatureState.DECLINED}),
    SignatureState.DECLINED: frozenset({SignatureState.ASKED, SignatureState.SIGNED}),
}
SIGNATURE_ENDS = frozenset({SignatureState.ADDED, SignatureState.SIGNED, SignatureState.DECLINED})
STANDS_UNDER = frozenset({SignatureState.ADDED, SignatureState.SIGNED})


class Channel(StrEnum):
    PORTAL = "portal"
    MAIL = "mail"
    POST = "post"
    BY_HAND = "by_hand"


CARRIED: Mapping[Channel, tuple[str, ...]] = {
    Channel.PORTAL: ("txt", "pdf", "json"),
    Channel.MAIL: ("pdf", "docx"),
    Channel.POST: ("pdf",),
    Channel.BY_HAND: ("pdf",),
}
"""Endings of the files that go with each channel, the first one first; the rest stays here."""

LONGEST_RECEIPT = 1_000  # characters
LONGEST_REASON = 1_000
LONGEST_MAIL_ID = 300
MOST_SIGNATORIES = 100
CLOCKS_DIFFER = timedelta(minutes=5)
"""Between the office's clock and the portal's."""


def check_text(state: RoundState, *, text_hash: str, current_hash: str) -> None:
    """Only the very text that was adopted goes out."""
    if text_hash != current_hash or state is RoundState.VOID:
        raise Outdated("The text has changed since it was adopted. It needs a new round.")
    if state is not RoundState.ADOPTED:
        raise NotAllowed("Only an adopted text can be handed in")


def check_language(language: str, lead: str, bound: Collection[str], missing: int) -> None:
    """`bound`: the languages that the round was about besides the lead: nobody has approved
    another. `missing`: parts of the translation that are not checked.
    """
    if language != lead and language not in bound:
        raise Invalid({"language": Message("Only an adopted text can be handed in")})
    if language != lead and missing:
        raise Invalid({"language": Message("This translation is not finished")})


def carried(channel: Channel, *, fits: bool) -> tuple[str, ...]:
    """`fits`: the text is within the channel's limit. What is longer is not cut: it stays here."""
    return tuple(each for each in CARRIED[channel] if fits or each != "txt")


def check_hand_in(
    state: SubmissionState,
    *,
    at: datetime,
    adopted: datetime,
    now: datetime,
    known: int,
    number: int | None,
) -> None:
    """`known`: how often it has left so far. `number`: which time the page took this one for;
    None: the first.
    """
    if number is None and state in HANDED_IN:
        raise Outdated("It has been handed in already")
    if number is not None and number != known + 1:
        raise Outdated("Somebody has recorded it meanwhile. Please look at the list.")
    if at > now + CLOCKS_DIFFER:
        raise Invalid({"day": Message("This instant is still ahead")})
    if at < adopted.replace(second=0, microsecond=0):  # people type minutes
        raise Invalid({"day": Message("The text had not been adopted yet at that instant")})


@dataclass(frozen=True, slots=True)
class Left:
    """One time that it left. `received`: the body has answered with something."""

    at: datetime
    receipt: str
    received: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What all hand-ins together make of the submission.

    `submitted`: the first that was not taken back, for that one decides whether it was in time.
    """

    state: SubmissionState
    submitted: datetime | None
    receipt: str


def standing(times: Sequence[Left]) -> Standing:
    if not times:
        return Standing(SubmissionState.PREPARED, None, "")
    there = sorted((each for each in times if not each.withdrawn), key=lambda each: each.at)
    if not there:
        return Standing(SubmissionState.WITHDRAWN, None, "")
    receipts = [each.receipt for each in there if each.receipt]
    received = any(each.received or each.receipt for each in there)
    state = SubmissionState.RECEIVED if received else SubmissionState.SUBMITTED
    return Standing(state, there[0].at, receipts[-1] if receipts else "")


def check_receipt(receipt: str) -> str:
    if len(receipt) > LONGEST_RECEIPT:
        raise Invalid({"receipt": Message("Shorten it to 1000 characters")})
    return receipt.strip()


def missing_receipt() -> Invalid:
    return Invalid({"receipt": Message("Enter what the body answered with")})


def check_mail_id(mail_id: str) -> str:
    """RFC 5322, 3.6.4: <left@right>. The brackets may be left out when it is typed."""
    bare = mail_id.strip().removeprefix("<").removesuffix(">")
    if not bare:
        return ""
    left, at, right = bare.partition("@")
    plain = bare.isascii() and bare.isprintable() and not any(sign in bare for sign in " <>")
    if not (left and at and right and plain) or len(bare) > LONGEST_MAIL_ID - 2:
        raise Invalid({"mail_id": Message("A mail's id looks like <abc@example.org>")})
    return f"<{bare}>"


def check_reason(reason: str) -> str:
    """Why it was taken back: the history and the archive keep it."""
    if not reason.strip():
        raise Invalid({"reason": Message("Say why it is taken back")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": Message("Shorten it to 1000 characters")})
    return reason.strip()


def check_signing(
    state: SubmissionState | None, *, signed_hash: str, text_hash: str, current_hash: str
) -> None:
    """`text_hash`: of the round; `state` None: no files have been made."""
    if state in HANDED_IN:
        raise NotAllowed("It has been handed in already")
    if not text_hash or signed_hash != text_hash or text_hash != current_hash:
        raise Outdated(
            "The text has changed since it was put to you. Please read it again before you sign."
        )


def is_late(at: datetime, closes: datetime | None) -> bool:
    """The instant of the deadline itself is still in time."""
    return closes is not None and at > closes


def hours_left(closes: datetime, now: datetime) -> int:
    """Whole hours; negative after the deadline."""
    return int((closes - now).total_seconds() // 3600)
