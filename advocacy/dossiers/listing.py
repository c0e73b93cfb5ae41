"""The list of dossiers: filtered, sorted, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any  # a row is what its table says
from urllib.parse import urlencode

from piccolo.columns.combination import WhereRaw
from piccolo.query.mixins import OrderByRaw

from advocacy import database
from advocacy.dossiers.forms import number_in
from advocacy.dossiers.labels import PRIORITIES
from advocacy.dossiers.queries import PAGE
from advocacy.dossiers.rules import DeadlineState, Station
from advocacy.dossiers.tables import Dossier, Window
from advocacy.people.rules import COUNTRIES
from advocacy.triage.forms import one_line
from feeds.reading.folding import search_words
from feeds.reading.topics import TOPICS


class Sort(StrEnum):
    NEWEST = "newest"
    DEADLINE = "deadline"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for. `lead` is a name, `body` a key, `priority` a number as text;
    `after` the number of the dossier that the page before ended with.
    """

    station: str = ""
    country: str = ""
    topic: str = ""
    lead: str = ""
    body: str = ""
    priority: str = ""
    search: str = ""
    sort: str = Sort.NEWEST.value
    after: str = ""

    @property
    def is_filtered(self) -> bool:
        plain = Asked(sort=self.sort, after=self.after)
        return self != plain

    def query(self, **more: str) -> str:
        """The part of the address behind the question mark, without what is not set."""
        values = {each.name: getattr(self, each.name) for each in fields(self)} | more
        values["q"] = values.pop("search")
        if values["sort"] == Sort.NEWEST:
            del values["sort"]
        return urlencode({name: value for name, value in values.items() if value})


def asked(typed: Mapping[str, str]) -> Asked:
    """Of an address; what is not known is as if it were not there."""

    def one_of(name: str, known: object) -> str:
        value = typed.get(name, "")
        return value if value and value in known else ""  # type: ignore[operator]  # any container

    return Asked(
        station=one_of("station", set(Station)),
        country=one_of("country", COUNTRIES),
        topic=one_of("topic", TOPICS),
        lead=one_line(typed.get("lead", ""))[:120],
        body=one_line(typed.get("body", ""))[:40],
        priority=one_of("priority", {str(each) for each in PRIORITIES}),
        search=one_line(typed.get("q", ""))[:200],
        sort=one_of("sort", set(Sort)) or Sort.NEWEST.value,
        after=number_in(typed.get("after", "")) or "",
    )


_NEXT = (
    "(SELECT MIN(w.closes) FROM input_window w WHERE w.dossier = dossier.id AND w.closes > {}"
    " AND w.state <> '" + DeadlineState.WITHDRAWN.value + "')"
)


async def listed(wanted: Asked, *, language: str = "", now: datetime) -> list[dict[str, Any]]:
    """One row more than a page, if there are more; each with its next deadline (`closes`, `zone`,
    `precision`, or None). At most four queries.
    """
    query = Dossier.select(
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.station),
        *(Dossier.countries, Dossier.priority, Dossier.lead.name.as_alias("lead")),
        Dossier.body.names.as_alias("body_names"),
    ).where(Dossier.merged_into.is_null())
    for condition in _conditions(wanted):
        query = query.where(condition)
    if wanted.search:
        words = search_words(wanted.search, language=language)
        if not words:
            return []
        query = query.where(database.finds(Dossier, words))
    if wanted.after and (last := await _position(wanted.after, now)):
        query = query.where(_behind(Sort(wanted.sort), last, now))
    order = _order(Sort(wanted.sort), now)
    rows = await query.order_by(order, ascending=False).limit(PAGE + 1)
    return await _with_next_deadline(rows, now)


def _conditions(wanted: Asked) -> list[Any]:
    found: list[Any] = []
    if wanted.station:
        found.append(Dossier.station == wanted.station)
    if wanted.country:
        found.append(_among("countries", wanted.country))
    if wanted.topic:
        found.append(_among("topics", wanted.topic))
    if wanted.lead:
        found.append(Dossier.lead.name == wanted.lead)
    if wanted.body:
        found.append(Dossier.body.key == wanted.body)
    if wanted.priority:
        found.append(Dossier.priority == int(wanted.priority))
    return found


def _among(column: str, value: str) -> WhereRaw:
    """A column holds "AT,FR"; its parts are compared whole."""
    return WhereRaw(f"',' || dossier.{column} || ',' LIKE {{}}", f"%,{value},%")


def _order(sort: Sort, now: datetime) -> OrderByRaw:
    """To be read backwards: the newest of equals comes first."""
    if sort is Sort.DEADLINE:
        return OrderByRaw(f"{_NEXT} IS NULL, {_NEXT}, dossier.id", now, now)
    if sort is Sort.PRIORITY:
        return OrderByRaw("dossier.priority, dossier.id")
    return OrderByRaw("dossier.id")


async def _position(number: str, now: datetime) -> dict[str, Any] | None:
    """Where a dossier stands in each of the orders."""
    rows = await Dossier.select(Dossier.id, Dossier.priority).where(Dossier.number == number)
    found = await _with_next_deadline(rows, now)
    return found[0] if found else None


def _behind(sort: Sort, last: dict[str, Any], now: datetime) -> WhereRaw:
    """What comes after that dossier."""
    if sort is Sort.PRIORITY:
        return WhereRaw(
            "(dossier.priority > {} OR (dossier.priority = {} AND dossier.id < {}))",
            *(last["priority"], last["priority"], last["id"]),
        )
    if sort is Sort.NEWEST:
        return WhereRaw("dossier.id < {}", last["id"])
    if last["closes"] is None:
        return WhereRaw(f"({_NEXT} IS NULL AND dossier.id < {{}})", now, last["id"])
    return WhereRaw(
        f"({_NEXT} IS NULL OR {_NEXT} > {{}} OR ({_NEXT} = {{}} AND dossier.id < {{}}))",
        *(now, now, last["closes"], now, last["closes"], last["id"]),
    )


async def _with_next_deadline(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    if not rows:
        return []
    windows = await (
        Window.select(Window.dossier, Window.closes, Window.zone, Window.precision)
        .where(
            Window.dossier.is_in([row["id"] for row in rows]),
            Window.closes > now,
            Window.state != DeadlineState.WITHDRAWN,
        )
        .order_by(Window.closes, ascending=False)
    )
    next_one = {window["dossier"]: window for window in windows}
    none = {"closes": None, "zone": "", "precision": ""}
    return [row | {**none, **next_one.get(row["id"], {})} for row in rows]
