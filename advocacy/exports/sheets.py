"""What stands in the tables that leave the house: members, dossiers, who answered a call."""

from typing import Any  # columns behind foreign keys
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.calls.tables import Call, Contribution, Invitation
from advocacy.dossiers.labels import STATIONS
from advocacy.dossiers.rules import DEADLINE_ENDS, Station
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import NotFound
from advocacy.exports.tables import Cell, Sheet
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.texts import gettext


async def municipalities() -> Sheet:
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
    headings = [
        *(gettext("Code"), gettext("Name"), gettext("Country"), gettext("Region"), "NUTS"),
        *(gettext("Language"), gettext("Population"), gettext("Topics"), gettext("Coordinator")),
        *(gettext("Contact"), gettext("E-mail address"), gettext("Phone")),
    ]
    return Sheet("municipalities", headings, written)


async def dossiers() -> Sheet:
    """The newest first, with the deadline that comes next. Two queries."""
    rows = await Dossier.select(
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.station),
        *(Dossier.countries, Dossier.topics, Dossier.procedure_number, Dossier.opened),
        Dossier.lead.name.as_alias("lead"),
    ).order_by(Dossier.number, ascending=False)
    ends: dict[int, Cell] = {}
    windows = await (
        Window.select(Window.dossier, Window.closes, Window.zone)
        .where(Window.state.not_in(sorted(DEADLINE_ENDS)))
        .order_by(Window.closes)
    )
    for window in windows:
        ends.setdefault(window["dossier"], window["closes"].astimezone(ZoneInfo(window["zone"])))
    written: list[list[Cell]] = [
        [
            *(row["number"], row["title"], row["language"]),
            texts.translate(STATIONS[Station(row["station"])]),
            *(row["countries"], row["topics"], row["procedure_number"], row["lead"] or ""),
            *(row["opened"].date(), ends.get(row["id"])),
        ]
        for row in rows
    ]
    headings = [
        *(gettext("Number"), gettext("Title"), gettext("Language"), gettext("Station")),
        *(gettext("Countries"), gettext("Topics"), gettext("Procedure number"), gettext("Lead")),
        *(gettext("Opened on"), gettext("Deadline")),
    ]
    return Sheet("dossiers", headings, written)


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
            *(row["code"], row["name"], row["country"], row["language"], row["state"]),
            *(
                at.astimezone(zone) if at else None
                for at in (row["sent"], row["reminded"], received.get(row["id"]))
            ),
        ]
        for row in rows
    ]
    headings = [
        *(gettext("Code"), gettext("Name"), gettext("Country"), gettext("Language")),
        *(gettext("State"), gettext("Letter sent"), gettext("Reminded"), gettext("Answered")),
    ]
    return Sheet(f"call-{number}", headings, written)
