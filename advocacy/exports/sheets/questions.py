"""What municipalities have asked, and how long each has waited."""

from zoneinfo import ZoneInfo

from advocacy.advice import queries
from advocacy.advice.labels import STATES
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext, translate


async def questions(by: Person) -> Sheet:
    """Those that this person may see, the newest first. One query."""
    here = ZoneInfo(queries.ZONE)
    written: list[list[Cell]] = [
        [
            row.id, row.subject, row.language, translate(STATES[row.state]), row.code,
            row.municipality, row.country, row.asker, row.number, row.owner_name,
            row.opened.astimezone(here),
            row.waits_since.astimezone(here) if row.waits_since else None,
        ]
        for row in await queries.every(by)
    ]  # fmt: skip
    named = {
        "id": gettext("Number"),
        "subject": gettext("Subject"),
        "language": gettext("Language"),
        "state": gettext("State"),
        "code": gettext("Code"),
        "municipality": gettext("Municipality"),
        "country": gettext("Country"),
        "asker": gettext("Asked by"),
        "dossier": gettext("Dossier"),
        "owner": gettext("In hand"),
        "opened": gettext("Asked on"),
        "waits_since": gettext("Waiting since"),
    }
    return Sheet("questions", named, written)
