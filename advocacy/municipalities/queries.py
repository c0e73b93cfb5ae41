"""What pages need to know of members."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from piccolo.query.functions import Count

from advocacy import database, texts
from advocacy.errors import NotFound
from advocacy.history.tables import Event
from advocacy.municipalities import rules
from advocacy.municipalities.rules import Trouble
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from feeds.reading.folding import search_words

PAGE = 50
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list; `further` is the code that the next page begins after."""

    rows: list[dict[str, Any]]
    further: str | None
    total: int


async def by_code(code: str) -> Municipality:
    """By its code as it stands in an address, in any case, with or without decoration."""
    known = rules.code_in_address(code)
    found = known and await Municipality.objects().where(Municipality.code == known).first()
    if not found:
        raise NotFound("There is no such municipality")
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which members a list shows; empty: any. `trouble`: rules.Trouble."""

    country: str = ""
    kind: str = ""
    region: str = ""
    language: str = ""
    trouble: str = ""
    query: str = ""


async def listed(wanted: Wanted = Wanted(), *, after: str = "", now: datetime) -> Listed:
    """In the order of their codes, with coordinator and people."""
    words = search_words(wanted.query, language=texts.language())
    if wanted.query.strip() and not words:
        return Listed([], None, 0)
    conditions = [*_conditions(wanted, now=now)]
    if words:
        conditions.append(database.finds(Municipality, words))
    count = await Municipality.count().where(*conditions)
    if after:
        conditions.append(Municipality.code > after)
    found = await (
        Municipality.select(
            *(Municipality.id, Municipality.code, Municipality.name, Municipality.kind),
            *(Municipality.country, Municipality.region, Municipality.language),
            *(Municipality.population, Municipality.stands_for, Municipality.active),
            Municipality.coordinator.name.as_alias("coordinator"),
            Municipality.represented_by.code.as_alias("region_code"),
            Municipality.represented_by.name.as_alias("region_name"),
        )
        .where(*conditions)
        .order_by(Municipality.code)
        .limit(PAGE + 1)
    )
    page = found[:PAGE]
    people = await contacts_of([row["id"] for row in page])
    spoken_for = await _spoken_for([row["id"] for row in page if row["kind"] == "region"])
    for row in page:
        row["contacts"] = people.get(row["id"], [])
        listed_ones = spoken_for.get(row["id"], 0)
        row["stands_for"] = rules.stands_for(listed=listed_ones, told=row["stands_for"])
    return Listed(page, page[-1]["code"] if len(found) > PAGE else None, count)


def _conditions(wanted: Wanted, *, now: datetime) -> Iterator[Any]:
    yield Municipality.active.eq(wanted.trouble != Trouble.RETIRED)
    for name in ("country", "kind", "region", "language"):
        if value := getattr(wanted, name):
            yield getattr(Municipality, name) == value
    broken = Contact.select(Contact.municipality).where(Contact.bounced.is_not_null())
    old = now - rules.CONFIRMED_FOR
    stale = Contact.select(Contact.municipality).where(
        Contact.confirmed.is_null() | (Contact.confirmed <= old),
        (Contact.created <= old)
        | (Contact.created.is_null() & (Contact.municipality.created <= old)),
    )
    if wanted.trouble == Trouble.BROKEN:
        yield Municipality.id.is_in(broken)
    if wanted.trouble == Trouble.UNCONFIRMED:
        yield Municipality.id.is_in(stale)
    if wanted.trouble == Trouble.NOBODY:
        yield Municipality.id.not_in(Contact.select(Contact.municipality))


async def _spoken_for(regions: Sequence[int]) -> dict[int, int]:
    """By region, how many members it stands for."""
    if not regions:
        return {}
    rows = await (
        Municipality.select(Municipality.represented_by, Count(alias="number"))
        .where(Municipality.represented_by.is_in(list(regions)), Municipality.active.eq(True))
        .group_by(Municipality.represented_by)
    )
    return {row["represented_by"]: row["number"] for row in rows}


async def by_id(number: int) -> Municipality:
    found = await Municipality.objects().where(Municipality.id == number).first()
    if found is None:
        raise NotFound("There is no such municipality")
    return found


async def represented(region: int) -> list[dict[str, Any]]:
    """The members that a region stands for, by their codes."""
    return await (
        Municipality.select(Municipality.code, Municipality.name, Municipality.language)
        .where(Municipality.represented_by == region, Municipality.active.eq(True))
        .order_by(Municipality.code)
    )


async def regions() -> list[dict[str, Any]]:
    """Members that may stand for others."""
    return await (
        Municipality.select(Municipality.code, Municipality.name)
        .where(Municipality.kind == "region", Municipality.active.eq(True))
        .order_by(Municipality.code)
    )


async def names_of_regions(country: str = "") -> list[str]:
    """What members have as their region, of one country or all."""
    rows = Municipality.select(Municipality.region).where(Municipality.region != "")
    if country:
        rows = rows.where(Municipality.country == country)
    return sorted({row["region"] for row in await rows})


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody has said of a position: “This misrepresents us”."""

    event: int
    at: datetime
    name: str
    number: str
    title: str
    text: str
    invitation: int
    municipality: int
    settled: bool


