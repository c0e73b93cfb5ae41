"""When a call may leave, who may answer, what an answer is."""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.errors import Message, Outdated


class CallState(StrEnum):
    DRAFT = "draft"
    HELD = "held"  # ten minutes in which it can be stopped
    OPEN = "open"
    CLOSED = "closed"


ALLOWED: Mapping[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.HELD}),
    CallState.HELD: frozenset({CallState.OPEN, CallState.DRAFT}),
    CallState.OPEN: frozenset({CallState.CLOSED}),
    CallState.CLOSED: frozenset({CallState.OPEN}),
}
ENDS = frozenset({CallState.CLOSED})
HOLD = timedelta(minutes=10)


class InvitationState(StrEnum):
    PREPARED = "prepared"
    SENT = "sent"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    ABSENT = "absent"


INVITATION_ALLOWED: Mapping[InvitationState, frozenset[InvitationState]] = {
    # Nobody to write to: it stays prepared until the coordinator answers by phone.
    InvitationState.PREPARED: frozenset(
        {InvitationState.SENT, InvitationState.DRAFTED, InvitationState.ANSWERED}
    ),
    InvitationState.SENT: frozenset(
        {InvitationState.DRAFTED, InvitationState.ANSWERED, InvitationState.ABSENT}
    ),
    InvitationState.DRAFTED: frozenset({InvitationState.ANSWERED, InvitationState.ABSENT}),
    InvitationState.ABSENT: frozenset(
        {InvitationState.SENT, InvitationState.DRAFTED, InvitationState.ANSWERED}  # SENT: back
    ),
    # withdrawn; or a mail was taken for an answer that was none
    InvitationState.ANSWERED: frozenset({InvitationState.DRAFTED, InvitationState.SENT}),
}
INVITATION_ENDS = frozenset({InvitationState.ANSWERED})


class ContributionState(StrEnum):
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


CONTRIBUTION_ALLOWED: Mapping[ContributionState, frozenset[ContributionState]] = {
    ContributionState.GIVEN: frozenset({ContributionState.WITHDRAWN}),
    ContributionState.WITHDRAWN: frozenset({ContributionState.GIVEN}),
}
CONTRIBUTION_ENDS = frozenset({ContributionState.GIVEN, ContributionState.WITHDRAWN})


class QuestionKind(StrEnum):
    STANCE = "stance"
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


class Stance(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NO_OBJECTION = "no_objection"
    NOT_CONCERNED = "not_concerned"
    NOT_STATED = "not_stated"  # a reply by mail says none: the coordinator assigns one


OFFERED = tuple(each for each in Stance if each is not Stance.NOT_STATED)
"""What a municipality can choose."""
SHORT = frozenset({Stance.NO_OBJECTION, Stance.NOT_CONCERNED})
"""Whole answers by themselves: nothing else needs to be filled in."""


class Basis(StrEnum):
    COUNCIL = "council"
    MAYOR = "mayor"
    OFFICE = "office"


class RingOutcome(StrEnum):
    """What came of ringing somebody who has not answered."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    ABSENT = "absent"
    WRONG_CONTACT = "wrong_contact"


LONGEST_TEXT = 5_000
MOST_QUESTIONS = 3


def has_left(state: CallState, *, leaves: datetime | None, now: datetime) -> bool:
    """The letters are out. A hold that is over counts even if no job has noticed yet."""
    if state == CallState.HELD:
        return leaves is not None and leaves <= now
    return state in {CallState.OPEN, CallState.CLOSED}


def accepts(state: CallState, *, answers_until: datetime, now: datetime) -> bool:
    """Changes are taken until the deadline; what comes later is kept and marked late."""
    return state in {CallState.OPEN, CallState.CLOSED} and now <= answers_until


class Reception(StrEnum):
    """What can be done with an answer now."""

    NOT_YET = "not_yet"
    OPEN = "open"
    LATE = "late"  # nothing was given in time: taken, and marked late
    OVER = "over"  # an answer was given: it stands


def reception(
    state: CallState,
    *,
    leaves: datetime | None,
    answers_until: datetime,
    given: bool,
    now: datetime,
) -> Reception:
    if not has_left(state, leaves=leaves, now=now):
        return Reception.NOT_YET
    if accepts(CallState.OPEN, answers_until=answers_until, now=now):
        return Reception.OPEN
    return Reception.OVER if given else Reception.LATE


def check_step(before: CallState, after: CallState) -> None:
    if after not in ALLOWED[before]:
        raise Outdated(Message("This call has changed meanwhile: please look at it again"))


def may_stop(state: CallState, *, leaves: datetime | None, now: datetime) -> bool:
    """As long as no letter has left."""
    return state == CallState.HELD and leaves is not None and now < leaves


class Gap(StrEnum):
    """Why a call cannot leave yet."""

    NOBODY = "nobody"
    NO_TEXT = "no_text"
    NOT_CHECKED = "not_checked"
    STALE = "stale"  # checked against a lead text that has changed since
    NO_TIME = "no_time"
    AFTER_WINDOW = "after_window"
    UNREAD = "unread"  # an official text was handed in, its paragraphs are not looked through


class WhyNot(StrEnum):
    """Why somebody who is asked gets no letter."""

    NOBODY = "nobody"
    WANTS_NONE = "wants_none"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class Missing:
    gap: Gap
    language: str = ""


def missing_languages(spoken: Iterable[str], checked: Iterable[str]) -> list[str]:
    """The gate: every language spoken by an invited municipality is checked by a person."""
    return sorted(set(spoken) - set(checked))


def what_is_missing(
    *,
    spoken: Collection[str],
    complete: Collection[str],
    checked: Collection[str],
    stale: Collection[str],
    answers_until: datetime,
    closes: datetime,
    now: datetime,
    unread: bool = False,
) -> list[Missing]:
    """Empty: the call may leave. `spoken` are the languages of those who would be asked."""
    found = [] if spoken else [Missing(Gap.NOBODY)]
    if answers_until <= now:
        found.append(Missing(Gap.NO_TIME))
    if answers_until > closes:
        found.append(Missing(Gap.AFTER_WINDOW))
    if unread:
        found.append(Missing(Gap.UNREAD))
    for language in missing_languages(spoken, set(checked) & set(complete) - set(stale)):
        if language not in complete:
            found.append(Missing(Gap.NO_TEXT, language))
        else:
            gap = Gap.STALE if language in stale else Gap.NOT_CHECKED
            found.append(Missing(gap, language))
    return found


_CALL = re.compile(r"\d{4}-\d{3,6}-\d{1,4}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[ .'’\u00a0\u202f]\d{3})*(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?")


def is_number(text: str) -> bool:
    """A number as people write it in the seven countries; kept as it was typed."""
    return len(text) <= 30 and _NUMBER.fullmatch(text.strip()) is not None  # noqa: PLR2004


def words_hash(words: object) -> str:
    """Of a lead text: what a translation was checked against."""
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def is_call_number(text: str) -> bool:
    """2026-014-1: the first call of the dossier 2026-014."""
    return _CALL.fullmatch(text) is not None


def reference(call: str, code: str) -> str:
    """2026-014-1/SI-07: what is printed on a receipt."""
    return f"{call}/{code}"


def step(answered: int, invited: int) -> int | None:
    """The colour on the map, 0–4 in steps of 20 %; None where nobody was invited."""
    if not invited:
        return None
    return max(0, -(-answered * 5 // invited) - 1)
