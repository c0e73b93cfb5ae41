"""The programme goes along when a gathering moves to another day; its hours stay."""

from datetime import UTC, datetime, timedelta
from typing import Any  # a column's values
from zoneinfo import ZoneInfo

from advocacy.dossiers.deadlines.instants import at
from advocacy.events.tables import Point


async def shift(gathering_id: int, *, days: int, before: str, after: str) -> None:
    """`before`, `after`: the zones of the clocks on the wall."""
    if not days and before == after:
        return
    rows = await Point.select(Point.id, Point.begins).where(
        Point.gathering == gathering_id, Point.begins.is_not_null()
    )
    for row in rows:
        moved: dict[Any, Any] = {"begins": shifted(row["begins"], days, before, after)}
        await Point.update(moved).where(Point.id == row["id"])


def shifted(begins: datetime, days: int, before: str, after: str) -> datetime:
    """The same hour on the clocks of the place, also where they were changed in between."""
    local = begins.astimezone(ZoneInfo(before))
    return at(local.date() + timedelta(days=days), local.time(), after).astimezone(UTC)
