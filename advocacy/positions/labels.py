"""What the states of positions and passages are called."""

from collections.abc import Iterable, Mapping
from enum import Enum

from advocacy import texts
from advocacy.calls.rules import Stance as AnswerStance
from advocacy.errors import Message
from advocacy.positions.rules import (
    Consent,
    Disposition,
    PassageStance,
    PositionState,
    ProposalState,
)
from advocacy.provenance import ChangeKind, HonestyMark

LABELS: Mapping[Enum, Message] = {
    PositionState.DRAFT: Message("Draft"),
    PositionState.IN_ROUND: Message("In approval"),
    PositionState.ADOPTED: Message("Adopted"),
    PositionState.SUBMITTED: Message("Submitted"),
    PassageStance.SUPPORTS: Message("Supports"),
    PassageStance.CONTRADICTS: Message("Contradicts"),
    PassageStance.MENTIONS: Message("Mentions"),
    Disposition.OPEN: Message("Not decided yet"),
    Disposition.TAKEN_UP: Message("Taken up"),
    Disposition.PARTLY: Message("Partly taken up"),
    Disposition.NOT_TAKEN_UP: Message("Not taken up"),
    Disposition.NOTED: Message("Noted"),
    ProposalState.OPEN: Message("Not answered yet"),
    ProposalState.ACCEPTED: Message("Accepted"),
    ProposalState.MODIFIED: Message("Accepted in other words"),
    ProposalState.NOT_ACCEPTED: Message("Not accepted"),
    ProposalState.WITHDRAWN: Message("Withdrawn"),
    Consent.ASKED: Message("Consent asked for"),
    Consent.GIVEN: Message("The author agrees"),
    Consent.REFUSED: Message("The author does not agree"),
    HonestyMark.NO_MUNICIPAL_INPUT: Message("No municipal input"),
    HonestyMark.ONLY_ONE_COUNTRY: Message("Only one country"),
    HonestyMark.CONTRADICTED_OVER_QUARTER: Message("Contradicted by more than a quarter"),
    ChangeKind.SAME: Message("Unchanged"),
    ChangeKind.CHANGED: Message("Changed"),
    ChangeKind.ADDED: Message("Added"),
    ChangeKind.REMOVED: Message("Removed"),
    ChangeKind.MOVED: Message("Moved"),
}

STATES: Mapping[str, Message] = {each.value: LABELS[each] for each in PositionState}
STANCES: Mapping[str, Message] = {each.value: LABELS[each] for each in PassageStance}
DISPOSITIONS: Mapping[str, Message] = {each.value: LABELS[each] for each in Disposition}
PROPOSALS: Mapping[str, Message] = {each.value: LABELS[each] for each in ProposalState}
CONSENTS: Mapping[str, Message] = {each.value: LABELS[each] for each in Consent if each}
MARKS: Mapping[str, Message] = {each.value: LABELS[each] for each in HonestyMark}
CHANGES: Mapping[str, Message] = {each.value: LABELS[each] for each in ChangeKind}

ANSWERS: Mapping[str, Message] = {
    AnswerStance.YES.value: Message("Yes"),
    AnswerStance.PARTLY.value: Message("Partly"),
    AnswerStance.NO.value: Message("No"),
    AnswerStance.NO_OBJECTION.value: Message("No objection"),
    AnswerStance.NOT_CONCERNED.value: Message("Not concerned"),
    AnswerStance.NOT_STATED.value: Message("Not stated"),
}


def options(labels: Mapping[str, Message]) -> list[tuple[str, str]]:
    """For a field to choose from, in the language in use."""
    return [(value, texts.translate(label)) for value, label in labels.items()]


def themselves(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]
