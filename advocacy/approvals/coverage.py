"""Who was asked and who answered, country by country."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any  # a chain of joins has no narrower type in Piccolo

from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Invitation


@dataclass(frozen=True, slots=True)
class CountryCoverage:
    country: str
    asked: int
    answered: int


async def coverage_of(dossier_id: int) -> list[CountryCoverage]:
    """Municipalities asked and answered in all calls of the dossier, each counted once."""
    call: Any = Invitation.call
    rows = await Invitation.select(
        Invitation.state,
        Invitation.municipality.id.as_alias("municipality"),
        Invitation.municipality.country.as_alias("country"),
    ).where(call.window.dossier == dossier_id)
    asked = {(row["country"], row["municipality"]) for row in rows}
    answered = {
        (row["country"], row["municipality"])
        for row in rows
        if row["state"] == InvitationState.ANSWERED
    }
    return [
        CountryCoverage(country, _in(asked, country), _in(answered, country))
        for country in sorted({country for country, _ in asked})
    ]


def _in(places: Iterable[tuple[str, int]], country: str) -> int:
    return sum(each == country for each, _ in places)
