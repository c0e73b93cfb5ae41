"""What can be done with a round: open it, choose, read, stand in, object, end it.

Every change of a round passes `one_at_a_time("round/<id>")`; what ends it also needs the
position to have the very version that the round is about, and holds the binding translations
still, so that a text saved at the same moment wins and the round is found void instead.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy.approvals.deputies.appointing import APPOINTED, appoint, dismiss, undo_appointing
from advocacy.approvals.deputies.standing import stand_in_due
from advocacy.approvals.notices.answering import mark_noticed, object_to, take_objection_back
from advocacy.approvals.opening.opening import event_of_opening, open_round, undo_opening
from advocacy.approvals.sealing import OPENED
from advocacy.approvals.voting.choosing import mark_read, vote
from advocacy.approvals.voting.reminding import remind_due
from advocacy.approvals.voting.settling import settle
from advocacy.history.tables import Event
from advocacy.people.tables import Person

__all__ = [
    "APPOINTED",
    "OPENED",
    "UNDO",
    "appoint",
    "dismiss",
    "event_of_opening",
    "mark_noticed",
    "mark_read",
    "object_to",
    "open_round",
    "remind_due",
    "settle",
    "stand_in_due",
    "take_objection_back",
    "undo_appointing",
    "undo_opening",
    "vote",
]

UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    OPENED: undo_opening,
    APPOINTED: undo_appointing,
}
