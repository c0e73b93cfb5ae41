"""The windows in which the network is at work, with their milestones: one reading, many pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # a column behind several foreign keys

from piccolo.columns.combination import Where

from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.rules import DEADLINE_ENDS, DeadlineState, Precision, Station
from advocacy.dossiers.tables import Milestone, Window
from advocacy.overview.timeline import Period
from advocacy.people.rules import Role

OFFICE_ZONE = "Europe/Brussels"
OPEN_STATES = sorted(set(DeadlineState) - DEADLINE_ENDS)


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """`lead`: the person of the office who has the dossier; None: all of them.

    `leader`: whoever leads it. `elsewhere`: where its reader finds it, if not in the dossier.
    """

    id: int
    opens: datetime | None
    closes: datetime
    zone: str
    state: DeadlineState
    dossier: int
    number: str
    title: str
    language: str
    station: Station
    countries: tuple[str, ...]
    lead: int | None = None
    lead_name: str = ""
    milestones: dict[str, datetime] = field(default_factory=dict)
    precision: str = Precision.DAY
    topics: tuple[str, ...] = ()
    leader: int | None = None
    elsewhere: str | None = None

    @property
    def path(self) -> str:
        return f"/d/{self.number}" if self.elsewhere is None else self.elsewhere

    def due(self, *kinds: Kind) -> datetime:
        """The first of these milestones that is planned, else the deadline itself."""
        return next(
            (self.milestones[kind] for kind in kinds if kind in self.milestones), self.closes
        )


async def open_windows(*, countries: Iterable[str] = ()) -> list[OpenWindow]:
    """The next to close first; with `countries` only dossiers that concern one. Two queries."""
    found = await _windows(Window.state.is_in(OPEN_STATES))
    wanted = set(countries)
    return [each for each in found if not wanted or wanted & set(each.countries)]


async def windows_since(since: datetime) -> list[OpenWindow]:
    """In whatever state, those that close then or later. Two queries."""
    return await _windows(Window.closes >= since)


async def _windows(which: Where) -> list[OpenWindow]:
    dossier: Any = Window.dossier
    lead = dossier.lead
    rows = await (
        Window.select(
            *(Window.id, Window.opens, Window.closes, Window.zone, Window.state, Window.precision),
            dossier.id.as_alias("dossier"),
            *(
                getattr(dossier, name).as_alias(name)
                for name in ("number", "title", "language", "station", "countries", "topics")
            ),
            *(lead.id.as_alias("lead"), lead.name.as_alias("lead_name")),
            *(lead.role.as_alias("lead_role"), lead.active.as_alias("lead_active")),
        )
        .where(which, dossier.station != Station.CLOSED)
        .order_by(Window.closes)
    )
    milestones = await _milestones([row["id"] for row in rows])
    return [_window(row, milestones[row["id"]]) for row in rows]


def _window(row: dict[str, Any], milestones: dict[str, datetime]) -> OpenWindow:
    role, active = row.pop("lead_role"), row.pop("lead_active")
    of_the_office = role == Role.SECRETARIAT and active
    return OpenWindow(
        **{
            **row,
            "state": DeadlineState(row["state"]),
            "station": Station(row["station"]),
            "countries": tuple(code for code in row["countries"].split(",") if code),
            "topics": tuple(key for key in row["topics"].split(",") if key),
            "leader": row["lead"],
            "lead": row["lead"] if of_the_office else None,
            "lead_name": row["lead_name"] or "",
        },
        milestones=milestones,
    )


async def _milestones(windows: Collection[int]) -> dict[int, dict[str, datetime]]:
    by_window: dict[int, dict[str, datetime]] = defaultdict(dict)
    if not windows:
        return by_window
    rows = await (
        Milestone.select(Milestone.window, Milestone.kind, Milestone.due)
        .where(Milestone.window.is_in(list(windows)))
        .order_by(Milestone.due)
    )
    for row in rows:
        by_window[row["window"]][row["kind"]] = row["due"]
    return by_window


def periods(windows: Iterable[OpenWindow], *, own: Collection[str] = ()) -> list[Period]:
    """`own`: the countries whose dossiers come first."""
    return [
        Period(
            each.title, each.path, each.opens, each.closes, tuple(each.milestones.values()),
            language=each.language, zone=each.zone, precision=each.precision, state=each.state,
            own=bool(set(own) & set(each.countries)),
        )
        for each in windows
    ]  # fmt: skip
