"""Take in a list of projects: what it would do, do it, take it back as one.

An empty cell says nothing: what is known stays.
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities.tables import Municipality
from advocacy.people.rules import LANGUAGES, Role
from advocacy.people.tables import Person
from advocacy.projects import labels
from advocacy.projects.actions import ALL, CHANGED_MEANWHILE, IMPORTED, insert
from advocacy.projects.keeping import COLUMNS, State, as_state, states_of, write
from advocacy.projects.reading_lists import Row
from advocacy.projects.tables import Project
from advocacy.spreadsheets.reading import MOST_PROBLEMS, BadTable, RowProblem


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one project; `column` as reading_lists.NAMES has it."""

    title: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Titles of the projects that the file would enter, change, or leave as they are."""

    new: Sequence[str]
    changed: Sequence[str]
    same: Sequence[str]
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class _Compared:
    """`number` 0: the row is a new project; else `before` is what stands there."""

    title: str
    number: int
    before: State | None
    after: State


async def plan(rows: Sequence[Row]) -> Plan:
    """What it would do; writes nothing. BadTable for what no member or no project is. Six queries,
    however long the list is.
    """
    codes = await _codes()
    return _plan(await _compared(rows, codes), {number: code for code, number in codes.items()})


def _plan(compared: Sequence[_Compared], codes: Mapping[int, str]) -> Plan:
    changed = [each for each in compared if each.before not in (None, each.after)]
    return Plan(
        new=[each.title for each in compared if each.before is None],
        changed=[each.title for each in changed],
        same=[each.title for each in compared if each.before == each.after],
        changes=[one for each in changed for one in _changes(each, codes)],
    )


def _changes(each: _Compared, codes: Mapping[int, str]) -> Iterator[Change]:
    before, after = _shown(each.before or {}, codes), _shown(each.after, codes)
    for name in dict.fromkeys((*before, *after)):
        if before.get(name, "") != after.get(name, ""):
            yield Change(each.title, name, before.get(name, ""), after.get(name, ""))


def _shown(state: State, codes: Mapping[int, str]) -> dict[str, str]:
    """As the cells of a list."""
    shown = {name: state[name] or "" for name in (*COLUMNS, "begins", "ends")}
    shown |= {
        "led_by": codes.get(state["led_by"], ""),
        "members": " ".join(sorted(codes[each] for each in state["members"])),
        "contact_public": "yes" if state["contact_public"] else "no",
    }
    for language, told in sorted(state["texts"].items()):
        shown |= {
            f"{of}-{language}": text for of, text in zip(labels.TOLD, told, strict=True)
        }  # fmt: skip
    return shown


async def _codes() -> dict[str, int]:
    rows = await Municipality.select(Municipality.id, Municipality.code)
    return {row["code"]: row["id"] for row in rows}


async def _compared(rows: Sequence[Row], codes: Mapping[str, int]) -> list[_Compared]:
    known = await _known(rows)
    there = await states_of(sorted(set(known.values())))
    found, problems, rows_of = list[_Compared](), list[RowProblem](), dict[int, int]()
    for row in rows:
        number = known.get(row.number, 0)
        first = rows_of.setdefault(number, row.number) if number else row.number
        try:
            _check(row, number, first)
            after = as_state(row.new, codes)
        except Invalid as error:
            problems += [RowProblem(row.number, name, said) for name, said in error.fields.items()]
            continue
        before, title = there.get(number), row.new.texts[row.new.language].title
        whole = merged(before, after, row.given) if before else after
        found.append(_Compared(title, number, before, whole))
    if problems:
        raise BadTable(problems[:MOST_PROBLEMS])
    return found


def _check(row: Row, number: int, first: int) -> None:
    """`first`: the row that was the first about this project."""
    if row.project and not number:
        raise Invalid({"number": Message("There is no such project")})
    if first != row.number:
        said = Message("This project stands in row %(row)s too", {"row": first})
        raise Invalid({"number" if row.project else "code": said})


async def _known(rows: Sequence[Row]) -> dict[int, int]:
    """Which project each row is about: by its number, else by its code."""
    there = await Project.select(Project.id, Project.code).where(Project.removed.is_null())
    numbers = {each["id"] for each in there}
    by_code = {each["code"]: each["id"] for each in there if each["code"]}
    found = {row.number: row.project or by_code.get(row.new.code, 0) for row in rows}
    return {row: number for row, number in found.items() if number in numbers}


def merged(before: State, after: State, given: frozenset[str]) -> State:
    """What stands there with what a row says of it. `given`: the columns that are not empty."""
    members = after["members"] if "members" in given else before["members"]
    led_by = after["led_by"] if "led_by" in given else before["led_by"]
    kept = {name: (after if name in given else before)[name] for name in before}
    return kept | {
        "removed": False,
        "led_by": led_by,
        "members": sorted({*members, *([led_by] if led_by else [])}),
        "texts": {
            language: _told(language, before, after, given)
            for language in sorted(LANGUAGES)
            if language in before["texts"] or f"title-{language}" in given
        },
    }


def _told(language: str, before: State, after: State, given: frozenset[str]) -> list[str]:
    empty = ["", "", ""]
    old, new = before["texts"].get(language, empty), after["texts"].get(language, empty)
    return [
        mine if f"{of}-{language}" in given else theirs
        for of, theirs, mine in zip(labels.TOLD, old, new, strict=True)
    ]


async def take_in(rows: Sequence[Row], *, by: Person, now: datetime) -> tuple[Plan, int | None]:
    """All rows or none; the event can be taken back as one. Nobody's project is removed."""
    if by.role != Role.SECRETARIAT:
        raise NotAllowed("Lists are taken in by the secretariat")
    told = []
    async with database.transaction():
        await database.one_at_a_time(ALL)
        codes = await _codes()
        compared = await _compared(rows, codes)
        done = _plan(compared, {number: code for code, number in codes.items()})
        for each in compared:
            if each.before == each.after:
                continue
            if each.number:
                await write(each.number, each.after, now=now)
            number = each.number or await insert(each.after, by=by, now=now)
            told.append({"id": number, "before": each.before, "after": each.after})
        if not told:
            return done, None
        event = await record(
            IMPORTED, kind="project", object=0, by=by, now=now, details={"projects": told}
        )
    return done, event


async def undo_import(event: Event, by: Person, now: datetime) -> str:  # noqa: ARG001
    """All of them as they were, or none when somebody changed one since."""
    projects = json.loads(event.details)["projects"]
    async with database.transaction():
        await database.one_at_a_time(ALL)
        there = await states_of([each["id"] for each in projects])
        if any(there.get(each["id"]) != each["after"] for each in projects):
            raise Outdated(CHANGED_MEANWHILE)
        for each in projects:
            before = each["before"] or each["after"] | {"removed": True}
            await write(each["id"], before, now=now)
    return "/projects"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {IMPORTED: undo_import}
