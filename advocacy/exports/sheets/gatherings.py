"""Gatherings and who comes."""

from typing import Any  # columns behind foreign keys
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.events import queries
from advocacy.events.labels import KINDS, REGISTRATIONS, STATES
from advocacy.events.rules import GatheringKind, GatheringState, RegistrationState, may_keep
from advocacy.events.tables import Gathering, GatheringText, Registration
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext, translate


async def gatherings(by: Person) -> Sheet:  # noqa: ARG001  as all
    """One row each, the next last. Two queries."""
    titles = await _titles()
    rows = await Gathering.objects().order_by(Gathering.begins).order_by(Gathering.id)
    written: list[list[Cell]] = [
        [
            row.id, translate(KINDS[GatheringKind(row.kind)]),
            translate(STATES[GatheringState(row.state)]), titles.get(row.id, ""),
            row.begins.astimezone(ZoneInfo(row.zone)), row.ends.astimezone(ZoneInfo(row.zone)),
            row.place, row.country, row.languages, row.interpretation, row.topics, row.places,
            row.taken,
        ]
        for row in rows
    ]  # fmt: skip
    named = {
        "id": gettext("Number"),
        "kind": gettext("Kind"),
        "state": gettext("State"),
        "title": gettext("Title"),
        "begins": gettext("Begins"),
        "ends": gettext("Ends"),
        "place": gettext("Place"),
        "country": gettext("Country"),
        "languages": gettext("Languages spoken"),
        "interpretation": gettext("Interpreted into"),
        "topics": gettext("Topics"),
        "places": gettext("Places"),
        "taken": gettext("Places taken"),
    }
    return Sheet("gatherings", named, written)


async def _titles() -> dict[int, str]:
    """In the language in use, else as it was entered."""
    gathering: Any = GatheringText.gathering
    rows = await GatheringText.select(
        *(GatheringText.gathering, GatheringText.language, GatheringText.title),
        gathering.language.as_alias("own"),
    ).order_by(GatheringText.id)
    found: dict[int, str] = {}
    for row in rows:
        if row["language"] == texts.language() or (
            row["language"] == row["own"] and row["gathering"] not in found
        ):
            found[row["gathering"]] = row["title"]
    return found


async def registrations(by: Person) -> Sheet:
    """Of the gatherings that this person keeps, what was not given back. Three queries."""
    titles, me = await _titles(), queries.keeper(by)
    gathering, member = _columns()
    rows = await (
        Registration.select(
            *(Registration.gathering, Registration.name, Registration.organisation),
            *(Registration.email, Registration.language, Registration.hears, Registration.note),
            *(Registration.state, Registration.at, member.code.as_alias("code")),
            *(gathering.zone.as_alias("zone"), gathering.country.as_alias("country")),
            gathering.person.as_alias("owner"),
        )
        .where(Registration.state != RegistrationState.CANCELLED)
        .order_by(Registration.gathering)
        .order_by(Registration.id)
    )
    written: list[list[Cell]] = [
        [
            row["gathering"], titles.get(row["gathering"], ""), row["name"], row["organisation"],
            row["code"] or "", row["email"], row["language"], row["hears"], row["note"],
            translate(REGISTRATIONS[RegistrationState(row["state"])]),
            row["at"].astimezone(ZoneInfo(row["zone"])),
        ]
        for row in rows
        if may_keep(me, owner=row["owner"], country=row["country"])
    ]  # fmt: skip
    named = {
        "gathering": gettext("Number"),
        "title": gettext("Title"),
        "name": gettext("Name"),
        "organisation": gettext("Organisation"),
        "code": gettext("Code"),
        "email": gettext("E-mail address"),
        "language": gettext("Language"),
        "hears": gettext("Interpretation into"),
        "note": gettext("What the hosts should know"),
        "state": gettext("State"),
        "registered": gettext("Registered"),
    }
    return Sheet("registrations", named, written)


def _columns() -> tuple[Any, Any]:
    """Behind the foreign keys; Piccolo types them loosely."""
    return Registration.gathering, Registration.municipality