async def objections(municipality: int) -> list[Objection]:
    """Of one municipality, the newest first."""
    return await _objections([municipality])


async def open_objections(countries: Sequence[str] | None = None) -> list[Objection]:
    """What waits for the coordinators of these countries; None: of all."""
    rows = Municipality.select(Municipality.id)
    if countries is not None:
        if not countries:
            return []
        rows = rows.where(Municipality.country.is_in(list(countries)))
    return [each for each in await _objections(rows) if not each.settled]


async def _objections(municipalities: Any) -> list[Objection]:
    rows = await (
        Event.select(Event.id, Event.at, Event.action, Event.object, Event.details)
        .where(
            Event.kind == "municipality",
            Event.action.is_in([rules.REPORTED, rules.SETTLED]),
            Event.object.is_in(municipalities),
        )
        .order_by(Event.id, ascending=False)
    )
    told = [(row, json.loads(row["details"])) for row in rows]
    settling = {
        row["id"]: each["objection"] for row, each in told if row["action"] == rules.SETTLED
    }
    if settling:
        undone = await Event.select(Event.undoes).where(Event.undoes.is_in(list(settling)))
        for each in undone:
            del settling[each["undoes"]]
    settled = set(settling.values())
    return [
        Objection(
            event=row["id"], at=row["at"], name=each["name"], number=each["number"],
            title=each["title"], text=each["text"], invitation=each["invitation"],
            municipality=row["object"], settled=row["id"] in settled,
        )
        for row, each in told
        if row["action"] == rules.REPORTED
    ]  # fmt: skip


async def contacts_of(municipalities: Sequence[int]) -> dict[int, list[Contact]]:
    """By municipality, in the order in which they are written to: whose letters come back stands
    behind those whom letters reach.
    """
    if not municipalities:
        return {}
    found: dict[int, list[Contact]] = {}
    rows = Contact.objects().where(Contact.municipality.is_in(list(municipalities)))
    for each in await rows.order_by(Contact.id):
        found.setdefault(each.municipality, []).append(each)
    for people in found.values():
        people.sort(key=lambda each: each.bounced is not None)
    return found


async def contact(number: int) -> Contact:
    found = None
    if 0 < number <= LARGEST_ID:
        found = await database.with_referred(
            Contact.objects().where(Contact.id == number).first(), Contact.municipality
        )
    if found is None:
        raise NotFound("There is no such person")
    return found


async def countries() -> dict[str, int]:
    """How many members each country has."""
    rows = await Municipality.select(Municipality.country).where(Municipality.active.eq(True))
    found: dict[str, int] = {}
    for row in rows:
        found[row["country"]] = found.get(row["country"], 0) + 1
    return dict(sorted(found.items()))


async def coordinators() -> dict[str, Person]:
    """By country, who looks after its members."""
    rows = await (
        Person.objects()
        .where(Person.role == "coordinator", Person.active.eq(True))
        .order_by(Person.id)
    )
    found: dict[str, Person] = {}
    for person in rows:
        for country in person.countries.split(","):
            found.setdefault(country, person)
    return found
