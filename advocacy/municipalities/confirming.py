"""Once a year: is this still right? Asked by letter, said with one button."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from advocacy import database
from advocacy.errors import Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.logs import going_on
from advocacy.mail.actions import post
from advocacy.municipalities import mails, queries, rules
from advocacy.municipalities.contacts import check_right, write_change
from advocacy.municipalities.forms import OwnWords
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person

DAY = timedelta(days=1)
_member: Any = Contact.municipality  # Piccolo types the columns of a joined table loosely


@dataclass(frozen=True, slots=True)
class Due:
    id: int
    email: str


async def ask_to_confirm(contact_ids: Sequence[int], *, by: Person, now: datetime) -> int:
    """A letter to each address that was not asked within sixty days; returns how many."""
    async with database.transaction():
        await database.one_at_a_time("confirm")
        people = await _people(contact_ids)
        for each in people:
            check_right(by, each.municipality.country)
        open_ones = [e for e in people if rules.may_ask_to_confirm(e.confirm_asked, now=now)]
        return await _ask(open_ones, by=by, now=now)


async def _people(contact_ids: Sequence[int]) -> list[Contact]:
    if not contact_ids:
        return []
    return await database.with_referred(
        Contact.objects().where(Contact.id.is_in(list(contact_ids))).order_by(Contact.id),
        Contact.municipality,
    )


async def _ask(people: Sequence[Contact], *, by: Person | None, now: datetime) -> int:
    """Inside a transaction. Who looks after several municipalities gets one letter for all."""
    together: dict[str, list[Contact]] = {}
    for each in people:
        together.setdefault(each.email.lower(), []).append(each)
    carers, written = await queries.coordinators(), 0
    for those in together.values():
        what = f"asking contact {those[0].id} to confirm"
        with going_on(what) if by is None else nullcontext():  # a person is told of it at once
            async with database.transaction():
                written += await _ask_address(those, carers, by=by, now=now)
    return written


async def _ask_address(
    people: Sequence[Contact], carers: Mapping[str, Person], *, by: Person | None, now: datetime
) -> bool:
    those = [each for each in people if await _may_ask(each, now=now)]
    if not those:
        return False
    letter = mails.confirm_contact(those, carers.get(those[0].municipality.country), now=now)
    for each in those:
        await record(
            "contact asked to confirm", kind="municipality", object=each.municipality.id,
            by=by, now=now, details={"contact": each.id, "code": each.municipality.code},
        )  # fmt: skip
    await post(letter, now=now)
    return True


async def _may_ask(contact: Contact, *, now: datetime) -> bool:
    asked = await (
        Contact.update({Contact.confirm_asked: now})
        .where(
            Contact.id == contact.id,
            Contact.confirm_asked.is_null()
            | (Contact.confirm_asked <= now - rules.ASKED_AGAIN_AFTER),
        )
        .returning(Contact.id)
    )
    return bool(asked)


async def confirm_due(now: datetime) -> int:
    """Job: at most fifty addresses a day, however often it runs; returns how many letters."""
    async with database.transaction():
        await database.one_at_a_time("confirm")
        room = rules.ASKED_A_DAY - await _asked_today(now)
        if room <= 0:
            return 0
        due = await _due(now)
        chosen = list(dict.fromkeys(each.email for each in due))[:room]
        return await _ask(
            await _people([each.id for each in due if each.email in chosen]), by=None, now=now
        )


async def _asked_today(now: datetime) -> int:
    rows = await Contact.select(Contact.email).where(Contact.confirm_asked > now - DAY)
    return len({row["email"].lower() for row in rows})


async def _due(now: datetime) -> list[Due]:
    """Who has waited longest first. All of one address are asked together."""
    before = now - rules.CONFIRMED_FOR
    rows = await (
        Contact.select(
            Contact.id, Contact.email, Contact.confirmed, Contact.created, Contact.confirm_asked,
            Contact.calls, Contact.reminders, Contact.results, Contact.news, Contact.bounced,
            Contact.absent_until,
            _member.created.as_alias("member_since"),
        )
        .where(
            _member.active.eq(True),
            Contact.confirmed.is_null() | (Contact.confirmed <= before),
            Contact.confirm_asked.is_null() | (Contact.confirm_asked <= before),
        )
        .order_by(Contact.id)
    )  # fmt: skip
    due = [
        row
        for row in rows
        if rules.asks_by_itself(
            confirmed=row["confirmed"],
            created=row["created"] or row["member_since"],
            asked=row["confirm_asked"],
            wishes=[row[each] for each in rules.LETTERS],
            bounced=row["bounced"] is not None,
            absent_until=row["absent_until"],
            now=now,
        )
    ]
    due.sort(key=lambda row: row["confirmed"] or row["created"] or row["member_since"])
    return [Due(row["id"], row["email"].lower()) for row in due]


async def confirm(contact_id: int, *, now: datetime) -> None:
    """The contact says that all is right. Twice on one day is once."""
    async with database.transaction():
        before = await _own(contact_id)
        if before.confirmed is not None and now - before.confirmed < DAY:
            return
        await Contact.update(
            {Contact.confirmed: now, Contact.bounced: None, Contact.bounce: ""}
        ).where(Contact.id == contact_id)
        await record(
            "contact confirmed", kind="municipality", object=before.municipality.id,
            by=before.name, now=now,
            details={"contact": contact_id, "code": before.municipality.code},
        )  # fmt: skip


async def change_own(contact_id: int, words: OwnWords, *, shown: str, now: datetime) -> None:
    """The contact mends the own name, telephone or language; with that the rest is right too.

    Outdated: the coordinator has changed it meanwhile.
    """
    async with database.transaction():
        before = await _own(contact_id)
        await database.one_at_a_time(f"contacts/{before.municipality.id}")
        before = await _own(contact_id)
        if shown != own_seen(before):
            raise Outdated(
                Message("Somebody has changed this person meanwhile"),
                theirs=f"{before.name}\n{before.phone}", mine=f"{words.name}\n{words.phone}",
            )  # fmt: skip
        values = {"name": words.name, "phone": words.phone, "language": words.language}
        await Contact.update({Contact.confirmed: now}).where(Contact.id == contact_id)
        if any(getattr(before, name) != value for name, value in values.items()):
            await write_change(before, values, by=before.name, now=now)


def own_seen(contact: Contact) -> str:
    return f"{contact.name}|{contact.phone}|{contact.language}"


async def _own(contact_id: int) -> Contact:
    found = await database.with_referred(
        Contact.objects().where(Contact.id == contact_id).first(), Contact.municipality
    )
    if found is None:
        raise NotFound("We do not write to this address any more")
    return found
