"""Lists of gatherings: ahead, past, being prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # conditions

from advocacy import database, texts
from advocacy.events import rules
from advocacy.events.keeping.known import Told, entrance, keeper, told
from advocacy.events.rules import Entrance, GatheringState
from advocacy.events.tables import Gathering, GatheringText
from advocacy.people.tables import Person
from feeds.reading.folding import search_words

PAGE = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list. `title` and `language` as in Told."""

    id: int
    kind: str
    state: str
    title: str
    language: str
    begins: datetime
    ends: datetime
    zone: str
    place: str
    country: str
    places: int | None
    taken: int
    entrance: Entrance
    guests: bool
    changed: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which gatherings a list shows; empty: any."""

    country: str = ""
    topic: str = ""
    kind: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """`further`: the id that the next page begins after; None: there is none."""

    rows: list[Listed]
    further: int | None


PUBLISHED = Gathering.state != GatheringState.DRAFT


async def ahead(
    wanted: Wanted = Wanted(), *, after: int | None = None, limit: int = PAGE, now: datetime
) -> Page:
    """What is published and not over, the next first. Three queries at most."""
    return await _listed(wanted, PUBLISHED, Gathering.ends >= now, after=after, limit=limit,
                         forwards=True, now=now)  # fmt: skip


async def past(
    wanted: Wanted = Wanted(), *, after: int | None = None, limit: int = PAGE, now: datetime
) -> Page:
    """The last first."""
    return await _listed(wanted, PUBLISHED, Gathering.ends < now, after=after, limit=limit,
                         forwards=False, now=now)  # fmt: skip


async def drafts(person: Person, *, now: datetime) -> list[Listed]:
    """What this person prepares, or may; a coordinator sees those of the own countries."""
    page = await _listed(Wanted(), Gathering.state == GatheringState.DRAFT, after=None, limit=200,
                         forwards=True, now=now)  # fmt: skip
    owners = {
        row["id"]: row["person"]
        for row in await Gathering.select(Gathering.id, Gathering.person).where(
            Gathering.state == GatheringState.DRAFT
        )
    }
    me = keeper(person)
    return [
        row for row in page.rows
        if rules.may_keep(me, owner=owners.get(row.id, 0), country=row.country)
    ]  # fmt: skip


async def _listed(
    wanted: Wanted, *conditions: Any, after: int | None, limit: int, forwards: bool, now: datetime
) -> Page:
    words = search_words(wanted.query, language=texts.language())
    if wanted.query.strip() and not words:
        return Page([], None)
    every = [*conditions, *_narrowed(wanted, words)]
    if after:
        last = await Gathering.select(Gathering.begins).where(Gathering.id == after).first()
        if last is None:
            return Page([], None)
        at = last["begins"]
        every.append(
            (Gathering.begins > at) | ((Gathering.begins == at) & (Gathering.id > after))
            if forwards
            else (Gathering.begins < at) | ((Gathering.begins == at) & (Gathering.id < after))
        )
    rows = await (
        Gathering.objects()
        .where(*every)
        .order_by(Gathering.begins, ascending=forwards)
        .order_by(Gathering.id, ascending=forwards)
        .limit(limit + 1)
    )
    page = rows[:limit]
    return Page(await rows_of(page, now=now), page[-1].id if len(rows) > limit else None)


def _narrowed(wanted: Wanted, words: Sequence[str]) -> list[Any]:
    every: list[Any] = []
    if wanted.country:
        every.append(Gathering.country == wanted.country)
    if wanted.kind:
        every.append(Gathering.kind == wanted.kind)
    if key := wanted.topic:
        every.append(
            (Gathering.topics == key)
            | Gathering.topics.like(f"{key},%")
            | Gathering.topics.like(f"%,{key}")
            | Gathering.topics.like(f"%,{key},%")
        )
    if words:
        found = GatheringText.select(GatheringText.gathering).where(
            database.finds(GatheringText, words)
        )
        every.append(Gathering.id.is_in(found))
    return every


async def rows_of(rows: Sequence[Gathering], *, now: datetime) -> list[Listed]:
    if not rows:
        return []
    known: dict[int, dict[str, GatheringText]] = {}
    for each in await GatheringText.objects().where(
        GatheringText.gathering.is_in([row.id for row in rows])
    ):
        known.setdefault(each.gathering, {})[each.language] = each
    return [_row(row, told(row, known[row.id], texts.language()), now=now) for row in rows]


def _row(row: Gathering, said: Told, *, now: datetime) -> Listed:
    same = ("id", "kind", "state", "begins", "ends", "zone", "place", "country", "places", "taken",
            "guests", "changed")  # fmt: skip
    return Listed(
        **{name: getattr(row, name) for name in same},
        title=said.title, language=said.language, entrance=entrance(row, now=now),
    )  # fmt: skip
