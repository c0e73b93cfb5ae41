"""The one place where dates become events of a calendar: of a dossier, a country, a person.

A deadline that ends its day, or of which no hour is known, is a whole day: it stands on the body's
last day in every zone. One that has an hour is an instant. Milestones end at an hour of the zone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any  # columns behind a foreign key
from zoneinfo import ZoneInfo

from piccolo.columns.combination import And, Or, Where, WhereRaw

from advocacy import deadlines, texts
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import labels
from advocacy.dossiers.calendars.calendar import CalendarEvent
from advocacy.dossiers.calendars.moves import Moves, Touched, moves_of
from advocacy.dossiers.rules import DeadlineState, Precision, Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.people.tokens import derived_token
from advocacy.settings import settings

CANCELLED_STAYS = timedelta(days=30)
OVER_STAYS = timedelta(days=90)

_FULL = tuple(kind for kind, _ in deadlines.MILESTONES)
_FAST = tuple(kind for kind, _ in deadlines.FAST_LANE)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A window with what its events say of its dossier. `path`: where the reader finds it."""

    id: int
    closes: datetime
    zone: str
    precision: str
    state: str
    evidence: str
    changed: datetime
    dossier: int
    number: str
    title: str
    station: str
    merged_into: int | None
    countries: str

    @property
    def cancelled(self) -> bool:
        closed = self.station == Station.CLOSED or self.merged_into is not None
        return closed or self.state == DeadlineState.WITHDRAWN

    @property
    def tentative(self) -> bool:
        vague = self.precision in {Precision.MONTH, Precision.UNKNOWN}
        return vague or self.state == DeadlineState.PROPOSED

    @property
    def last_day(self) -> date:
        return deadlines.last_day(self.closes, self.zone)

    @property
    def at(self) -> datetime | date:
        hour_known = self.precision == Precision.EXACT
        whole = not hour_known or texts.ends_the_day(self.closes, self.zone)
        return self.last_day if whole or self._is_midnight() else self.closes

    def _is_midnight(self) -> bool:
        local = self.closes.astimezone(ZoneInfo(self.zone))
        return (local.hour, local.minute, local.second) == (0, 0, 0)


async def events_of(dossier: Dossier, *, now: datetime) -> list[CalendarEvent]:
    """Deadlines and internal dates of one dossier, also those long over."""
    rows = await _deadlines(Window.dossier == dossier.id)
    return await _events(rows, now=now)


async def events_for(countries: Collection[str], *, now: datetime) -> list[CalendarEvent]:
    """Of all dossiers that concern one of these countries; with none: of all."""
    rows = await _deadlines(Window.closes > now - OVER_STAYS)
    wanted = set(countries)
    return await _events(
        [each for each in rows if not wanted or wanted & set(each.countries.split(","))], now=now
    )


async def public_events(
    country: str, titles: Mapping[int, str], *, now: datetime
) -> list[CalendarEvent]:
    """Deadlines of bodies in dossiers that the public knows by these titles; nothing internal."""
    rows = await _deadlines(Window.closes > now - OVER_STAYS)
    known = [
        each for each in rows if country in each.countries.split(",") and each.dossier in titles
    ]
    moves = await moves_of([each.id for each in known], [])
    events = [
        _deadline(each, moves, title=titles[each.dossier], path="/deadlines", quote="")
        for each in known
    ]
    return [event for event in events if stays(event, now)]


async def _deadlines(which: Where | WhereRaw | And | Or) -> list[_Deadline]:
    dossier: Any = Window.dossier
    rows = await (
        Window.select(
            *(Window.id, Window.closes, Window.zone, Window.precision, Window.state),
            *(Window.evidence, Window.changed, Window.dossier),
            *(
                getattr(dossier, name).as_alias(name)
                for name in ("number", "title", "station", "merged_into", "countries")
            ),
        )
        .where(which)
        .order_by(Window.closes, Window.id)
    )
    return [_Deadline(**row) for row in rows]


