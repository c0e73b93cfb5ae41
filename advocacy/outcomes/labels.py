"""The words for the fate of an ask."""

from advocacy.errors import Message
from advocacy.outcomes.rules import Fate

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
