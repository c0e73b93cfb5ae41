"""Take in a member list, keep contacts, obey those who want fewer letters."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # values of columns

from advocacy import database
from advocacy.errors import Message, NotAllowed, NotFound
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities import queries, rules
from advocacy.municipalities.forms import Member, NewContact
from advocacy.municipalities.reading_tables import read_members
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from feeds.reading.folding import search_text


@dataclass(frozen=True, slots=True)
class Imported:
    """Codes, by what became of each."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


async def import_file(
    content: bytes, name: str, *, by: Person | None = None, now: datetime
) -> Imported:
    """All of the file or nothing. BadTable names the rows."""
    return await import_rows(read_members(content, name), by=by, now=now)


async def import_rows(rows: Sequence[Member], *, by: Person | None, now: datetime) -> Imported:
    """New codes are added, known ones brought up to date; nobody is removed.

    An empty cell says nothing: what is known stays.
    """
    async with database.transaction():
        await database.one_at_a_time("members")
        plan = await compare(rows)
        known = {each.code: each for each in await Municipality.objects()}
        people = await queries.contacts_of([each.id for each in known.values()])
        carers = await queries.coordinators()
        for row in rows:
            before = known.get(row.code)
            keeper = carers.get(row.country)
            number = await _keep(row, before, coordinator=keeper.id if keeper else None, now=now)
            await _keep_contact(row, number, people.get(number, []))
        if plan.new or plan.changed:
            details = {"new": plan.new, "changed": plan.changed}
            await record(
                "members imported", kind="municipality", object=0, by=by, now=now, details=details
            )
    return plan


async def compare(rows: Sequence[Member]) -> Imported:
    """What an import would do: the dry run that is shown first."""
    known = {each.code: each for each in await Municipality.objects()}
    people = await queries.contacts_of([each.id for each in known.values()])
    new, changed, same = list[str](), list[str](), list[str]()
    for row in rows:
        before = known.get(row.code)
        if before is None:
            new.append(row.code)
        elif _differs(row, before) or _new_contact(row, people.get(before.id, [])):
            changed.append(row.code)
        else:
            same.append(row.code)
    return Imported(tuple(new), tuple(changed), tuple(same))


