"""Dossiers, their deadlines and documents, and who decides."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # columns behind foreign keys
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.bodies.tables import Body, Meeting, Presidency
from advocacy.deadlines import Milestone as Kind
from advocacy.documents.tables import Document
from advocacy.dossiers.labels import DEADLINE_STATES, MILESTONES, STATIONS, WINDOW_KINDS
from advocacy.dossiers.rules import DEADLINE_ENDS, DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext


async def dossiers(by: Person) -> Sheet:  # noqa: ARG001  as all
    """The newest first, with the deadline that comes next. Two queries."""
    rows = await Dossier.select(
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.station),
        *(Dossier.countries, Dossier.topics, Dossier.procedure_number, Dossier.opened),
        *(Dossier.priority, Dossier.sponsor, Dossier.summary),
        Dossier.lead.email.as_alias("lead"),
        Dossier.body.key.as_alias("body"),
        Dossier.procedure.key.as_alias("procedure"),
    ).order_by(Dossier.number, ascending=False)
    ends: dict[int, Mapping[str, Any]] = {}
    windows = await (
        Window.select(Window.dossier, Window.closes, Window.zone, Window.kind)
        .where(Window.state.not_in(sorted(DEADLINE_ENDS)))
        .order_by(Window.closes)
    )
    for window in windows:
        ends.setdefault(window["dossier"], window)
    written = [[*_dossier(row), *_end(ends.get(row["id"]))] for row in rows]
    named = {
        "number": gettext("Number"),
        "title": gettext("Title"),
        "language": gettext("Language"),
        "station": gettext("Station"),
        "countries": gettext("Countries"),
        "topics": gettext("Topics"),
        "body": gettext("Who decides"),
        "procedure": gettext("Procedure"),
        "procedure_number": gettext("Procedure number"),
        "lead": gettext("Lead"),
        "sponsor": gettext("Sponsoring delegation"),
        "priority": gettext("Priority"),
        "summary": gettext("Summary"),
        "opened": gettext("Opened on"),
        "deadline": gettext("Deadline"),
        "zone": gettext("Time of the body"),
        "kind": gettext("What the body asks for"),
    }
    return Sheet("dossiers", named, written)


def _dossier(row: Mapping[str, Any]) -> list[Cell]:
    return [
        *(row["number"], row["title"], row["language"]),
        texts.translate(STATIONS[Station(row["station"])]),
        *(row["countries"], row["topics"], row["body"] or "", row["procedure"] or ""),
        *(row["procedure_number"], row["lead"] or "", row["sponsor"], row["priority"]),
        *(row["summary"], row["opened"].date()),
    ]


def _end(window: Mapping[str, Any] | None) -> list[Cell]:
    if window is None:
        return [None, "", ""]
    return [local(window["closes"], window["zone"]), window["zone"], window["kind"]]


def local(at: datetime | None, zone: str) -> datetime | None:
    return at.astimezone(ZoneInfo(zone)) if at else None


async def deadlines(by: Person) -> Sheet:  # noqa: ARG001
    """Of bodies and of our own, the earliest first. Two queries."""
    matter = _matter(Window.dossier)
    windows = await Window.select(
        *(Window.id, Window.closes, Window.zone, Window.kind, Window.state, Window.precision),
        *(Window.evidence, *matter),
    )
    of: Any = Milestone.window
    milestones = await Milestone.select(
        *(Milestone.kind, Milestone.due, Milestone.met, of.zone.as_alias("zone")),
        *_matter(of.dossier),
    )
    found: list[tuple[datetime, list[Cell]]] = [
        (
            row["closes"],
            [
                *(row["number"], row["title"], gettext("Deadline of the body")),
                texts.translate(WINDOW_KINDS.get(row["kind"], row["kind"])),
                *(local(row["closes"], row["zone"]), row["zone"], row["precision"]),
                texts.translate(DEADLINE_STATES[DeadlineState(row["state"])]),
                row["evidence"],
            ],
        )
        for row in windows
    ]
    found += [
        (
            row["due"],
            [
                *(row["number"], row["title"], gettext("Internal date")),
                texts.translate(MILESTONES[Kind(row["kind"])]),
                *(local(row["due"], row["zone"]), row["zone"], "exact"),
                texts.translate(DEADLINE_STATES[DeadlineState.MET]) if row["met"] else "",
                "",
            ],
        )
        for row in milestones
    ]
    named = {
        "number": gettext("Number"),
        "title": gettext("Title"),
        "sort": gettext("Kind of date"),
        "what": gettext("What"),
        "at": gettext("When"),
        "zone": gettext("Time of the body"),
        "precision": gettext("Precision"),
        "state": gettext("State"),
        "evidence": gettext("Evidence"),
    }
    return Sheet("deadlines", named, [cells for _, cells in sorted(found, key=_when)])


def _when(found: tuple[datetime, list[Cell]]) -> tuple[datetime, str]:
    return found[0], str(found[1][0])


def _matter(dossier: Any) -> Sequence[Any]:
    return (dossier.number.as_alias("number"), dossier.title.as_alias("title"))


async def documents(by: Person) -> Sheet:  # noqa: ARG001
    """Those that are not removed, without their content."""
    rows = await (
        Document.select(
            *(Document.name, Document.title.as_alias("paper"), Document.code, Document.language),
            *(Document.media_type, Document.size, Document.sha256, Document.at),
            Document.person.name.as_alias("person"),
            *_matter(Document.dossier),
        )
        .where(Document.removed.is_null())
        .order_by(Document.id)
    )
    written: list[list[Cell]] = [
        [
            *(row["number"], row["paper"], row["name"], row["code"], row["language"]),
            *(row["media_type"], row["size"], row["sha256"], row["person"]),
            local(row["at"], OFFICE),
        ]
        for row in rows
    ]
    named = {
        "number": gettext("Number"),
        "title": gettext("Title"),
        "name": gettext("File"),
        "code": gettext("Code of the body"),
        "language": gettext("Language"),
        "media_type": gettext("Type"),
        "size": gettext("Size in bytes"),
        "sha256": "SHA-256",
        "person": gettext("Who"),
        "at": gettext("When"),
    }
    return Sheet("documents", named, written)


OFFICE = "Europe/Brussels"


def _names(written: str) -> str:
    names: dict[str, str] = json.loads(written)
    return names.get(texts.language()) or names.get("en", "")


async def bodies(by: Person) -> Sheet:  # noqa: ARG001
    """Who decides, with the presidency of today not named: that is a sheet of its own."""
    rows = await Body.select().order_by(Body.id)
    written: list[list[Cell]] = [
        [
            *(row["key"], _names(row["names"]), row["level"], row["country"], row["zone"]),
            *(row["seat"], row["address"], row["valid_from"], row["valid_to"]),
        ]
        for row in rows
    ]
    named = {
        "key": gettext("Code"),
        "name": gettext("Name"),
        "level": gettext("Level"),
        "country": gettext("Country"),
        "zone": gettext("Time of the body"),
        "seat": gettext("Seat"),
        "address": gettext("Address"),
        "valid_from": gettext("Valid from"),
        "valid_to": gettext("Valid until"),
    }
    return Sheet("bodies", named, written)


async def presidencies(by: Person) -> Sheet:  # noqa: ARG001
    rows = await Presidency.select(
        *(Presidency.holders, Presidency.motto, Presidency.begins, Presidency.ends),
        Presidency.body.names.as_alias("names"),
    ).order_by(Presidency.begins)
    written: list[list[Cell]] = [
        [_names(row["names"]), row["holders"], row["motto"], row["begins"], row["ends"]]
        for row in rows
    ]
    named = {
        "body": gettext("Body"),
        "holders": gettext("Who presides"),
        "motto": gettext("Motto"),
        "begins": gettext("From"),
        "ends": gettext("Until"),
    }
    return Sheet("presidencies", named, written)


async def meetings(by: Person) -> Sheet:  # noqa: ARG001
    rows = await Meeting.select(
        *(Meeting.number, Meeting.title, Meeting.place, Meeting.begins, Meeting.ends),
        *(Meeting.documents_until, Meeting.state, Meeting.body.names.as_alias("names")),
    ).order_by(Meeting.begins)
    written: list[list[Cell]] = [
        [
            *(_names(row["names"]), row["number"], row["title"], row["place"], row["begins"]),
            *(row["ends"], row["documents_until"], row["state"]),
        ]
        for row in rows
    ]
    named = {
        "body": gettext("Body"),
        "number": gettext("Number"),
        "title": gettext("Title"),
        "place": gettext("Place"),
        "begins": gettext("From"),
        "ends": gettext("Until"),
        "documents_until": gettext("Documents until"),
        "state": gettext("State"),
    }
    return Sheet("meetings", named, written)
