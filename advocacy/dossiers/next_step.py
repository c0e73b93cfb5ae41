"""What a dossier waits for, in one sentence, and where to do it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy.dossiers.rules import OPEN_DEADLINES, DeadlineState, Station
from advocacy.errors import Message

PREPARED = ("draft", "held")


@dataclass(frozen=True, slots=True)
class Known:
    """What the sentence depends on. `deadlines`: state and instant; `calls`: number, state and
    until when answers are taken, the newest first.
    """

    station: Station
    number: str
    claims: int
    deadlines: Sequence[tuple[DeadlineState, datetime]]
    calls: Sequence[tuple[str, str, datetime]]
    has_position: bool


@dataclass(frozen=True, slots=True)
class Step:
    """`path`: where it is done, without the language; an anchor for this page."""

    says: Message
    path: str


def next_step(known: Known, *, now: datetime) -> Step:
    here, position = f"/d/{known.number}", f"/p/{known.number}"
    if known.station is Station.CLOSED:
        return Step(Message("Nothing: the dossier is closed."), "#history")
    if known.claims:
        return Step(Message("Decide what a source says about a deadline."), "#deadlines")
    if known.station in {Station.SUBMITTED, Station.RESULT}:
        return _after(known.station, position)
    return _deadline(known, here, now) or _work(known, here, position, now)


def _deadline(known: Known, here: str, now: datetime) -> Step | None:
    ahead = [state for state, closes in known.deadlines if state in OPEN_DEADLINES and closes > now]
    if not ahead:
        return Step(Message("Find out until when the body takes input."), f"{here}/deadlines/new")
    if DeadlineState.PROPOSED in ahead:
        return Step(Message("Compare the deadline with its source and confirm it."), "#deadlines")
    return None


def _work(known: Known, here: str, position: str, now: datetime) -> Step:
    if known.station is Station.APPROVAL:
        return Step(Message("The presidency decides on the position."), f"{position}/rounds")
    if known.station is Station.DRAFT:
        if known.has_position:
            says = Message("Finish the position and open a round.")
            return Step(says, f"{position}/edit")
        return Step(Message("Begin to write."), "#position")
    return _call(known, here, now)


def _after(station: Station, position: str) -> Step:
    if station is Station.SUBMITTED:
        return Step(Message("Enter what the body has decided."), f"{position}/outcome")
    return Step(Message("Tell the municipalities what became of it."), f"{position}/outcome")


def _call(known: Known, here: str, now: datetime) -> Step:
    if not known.calls:
        return Step(Message("Ask the municipalities, or begin to write."), f"{here}/call")
    number, state, until = known.calls[0]
    if state in PREPARED:
        return Step(Message("Check the call and let it go out."), f"/c/{number}")
    if state == "open" and until > now:
        return Step(Message("The municipalities are answering."), f"/c/{number}/results")
    return Step(Message("Split the answers into passages and begin to write."), f"{here}/passages")
