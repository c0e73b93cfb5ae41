"""The words for the fate of an ask."""

from advocacy.errors import Message
from advocacy.outcomes.rules import Fate, Occasion, TellingState

LABELS: dict[Fate, Message] = {
    Fate.OPEN: Message("Open"),
    Fate.ADOPTED: Message("Taken over by the body"),
    Fate.PARTLY: Message("Taken over in part"),
    Fate.REJECTED: Message("Rejected"),
}
KINDS: dict[Fate, str] = {
    Fate.OPEN: "",
    Fate.ADOPTED: "ok",
    Fate.PARTLY: "warn",
    Fate.REJECTED: "bad",
}
OCCASIONS: dict[Occasion, Message] = {
    Occasion.SUBMITTED: Message("That the position has been handed in"),
    Occasion.OUTCOME: Message("What the body decided"),
}
TELLINGS: dict[TellingState, Message] = {
    TellingState.HELD: Message("Letters wait"),
    TellingState.LEFT: Message("Letters have left"),
    TellingState.STOPPED: Message("Letters were stopped"),
}
