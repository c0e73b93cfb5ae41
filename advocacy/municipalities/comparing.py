"""What an import would do, value by value: shown before it is done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any  # values of columns

from advocacy.errors import Message
from advocacy.municipalities import queries
from advocacy.municipalities.forms import Member, NewContact
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.spreadsheets.reading import BadTable, RowProblem

MEMBER_FACTS = (
    *("name", "kind", "country", "nuts", "region", "map_region", "language", "latitude"),
    *("longitude", "population", "topics", "represented_by", "stands_for", "active"),
)
CONTACT_FACTS = ("name", "role", "phone", "best_time", "origin")
NEW_CONTACT_FACTS = (
    *CONTACT_FACTS,
    *("email", "language", "calls", "reminders", "results", "news", "absent_until", "confirmed"),
)


@dataclass(frozen=True, slots=True)
class Imported:
    """Codes, by what became of each."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a known member, before and after."""

    code: str
    name: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `missing`: codes of members that the list does not name; they
    stay as they are.
    """

    done: Imported
    changes: tuple[Change, ...]
    missing: tuple[str, ...]


@dataclass(slots=True)
class Known:
    """Members by code, people by member, codes by number."""

    members: dict[str, Municipality]
    people: dict[int, list[Contact]]
    codes: dict[int | None, str]


async def known_members() -> Known:
    members = {each.code: each for each in await Municipality.objects()}
    people = await queries.contacts_of([each.id for each in members.values()])
    return Known(members, people, {each.id: code for code, each in members.items()})


async def compare(rows: Sequence[Member]) -> Imported:
    return (await dry_run(rows)).done


async def dry_run(rows: Sequence[Member]) -> Plan:
    """What an import would do: it is shown first. BadTable: a region that nobody knows."""
    return plan_of(rows, await known_members())


def plan_of(rows: Sequence[Member], known: Known) -> Plan:
    _check_regions(rows, known)
    new, changed, same, changes = list[str](), list[str](), list[str](), list[Change]()
    for row in rows:
        before = known.members.get(row.code)
        if before is None:
            new.append(row.code)
            continue
        found = list(_changes(row, before, known))
        (changed if found else same).append(row.code)
        changes += found
    named = {row.code for row in rows}
    missing = sorted(
        code for code, each in known.members.items() if each.active and code not in named
    )
    return Plan(Imported(tuple(new), tuple(changed), tuple(same)), tuple(changes), tuple(missing))


def _check_regions(rows: Sequence[Member], known: Known) -> None:
    kinds = {code: each.kind for code, each in known.members.items()}
    kinds |= {row.code: row.kind for row in rows if row.kind}
    problems = [
        RowProblem(
            row.row,
            "represented_by",
            Message("“%(code)s” is no region of this network", {"code": row.represented_by}),
        )
        for row in rows
        if row.represented_by and kinds.get(row.represented_by) != "region"
    ]
    if problems:
        raise BadTable(problems)


def values_in(row: Member) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in MEMBER_FACTS if hasattr(row, name)}
    values["topics"] = ",".join(row.topics)
    return {name: value for name, value in values.items() if value not in ("", None)}


def _changes(row: Member, before: Municipality, known: Known) -> Iterator[Change]:
    there = {name: getattr(before, name) for name in MEMBER_FACTS}
    there["represented_by"] = known.codes.get(before.represented_by, "")
    for name, value in ({"active": True} | values_in(row)).items():
        if there[name] != value:
            yield Change(row.code, before.name, name, _said(there[name]), _said(value))
    if row.contact:
        yield from _changes_of_contact(row, row.contact, before, known.people.get(before.id, []))


def _changes_of_contact(
    row: Member, person: NewContact, member: Municipality, people: Sequence[Contact]
) -> Iterator[Change]:
    there = same_address(person, people)
    if there is None:
        yield Change(row.code, member.name, "email", "", person.email)
        return
    for name, value in contact_values(person).items():
        if getattr(there, name) != value:
            yield Change(row.code, member.name, name, _said(getattr(there, name)), value)


def contact_values(person: NewContact) -> dict[str, str]:
    return {name: value for name in CONTACT_FACTS if (value := getattr(person, name))}


def same_address(person: NewContact, people: Sequence[Contact]) -> Contact | None:
    wanted = person.email.lower()
    return next((each for each in people if each.email.lower() == wanted), None)


def _said(value: object) -> str:
    return "" if value is None else str(value)
