"""Take in a member list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # values of columns

from advocacy import database
from advocacy.history.actions import record
from advocacy.municipalities import queries
from advocacy.municipalities.comparing import (
    CONTACT_FACTS,
    MEMBER_FACTS,
    NEW_CONTACT_FACTS,
    Imported,
    Known,
    contact_values,
    known_members,
    plan_of,
    same_address,
    values_in,
)
from advocacy.municipalities.forms import Member, NewContact
from advocacy.municipalities.keeping import columns_of, facts, fingerprint
from advocacy.municipalities.reading_tables import read_members
from advocacy.municipalities.searching import text_of
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person

AT_ONCE = 500  # rows of one INSERT: SQLite takes 32,766 values


async def import_file(
    content: bytes, name: str, *, by: Person | None = None, now: datetime
) -> Imported:
    """All of the file or nothing. BadTable names the rows."""
    done, _ = await take_in(read_members(content, name), origin=name, by=by, now=now)
    return done


async def import_rows(rows: Sequence[Member], *, by: Person | None, now: datetime) -> Imported:
    """New codes are added, known ones brought up to date; nobody is removed.

    An empty cell says nothing: what is known stays.
    """
    done, _ = await take_in(rows, by=by, now=now)
    return done


async def take_in(
    rows: Sequence[Member], *, origin: str = "", by: Person | None, now: datetime
) -> tuple[Imported, int | None]:
    """What became of each, and the event, which can be undone. `origin`: where new addresses
    come from when the list does not say it, the name of its file.
    """
    async with database.transaction():
        await database.one_at_a_time("members")
        known = await known_members()
        plan = plan_of(rows, known)
        wanted = set(plan.done.new) | set(plan.done.changed)
        if not wanted:
            return plan.done, None
        work = [row for row in rows if row.code in wanted]
        told = await _write(work, known, origin=origin, now=now)
        event = await record(
            "members imported", kind="municipality", object=0, by=by, now=now,
            details={"new": plan.done.new, "changed": plan.done.changed, **told},
        )  # fmt: skip
    return plan.done, event


async def _write(
    rows: Sequence[Member], known: Known, *, origin: str, now: datetime
) -> dict[str, object]:
    """Returns what taking it back needs."""
    carers = await queries.coordinators()
    before = {
        each.id: facts(each, MEMBER_FACTS)
        for row in rows
        if (each := known.members.get(row.code)) is not None
    }
    await _write_members(rows, known, {code: each.id for code, each in carers.items()}, now=now)
    people = await _write_people(rows, known, origin=origin, now=now)
    after = await _as_written([known.members[row.code].id for row in rows])
    return {
        "members": [
            {"id": number, "before": _less(before.get(number), each), "after": fingerprint(each)}
            for number, each in after.items()
        ],
        "people": people,
    }


def _less(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> dict[str, Any] | None:
    if before is None:
        return None
    return {name: value for name, value in before.items() if value != after[name]}


async def _as_written(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = await Municipality.objects().where(Municipality.id.is_in(list(numbers)))
    return {each.id: facts(each, MEMBER_FACTS) for each in rows}


async def _write_members(
    rows: Sequence[Member], known: Known, carers: Mapping[str, int], *, now: datetime
) -> None:
    new = list[Municipality]()
    for row in rows:
        there = known.members.get(row.code)
        kept = there or Municipality(
            code=row.code, created=now, coordinator=carers.get(row.country)
        )
        for name, value in values_in(row).items():
            if name != "represented_by":
                setattr(kept, name, value)
        kept.active = True
        names = [each.name for each in known.people.get(there.id, [])] if there else []
        names += [row.contact.name] if row.contact and row.contact.name not in names else []
        kept.search_text = text_of(kept, names)
        if there:
            await kept.save()
        else:
            new.append(kept)
    for start in range(0, len(new), AT_ONCE):
        await Municipality.insert(*new[start : start + AT_ONCE])
    if new:
        known.members |= {each.code: each for each in await Municipality.objects()}
    await _join_regions(rows, known)


async def _join_regions(rows: Sequence[Member], known: Known) -> None:
    for row in rows:
        member = known.members[row.code]
        region = known.members.get(row.represented_by)
        if region and member.represented_by != region.id:
            await Municipality.update({Municipality.represented_by: region.id}).where(
                Municipality.id == member.id
            )


async def _write_people(
    rows: Sequence[Member], known: Known, *, origin: str, now: datetime
) -> list[dict[str, Any]]:
    """A known address keeps its wishes about letters; a new one joins the others."""
    new, told = list[Contact](), list[dict[str, Any]]()
    for row in rows:
        if row.contact is None:
            continue
        member = known.members[row.code]
        there = same_address(row.contact, known.people.get(member.id, []))
        if there is None:
            new.append(_new_contact(row, row.contact, member.id, origin=origin, now=now))
            continue
        before, values = facts(there, CONTACT_FACTS), contact_values(row.contact)
        if changed := {name: before[name] for name in values if before[name] != values[name]}:
            await Contact.update(columns_of(Contact, values)).where(Contact.id == there.id)
            after = fingerprint(before | values)
            told.append({"id": there.id, "before": changed, "after": after})
    for start in range(0, len(new), AT_ONCE):
        made = await Contact.insert(*new[start : start + AT_ONCE]).returning(Contact.id)
        written = Contact.objects().where(Contact.id.is_in([each["id"] for each in made]))
        told += [
            {"id": each.id, "before": None, "after": fingerprint(facts(each, NEW_CONTACT_FACTS))}
            for each in await written
        ]
    return told


def _new_contact(
    row: Member, person: NewContact, municipality: int, *, origin: str, now: datetime
) -> Contact:
    values: dict[str, Any] = {**contact_values(person)}
    values.setdefault("name", row.name)
    values.setdefault("origin", origin[:200])
    return Contact(
        municipality=municipality, email=person.email, language=row.language, created=now, **values
    )
