"""What a mail is, what becomes of it, and when Alphorn may write back by itself."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from advocacy.calls.rules import Reception, Stance
from advocacy.municipalities.rules import may_edit
from advocacy.people.rules import Role

LARGEST = 30 * 1024 * 1024
"""Bytes of a mail that is kept whole."""
KEPT_OF_LARGER = 1024 * 1024
"""Bytes that are kept of a larger one: its headers and, nearly always, its text."""
ANSWERS_A_DAY = 5
"""So often somebody is told in 24 hours how their mail was understood: two machines that answer
each other soon stop."""
OTHERS_A_DAY = 1
DAY = timedelta(hours=24)


class Kind(StrEnum):
    REPLY = "reply"  # an answer of a municipality, or meant as one
    CONFIRMATION = "confirmation"  # of an answer that somebody else gave for them
    QUESTION = "question"  # to the house: a municipality asks, or adds to what it asked
    ABSENCE = "absence"
    BOUNCE = "bounce"
    DELAY = "delay"  # the other server goes on trying
    OTHER = "other"  # written by a machine or to a list
    UNKNOWN = "unknown"  # nobody can tell what it answers, or it cannot be read


class State(StrEnum):
    WAITING = "waiting"  # for somebody of the house
    TO_CONFIRM = "to_confirm"  # by the municipality
    TAKEN = "taken"  # it is an answer, or a version of one
    NOTED = "noted"  # what it says is written where it belongs
    KEPT = "kept"  # the answer that was given in time stands
    FILED = "filed"  # it is no answer


ALLOWED: Mapping[State, frozenset[State]] = {
    State.WAITING: frozenset({State.TO_CONFIRM, State.TAKEN, State.NOTED, State.KEPT, State.FILED}),
    State.TO_CONFIRM: frozenset({State.TAKEN, State.NOTED, State.KEPT, State.FILED}),
    # taken back by whoever assigned or confirmed it
    State.TAKEN: frozenset({State.WAITING, State.TO_CONFIRM, State.NOTED, State.KEPT, State.FILED}),
    # a machine was mistaken, or it was no question: it is an answer after all
    State.NOTED: frozenset({State.TAKEN}),
    State.KEPT: frozenset({State.TAKEN}),
    State.FILED: frozenset({State.WAITING, State.TO_CONFIRM, State.TAKEN, State.NOTED}),
}
ENDS = frozenset({State.TAKEN, State.NOTED, State.KEPT, State.FILED})
OPEN = frozenset({State.WAITING, State.TO_CONFIRM})
"""Somebody has to look at it."""


class Why(StrEnum):
    """Why a mail waits, or did not become an answer."""

    NONE = ""
    UNREADABLE = "unreadable"
    NO_INVITATION = "no_invitation"
    OTHER_SENDER = "other_sender"
    UNPROVEN = "unproven"
    NOBODY_TO_ASK = "nobody_to_ask"
    NOTHING_TYPED = "nothing_typed"
    ADDS = "adds"
    OVER = "over"
    NOT_YET = "not_yet"
    UNCLEAR = "unclear"
    MACHINE = "machine"
    WHICH_LETTER = "which_letter"
    FAILED = "failed"
    NOT_SENT = "not_sent"
    FOR_THE_HOUSE = "for_the_house"


class Sender(StrEnum):
    """Who wrote it, seen from the invitation."""

    CONTACT = "contact"
    DELEGATE = "delegate"  # a colleague whom the municipality asked
    UNPROVEN = "unproven"  # it bears the name of a contact, and nothing else speaks for it
    OTHER = "other"


def next_step(
    *,
    sender: Sender,
    reception: Reception,
    empty: bool,
    stance: Stance,
    given: bool,
    reachable: bool,
) -> tuple[State, Why]:
    """What becomes of a reply to a known invitation.

    `empty`: neither words nor files. `given`: an answer stands. `reachable`: there is somebody
    of the municipality to ask. An answer that stands is never replaced by words that say neither
    yes nor no: "Thank you!" to a receipt is no new answer.
    """
    if reception is Reception.NOT_YET:
        return State.WAITING, Why.NOT_YET
    if empty:
        return State.WAITING, Why.NOTHING_TYPED
    if reception is Reception.OVER:
        return State.KEPT, Why.OVER
    if sender in {Sender.OTHER, Sender.UNPROVEN}:
        return _ask(sender, reachable=reachable)
    if given and stance is Stance.NOT_STATED:
        return State.WAITING, Why.ADDS
    return State.TAKEN, Why.NONE


def _ask(sender: Sender, *, reachable: bool) -> tuple[State, Why]:
    state = State.TO_CONFIRM if reachable else State.WAITING
    if sender is Sender.UNPROVEN:
        return state, Why.UNPROVEN
    return state, Why.OTHER_SENDER if reachable else Why.NOBODY_TO_ASK


def confirmation(stance: Stance) -> State | None:
    """What "yes" or "no" to "did X answer for you?" makes of the mail; None: neither is said."""
    return {Stance.YES: State.TAKEN, Stance.NO: State.FILED}.get(stance)


def may_see(role: str, countries: Sequence[str], *, country: str | None) -> bool:
    """A coordinator sees what belongs to the countries in their care; what belongs nowhere yet
    is the secretariat's.
    """
    if country is None:
        return role == Role.SECRETARIAT
    return may_edit(role, countries, country=country)


_NOBODY = ("no-reply", "noreply", "do-not-reply", "donotreply", "mailer-daemon", "postmaster")


def may_be_question(state: State) -> bool:
    """Somebody of the house says that it asks something, whatever it was taken for."""
    return state in OPEN or state is State.FILED


def may_write_to(address: str, *, ours: Sequence[str]) -> bool:
    """Not to machines, and not to ourselves."""
    local, _, domain = address.lower().rpartition("@")
    untagged = f"{local.partition('+')[0]}@{domain}"  # a mailbox of ours with a tag is ours too
    is_ours = address.lower() in ours or untagged in ours
    return bool(local) and not is_ours and not local.startswith(_NOBODY)


def steps_of(state: State) -> frozenset[State]:
    """What a person of the house may make of it."""
    return ALLOWED[state] & {State.TAKEN, State.FILED}
