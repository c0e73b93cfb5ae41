"""What everybody may know: open calls, adopted positions, what became of their asks.

No person, no municipality by name.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a column behind a foreign key

from advocacy import texts
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.tables import Outcome
from advocacy.overview.participation import CallRow, open_ones, working_calls
from advocacy.positions import queries as positions
from advocacy.positions.tables import PositionVersion
from advocacy.submissions import publishing
from advocacy.submissions.publishing import NEWEST, AdoptedPosition
from advocacy.submissions.rules import HANDED_IN
from advocacy.submissions.tables import Submission

__all__ = ["NEWEST", "AdoptedPosition", "HandedIn", "adopted_positions", "handed_in", "open_calls"]


async def open_calls() -> list[CallRow]:
    return open_ones(await working_calls())


async def adopted_positions(*, limit: int = NEWEST) -> list[AdoptedPosition]:
    """The newest first, in the language in use."""
    return await publishing.adopted_positions(texts.language(), limit=limit)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """`fates`: of the asks, those that the body has decided, in the order of Fate."""

    submitted: datetime
    zone: str
    asks: int
    fates: tuple[tuple[Fate, int], ...]


async def handed_in(shown: Sequence[AdoptedPosition]) -> dict[int, HandedIn]:
    """By position, of those that are with their body. Three queries."""
    if not shown:
        return {}
    held: Any = Submission.round
    rows = await (
        Submission.select(
            *(Submission.id, Submission.submitted),
            Submission.window.zone.as_alias("zone"),
            held.position.as_alias("position"),
            held.version.as_alias("version"),
        )
        .where(
            held.position.is_in([each.id for each in shown]),
            Submission.state.is_in([state.value for state in HANDED_IN]),
        )
        .order_by(Submission.id)
    )
    latest = {row["position"]: row for row in rows}
    decided = await _decided([row["id"] for row in latest.values()])
    asks = await _asks({number: row["version"] for number, row in latest.items()})
    return {
        number: HandedIn(
            submitted=row["submitted"],
            zone=row["zone"] or "Europe/Brussels",
            asks=asks.get(number, 0),
            fates=_known(decided.get(row["id"], Counter())),
        )
        for number, row in latest.items()
        if row["submitted"]
    }


def _known(fates: Counter[Fate]) -> tuple[tuple[Fate, int], ...]:
    return tuple((fate, fates[fate]) for fate in Fate if fate is not Fate.OPEN and fates[fate])


async def _decided(submissions: Sequence[int]) -> dict[int, Counter[Fate]]:
    if not submissions:
        return {}
    found: dict[int, Counter[Fate]] = {}
    for row in await Outcome.select(Outcome.submission, Outcome.fate).where(
        Outcome.submission.is_in(list(submissions))
    ):
        found.setdefault(row["submission"], Counter())[Fate(row["fate"])] += 1
    return found


async def _asks(versions: dict[int, int]) -> dict[int, int]:
    """How many, by position."""
    if not versions:
        return {}
    rows = await PositionVersion.objects().where(
        PositionVersion.position.is_in(sorted(versions)),
        PositionVersion.number.is_in(sorted(set(versions.values()))),
    )
    return {
        row.position: len(positions.asks_of(row))
        for row in rows
        if row.number == versions[row.position]
    }
