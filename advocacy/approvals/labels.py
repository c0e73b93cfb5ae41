"""The words for policies, choices and states."""

from advocacy.approvals.rules import Choice, Policy, RoundState
from advocacy.errors import Message

POLICIES: dict[Policy, Message] = {
    Policy.MAJORITY: Message("A majority approves"),
    Policy.TWO_THIRDS: Message("Two thirds approve"),
    Policy.ALL: Message("Everybody approves who does not abstain"),
    Policy.SILENCE: Message("By silence: adopted unless somebody objects"),
}
CHOICES: dict[Choice, Message] = {
    Choice.APPROVE: Message("approved"),
    Choice.CHANGE: Message("requests a change"),
    Choice.ABSTAIN: Message("abstains"),
}
LABELS: dict[RoundState, Message] = {
    RoundState.OPEN: Message("Round is open"),
    RoundState.ADOPTED: Message("Adopted"),
    RoundState.REJECTED: Message("Not adopted"),
    RoundState.VOID: Message("Void: the text has changed"),
}
KINDS: dict[RoundState, str] = {
    RoundState.OPEN: "info",
    RoundState.ADOPTED: "ok",
    RoundState.REJECTED: "bad",
    RoundState.VOID: "warn",
}
CHOICE_KINDS: dict[Choice, str] = {
    Choice.APPROVE: "ok",
    Choice.CHANGE: "warn",
    Choice.ABSTAIN: "info",
}
