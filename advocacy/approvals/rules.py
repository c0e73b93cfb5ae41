"""One round on one exact text: its states, who may choose what in it and until when."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.people.rules import Role


class Policy(StrEnum):
    ALL = "all"
    MAJORITY = "majority"
    TWO_THIRDS = "two_thirds"
    SILENCE = "silence"


class Choice(StrEnum):
    APPROVE = "approve"
    CHANGE = "change"  # with a remark: in a round by silence this is the objection
    ABSTAIN = "abstain"


class RoundState(StrEnum):
    OPEN = "open"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    VOID = "void"  # the text has changed


ALLOWED: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.OPEN: frozenset({RoundState.ADOPTED, RoundState.REJECTED, RoundState.VOID}),
    # a member thinks again before the text has left
    RoundState.ADOPTED: frozenset({RoundState.VOID, RoundState.OPEN, RoundState.REJECTED}),
    RoundState.REJECTED: frozenset(),
    RoundState.VOID: frozenset(),
}
ENDS = frozenset({RoundState.ADOPTED, RoundState.REJECTED, RoundState.VOID})
LONGEST_REMARK = 2_000  # characters
DEPUTIES = frozenset({Role.COORDINATOR})
"""Who may stand in for a member: a member has a voice of its own, and the secretariat has written
the text.
"""
REMINDED_BEFORE = timedelta(days=1)


def seal(text_hash: str, translations: Mapping[str, str]) -> str:
    """SHA-256 (hex) over the hash of the lead text and those of its binding translations.

    Without any it is the lead text's own.
    """
    if not translations:
        return text_hash
    parts = [text_hash, *(f"{each}:{translations[each]}" for each in sorted(translations))]
    return hashlib.sha256("\n".join(parts).encode("ascii")).hexdigest()


def check_vote(
    state: RoundState,
    *,
    choice: str,
    remark: str,
    voted_hash: str,
    text_hash: str,
    current_hash: str,
    ends: datetime,
    now: datetime,
    thinks_again: bool = False,
) -> Choice:
    """The choice, if it may be taken. A vote never slides to another version.

    `thinks_again`: this member has chosen already, by vote, on a text that has not left yet.
    """
    if thinks_again and state is RoundState.ADOPTED:
        state = RoundState.OPEN
    check_open(
        state,
        voted_hash=voted_hash,
        text_hash=text_hash,
        current_hash=current_hash,
        ends=ends,
        now=now,
    )
    if choice not in set(Choice):
        raise Invalid({"choice": Message("Choose one of the three")})
    check_remark(remark, needed=choice == Choice.CHANGE)
    return Choice(choice)


def check_open(
    state: RoundState,
    *,
    voted_hash: str,
    text_hash: str,
    current_hash: str,
    ends: datetime,
    now: datetime,
) -> None:
    """The round still runs, and on the very text that was read."""
    if not voted_hash == text_hash == current_hash or state is RoundState.VOID:
        raise Outdated("The text has changed since you opened it. Your vote was not counted.")
    if state is not RoundState.OPEN or now > ends:
        raise NotAllowed("This round is over")


def check_remark(remark: str, *, needed: bool) -> None:
    if len(remark) > LONGEST_REMARK:
        raise Invalid({"remark": Message("Shorten the remark to 2000 characters")})
    if needed and not remark.strip():
        raise Invalid({"remark": Message("Say what should be changed")})


def check_stands_in(*, member: str, in_force: bool, member_voted: bool) -> None:
    """A deputy chooses on the days it is named for, and never over the member's own choice."""
    if not in_force:
        raise NotAllowed(Message("You do not stand in for %(name)s today", {"name": member}))
    if member_voted:
        raise NotAllowed(Message("%(name)s has decided already", {"name": member}))


def in_force(begins: date, ends: date | None, day: date) -> bool:
    return begins <= day and (ends is None or day <= ends)


def check_deputy(
    *, role: str, begins: date | None, ends: date | None, taken: str, today: date
) -> None:
    """`taken`: the other member for whom this person stands in on some of these days, or "".

    Nobody has two voices.
    """
    wrong: dict[str, Message] = {}
    if role not in DEPUTIES:
        wrong["deputy"] = Message("A deputy is a coordinator")
    elif taken:
        wrong["deputy"] = Message(
            "This person stands in for %(name)s on some of these days", {"name": taken}
        )
    if begins is None:
        wrong["begins"] = Message("Enter a date like 2026-12-08")
    if ends is not None and (ends < today or (begins is not None and ends < begins)):
        wrong["ends"] = Message("The last day is before the first, or over")
    if wrong:
        raise Invalid(wrong)


def remind_at(opened: datetime, ends: datetime) -> datetime:
    """A day before the end; in a round of less than two days, at half its time."""
    return max(ends - REMINDED_BEFORE, opened + (ends - opened) / 2)


def check_opening(
    *,
    quorum: int,
    voices: int,
    ends: datetime,
    closes: datetime | None,
    now: datetime,
    without_country: Sequence[str] = (),
    chair_votes: bool = True,
) -> None:
    """`closes`: the deadline of the window that the text is for. `without_country`: members whose
    country nobody has entered, where countries vote.
    """
    wrong: dict[str, Message] = {}
    if not 1 <= quorum <= max(voices, 1):
        text = Message("Enter a number from 1 to %(members)s", {"members": max(voices, 1)})
        wrong["quorum"] = text
    if without_country:
        names = ", ".join(without_country)
        wrong["voices"] = Message("Members without a country: %(names)s", {"names": names})
    if not chair_votes:
        wrong["chair"] = Message("The chair is a member of the presidency")
    if ends <= now:
        wrong["ends_on"] = Message("Choose an instant that is still ahead")
    elif closes is not None and now < closes <= ends:
        wrong["ends_on"] = Message("The round has to end before the deadline of the window")
    if wrong:
        raise Invalid(wrong)
