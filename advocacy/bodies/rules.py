"""When a body, a presidency or a procedure is valid; who presides; how long a window usually is."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from advocacy.errors import Invalid, Message
from advocacy.triage.rules import OFFICE_ZONE

LANGUAGES = ("en", "de", "fr", "it", "sl")
STATES = ("AT", "CH", "DE", "FR", "IT", "LI", "MC", "SI")
"""The parties of the Alpine Convention. The network has no members in Monaco."""
ZONES = (
    "Europe/Brussels",
    "Europe/Vienna",
    "Europe/Zurich",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Vaduz",
    "Europe/Ljubljana",
)


class Level(StrEnum):
    """In the order in which lists show them."""

    ALPINE = "alpine"
    EU = "eu"
    NATIONAL = "national"
    REGIONAL = "regional"


class MeetingState(StrEnum):
    PLANNED = "planned"
    CALLED_OFF = "called_off"


ALLOWED: Mapping[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.CALLED_OFF}),
    MeetingState.CALLED_OFF: frozenset({MeetingState.PLANNED}),
}
ENDS: frozenset[MeetingState] = frozenset()


class Term(Protocol):
    """What begins on a day and ends with one, or nobody knows when."""

    @property
    def begins(self) -> date: ...
    @property
    def ends(self) -> date | None: ...


class Node(Protocol):
    """A body among others; `parent` is the id of the one above it."""

    @property
    def id(self) -> int: ...
    @property
    def parent(self) -> int | None: ...
    @property
    def level(self) -> str: ...


AnyTerm = TypeVar("AnyTerm", bound=Term)
AnyNode = TypeVar("AnyNode", bound=Node)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a procedure. `days`: how long it usually is; 0: it differs, or is not known.

    `takes_input`: the body listens in it. `ends`: it is one of the ways in which it ends.
    """

    key: str
    names: Mapping[str, str]
    days: int = 0
    takes_input: bool = True
    ends: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)


def stages_of(text: str) -> tuple[Stage, ...]:
    """From the JSON of a procedure."""
    return tuple(Stage(**each) for each in json.loads(text))


def stages_as_text(stages: Iterable[Stage]) -> str:
    return json.dumps([asdict(each) for each in stages], ensure_ascii=False)


def name_in(names: Mapping[str, str], language: str) -> str:
    """English where there is no name in the language; any where there is no English one."""
    first = next((name for name in names.values() if name), "")
    return names.get(language) or names.get("en") or first


def office_day(now: datetime) -> date:
    """The day that it is in the office."""
    return now.astimezone(ZoneInfo(OFFICE_ZONE)).date()


def is_valid(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Both days belong to it; None is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def check_period(
    begins: date | None, ends: date | None, fields: tuple[str, str] = ("valid_from", "valid_to")
) -> None:
    """Raises Invalid that names both fields and both days."""
    if begins is not None and ends is not None and ends < begins:
        days = {"begins": written(begins), "ends": written(ends)}
        wrong = Message("It ends on %(ends)s, before it begins on %(begins)s", days)
        raise Invalid(dict.fromkeys(fields, wrong))


def written(day: date) -> str:
    """As people type it: 14.12.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def overlaps(one: Term, other: Term) -> bool:
    """They share a day. One without an end lasts until the next begins."""
    first, second = sorted((one, other), key=lambda term: term.begins)
    if first.begins == second.begins:
        return True
    return first.ends is not None and first.ends >= second.begins


def presiding(terms: Iterable[AnyTerm], day: date) -> AnyTerm | None:
    """The one in whose time the day falls. One without an end lasts until the next begins."""
    begun = [each for each in terms if each.begins <= day]
    last = max(begun, key=lambda term: term.begins, default=None)
    return last if last is not None and (last.ends is None or day <= last.ends) else None


def in_order(nodes: Iterable[AnyNode]) -> list[tuple[AnyNode, int]]:
    """By level, each followed by those under it; with its depth, from 0. Otherwise as they came.

    One whose parent is not among them stands for itself.
    """
    known = list(nodes)
    ids = {each.id for each in known}
    below: dict[int | None, list[AnyNode]] = {}
    for each in known:
        below.setdefault(each.parent if each.parent in ids else None, []).append(each)
    levels = list(Level)
    found: list[tuple[AnyNode, int]] = []

    def put(nodes: Iterable[AnyNode], depth: int) -> None:
        for each in nodes:
            found.append((each, depth))
            put(below.get(each.id, []), depth + 1)

    put(sorted(below.get(None, []), key=lambda node: levels.index(Level(node.level))), 0)
    return found


def usual_days(stages: Sequence[Stage], kind: str) -> int | None:
    """How long a window of this kind usually is: the stage of that kind that takes input, else
    the only stage in which the body listens. None: it differs, or nobody knows.
    """
    listening = [each for each in stages if each.takes_input]
    same = [each for each in listening if each.key == kind]
    found = same or (listening if len(listening) == 1 else [])
    return (found[0].days or None) if found else None


def documents_due(begins: date, due: date | None, lead_days: int | None) -> date | None:
    """As it was set for the meeting, else as long before it as the body usually asks."""
    if due is not None or lead_days is None:
        return due
    return begins - timedelta(days=lead_days)


def upwards(body: int, parents: Mapping[int, int | None]) -> list[int]:
    """The body, the one above it, and so on; each once, should they turn in a circle."""
    found: list[int] = []
    at: int | None = body
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def is_below(body: int, above: int, parents: Mapping[int, int | None]) -> bool:
    """`body` is `above` itself, or under it, at whatever depth."""
    return above in upwards(body, parents)
