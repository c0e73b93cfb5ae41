"""Whose a question is. Whoever leaves the house leaves no question behind."""

from datetime import datetime
from typing import Any  # columns of a joined table

from advocacy import database
from advocacy.advice import mails, queries, rules
from advocacy.advice.rules import EnquiryState, MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.dossiers.tables import Dossier
from advocacy.history.actions import ALPHORN, record
from advocacy.mail.actions import post
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person

AT_ONCE = 200


async def owner_of(municipality: Municipality | None, dossier: int | None) -> Person | None:
    """Who has a question of this municipality about this dossier in hand; None: there is nobody of
    the house at all.
    """
    people = {person.id: person for person in await queries.house()}
    lead = await Dossier.select(Dossier.lead).where(Dossier.id == (dossier or 0)).first()
    chosen = rules.owner_for(
        [queries.desk_of(person) for person in people.values()],
        country=municipality.country if municipality else None,
        carer=municipality.coordinator if municipality else None,
        lead=lead["lead"] if lead else None,
    )
    return people[chosen] if chosen is not None else None


async def ownerless() -> list[int]:
    """Questions whose owner has left the house, or has another role."""
    owner: Any = Enquiry.owner  # Piccolo types the columns of a joined table loosely
    rows = await (
        Enquiry.select(Enquiry.id)
        .where(owner.active.eq(False) | owner.role.not_in(sorted(rules.HOUSE)))
        .order_by(Enquiry.id)
        .limit(AT_ONCE)
    )
    return [row["id"] for row in rows]


async def keep_owned(now: datetime) -> int:
    """The job: what has nobody goes to whom it would go if it were asked today."""
    handed = 0
    for number in await ownerless():
        async with database.transaction():
            await database.one_at_a_time(f"enquiry/{number}")
            enquiry = await queries.by_id(number)
            handed += await heal(enquiry, now=now)
    return handed


async def heal(enquiry: Enquiry, *, now: datetime) -> bool:
    """Inside a transaction that has the question to itself. False: its owner is there."""
    before = await Person.objects().where(Person.id == enquiry.owner).first()
    if before is not None and queries.desk_of(before).works:
        return False
    member = await Municipality.objects().where(Municipality.id == enquiry.municipality).first()
    owner = await owner_of(member, enquiry.dossier)
    if owner is None:
        return False
    await Enquiry.update({Enquiry.owner: owner.id}).where(Enquiry.id == enquiry.id)
    enquiry.owner = owner.id
    last = await queries.last_number(enquiry.id)
    message = EnquiryMessage(
        enquiry=enquiry.id, number=last + 1, kind=MessageKind.HANDOVER, text="",
        author=ALPHORN, at=now,
    )  # fmt: skip
    await message.save()
    await record(
        "question handed over", kind="enquiry", object=enquiry.id, by=None, now=now,
        details={"from": before.id if before else None, "to": owner.id},
    )  # fmt: skip
    if enquiry.state == EnquiryState.OPEN:
        name = member.name if member else ""
        from_whom = before.name if before else ALPHORN
        letter = mails.at_desk(enquiry, message, owner, municipality=name, from_whom=from_whom)
        await post(letter, now=now)
    return True
