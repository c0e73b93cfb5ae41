"""What people call it."""

from collections.abc import Mapping

from advocacy import texts
from advocacy.bodies.rules import STATES, Level, MeetingState
from advocacy.errors import Message

LEVELS: Mapping[str, Message] = {
    Level.ALPINE: Message("The Alps"),
    Level.EU: Message("European Union"),
    Level.NATIONAL: Message("States"),
    Level.REGIONAL: Message("Regions"),
}

MEETING_STATES: Mapping[str, Message] = {
    MeetingState.PLANNED: Message("Planned"),
    MeetingState.CALLED_OFF: Message("Called off"),
}

STAGE_KINDS: Mapping[str, Message] = {
    "call_for_evidence": Message("Call for evidence"),
    "consultation": Message("Consultation"),
    "feedback": Message("Feedback on an adopted proposal"),
    "draft_act": Message("Draft act"),
    "hearing": Message("Hearing of associations"),
    "meeting": Message("Meeting"),
}
"""The kinds of windows that a dossier may have; any other step of a procedure has none."""


def holders(text: str) -> str:
    """Who presides, in the language in use: states by their names, others as they are written."""
    return texts.listed(
        [texts.country_name(each) if each in STATES else each for each in text.split(",") if each]
    )