def _values(row: Member) -> dict[str, Any]:
    values = {
        "name": row.name,
        "kind": row.kind,
        "country": row.country,
        "nuts": row.nuts,
        "region": row.region,
        "map_region": row.map_region,
        "language": row.language,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "population": row.population,
        "topics": ",".join(row.topics),
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def _differs(row: Member, before: Municipality) -> bool:
    return not before.active or any(
        getattr(before, name) != value for name, value in _values(row).items()
    )


def _new_contact(row: Member, people: Sequence[Contact]) -> bool:
    person = row.contact
    if person is None:
        return False
    return not any(
        (each.email, each.name, each.phone or person.phone)
        == (person.email, person.name or each.name, person.phone or each.phone)
        for each in people
    )


async def _keep(
    row: Member, before: Municipality | None, *, coordinator: int | None, now: datetime
) -> int:
    kept = before or Municipality(code=row.code, created=now, coordinator=coordinator)
    for name, value in _values(row).items():
        setattr(kept, name, value)
    kept.active = True
    words = f"{kept.code} {kept.name} {kept.region} {row.contact.name if row.contact else ''}"
    kept.search_text = search_text(words, language=kept.language)
    await kept.save()
    return kept.id


async def _keep_contact(row: Member, municipality: int, people: Sequence[Contact]) -> None:
    """A known address keeps its wishes about letters; a new one joins the others."""
    person = row.contact
    if person is None:
        return
    known = next((each for each in people if each.email == person.email), None)
    kept = known or Contact(municipality=municipality, email=person.email, language=row.language)
    kept.name = person.name or (known.name if known else row.name)
    kept.role = person.role
    kept.phone = person.phone or kept.phone
    await kept.save()


def check_right(by: Person, country: str) -> None:
    if not rules.may_edit(by.role, by.countries.split(","), country=country):
        raise NotAllowed(
            Message("The secretariat and the coordinator of the country keep the contacts")
        )


async def add_contact(
    municipality: Municipality, new: NewContact, *, by: Person, now: datetime
) -> int:
    """Returns the event's id."""
    check_right(by, municipality.country)
    async with database.transaction():
        made = Contact(
            municipality=municipality.id,
            name=new.name,
            email=new.email,
            role=new.role,
            phone=new.phone,
            language=new.language,
        )
        await made.save()
        return await record(
            "contact added", kind="municipality", object=municipality.id, by=by, now=now,
            details={"contact": made.id, "code": municipality.code},
        )  # fmt: skip


async def change_contact(number: int, new: NewContact, *, by: Person, now: datetime) -> int:
    """Returns the event's id, which can be undone."""
    async with database.transaction():
        before = await queries.contact(number)
        check_right(by, before.municipality.country)
        await _write(number, _person(new))
        return await record(
            "contact changed", kind="municipality", object=before.municipality.id, by=by, now=now,
            details={
                "contact": number, "code": before.municipality.code,
                "before": _person(before), "after": _person(new),
            },
        )  # fmt: skip


def _person(who: Contact | NewContact) -> dict[str, str]:
    return {name: getattr(who, name) for name in ("name", "email", "role", "phone", "language")}


async def _write(number: int, values: Mapping[str, str]) -> None:
    columns: dict[Any, Any] = {getattr(Contact, name): value for name, value in values.items()}
    await Contact.update(columns).where(Contact.id == number)


async def remove_contact(number: int, *, by: Person, now: datetime) -> int:
    """Returns the event's id, which can be undone."""
    async with database.transaction():
        before = await queries.contact(number)
        check_right(by, before.municipality.country)
        wants = {each: getattr(before, each) for each in rules.LETTERS}
        await Contact.delete().where(Contact.id == number)
        return await record(
            "contact removed", kind="municipality", object=before.municipality.id, by=by, now=now,
            details={
                "contact": number, "code": before.municipality.code,
                "before": _person(before), "wants": wants,
            },
        )  # fmt: skip


async def want_letters(number: int, wants: Mapping[str, Rhythm], *, now: datetime) -> None:
    """A contact's own wish, with the link in their letter. Saying it twice is saying it once.

    `wants`: kind of letter → how often; what is not named stays.
    """
    async with database.transaction():
        before = await Contact.objects(Contact.municipality).where(Contact.id == number).first()
        if before is None:
            raise NotFound("We do not write to this address any more")
        if all(getattr(before, each) == rhythm for each, rhythm in wants.items()):
            return
        columns: dict[Any, Any] = {getattr(Contact, each): str(wants[each]) for each in wants}
        await Contact.update(columns).where(Contact.id == number)
        await record(
            "mail settings changed", kind="municipality", object=before.municipality.id,
            by=before.municipality.name, now=now,
            details={"contact": number, **wants},
        )  # fmt: skip


async def undo_contact(event: Event, by: Person, now: datetime) -> str:
    """Take back what was done to a contact."""
    facts = _details(event)
    async with database.transaction():
        found = await Municipality.objects().where(Municipality.id == event.object).first()
        if found is None:
            raise NotFound("There is no such municipality")
        check_right(by, found.country)
        if event.action == "contact added":
            await Contact.delete().where(Contact.id == facts["contact"])
        elif event.action == "contact changed":
            await _write(facts["contact"], facts["before"])
        else:
            await Contact(municipality=found.id, **facts["before"], **facts["wants"]).save()
        await record(
            "undone", kind="municipality", object=found.id, by=by, now=now,
            undoes=event.id,
        )  # fmt: skip
    return f"/m/{found.code}"


def _details(event: Event) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(event.details)
    return facts


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "contact added": undo_contact,
    "contact changed": undo_contact,
    "contact removed": undo_contact,
}