async def _events(rows: Sequence[_Deadline], *, now: datetime) -> list[CalendarEvent]:
    """Deadlines first, then what lies before them. Four queries at most."""
    ids = [each.id for each in rows]
    moves = await moves_of(ids, {each.dossier for each in rows})
    planned = await _milestones(ids)
    found = [
        _deadline(
            each,
            moves,
            title=f"{each.number} {each.title}",
            path=f"/d/{each.number}",
            quote=each.evidence,
        )
        for each in rows
    ]
    for each in rows:
        own = [milestone for milestone in planned if milestone.window == each.id]
        found += [_internal(each, milestone, moves) for milestone in own]
        kinds = {Kind(milestone.kind) for milestone in own}
        found += [_gone(each, kind, moves) for kind in gone_kinds(kinds, moves.of(each.id))]
    return [event for event in found if stays(event, now)]


def stays(event: CalendarEvent, now: datetime) -> bool:
    """A cancelled date is told for thirty days: by then every client has asked again."""
    return not event.cancelled or event.changed > now - CANCELLED_STAYS


async def _milestones(windows: Collection[int]) -> list[Milestone]:
    if not windows:
        return []
    return await (
        Milestone.objects().where(Milestone.window.is_in(list(windows))).order_by(Milestone.due)
    )


def gone_kinds(present: Collection[Kind], touched: Touched) -> list[Kind]:
    """Internal dates that once were planned and are no more.

    Each window began with the whole way; the stops of the fast lane came with the fast lane.
    """
    if not touched.times:
        return []
    once = dict.fromkeys((*_FULL, *(_FAST if touched.fast_lane else ())))
    return [kind for kind in once if kind not in present]


def _deadline(of: _Deadline, moves: Moves, *, title: str, path: str, quote: str) -> CalendarEvent:
    touched = moves.of(of.id)
    return CalendarEvent(
        uid=uid(f"window-{of.id}"),
        at=of.at,
        title=f"{texts.gettext('Deadline')}: {title}{_moved(touched)}",
        description="\n".join(each for each in (_when(of), quote) if each),
        address=address_of(path),
        sequence=touched.times,
        changed=moves.changed(of.id, of.dossier, of.changed),
        cancelled=of.cancelled,
        tentative=of.tentative,
    )


def _when(of: _Deadline) -> str:
    if of.precision == Precision.MONTH:
        known = texts.translate(labels.PRECISIONS[Precision.MONTH])
        return f"{texts.month(of.last_day)} ({known})"
    if of.precision == Precision.UNKNOWN:
        return texts.translate(labels.PRECISIONS[Precision.UNKNOWN])
    return f"{texts.moment(of.closes, of.zone)} ({texts.zone_name(of.zone)})"


def _moved(touched: Touched) -> str:
    if touched.before is None:
        return ""
    was = deadlines.last_day(*touched.before)
    return " " + texts.gettext("(moved from %(day)s)") % {"day": f"{was.day}.{was.month}."}


def _internal(of: _Deadline, milestone: Milestone, moves: Moves) -> CalendarEvent:
    when = f"{texts.moment(milestone.due, of.zone)} ({texts.zone_name(of.zone)})"
    return _milestone(
        of, Kind(milestone.kind), moves, at=milestone.due, when=when, cancelled=of.cancelled
    )


def _gone(of: _Deadline, kind: Kind, moves: Moves) -> CalendarEvent:
    """Its old day is not kept, and no client shows it: it stands on the deadline's."""
    return _milestone(of, kind, moves, at=of.last_day, when="", cancelled=True)


def _milestone(
    of: _Deadline, kind: Kind, moves: Moves, *, at: datetime | date, when: str, cancelled: bool
) -> CalendarEvent:
    return CalendarEvent(
        uid=uid(f"milestone-{of.id}-{kind}"),
        at=at,
        title=f"{texts.translate(labels.MILESTONES[kind])}: {of.number} {of.title}",
        description=when,
        address=address_of(f"/d/{of.number}"),
        sequence=moves.of(of.id).times,
        changed=moves.changed(of.id, of.dossier, of.changed),
        cancelled=cancelled,
    )


def uid(name: str) -> str:
    """The same for ever, whatever moves."""
    return f"{name}@{settings().sender.rpartition('@')[2]}"


def address_of(path: str) -> str:
    return f"{settings().base_url}/{texts.language()}{path}"


def calendar_key(dossier: Dossier) -> str:
    """What makes the address of a dossier's calendar: whoever has it may read the dates."""
    return derived_token("calendar/dossier", dossier.id)


def calendar_address(dossier: Dossier) -> str:
    """Without the host: what prints whole addresses leaves this one, whose key is a secret, out."""
    return f"/cal/d/{dossier.number}/{calendar_key(dossier)}.ics"
