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
            *(Municipality.population, Municipality.topics, Municipality.kind),
            *(Municipality.map_region, Municipality.stands_for),
            Municipality.represented_by.code.as_alias("represented_by"),
            Municipality.coordinator.name.as_alias("coordinator"),
        )
        .where(Municipality.active.eq(True))
        .order_by(Municipality.code)
    )
    contacts: dict[int, dict[str, Any]] = {}
    for contact in await Contact.select().order_by(Contact.id):
        contacts.setdefault(contact["municipality"], contact)
    columns = ("code", "name", "kind", "country", "region", "nuts", "map_region", "language")
    numbers = ("population", "stands_for", "represented_by", "topics")
    written: list[list[Cell]] = []
    for row in rows:
        contact = contacts.get(row["id"], {})
        kept: list[Cell] = [row[name] for name in (*columns, *numbers)]
        about = ("name", "role", "email", "phone", "best_time", "origin")
        people: list[Cell] = [contact.get(name, "") for name in about]
        written.append([*kept, row["coordinator"] or "", *people])
    named = {
        "code": gettext("Code"),
        "name": gettext("Name"),
        "kind": gettext("Kind"),
        "country": gettext("Country"),
        "region": gettext("Region"),
        "nuts": "NUTS",
        "map_region": gettext("Region on the map"),
        "language": gettext("Language"),
        "population": gettext("Population"),
        "stands_for": gettext("Stands for"),
        "represented_by": gettext("Represented by"),
        "topics": gettext("Topics"),
        "coordinator": gettext("Coordinator"),
        "contact": gettext("Contact"),
        "role": gettext("Role"),
        "email": gettext("E-mail address"),
        "phone": gettext("Phone"),
        "best_time": gettext("Best time"),
        "origin": gettext("Where the address comes from"),
    }
    return Sheet("municipalities", named, written)
