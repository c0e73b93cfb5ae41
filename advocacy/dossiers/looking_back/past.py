"""A dossier as it was on a day: the present, and its history taken back act by act. Pure.

Each act keeps the values that it replaced, so whoever knows the present and the acts since knows
every moment before. What an act has not kept stays out and is named in `State.gaps`: nothing is
guessed. An act of the history that took another back is followed the other way round.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any  # what an act has kept is what its room wrote down
from zoneinfo import ZoneInfo

OFFICE = ZoneInfo("Europe/Brussels")
MERGED, INTO = "dossiers merged", "merged into another dossier"
UNDONE = "undone"


class Gap(StrEnum):
    """What the history has not kept."""

    FACTS = "facts"
    DEADLINES = "deadlines"
    MILESTONES = "milestones"


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the history; `undone` is the act that it takes back."""

    id: int
    at: datetime
    who: str
    action: str
    kind: str
    object: int
    dossier: int | None
    details: Mapping[str, Any]
    undone: "Act | None" = None


@dataclass(frozen=True, slots=True)
class State:
    """Facts by column; windows and sources by id, each with `here`: it belongs to the dossier.

    `plans`: the internal dates of a window by kind.
    """

    facts: Mapping[str, Any]
    windows: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    plans: Mapping[int, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    sources: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    gaps: frozenset[tuple[Gap, int]] = frozenset()  # with the window, or 0


Step = Callable[[State, Act], State]


def end_of(day: date) -> datetime:
    """The first instant that does not belong to the day in Brussels any more."""
    return datetime.combine(day + timedelta(days=1), time(), OFFICE).astimezone(UTC)


def day_of(at: datetime) -> date:
    return at.astimezone(OFFICE).date()


def rewound(state: State, acts: Iterable[Act]) -> State:
    """The state before the first of these acts, when `state` is the one after the last."""
    for act in sorted(acts, key=lambda each: each.id, reverse=True):
        if act.action == UNDONE and act.undone is not None:
            state = _again(state, act.undone)
        else:
            state = _without(state, act)
    return state


def as_of(present: State, acts: Iterable[Act], end: datetime) -> State:
    """The state at the instant `end`, of which the present and all acts are known."""
    return rewound(present, (act for act in acts if act.at >= end))


def _without(state: State, act: Act) -> State:
    if act.kind == "window" and act.action not in _WITHOUT:
        return _window(state, act, "before")
    return _WITHOUT.get(act.action, _untouched)(state, act)


def _again(state: State, act: Act) -> State:
    """The state before somebody took `act` back, which is the one after it."""
    if act.kind == "window" and "after" in act.details:
        return _window(state, act, "after")
    return _AGAIN.get(act.action, _untouched)(state, act)


def _untouched(state: State, _: Act) -> State:
    return state


def _facts(state: State, values: Mapping[str, Any]) -> State:
    new = {name: _plain(value) for name, value in values.items()}
    return replace(state, facts={**state.facts, **new})


def _changed_back(state: State, act: Act) -> State:
    """`plans`: by window, where other countries with other holidays made new ones."""
    state = replace(state, gaps=state.gaps - {(Gap.FACTS, 0)})
    return _plans(_facts(state, act.details["before"]), act.details.get("plans", {}))


def _changed(state: State, act: Act) -> State:
    if "to" not in act.details:
        return replace(state, gaps=state.gaps | {(Gap.FACTS, 0)})
    return _facts(state, act.details["to"])


def _plain(value: Any) -> Any:
    return ",".join(value) if isinstance(value, list | tuple) else value


def _stepped_back(state: State, act: Act) -> State:
    """Internal dates that the step has met are open again."""
    plans = {
        window: {
            kind: {**each, "met": None} if each["met"] and each["met"] >= act.at else each
            for kind, each in plan.items()
        }
        for window, plan in state.plans.items()
    }
    values = {"station": act.details["from"], "closed_reason": act.details.get("reason before", "")}
    return _facts(replace(state, plans=plans), values)


def _stepped(state: State, act: Act) -> State:
    values = {"station": act.details["to"], "closed_reason": act.details.get("reason", "")}
    return _facts(state, values)


def _detached(state: State, act: Act) -> State:
    gone = set(act.details["entries"])
    return replace(state, sources={i: row for i, row in state.sources.items() if i not in gone})


def _attached(state: State, act: Act) -> State:
    rows = {
        entry: {"how": act.details.get("how", "source"), "at": act.at, "here": True}
        for entry in act.details["entries"]
    }
    return replace(state, sources={**state.sources, **rows})


def _unset(state: State, act: Act) -> State:
    return replace(state, windows={i: row for i, row in state.windows.items() if i != act.object})


def _window(state: State, act: Act, side: str) -> State:
    """What an act on a window has kept of it on that side, and of its plan."""
    values = act.details.get(side)
    if act.object not in state.windows:
        return state
    if isinstance(values, Mapping) and "closes" in values:
        columns = {name: value for name, value in values.items() if name != PLAN}
        row = {**state.windows[act.object], **_instants(columns)}
        windows = {**state.windows, act.object: row}
        gaps = state.gaps - {(Gap.DEADLINES, act.object)}
        state = replace(state, windows=windows, gaps=gaps)
    return _planned(state, act, values if isinstance(values, Mapping) else {})


PLAN = "milestones"
"""Beside the columns of a window: its plan, by kind."""
REPLANS = frozenset({"deadline moved", "deadline reopened", "fast lane taken"})


def _planned(state: State, act: Act, values: Mapping[str, Any]) -> State:
    """The plan on that side; of an act that made another one and has not kept the old: a gap."""
    if PLAN in values:
        return _plans(state, {act.object: values[PLAN]})
    return _unsure(state, act, Gap.MILESTONES) if act.action in REPLANS else state


def _plans(state: State, plans: Mapping[Any, Mapping[str, Any]]) -> State:
    known = {
        int(window): {kind: _instants(each) for kind, each in plan.items()}
        for window, plan in plans.items()
    }
    gaps = state.gaps - {(Gap.MILESTONES, window) for window in known}
    return replace(state, plans={**state.plans, **known}, gaps=gaps)


def _unsure(state: State, act: Act, *gaps: Gap) -> State:
    return replace(state, gaps=state.gaps | {(gap, act.object) for gap in gaps})


def _set_by_hand(state: State, act: Act) -> State:
    """Of older acts only the instants that were replaced are known."""
    before = act.details["before"]
    if PLAN in before:
        return _planned(state, act, before)
    plan = dict(state.plans.get(act.object, {}))
    for kind, due in before.items():
        plan[kind] = {"met": None, **plan.get(kind, {}), "due": instant(due), "reason": ""}
    return replace(state, plans={**state.plans, act.object: plan})


def _moved(state: State, act: Act) -> State:
    return _unsure(state, act, Gap.DEADLINES, Gap.MILESTONES)


def _in_state(after: str) -> Step:
    """An act that changed nothing of a window but its state, and was taken back."""

    def step(state: State, act: Act) -> State:
        if act.object not in state.windows:
            return state
        row = {**state.windows[act.object], "state": after}
        return replace(state, windows={**state.windows, act.object: row})

    return step


def instant(value: Any) -> Any:
    """As a room has written it down: 2026-12-14T22:59:59+00:00, or with a space."""
    return datetime.fromisoformat(value) if isinstance(value, str) and value else value


def _instants(values: Mapping[str, Any]) -> dict[str, Any]:
    dates = {"closes", "opens", "due", "met"}
    return {name: instant(value) if name in dates else value for name, value in values.items()}


def _merge(*, here: bool, side: str) -> Step:
    """The rows that a merging has moved are here, or elsewhere; the facts are those of `side`."""

    def step(state: State, act: Act) -> State:
        moved = set(act.details["windows"]), set(act.details["entries"])
        windows, sources = (
            {
                number: {**row, "here": here} if number in ids else row
                for number, row in rows.items()
            }
            for rows, ids in zip((state.windows, state.sources), moved, strict=True)
        )
        return _facts(replace(state, windows=windows, sources=sources), act.details[side])

    return step


STEPS = ("dossier advanced", "dossier closed", "dossier reopened")
_WITHOUT: dict[str, Step] = {
    "dossier changed": _changed_back,
    **dict.fromkeys(STEPS, _stepped_back),
    "entry attached": _detached,
    **dict.fromkeys(("deadline set", "deadline proposed"), _unset),
    "milestones set": _set_by_hand,
    MERGED: _merge(here=False, side="before"),
    INTO: _merge(here=True, side="before"),
}
_AGAIN: dict[str, Step] = {
    "dossier changed": _changed,
    **dict.fromkeys(STEPS, _stepped),
    "entry attached": _attached,
    "deadline moved": _moved,
    **dict.fromkeys(
        ("deadline set", "deadline confirmed", "deadline reopened"), _in_state("confirmed")
    ),
    "deadline withdrawn": _in_state("withdrawn"),
    MERGED: _merge(here=True, side="after"),
    INTO: _merge(here=False, side="after"),
}
