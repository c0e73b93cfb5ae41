"""What can be done with proposals and remarks, and taken back."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions.proposing import answering, checking
from advocacy.positions.proposing.acts import propose, remark, withdraw
from advocacy.positions.proposing.answering import Answer, answer
from advocacy.positions.proposing.checking import close, show
from advocacy.positions.proposing.consenting import consent
from advocacy.positions.proposing.remarking import settle

__all__ = [
    "UNDO", "Answer", "answer", "close", "consent", "propose", "remark", "settle", "show",
    "withdraw",
]  # fmt: skip

UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    answering.ANSWERED: answering.undo_answering,
    checking.SHOWN: checking.undo_showing,
}
