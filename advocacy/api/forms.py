"""What a program sends: JSON in, typed values or named errors out."""

import json
from dataclasses import dataclass
from datetime import datetime

from advocacy.errors import Invalid, Message
from advocacy.triage.rules import Decision, Dismissal

MOST = 200
LARGEST_NUMBER = 2**31 - 1
DECISIONS = (Decision.DISMISSED, Decision.LATER, Decision.DUPLICATE, Decision.ATTACHED)
"""A dossier is opened by a person, with its deadline before the eyes."""


@dataclass(frozen=True, slots=True)
class Decided:
    decision: Decision
    reason: str
    until: datetime | None
    dossier: str


def whole_number(text: str, name: str, *, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
        values = {"least": least, "most": most}
        raise Invalid({name: Message("A whole number from %(least)s to %(most)s", values)})
    return int(text)


def decision(body: bytes) -> Decided:
    """Raises Invalid naming each field."""
    try:
        typed = json.loads(body)
    except ValueError:
        typed = None
    if not isinstance(typed, dict):
        raise Invalid({"body": Message("The body is one JSON object")})
    wrong: dict[str, Message] = {}
    known = {"decision", "reason", "until", "dossier"}
    wrong |= {str(name): Message("There is no such field") for name in typed if name not in known}
    chosen = _text(typed.get("decision"))
    if chosen not in {each.value for each in DECISIONS}:
        names = ", ".join(DECISIONS)
        wrong["decision"] = Message("One of: %(names)s", {"names": names})
    reason = _text(typed.get("reason", ""))
    if chosen == Decision.DISMISSED and reason not in {each.value for each in Dismissal}:
        wrong["reason"] = Message("One of: %(names)s", {"names": ", ".join(Dismissal)})
    dossier = typed.get("dossier", "")
    needs_dossier = chosen in {Decision.ATTACHED, Decision.DUPLICATE}
    if not isinstance(dossier, str) or (chosen == Decision.ATTACHED and not dossier):
        wrong["dossier"] = Message("The number of a dossier, like 2026-014")
    elif dossier and not needs_dossier:
        wrong["dossier"] = Message("Only an entry that belongs to a dossier names one")
    until = _instant(typed.get("until"), needed=chosen == Decision.LATER, wrong=wrong)
    if wrong:
        raise Invalid(wrong)
    return Decided(Decision(chosen), reason, until, dossier)


def _text(value: object) -> str:
    """What is no text is not among the texts that are asked for."""
    return value if isinstance(value, str) else ""


def _instant(value: object, *, needed: bool, wrong: dict[str, Message]) -> datetime | None:
    if value is None and not needed:
        return None
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        wrong["until"] = Message("An ISO 8601 instant with its offset")
        return None
    return at
