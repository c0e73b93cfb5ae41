"""Take an import back, as long as nobody has touched what it wrote."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # details of an event

from advocacy import database
from advocacy.errors import Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities.comparing import CONTACT_FACTS, MEMBER_FACTS, NEW_CONTACT_FACTS
from advocacy.municipalities.keeping import columns_of, facts, fingerprint, told_by, values_of
from advocacy.municipalities.searching import refresh_search
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.rules import Role
from advocacy.people.tables import Person

NAMED = 5  # members that are named as the reason


async def undo_import(event: Event, by: Person, now: datetime) -> str:
    """What was new goes, what was changed is as before. Outdated names who was changed since."""
    if by.role != Role.SECRETARIAT:
        raise NotAllowed(Message("The secretariat imports the list of members"))
    told = told_by(event)
    if "members" not in told:
        raise NotAllowed(Message("This import did not note what was there before"))
    async with database.transaction():
        await database.one_at_a_time("members")
        members, people = await _there(told)
        _refuse(_touched(told, members, people) + await _joined_since(told, members))
        await _take_back(told, members)
        await record("undone", kind="municipality", object=0, by=by, now=now, undoes=event.id)
    return "/municipalities"


async def _there(told: Mapping[str, Any]) -> tuple[dict[int, Municipality], dict[int, Contact]]:
    numbers = [each["id"] for each in told["members"]] or [0]
    members = await Municipality.objects().where(Municipality.id.is_in(numbers))
    people = await Contact.objects().where(
        Contact.municipality.is_in(numbers)
        | Contact.id.is_in([each["id"] for each in told["people"]] or [0])
    )
    return {each.id: each for each in members}, {each.id: each for each in people}


def _touched(
    told: Mapping[str, Any], members: Mapping[int, Municipality], people: Mapping[int, Contact]
) -> list[str]:
    """Names of what is no longer as the import left it."""
    found = list[str]()
    for each in told["members"]:
        member = members.get(each["id"])
        if member is None or fingerprint(facts(member, MEMBER_FACTS)) != each["after"]:
            found.append(member.code if member else "–")
    for each in told["people"]:
        person = people.get(each["id"])
        names = CONTACT_FACTS if each["before"] else NEW_CONTACT_FACTS
        if person is None or fingerprint(facts(person, names)) != each["after"]:
            found.append(person.name if person else "–")
    return found


async def _joined_since(told: Mapping[str, Any], members: Mapping[int, Municipality]) -> list[str]:
    """New members that somebody has given people or other members since."""
    new = [each["id"] for each in told["members"] if each["before"] is None] or [0]
    ours = {each["id"] for each in told["people"]}
    people = await Contact.select(Contact.id, Contact.municipality).where(
        Contact.municipality.is_in(new)
    )
    further = {row["municipality"] for row in people if row["id"] not in ours}
    rows = await Municipality.select(Municipality.id, Municipality.represented_by).where(
        Municipality.represented_by.is_in(new)
    )
    further |= {row["represented_by"] for row in rows if row["id"] not in members}
    return [members[number].code for number in sorted(further)]


def _refuse(touched: Sequence[str]) -> None:
    if touched:
        named = ", ".join(touched[:NAMED]) + (" …" if len(touched) > NAMED else "")
        said = Message("This import cannot be undone: changed since are %(names)s")
        raise Outdated(Message(said.text, {"names": named}))


async def _take_back(told: Mapping[str, Any], members: Mapping[int, Municipality]) -> None:
    for each in told["people"]:
        if each["before"]:
            values = values_of(Contact, each["before"])
            await Contact.update(columns_of(Contact, values)).where(Contact.id == each["id"])
    made = [each["id"] for each in told["people"] if each["before"] is None]
    if made:
        await Contact.delete().where(Contact.id.is_in(made))
    for each in told["members"]:
        if each["before"]:
            values = values_of(Municipality, each["before"])
            await Municipality.update(columns_of(Municipality, values)).where(
                Municipality.id == each["id"]
            )
        if each["before"] is not None:
            await refresh_search(each["id"])
    new = [each["id"] for each in told["members"] if each["before"] is None]
    try:
        async with database.transaction():
            if new:
                await Municipality.delete().where(Municipality.id.is_in(new))
    except database.DUPLICATE:
        _refuse([members[number].code for number in new])
