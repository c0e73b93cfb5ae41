"""The windows in which the network is at work, with their milestones: one reading, many pages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # a column behind several foreign keys

from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.rules import DEADLINE_ENDS, DeadlineState, Station
from advocacy.dossiers.tables import Milestone, Window
from advocacy.overview.timeline import Period
from advocacy.people.rules import Role

OFFICE_ZONE = "Europe/Brussels"
OPEN_STATES = sorted(set(DeadlineState) - DEADLINE_ENDS)


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """`lead`: the person of the office who has the dossier; None: all of them."""

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

    @property
    def path(self) -> str:
        return f"/d/{self.number}"

    def due(self, *kinds: Kind) -> datetime:
        """The first of these milestones that is planned, else the deadline itself."""
        return next(
            (self.milestones[kind] for kind in kinds if kind in self.milestones), self.closes
        )


async def open_windows(*, countries: Iterable[str] = ()) -> list[OpenWindow]:
    """The next to close first; with `countries` only dossiers that concern one. Two queries."""
    lead: Any = Window.dossier.lead
    rows = await (
        Window.select(
            *(Window.id, Window.opens, Window.closes, Window.zone, Window.state),
            Window.dossier.id.as_alias("dossier"),
            Window.dossier.number.as_alias("number"),
            Window.dossier.title.as_alias("title"),
            Window.dossier.language.as_alias("language"),
            Window.dossier.station.as_alias("station"),
            Window.dossier.countries.as_alias("countries"),
            *(lead.id.as_alias("lead"), lead.name.as_alias("lead_name")),
            *(lead.role.as_alias("lead_role"), lead.active.as_alias("lead_active")),
        )
        .where(Window.state.is_in(OPEN_STATES), Window.dossier.station != Station.CLOSED)
        .order_by(Window.closes)
    )
    milestones = await _milestones()
    wanted = set(countries)
    found = [_window(row, milestones[row["id"]]) for row in rows]
    return [each for each in found if not wanted or wanted & set(each.countries)]


def _window(row: dict[str, Any], milestones: dict[str, datetime]) -> OpenWindow:
    role, active = row.pop("lead_role"), row.pop("lead_active")
    of_the_office = role == Role.SECRETARIAT and active
    return OpenWindow(
        **{
            **row,
            "state": DeadlineState(row["state"]),
            "station": Station(row["station"]),
            "countries": tuple(code for code in row["countries"].split(",") if code),
            "lead": row["lead"] if of_the_office else None,
            "lead_name": row["lead_name"] or "",
        },
        milestones=milestones,
    )


async def _milestones() -> dict[int, dict[str, datetime]]:
    rows = await (
        Milestone.select(Milestone.window, Milestone.kind, Milestone.due)
        .where(Milestone.window.state.is_in(OPEN_STATES))
        .order_by(Milestone.due)
    )
    by_window: dict[int, dict[str, datetime]] = defaultdict(dict)
    for row in rows:
        by_window[row["window"]][row["kind"]] = row["due"]
    return by_window


def periods(windows: Iterable[OpenWindow]) -> list[Period]:
    return [
        Period(each.title, each.path, each.opens, each.closes, tuple(each.milestones.values()))
        for each in windows
    ]
