"""What pages need to know of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy import database, texts
from advocacy.errors import NotFound
from advocacy.municipalities import rules
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


async def listed(*, country: str = "", query: str = "", after: str = "") -> Listed:
    """In the order of their codes, with coordinator and first contact."""
    rows = Municipality.select(
        Municipality.id,
        Municipality.code,
        Municipality.name,
        Municipality.kind,
        Municipality.country,
        Municipality.language,
        Municipality.population,
        Municipality.coordinator.name.as_alias("coordinator"),
    ).where(Municipality.active.eq(True))
    count = Municipality.count().where(Municipality.active.eq(True))
    if country:
        rows = rows.where(Municipality.country == country)
        count = count.where(Municipality.country == country)
    if words := search_words(query, language=texts.language()):
        condition = database.finds(Municipality, words)
        rows, count = rows.where(condition), count.where(condition)
    elif query.strip():
        return Listed([], None, 0)
    if after:
        rows = rows.where(Municipality.code > after)
    found = await rows.order_by(Municipality.code).limit(PAGE + 1)
    page = found[:PAGE]
    people = await contacts_of([row["id"] for row in page])
    for row in page:
        row["contacts"] = people.get(row["id"], [])
    return Listed(page, page[-1]["code"] if len(found) > PAGE else None, await count)


async def contacts_of(municipalities: Sequence[int]) -> dict[int, list[Contact]]:
    """By municipality, the one that is written to first."""
    if not municipalities:
        return {}
    found: dict[int, list[Contact]] = {}
    rows = Contact.objects().where(Contact.municipality.is_in(list(municipalities)))
    for each in await rows.order_by(Contact.id):
        found.setdefault(each.municipality, []).append(each)
    return found


async def contact(number: int) -> Contact:
    known = 0 < number <= LARGEST_ID
    found = known and (
        await Contact.objects(Contact.municipality).where(Contact.id == number).first()
    )
    if not found:
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
