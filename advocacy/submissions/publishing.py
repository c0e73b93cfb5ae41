"""What everybody may know of adopted positions: title, day, how many answered in which country.

No person but who signed beside the network, no municipality by name.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns behind a foreign key

from piccolo.query.functions import Count

from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import Position, PositionVersion
from advocacy.translations.whole import translations_of, whole

NEWEST = 20


@dataclass(frozen=True, slots=True)
class AdoptedPosition:
    """`language` is that of the title. `countries`: municipalities that answered, most first."""

    id: int
    number: str
    title: str
    language: str
    adopted: datetime
    version: int
    countries: tuple[tuple[str, int], ...] = ()

    @property
    def path(self) -> str:
        return f"/p/{self.number}"

    @property
    def answered(self) -> int:
        return sum(count for _, count in self.countries)


async def adopted_positions(
    language: str, *, numbers: Sequence[str] | None = None, limit: int = NEWEST
) -> list[AdoptedPosition]:
    """The newest first, of these dossiers only when `numbers` is given. Four queries.

    The title in `language` where the whole text is translated and checked, else as adopted.
    """
    facts = await _adopted(numbers, limit)
    if not facts:
        return []
    versions = await _versions(facts)
    translated = await translations_of(list(versions), [language])
    answered = await _answered([row["dossier"] for row in facts])
    found = []
    for row in facts:
        version = versions[row["id"]]
        said = whole(version, translated.get((row["id"], language), []))
        position = AdoptedPosition(
            id=row["id"],
            number=row["number"],
            title=said.get("title", version.title),
            language=language if said else row["language"],
            adopted=row["adopted"],
            version=version.number,
            countries=answered.get(row["dossier"], ()),
        )
        found.append(position)
    return found


async def _adopted(numbers: Sequence[str] | None, limit: int) -> list[dict[str, Any]]:
    if numbers is not None and not numbers:
        return []
    rows = Position.select(
        *(Position.id, Position.version, Position.language, Position.adopted, Position.dossier),
        Position.dossier.number.as_alias("number"),
    ).where(Position.state.is_in(sorted(PUBLIC)), Position.adopted.is_not_null())
    if numbers is not None:
        rows = rows.where(Position.dossier.number.is_in(list(numbers)))
    return await (
        rows.order_by(Position.adopted, ascending=False)
        .order_by(Position.id, ascending=False)
        .limit(limit)
    )


async def _versions(facts: Sequence[Mapping[str, Any]]) -> dict[int, PositionVersion]:
    """The version that stands, by position."""
    current = {row["id"]: row["version"] for row in facts}
    rows = await PositionVersion.objects().where(
        PositionVersion.position.is_in(sorted(current)),
        PositionVersion.number.is_in(sorted(set(current.values()))),
    )
    return {row.position: row for row in rows if row.number == current[row.position]}


async def _answered(dossiers: Sequence[int]) -> dict[int, tuple[tuple[str, int], ...]]:
    """By dossier; a municipality that answered two calls of one dossier counts once."""
    if not dossiers:
        return {}
    invitation: Any = Contribution.invitation
    country, dossier = invitation.municipality.country, invitation.call.window.dossier
    rows = await (
        Contribution.select(
            dossier.id.as_alias("dossier"),
            country.as_alias("country"),
            Count(distinct=[invitation.municipality], alias="answered"),
        )
        .where(
            Contribution.state == ContributionState.GIVEN,
            dossier.id.is_in(sorted(set(dossiers))),
        )
        .group_by(dossier.id, country)
    )
    counts: dict[int, Counter[str]] = {}
    for row in rows:
        counts.setdefault(row["dossier"], Counter())[row["country"]] = row["answered"]
    return {
        number: tuple(sorted(each.items(), key=lambda pair: (-pair[1], pair[0])))
        for number, each in counts.items()
    }
