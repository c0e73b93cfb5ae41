"""From the history of dossiers to what is told of them: each once, and what cancels out, not. Pure.

Several acts of one sort are one happening that counts them; what was undone before anybody was
told has not happened.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any  # the details of an event

from advocacy.digest.rules import Kind, Span
from advocacy.dossiers.rules import Precision


class What(StrEnum):
    SET = "deadline set"
    PROPOSED = "deadline proposed"
    MOVED = "deadline moved"
    BACK = "deadline reopened"
    CONFIRMED = "deadline confirmed"
    MISSED = "deadline missed"
    WITHDRAWN = "deadline withdrawn"
    CONTRADICTED = "deadline contradicted"
    FAST_LANE = "fast lane taken"
    OPENED = "dossier opened"
    CLOSED = "dossier closed"
    REOPENED = "dossier reopened"
    MERGED = "dossiers merged"
    SOURCES = "entry attached"
    DOCUMENTS = "document added"
    CALL_SENT = "call sent"
    ANSWERS = "answered"
    CALL_CLOSED = "call closed"
    VERSION = "position saved"
    ROUND_OPENED = "round opened"
    ADOPTED = "round adopted"
    REJECTED = "round rejected"
    ROUND_REOPENED = "round reopened"
    VOID = "round void"
    HANDED_IN = "handed in"
    RECEIPT = "receipt recorded"
    TOLD = "municipalities told"
    OUTCOME = "outcome set"
    TAKEN_BACK = "undone"


OF_DEADLINES = frozenset(
    {
        *(What.SET, What.PROPOSED, What.MOVED, What.BACK, What.CONFIRMED, What.MISSED),
        *(What.WITHDRAWN, What.CONTRADICTED, What.FAST_LANE),
    }
)
BY_OBJECT = OF_DEADLINES - {What.FAST_LANE}
"""Told of each window by itself; of the rest a dossier has one line of a sort."""
OF_CALLS = frozenset({What.CALL_SENT, What.CALL_CLOSED})
SAID = {What.VERSION: "version", What.CLOSED: "reason", What.ANSWERS: "call"}
"""What of an act's details is told."""
ACTIONS = frozenset(What) - {What.CONTRADICTED, What.TAKEN_BACK}
"""What the history calls an act that is told; What.CONTRADICTED is no act of anybody."""


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the history. `undone`: what the act was called that this one takes back."""

    id: int
    at: datetime
    action: str
    object: int
    dossier: int
    details: Mapping[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    undone: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """`closes` and `before` are deadlines, each with its zone; `undone` is an act's name."""

    what: What
    at: datetime
    event: int = 0
    count: int = 1
    object: int = 0
    closes: datetime | None = None
    zone: str = ""
    precision: str = Precision.DAY
    before: datetime | None = None
    zone_before: str = ""
    precision_before: str = Precision.DAY
    said: str = ""
    undone: str = ""
    asked: int = 0
    answered: int = 0

    @property
    def kind(self) -> Kind:
        undone_deadline = self.undone in {each.value for each in OF_DEADLINES}
        return Kind.DEADLINES if self.what in OF_DEADLINES or undone_deadline else Kind.DOSSIERS


def happenings(acts: Sequence[Act], span: Span) -> dict[int, list[Happening]]:
    """By dossier. `acts` in the order of the history, from the span's beginning to this day.

    Those after the span only say where a deadline went that moved twice.
    """
    told = [act for act in acts if span.has(act.at)]
    ids = {act.id for act in told}
    undone = {act.undoes for act in told if act.undoes}
    standing = [
        act for act in told if act.id not in undone and not (act.undoes and act.undoes in ids)
    ]
    grouped: dict[tuple[int, What, str, str], list[Act]] = {}
    for act in standing:
        what = What.TAKEN_BACK if act.undoes else What(act.action)
        key = (act.dossier, what, _of_what(what, act), act.undone)
        grouped.setdefault(key, []).append(act)
    found: dict[int, list[Happening]] = {}
    for (dossier, what, _, _), group in grouped.items():
        happening = _happening(what, group, acts)
        if happening is not None:
            found.setdefault(dossier, []).append(happening)
    return found


def _of_what(what: What, act: Act) -> str:
    """What of a dossier has a line of its own: a window, a call."""
    if what is What.ANSWERS:
        return str(act.details.get("call", ""))
    single = (
        what in BY_OBJECT or what in OF_CALLS or act.undone in {each.value for each in BY_OBJECT}
    )
    return str(act.object) if single else ""


def _happening(what: What, group: Sequence[Act], acts: Sequence[Act]) -> Happening | None:
    last = group[-1]
    made = Happening(
        what, last.at, last.id, count=_count(what, group), object=last.object, undone=last.undone,
        said=str(last.details.get(SAID.get(what, ""), "")),
    )  # fmt: skip
    return _moved(made, group, acts) if what is What.MOVED else made


def _count(what: What, group: Sequence[Act]) -> int:
    if what in {What.SOURCES, What.DOCUMENTS}:
        of = "entries" if what is What.SOURCES else "documents"
        return sum(len(act.details.get(of, (0,))) for act in group)
    return len({act.object for act in group}) if what is What.ANSWERS else len(group)


def _moved(made: Happening, group: Sequence[Act], acts: Sequence[Act]) -> Happening | None:
    """From where the first move began to where the last one led; None: back to its old place.

    Where it led is what the next move found; `closes` None: where the deadline is today.
    """
    before = group[0].details.get("before") or {}
    later = next(
        (act for act in acts if act.id > made.event and _begins_at(act, made.object)), None
    )
    after = later.details["before"] if later else {}
    made = replace(
        made,
        before=_instant(before.get("closes")),
        zone_before=str(before.get("zone", "")),
        precision_before=str(before.get("precision", Precision.DAY)),
        closes=_instant(after.get("closes")),
        zone=str(after.get("zone", "")),
        precision=str(after.get("precision", Precision.DAY)),
    )
    return None if made.closes is not None and made.closes == made.before else made


def _begins_at(act: Act, window: int) -> bool:
    return (
        act.action == What.MOVED
        and act.object == window
        and bool((act.details.get("before") or {}).get("closes"))
    )


def _instant(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None


def read_details(text: str) -> dict[str, Any]:
    details = json.loads(text or "{}")
    return details if isinstance(details, dict) else {}
