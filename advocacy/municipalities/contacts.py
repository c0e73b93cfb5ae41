"""Keep the people whom letters go to, and obey those who want fewer."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any  # values of columns

from piccolo.query.functions import Lower

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import stop_to
from advocacy.municipalities import queries, rules
from advocacy.municipalities.forms import NewContact
from advocacy.municipalities.keeping import (
    columns_of,
    facts,
    fingerprint,
    plain,
    told_by,
    values_of,
)
from advocacy.municipalities.referring import name_again, naming
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.searching import refresh_search
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person

FACTS = (
    *("name", "email", "role", "phone", "language", "best_time", "origin"),
    *("absent_until", "absence_noted", "bounced", "bounce"),
)
"""What an edit may change, directly or by what follows from it."""
SHOWN = ("name", "email", "role", "phone", "language", "best_time", "origin", "absent_until")
"""What the form shows."""
OF_ADDED = (*FACTS, "calls", "reminders", "results", "news", "confirmed", "confirm_asked")
"""What shows that something was done to a contact, or with it, since it was added."""


OF_NEWS = ("news", "gathering_invitation")
OF_THEIRS = ("call", "reminder", "confirm_contact", "report_back", *OF_NEWS)
"""Kinds of letters that go to somebody because they are a contact."""


def check_right(by: Person, country: str) -> None:
    if not rules.may_edit(by.role, by.countries.split(","), country=country):
        raise NotAllowed(
            Message("The secretariat and the coordinator of the country keep the contacts")
        )


def seen(contact: Contact) -> str:
    """Of what the form shows; given back, it says whether somebody was faster."""
    return fingerprint(facts(contact, SHOWN))


async def add_contact(
    municipality: Municipality, new: NewContact, *, by: Person, now: datetime
) -> int:
    """Returns the event's id. Invalid: the municipality has this address already."""
    check_right(by, municipality.country)
    async with database.transaction():
        await database.one_at_a_time(f"contacts/{municipality.id}")
        await _check_free(new.email, municipality.id)
        made = Contact(municipality=municipality.id, created=now, **_written(new))
        made.absence_noted = now if new.absent_until else None
        await made.save()
        await refresh_search(municipality.id)
        after = fingerprint(facts(await queries.contact(made.id), OF_ADDED))
        return await record(
            "contact added", kind="municipality", object=municipality.id, by=by, now=now,
            details={"contact": made.id, "code": municipality.code, "after": after},
        )  # fmt: skip


def _written(new: NewContact) -> dict[str, Any]:
    return {name: getattr(new, name) for name in SHOWN}


async def _check_free(email: str, municipality: int, *, but: int = 0) -> None:
    for each in await Contact.objects().where(Contact.municipality == municipality):
        if each.id != but and each.email.lower() == email.lower():
            said = Message("%(name)s has this address already", {"name": each.name})
            raise Invalid({"email": said})


async def change_contact(
    number: int, new: NewContact, *, shown: str = "", by: Person, now: datetime
) -> int:
    """Returns the event's id, which can be undone. `shown`: what `seen` said when the form was
    made; Outdated when somebody has changed it since.
    """
    async with database.transaction():
        before = await queries.contact(number)
        check_right(by, before.municipality.country)
        await database.one_at_a_time(f"contacts/{before.municipality.id}")
        before = await queries.contact(number)
        if shown and seen(before) != shown:
            theirs, mine = (_in_words(each) for each in (before, new))
            raise Outdated(
                Message("Somebody has changed this person meanwhile"), theirs=theirs, mine=mine
            )
        await _check_free(new.email, before.municipality.id, but=number)
        return await write_change(before, _written(new), by=by, now=now)


def _in_words(who: Contact | NewContact) -> str:
    return "\n".join(str(value) for name in SHOWN if (value := getattr(who, name)))


async def write_change(
    before: Contact, values: dict[str, Any], *, by: Person | str, now: datetime
) -> int:
    """Inside a transaction. A new address has not sent letters back yet."""
    values = dict(values)
    if values.get("email", before.email) != before.email:
        values |= {"bounced": None, "bounce": ""}
    if "absent_until" in values and values["absent_until"] != before.absent_until:
        values["absence_noted"] = now if values["absent_until"] else None
    old = facts(before, FACTS)
    await Contact.update(columns_of(Contact, values)).where(Contact.id == before.id)
    await refresh_search(before.municipality.id)
    after = old | {name: plain(value) for name, value in values.items()}
    return await record(
        "contact changed", kind="municipality", object=before.municipality.id, by=by, now=now,
        details={
            "contact": before.id, "code": before.municipality.code,
            "before": old, "after": after,
        },
    )  # fmt: skip


