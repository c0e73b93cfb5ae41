"""For information: what others have done lately in the matters of one person. It demands nothing
and sinks by itself. And that person's own dossiers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # a raw row is what its statement says

from advocacy.dossiers.rules import ENDS
from advocacy.dossiers.tables import Dossier, Follow
from advocacy.errors import Message
from advocacy.history.labels import ACTS
from advocacy.history.tables import Event
from advocacy.people.rules import Role
from advocacy.people.tables import Person

LATELY = timedelta(days=7)
MOST = 10
OWN = 5
TOLD = (
    "dossier opened", "dossier closed", "dossier reopened", "dossiers merged", "deadline set",
    "deadline moved", "deadline confirmed", "deadline missed", "deadline withdrawn", "call sent",
    "call closed", "round opened", "round reopened", "round adopted", "round rejected",
    "round void", "handed in", "receipt recorded", "outcome set", "municipalities told",
)  # fmt: skip
"""What is worth knowing without doing anything: the rest stands in the history."""


@dataclass(frozen=True, slots=True)
class Note:
    at: datetime
    who: str
    what: Message
    number: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class OwnDossier:
    number: str
    title: str
    language: str
    station: str


async def own_dossiers(person: Person) -> list[OwnDossier]:
    """Those that the person leads and that are under way, the last changed first."""
    rows = await (
        Dossier.select(Dossier.number, Dossier.title, Dossier.language, Dossier.station)
        .where(Dossier.lead == person.id, Dossier.station.not_in(sorted(ENDS)))
        .order_by(Dossier.changed, ascending=False)
        .limit(OWN)
    )
    return [OwnDossier(**row) for row in rows]


async def notes_for(person: Person, countries: Sequence[str], *, now: datetime) -> list[Note]:
    """Of the last week, the newest first, never one's own acts. Two queries.

    The office is told of all matters, a coordinator of those of their countries, the presidency
    of those that they follow; everybody of those that they follow.
    """
    rows: list[dict[str, Any]] = await (
        Event.select(Event.at, Event.who, Event.action, Event.dossier, Event.person)
        .where(Event.action.is_in(list(TOLD)), Event.at > now - LATELY, Event.at <= now)
        .order_by(Event.id, ascending=False)
    )
    rows = [row for row in rows if row["person"] != person.id and row["dossier"]]
    dossiers = await _dossiers({row["dossier"] for row in rows}, person, countries)
    notes = [
        Note(row["at"], row["who"], ACTS[row["action"]], **dossiers[row["dossier"]])
        for row in rows
        if row["dossier"] in dossiers
    ]
    return notes[:MOST]


async def _dossiers(
    ids: set[int], person: Person, countries: Sequence[str]
) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    followed = {
        row["dossier"]
        for row in await Follow.select(Follow.dossier).where(Follow.person == person.id)
    }
    rows = await Dossier.select(
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.countries)
    ).where(Dossier.id.is_in(sorted(ids)))
    told = {}
    for row in rows:
        concerned = set(row.pop("countries").split(","))
        number = row.pop("id")
        if (
            number in followed
            or person.role == Role.SECRETARIAT
            or (person.role == Role.COORDINATOR and (not countries or concerned & set(countries)))
        ):
            told[number] = row
    return told
