"""What everybody may know: open calls, adopted positions. No person, no municipality by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a column behind a foreign key

from piccolo.columns.combination import WhereRaw

from advocacy.overview.participation import CallRow, open_ones, working_calls
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import PositionVersion

NEWEST = 20


@dataclass(frozen=True, slots=True)
class AdoptedPosition:
    number: str
    title: str
    language: str
    adopted: datetime
    version: int

    @property
    def path(self) -> str:
        return f"/p/{self.number}"


async def open_calls() -> list[CallRow]:
    return open_ones(await working_calls())


async def adopted_positions(*, limit: int = NEWEST) -> list[AdoptedPosition]:
    """The newest first."""
    position: Any = PositionVersion.position
    rows = await (
        PositionVersion.select(
            position.dossier.number.as_alias("number"),
            PositionVersion.title,
            position.language.as_alias("language"),
            position.adopted.as_alias("adopted"),
            PositionVersion.number.as_alias("version"),
        )
        .where(
            position.state.is_in(list(PUBLIC)),
            position.adopted.is_not_null(),
            WhereRaw(
                "position_version.number = (SELECT p.version FROM position p"
                " WHERE p.id = position_version.position)"
            ),
        )
        .order_by(position.adopted, ascending=False)
        .limit(limit)
    )
    return [AdoptedPosition(**row) for row in rows]