async def remove_contact(number: int, *, by: Person, now: datetime) -> int:
    """Returns the event's id, which can be undone. What waits in the outbox for an address that
    nobody has any more does not leave.
    """
    async with database.transaction():
        before = await queries.contact(number)
        check_right(by, before.municipality.country)
        named = await naming(number)
        await Contact.delete().where(Contact.id == number)
        if not await Contact.exists().where(Lower(Contact.email) == before.email.lower()):
            await stop_to(before.email, kinds=OF_THEIRS)
        await refresh_search(before.municipality.id)
        return await record(
            "contact removed", kind="municipality", object=before.municipality.id, by=by, now=now,
            details={
                "contact": number, "code": before.municipality.code, "before": facts(before),
                "named": named,
            },
        )  # fmt: skip


async def want_letters(
    number: int,
    wants: Mapping[str, Rhythm],
    *,
    language: str = "",
    about: Mapping[str, str] = MappingProxyType({}),
    now: datetime,
) -> None:
    """A contact's own wish, with the link in their letter. Saying it twice is saying it once.

    `wants`: kind of letter → how often; what is not named stays. `language`: of the letters;
    `about`: news_topics and news_countries, as the columns have them.
    """
    async with database.transaction():
        before = await database.with_referred(
            Contact.objects().where(Contact.id == number).first(), Contact.municipality
        )
        if before is None:
            raise NotFound("We do not write to this address any more")
        values = {each: str(rhythm) for each, rhythm in wants.items()} | dict(about)
        if language:
            values["language"] = language
        if all(getattr(before, name) == value for name, value in values.items()):
            return
        await Contact.update(columns_of(Contact, values)).where(Contact.id == number)
        if values.get("news") == Rhythm.NEVER and not await _wants_news(before.email):
            await stop_to(before.email, kinds=OF_NEWS)
        await record(
            "mail settings changed", kind="municipality", object=before.municipality.id,
            by=before.municipality.name, now=now,
            details={"contact": number, **values},
        )  # fmt: skip


async def _wants_news(email: str) -> bool:
    return await Contact.exists().where(
        Lower(Contact.email) == email.lower(), Contact.news != Rhythm.NEVER
    )


async def note_bounce(contact_id: int, reason: str, *, now: datetime) -> bool:
    """Another server has sent a letter back. `reason`: its own words, "mailbox full".

    The first letter that comes back says since when; the last one why. False: nobody knows this
    contact any more. Cleared when the address is changed or a letter from it arrives.
    """
    said = " ".join(reason.split())[:500]
    async with database.transaction():
        before = await database.with_referred(
            Contact.objects().where(Contact.id == contact_id).first(), Contact.municipality
        )
        if before is None:
            return False
        is_first = before.bounced is None
        values = {"bounce": said, "bounced": now if is_first else before.bounced}
        await Contact.update(columns_of(Contact, values)).where(Contact.id == contact_id)
        if is_first:
            await record(
                "letter came back", kind="municipality", object=before.municipality.id,
                by=None, now=now, details={"contact": contact_id, "reason": said},
            )  # fmt: skip
    return True


async def note_arrival(contact_id: int) -> None:
    """A letter from this address has arrived: it works."""
    await Contact.update({Contact.bounced: None, Contact.bounce: ""}).where(
        Contact.id == contact_id, Contact.bounced.is_not_null()
    )


async def undo_contact(event: Event, by: Person, now: datetime) -> str:
    """Take back what was done to a contact, if nothing was done to it since."""
    told = told_by(event)
    async with database.transaction():
        found = await Municipality.objects().where(Municipality.id == event.object).first()
        if found is None:
            raise NotFound("There is no such municipality")
        check_right(by, found.country)
        await database.one_at_a_time(f"contacts/{found.id}")
        if event.action == "contact added":
            await _check_untouched(told["contact"], told.get("after"))
            await Contact.delete().where(Contact.id == told["contact"])
        elif event.action == "contact changed":
            await _back_to(told["contact"], told["before"], told["after"])
        else:
            await _check_free(told["before"]["email"], found.id)
            # with its old number: the links in its letters work again
            await Contact(**values_of(Contact, told["before"])).save()
            await name_again(told["contact"], told.get("named", {}))
        await refresh_search(found.id)
        await record(
            "undone", kind="municipality", object=found.id, by=by, now=now, undoes=event.id
        )
    return f"/m/{found.code}"


async def _check_untouched(number: int, after: str | None) -> None:
    """`after`: what adding it left; acts of long ago did not note it."""
    there = await Contact.objects().where(Contact.id == number).first()
    if there is None or after not in {None, fingerprint(facts(there, OF_ADDED))}:
        theirs = _in_words(there) if there else ""
        raise Outdated(Message("Somebody has changed this person meanwhile"), theirs=theirs)
    if await naming(number):
        raise Outdated(Message("This person has been written to since: remove them instead"))


async def _back_to(number: int, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    there = await Contact.objects().where(Contact.id == number).first()
    names = [name for name in SHOWN if name in after]
    if there is None or facts(there, names) != {name: after[name] for name in names}:
        theirs = _in_words(there) if there else ""
        raise Outdated(
            Message("Somebody has changed this person meanwhile"),
            theirs=theirs, mine="\n".join(str(before[name]) for name in names if before[name]),
        )  # fmt: skip
    values = values_of(Contact, before)
    await Contact.update(columns_of(Contact, values)).where(Contact.id == number)
