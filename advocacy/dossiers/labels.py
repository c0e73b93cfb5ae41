"""How stations, deadlines, milestones and acts are called on pages."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy import texts
from advocacy.deadlines import Milestone
from advocacy.dossiers.rules import ClaimState, DeadlineState, Precision, Station, trail
from advocacy.errors import Message
from feeds.reading.topics import TOPICS, topic_label

STATIONS: Mapping[StrEnum, Message] = {
    Station.OPENED: Message("Opened"),
    Station.CALL: Message("Asking the municipalities"),
    Station.DRAFT: Message("Being drafted"),
    Station.APPROVAL: Message("Approval"),
    Station.SUBMITTED: Message("Submitted"),
    Station.RESULT: Message("Result"),
    Station.CLOSED: Message("Closed without position"),
}
DEADLINE_STATES: Mapping[StrEnum, Message] = {
    DeadlineState.PROPOSED: Message("To be confirmed"),
    DeadlineState.CONFIRMED: Message("Confirmed"),
    DeadlineState.MOVED: Message("Moved"),
    DeadlineState.MET: Message("Met"),
    DeadlineState.MISSED: Message("Missed"),
    DeadlineState.WITHDRAWN: Message("Withdrawn by the body"),
}
PRECISIONS: Mapping[StrEnum, Message] = {
    Precision.EXACT: Message("Day and hour are known"),
    Precision.DAY: Message("The day is known"),
    Precision.MONTH: Message("The month is known"),
    Precision.UNKNOWN: Message("Not known yet"),
}
CLAIM_STATES: Mapping[StrEnum, Message] = {
    ClaimState.OPEN: Message("To be decided"),
    ClaimState.TAKEN: Message("Taken over"),
    ClaimState.REFUSED: Message("Refused"),
    ClaimState.SETTLED: Message("Settled"),
    ClaimState.LAPSED: Message("No longer said"),
}
MILESTONES: Mapping[StrEnum, Message] = {
    Milestone.CALL_OUT: Message("Call out"),
    Milestone.ANSWERS_IN: Message("Answers in"),
    Milestone.DRAFT: Message("Text drafted"),
    Milestone.TRANSLATIONS: Message("Translations checked"),
    Milestone.MEMBER_CHECK: Message("Member check"),
    Milestone.PRESIDENCY: Message("Presidency decides"),
    Milestone.SUBMIT: Message("Submit"),
    Milestone.CORE_POSITION: Message("Core position"),
    Milestone.OBJECTIONS_UNTIL: Message("Objections until"),
}
LABELS: Mapping[StrEnum, Message] = {**STATIONS, **DEADLINE_STATES}

PRIORITIES: Mapping[int, Message] = {1: Message("High"), 2: Message("Normal"), 3: Message("Low")}
WINDOW_KINDS: Mapping[str, Message] = {
    "call_for_evidence": Message("Call for evidence"),
    "consultation": Message("Consultation"),
    "feedback": Message("Feedback on an adopted proposal"),
    "draft_act": Message("Draft act"),
    "hearing": Message("Hearing of associations"),
    "meeting": Message("Meeting"),
}
HOW: Mapping[str, Message] = {"source": Message("Source"), "duplicate": Message("Duplicate")}


def topic_name(key: str, language: str) -> str:
    """A topic that the vocabulary has dropped since is called by its key."""
    return topic_label(key, language) if key in TOPICS else key


def station_trail(station: Station) -> list[tuple[str, str]]:
    """As rules.trail, each stop in the one word for which there is room."""
    names = {
        "captured": texts.pgettext("station", "Captured"),
        Station.OPENED: texts.pgettext("station", "Opened"),
        Station.CALL: texts.pgettext("station", "Call"),
        Station.DRAFT: texts.pgettext("station", "Draft"),
        Station.APPROVAL: texts.pgettext("station", "Approval"),
        Station.SUBMITTED: texts.pgettext("station", "Submitted"),
        Station.RESULT: texts.pgettext("station", "Result"),
    }
    return [(names[stop], state) for stop, state in trail(station)]
