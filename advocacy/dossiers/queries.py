"""What pages and later rooms need of dossiers."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.bodies.tables import Body, Procedure
from advocacy.dossiers import rules
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.relations import references
from advocacy.dossiers.tables import Dossier, DossierEntry, Milestone, Reference, Window
from advocacy.errors import NotFound
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.triage.forms import LARGEST_ID
from feeds.reading.sameness import Matter, Sameness, same_matter
from feeds.tables import Entry, EntryVersion

PAGE = 50
COMPARED = 200  # the dossiers changed last that an entry is compared with
NOT_THERE = "There is no such dossier"


async def by_number(number: str) -> Dossier:
    dossier = await Dossier.objects().where(Dossier.number == number).first()
    if dossier is None:
        raise NotFound(NOT_THERE)
    return dossier


async def by_ref(ref: str) -> Dossier:
    """By 2026-014 or 2026-014-any-words, as it stands in an address."""
    number = number_in(ref)
    if number is None:
        raise NotFound(NOT_THERE)
    return await by_number(number)


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


async def before_body(body_id: int) -> list[dict[str, Any]]:
    """What a body decides on, the newest first; one row more than a page, if there are more."""
    return await (
        Dossier.select(Dossier.number, Dossier.title, Dossier.language, Dossier.station)
        .where(Dossier.body == body_id, Dossier.merged_into.is_null())
        .order_by(Dossier.id, ascending=False)
        .limit(PAGE + 1)
    )


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
    for place, row in enumerate(rows, start=1):
        row["place"] = place
        row["versions"] = [each for each in versions if each["entry"] == row["entry"]]
        row["deadlines"] = json.loads(row["deadlines"])
    return rows


async def with_procedure_number(number: str) -> Dossier | None:
    """The dossier that the network has on a procedure already: the newest."""
    found = await with_numbers(references.numbers_of(number))
    return await by_number(next(iter(found.values()))) if found else None


async def with_numbers(numbers: Sequence[str]) -> dict[str, str]:
    """Procedure number → number of the dossier that has it, as its own or among its references."""
    if not numbers:
        return {}
    wanted = list(set(numbers))
    referring = await (
        Reference.select(
            Reference.value.as_alias("value"), Reference.dossier.number.as_alias("number")
        )
        .where(Reference.value.is_in(wanted), Reference.dossier.merged_into.is_null())
        .order_by(Reference.dossier)
    )
    rows = await (
        Dossier.select(Dossier.number, Dossier.procedure_number)
        .where(Dossier.procedure_number.is_in(wanted), Dossier.merged_into.is_null())
        .order_by(Dossier.id)
    )
    found = {row["value"]: row["number"] for row in referring}
    return found | {row["procedure_number"]: row["number"] for row in rows}


async def others_with(numbers: Sequence[str], *, but: int) -> list[str]:
    """The numbers of all other dossiers that have one of these numbers."""
    if not numbers:
        return []
    wanted = list(set(numbers))
    referring = await Reference.select(Reference.dossier.number.as_alias("number")).where(
        Reference.value.is_in(wanted), Reference.dossier != but
    )
    own = await Dossier.select(Dossier.number).where(
        Dossier.procedure_number.is_in(wanted), Dossier.id != but
    )
    return sorted({row["number"] for row in (*referring, *own)})


async def references_of(dossier_id: int) -> list[Reference]:
    return await Reference.objects().where(Reference.dossier == dossier_id).order_by(Reference.id)


async def suggestion(matter: Matter) -> tuple[dict[str, Any], Sameness] | None:
    """The dossier that an entry may belong to, and why: by number first, then by title."""
    rows = await (
        Dossier.select(Dossier.number, Dossier.title, Dossier.language, Dossier.procedure_number)
        .where(Dossier.merged_into.is_null())
        .order_by(Dossier.id, ascending=False)
        .limit(COMPARED)
    )
    known = {row["number"] for row in rows}
    shared = await with_numbers(matter.procedure_numbers)
    for number in set(shared.values()) - known:
        older = await by_number(number)
        rows.append({name: getattr(older, name) for name in rows[0]})
    found = [(row, same) for row in rows if (same := same_matter(matter, _matter(row, shared)))]
    return min(found, key=lambda each: each[1].reason != "number", default=None)


def _matter(row: dict[str, Any], shared: Mapping[str, str]) -> Matter:
    """`shared`: numbers that the entry names, with the dossier that refers to each."""
    referring = tuple(number for number, has in shared.items() if has == row["number"])
    own = (row["procedure_number"],) if row["procedure_number"] else ()
    return Matter(row["title"], row["language"], own + referring, "")


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


async def entry_to_open(entry_id: int) -> Entry:
    """The entry a dossier is opened from."""
    entry = None
    if 0 < entry_id <= LARGEST_ID:
        entry = await database.with_referred(
            Entry.objects().where(Entry.id == entry_id).first(), Entry.source
        )
    if entry is None:
        raise NotFound("There is no such entry")
    return entry
