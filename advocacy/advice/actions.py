"""What is done with questions; the verbs live in the folders of their matter."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy.advice.answering.becoming import become
from advocacy.advice.answering.handing import (
    close,
    hand_over,
    put,
    reopen,
    undo_handed,
    undo_turned,
)
from advocacy.advice.answering.replying import answer, ask_back
from advocacy.advice.answering.translating import draft_by_machine, translate
from advocacy.advice.asking.owning import keep_owned
from advocacy.advice.asking.taking_in import add_words, ask
from advocacy.advice.publishing.good_answers import undo_published, undo_taken_back
from advocacy.history.tables import Event
from advocacy.people.tables import Person

__all__ = [
    "UNDO",
    "add_words",
    "answer",
    "ask",
    "ask_back",
    "become",
    "close",
    "draft_by_machine",
    "hand_over",
    "keep_owned",
    "put",
    "reopen",
    "translate",
]

UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "question handed over": undo_handed,
    "question closed": undo_turned,
    "question reopened": undo_turned,
    "good answer published": undo_published,
    "good answer taken back": undo_taken_back,
}
