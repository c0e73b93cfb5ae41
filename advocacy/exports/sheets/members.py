"""The members."""

from typing import Any  # columns behind foreign keys

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
