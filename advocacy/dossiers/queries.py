"""What pages and later rooms need of dossiers."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any  # a row is what its table says

from piccolo.columns.combination import WhereRaw

from advocacy import database
from advocacy.bodies.tables import Body, Procedure
from advocacy.dossiers import rules
from advocacy.dossiers.tables import Dossier, DossierEntry, Milestone, Window
from advocacy.errors import NotFound
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.triage.forms import LARGEST_ID
from feeds.reading.folding import search_words
from feeds.reading.sameness import Matter, Sameness, same_matter
from feeds.tables import Entry, EntryVersion, Source

PAGE = 50
COMPARED = 200  # the dossiers changed last that an entry is compared with
NOT_THERE = "There is no such dossier"


async def by_number(number: str) -> Dossier:
    dossier = await Dossier.objects().where(Dossier.number == number).first()
    if dossier is None:
        raise NotFound(NOT_THERE)
    return dossier


async def by_id(dossier_id: int) -> Dossier:
    known = 0 < dossier_id <= LARGEST_ID
    dossier = await Dossier.objects().where(Dossier.id == dossier_id).first() if known else None
    if dossier is None:
        raise NotFound(NOT_THERE)
    return dossier


async def windows_of(dossier_id: int) -> list[Window]:
    """In the order in which they were set: the first is deadline 1."""
    return await Window.objects().where(Window.dossier == dossier_id).order_by(Window.id)


async def current_window(dossier_id: int, *, now: datetime | None = None) -> Window | None:
    """The one that closes next, else the last. Open is what is neither met nor missed, and, when
    `now` is given, still ahead.
    """
    windows = sorted(await windows_of(dossier_id), key=lambda window: window.closes)
    ahead = [
        window
        for window in windows
        if window.state in rules.OPEN_DEADLINES and (now is None or window.closes > now)
    ]
    return next(iter(ahead), windows[-1] if windows else None)


async def window_by_id(window_id: int) -> tuple[Window, Dossier]:
    """A window with its dossier."""
    known = 0 < window_id <= LARGEST_ID
    window = await Window.objects().where(Window.id == window_id).first() if known else None
    if window is None:
        raise NotFound("There is no such deadline")
    return window, await by_id(window.dossier)


def countries_of(dossier: Dossier) -> tuple[str, ...]:
    return tuple(code for code in dossier.countries.split(",") if code)


async def milestones_of(window_ids: Sequence[int]) -> list[Milestone]:
    """Of all these windows, the earliest first."""
    if not window_ids:
        return []
    return await (
        Milestone.objects().where(Milestone.window.is_in(list(window_ids))).order_by(Milestone.due)
    )


def body_name(body: Body | Procedure, language: str) -> str:
    """Of a body or a procedure; English when it has no name in the language."""
    names: dict[str, str] = json.loads(body.names)
    return names.get(language) or names.get("en") or body.key


async def bodies(*, now: datetime) -> list[Body]:
    """Those that are valid today, from the Alps to the states."""
    rows = await (
        Body.objects()
        .where(Body.valid_to.is_null() | (Body.valid_to >= now.date()))
        .order_by(Body.id)
    )
    return list(rows)


def guessed_body(source: Source, known: Sequence[Body]) -> Body | None:
    """Who decides on what this source publishes: by its kind, else by its only country."""
    countries = source.countries.split(",") if source.countries else []
    if source.kind == "have-your-say" or "ec.europa.eu" in source.address:
        return next((body for body in known if body.key == "commission"), None)
    if source.kind == "fedlex":
        countries = ["CH"]
    return next((body for body in known if [body.country] == countries), None)


async def procedures() -> list[Procedure]:
    return await Procedure.objects(Procedure.body).order_by(Procedure.id)


async def leads() -> list[Person]:
    return await people_with(Role.SECRETARIAT) + await people_with(Role.COORDINATOR)


async def facts_of(dossier: Dossier) -> tuple[Body | None, Procedure | None, Person | None]:
    """Body, procedure and lead of a dossier."""
    body = await Body.objects().where(Body.id == (dossier.body or 0)).first()
    procedure = await Procedure.objects().where(Procedure.id == (dossier.procedure or 0)).first()
    lead = await Person.objects().where(Person.id == (dossier.lead or 0)).first()
    return body, procedure, lead


async def sources_of(dossier_id: int) -> list[dict[str, Any]]:
    """The entries of a dossier with their versions, in the order they came. Two queries."""
    rows = await (
        DossierEntry.select(
            *(DossierEntry.entry, DossierEntry.how, DossierEntry.at),
            DossierEntry.entry.title.as_alias("title"),
            DossierEntry.entry.address.as_alias("address"),
            DossierEntry.entry.language.as_alias("language"),
            DossierEntry.entry.first_seen.as_alias("first_seen"),
            DossierEntry.entry.deadlines.as_alias("deadlines"),
            DossierEntry.entry.source.name.as_alias("source"),  # type: ignore[union-attr]  # two joins
        )
        .where(DossierEntry.dossier == dossier_id)
        .order_by(DossierEntry.id)
    )
    if not rows:
        return []
    versions = await (
        EntryVersion.select(EntryVersion.entry, EntryVersion.number, EntryVersion.seen_at)
        .where(EntryVersion.entry.is_in([row["entry"] for row in rows]))
        .order_by(EntryVersion.number)
    )
    for row in rows:
        row["versions"] = [each for each in versions if each["entry"] == row["entry"]]
        row["deadlines"] = json.loads(row["deadlines"])
    return rows


def contradictions(
    sources: Sequence[dict[str, Any]], windows: Sequence[Window], *, now: datetime
) -> list[dict[str, Any]]:
    """Ends for input that a source names and no deadline of the dossier has, still ahead."""
    known = [window.closes for window in windows]
    found = [
        each | {"source": row["source"], "at": at}
        for row in sources
        for each in row["deadlines"]
        if each["kind"] == "input" and each["at"]
        if (at := datetime.fromisoformat(each["at"])) > now and rules.contradicts(at, known)
    ]
    return list({each["at"]: each for each in reversed(found)}.values())


async def with_procedure_number(number: str) -> Dossier | None:
    """The dossier that the network has on a procedure already."""
    if not number:
        return None
    return await (
        Dossier.objects()
        .where(Dossier.procedure_number == number)
        .order_by(Dossier.id, ascending=False)
        .first()
    )


async def with_numbers(numbers: Sequence[str]) -> dict[str, str]:
    """Procedure number → number of the dossier that has it."""
    if not numbers:
        return {}
    rows = await Dossier.select(Dossier.number, Dossier.procedure_number).where(
        Dossier.procedure_number.is_in(list(set(numbers)))
    )
    return {row["procedure_number"]: row["number"] for row in rows}


async def suggestion(matter: Matter) -> tuple[dict[str, Any], Sameness] | None:
    """The dossier that an entry may belong to, and why: by number first, then by title."""
    rows = await (
        Dossier.select(Dossier.number, Dossier.title, Dossier.language, Dossier.procedure_number)
        .order_by(Dossier.id, ascending=False)
        .limit(COMPARED)
    )
    known = {row["number"] for row in rows}
    for number in (await with_numbers(matter.procedure_numbers)).values():
        if number not in known:
            older = await by_number(number)
            rows.append({name: getattr(older, name) for name in rows[0]})
    found = [(row, same) for row in rows if (same := same_matter(matter, _matter(row)))]
    return min(found, key=lambda each: each[1].reason != "number", default=None)


def _matter(row: dict[str, Any]) -> Matter:
    numbers = (row["procedure_number"],) if row["procedure_number"] else ()
    return Matter(row["title"], row["language"], numbers, "")


async def dossier_of_entry(entry_id: int) -> str | None:
    """The number of the dossier that an entry belongs to."""
    row = await (
        DossierEntry.select(DossierEntry.dossier.number.as_alias("number"))
        .where(DossierEntry.entry == entry_id)
        .first()
    )
    return row["number"] if row else None


async def open_dossiers() -> list[dict[str, Any]]:
    """To choose one from: the newest two hundred that are not closed."""
    return await (
        Dossier.select(Dossier.number, Dossier.title)
        .where(Dossier.station != rules.Station.CLOSED)
        .order_by(Dossier.id, ascending=False)
        .limit(COMPARED)
    )


async def listed(
    *,
    station: str = "",
    country: str = "",
    topic: str = "",
    search: str = "",
    language: str = "",
    before: int | None = None,
    now: datetime,
) -> list[dict[str, Any]]:
    """The newest first, each with its next deadline (`closes`, `zone`, or None). Two queries."""
    query = Dossier.select(
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.station),
        *(Dossier.countries, Dossier.priority, Dossier.lead.name.as_alias("lead")),
    )
    if station:
        query = query.where(Dossier.station == station)
    if country:
        query = query.where(_among("countries", country))
    if topic:
        query = query.where(_among("topics", topic))
    if search:
        words = search_words(search, language=language)
        if not words:
            return []
        query = query.where(database.finds(Dossier, words))
    if before:
        query = query.where(Dossier.id < before)
    rows = await query.order_by(Dossier.id, ascending=False).limit(PAGE + 1)
    return await _with_next_deadline(rows, now)


def _among(column: str, value: str) -> WhereRaw:
    """A column holds "AT,FR"; its parts are compared whole."""
    return WhereRaw(f"',' || dossier.{column} || ',' LIKE {{}}", f"%,{value},%")


async def _with_next_deadline(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    if not rows:
        return []
    windows = await (
        Window.select(Window.dossier, Window.closes, Window.zone)
        .where(Window.dossier.is_in([row["id"] for row in rows]), Window.closes > now)
        .order_by(Window.closes, ascending=False)
    )
    next_one = {window["dossier"]: window for window in windows}
    none = {"closes": None, "zone": ""}
    return [row | {**none, **next_one.get(row["id"], {})} for row in rows]


async def entry_to_open(entry_id: int) -> Entry:
    """The entry a dossier is opened from."""
    known = 0 < entry_id <= LARGEST_ID
    entry = await Entry.objects(Entry.source).where(Entry.id == entry_id).first() if known else None
    if entry is None:
        raise NotFound("There is no such entry")
    return entry
