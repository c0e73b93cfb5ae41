"""What everybody may subscribe to: deadlines in public matters, open calls, adopted positions.

The same rule as on the public pages: titles as they were published, nothing internal, no person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any  # columns behind foreign keys

from advocacy import texts
from advocacy.dossiers.narrowing import Chosen
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Window
from advocacy.news import queries as news
from advocacy.news.queries import Item
from advocacy.news.rules import NewsKind, interests
from advocacy.overview import public
from advocacy.overview.agenda import DEADLINE, Dated
from advocacy.overview.participation import CallRow
from advocacy.overview.shown import SETTLED
from advocacy.positions import queries as positions
from advocacy.positions.public import known_matters
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import Position, PositionVersion
from advocacy.translations.tables import Translation
from advocacy.translations.whole import translations_of, whole

NEWEST = public.NEWEST
MOST_DEADLINES = 100
ON_START = 6
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed that has never held anything: the same each time it is asked for."""


@dataclass(frozen=True, slots=True)
class DeadlineEntry:
    """`path` of the position, empty while there is none."""

    id: int
    title: str
    language: str
    path: str
    when: Dated
    state: DeadlineState
    updated: datetime
    topics: tuple[str, ...]
    countries: tuple[str, ...]


async def deadlines(wanted: Chosen, *, now: datetime) -> list[DeadlineEntry]:
    """Those ahead, also when the body took them back; what changed last first. Three queries."""
    known = await known_matters(texts.language())
    dossier: Any = Window.dossier
    rows = await (
        Window.select(
            *(Window.id, Window.closes, Window.zone, Window.precision, Window.state),
            *(Window.changed, dossier.id.as_alias("dossier")),
            *(dossier.topics.as_alias("topics"), dossier.countries.as_alias("countries")),
        )
        .where(
            Window.closes >= now,
            Window.state.not_in(sorted(SETTLED)),
            dossier.station != Station.CLOSED,
        )
        .order_by(Window.changed, ascending=False)
        .order_by(Window.id, ascending=False)
    )
    found = [
        _deadline(row, known[row["dossier"]])
        for row in rows
        if row["dossier"] in known and wanted.has(row["topics"], row["countries"])
    ]
    return found[:MOST_DEADLINES]


def _deadline(row: Mapping[str, Any], matter: Any) -> DeadlineEntry:
    off = row["state"] == DeadlineState.WITHDRAWN
    place = (matter.title, matter.language, matter.path)
    return DeadlineEntry(
        row["id"],
        *place,
        Dated(row["closes"], row["zone"], DEADLINE, *place, off=off, precision=row["precision"]),
        DeadlineState(row["state"]),
        row["changed"],
        _parts(row["topics"]),
        _parts(row["countries"]),
    )


def _parts(written: str) -> tuple[str, ...]:
    return tuple(part for part in written.split(",") if part)


async def calls(wanted: Chosen) -> list[CallRow]:
    rows = await public.open_calls()
    if wanted == Chosen() or not rows:
        return rows
    dossiers = await Dossier.select(Dossier.number, Dossier.topics, Dossier.countries).where(
        Dossier.number.is_in(sorted({row.dossier for row in rows}))
    )
    fitting = {each["number"] for each in dossiers if wanted.has(each["topics"], each["countries"])}
    return [row for row in rows if row.dossier in fitting]


async def fresh(wanted: Chosen, *, now: datetime) -> list[Item]:
    """What became known in the network, the newest first."""
    items = await news.fresh(texts.language(), until=now, limit=NEWEST)
    mine = news.concerning(items, interests(wanted.topic, wanted.country))
    return sorted(mine, key=lambda item: (item.at, item.kind, item.id), reverse=True)


async def newest(*, now: datetime) -> list[Item]:
    """For the first page: gatherings ahead, and what else is new, the newest first."""
    items = await news.fresh(texts.language(), until=now, limit=ON_START)
    ahead = [item for item in items if item.kind is NewsKind.GATHERING]
    others = [item for item in items if item.kind is not NewsKind.GATHERING]
    others.sort(key=lambda item: (item.at, item.id), reverse=True)
    return [*ahead[: ON_START // 2], *others][:ON_START]


@dataclass(frozen=True, slots=True)
class PositionEntry:
    """The whole text, in the language in use where a whole translation is there.

    `updated`: adopted, or translated since.
    """

    number: str
    version: int
    adopted: datetime
    updated: datetime
    title: str
    language: str
    paragraphs: tuple[str, ...]
    asks: tuple[tuple[int, str], ...]

    @property
    def path(self) -> str:
        return f"/p/{self.number}"


async def adopted(wanted: Chosen) -> list[PositionEntry]:
    """The newest first. Three queries."""
    facts = (await _adopted(wanted))[:NEWEST]
    if not facts:
        return []
    current = {
        row.position: row
        for row in await PositionVersion.objects().where(
            PositionVersion.position.is_in([each["id"] for each in facts])
        )
        if (row.position, row.number) in {(each["id"], each["version"]) for each in facts}
    }
    language = texts.language()
    translated = await translations_of(list(current), [language])
    return [
        _position(each, current[each["id"]], translated.get((each["id"], language), []))
        for each in facts
        if each["id"] in current
    ]


async def _adopted(wanted: Chosen) -> list[dict[str, Any]]:
    rows = await (
        Position.select(
            *(Position.id, Position.version, Position.adopted, Position.language),
            Position.dossier.number.as_alias("number"),
            Position.dossier.topics.as_alias("topics"),
            Position.dossier.countries.as_alias("countries"),
        )
        .where(Position.state.is_in(sorted(PUBLIC)), Position.adopted.is_not_null())
        .order_by(Position.adopted, ascending=False)
        .order_by(Position.id, ascending=False)
    )
    return [row for row in rows if wanted.has(row["topics"], row["countries"])]


def _position(
    facts: Mapping[str, Any], version: PositionVersion, rows: Sequence[Translation]
) -> PositionEntry:
    said = whole(version, rows)
    paragraphs, asks = positions.paragraphs_of(version), positions.asks_of(version)
    return PositionEntry(
        facts["number"],
        version.number,
        facts["adopted"],
        max([facts["adopted"], *(row.changed for row in rows if said)]),
        said.get("title", version.title),
        texts.language() if said else facts["language"],
        tuple(said.get(key, text) for key, text in paragraphs),
        tuple((ask.number, said.get(f"ask-{ask.number}", ask.text)) for ask in asks),
    )


def last(changes: Sequence[datetime]) -> datetime:
    return max(changes, default=LONG_AGO)
