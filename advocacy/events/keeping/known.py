"""One gathering: what it is, in which words, and who keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advocacy.errors import NotFound
from advocacy.events import rules
from advocacy.events.rules import Entrance
from advocacy.events.tables import Gathering, GatheringText
from advocacy.people.tables import Person
from advocacy.settings import settings

LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Told:
    """A gathering in the language that was asked for where it is told in it, else in its own."""

    title: str
    summary: str
    language: str


async def by_id(gathering_id: int) -> Gathering:
    known = 0 < gathering_id <= LARGEST_ID
    found = await Gathering.objects().where(Gathering.id == gathering_id).first() if known else None
    if found is None:
        raise NotFound("There is no such gathering")
    return found


async def texts_of(gathering_id: int) -> dict[str, GatheringText]:
    rows = await GatheringText.objects().where(GatheringText.gathering == gathering_id)
    return {row.language: row for row in rows}


def told(gathering: Gathering, known: Mapping[str, GatheringText], language: str) -> Told:
    row = known.get(language) or known[gathering.language]
    return Told(row.title, row.summary, row.language)


async def told_in(gathering: Gathering, language: str) -> Told:
    return told(gathering, await texts_of(gathering.id), language)


def entrance(gathering: Gathering, *, now: datetime) -> Entrance:
    return rules.entrance(
        gathering.state, begins=gathering.begins, ends=gathering.ends,
        register_until=gathering.register_until, places=gathering.places,
        taken=gathering.taken, now=now,
    )  # fmt: skip


def link_to(gathering: Gathering, language: str) -> str:
    return f"{settings().base_url}/{language}/events/{gathering.id}"


def keeper(person: Person) -> rules.Keeper:
    countries = tuple(code for code in person.countries.split(",") if code)
    return rules.Keeper(person.id, person.role, countries)


def may_keep(person: Person | None, gathering: Gathering) -> bool:
    return person is not None and rules.may_keep(
        keeper(person), owner=gathering.person, country=gathering.country
    )
