"""The members, and who answered a call."""

from typing import Any  # columns behind foreign keys
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.calls.labels import INVITATIONS
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Call, Contribution, Invitation
from advocacy.errors import NotFound
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext


async def municipalities(by: Person) -> Sheet:  # noqa: ARG001  as all
    """One row per member, with its first contact. Two queries."""
    rows = await (
        Municipality.select(
            *(Municipality.id, Municipality.code, Municipality.name, Municipality.country),
            *(Municipality.region, Municipality.nuts, Municipality.language),
            *(Municipality.population, Municipality.topics),
            Municipality.coordinator.name.as_alias("coordinator"),
        )
        .where(Municipality.active.eq(True))
        .order_by(Municipality.code)
    )
    contacts: dict[int, dict[str, Any]] = {}
    for contact in await Contact.select().order_by(Contact.id):
        contacts.setdefault(contact["municipality"], contact)
    columns = ("code", "name", "country", "region", "nuts", "language", "population", "topics")
    written: list[list[Cell]] = []
    for row in rows:
        contact = contacts.get(row["id"], {})
        kept: list[Cell] = [row[name] for name in columns]
        people: list[Cell] = [contact.get(name, "") for name in ("name", "email", "phone")]
        written.append([*kept, row["coordinator"] or "", *people])
    named = {
        "code": gettext("Code"),
        "name": gettext("Name"),
        "country": gettext("Country"),
        "region": gettext("Region"),
        "nuts": "NUTS",
        "language": gettext("Language"),
        "population": gettext("Population"),
        "topics": gettext("Topics"),
        "coordinator": gettext("Coordinator"),
        "contact": gettext("Contact"),
        "email": gettext("E-mail address"),
        "phone": gettext("Phone"),
    }
    return Sheet("municipalities", named, written)


async def coverage(number: str) -> Sheet:
    """Who was asked in a call and what came of it. Raises NotFound. Three queries."""
    call = await Call.objects().where(Call.number == number).first()
    if call is None:
        raise NotFound("There is no such call")
    place: Any = Invitation.municipality
    rows = await (
        Invitation.select(
            *(Invitation.id, Invitation.language, Invitation.state, Invitation.sent),
            *(Invitation.reminded, place.code.as_alias("code"), place.name.as_alias("name")),
            place.country.as_alias("country"),
        )
        .where(Invitation.call == call.id)
        .order_by(place.code)
    )
    received = {
        row["invitation"]: row["received"]
        for row in await Contribution.select(Contribution.invitation, Contribution.received).where(
            Contribution.invitation.call == call.id
        )
    }
    zone = ZoneInfo(call.zone)
    written: list[list[Cell]] = [
        [
            *(row["code"], row["name"], row["country"], row["language"]),
            texts.translate(INVITATIONS[InvitationState(row["state"])]),
            *(
                at.astimezone(zone) if at else None
                for at in (row["sent"], row["reminded"], received.get(row["id"]))
            ),
        ]
        for row in rows
    ]
    named = {
        "code": gettext("Code"),
        "name": gettext("Name"),
        "country": gettext("Country"),
        "language": gettext("Language"),
        "state": gettext("State"),
        "sent": gettext("Letter sent"),
        "reminded": gettext("Reminded"),
        "answered": gettext("Answered"),
    }
    return Sheet(f"call-{number}", named, written)
