"""Who stands behind a text as a whole: by country and on the map."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocacy.calls.covering.coverage import Coverage
from advocacy.municipalities.tables import Municipality
from advocacy.positions.queries import ShownParagraph
from advocacy.provenance import Stance

STEPS = 5


@dataclass(frozen=True, slots=True)
class CountryBehind:
    country: str
    supporting: int
    contradicting: int
    asked: int


@dataclass(frozen=True, slots=True)
class Behind:
    """`places`: latitude, longitude, whether it supports (else it contradicts something)."""

    countries: tuple[CountryBehind, ...]
    places: tuple[tuple[float, float, bool], ...]

    @property
    def supporting(self) -> int:
        return sum(each.supporting for each in self.countries)

    @property
    def contradicting(self) -> int:
        return sum(each.contradicting for each in self.countries)

    @property
    def steps(self) -> dict[str, int | None]:
        """For the map: the share of those asked that supports, in steps of 20 percent."""
        return {each.country: _step(each) for each in self.countries}

    @property
    def counts(self) -> dict[str, str]:
        return {each.country: f"{each.supporting}/{each.asked}" for each in self.countries}


def _step(each: CountryBehind) -> int | None:
    if not each.asked:
        return None
    return min(STEPS - 1, STEPS * each.supporting // each.asked)


async def behind(shown: Sequence[ShownParagraph], coverage: Coverage) -> Behind:
    """A municipality supports the text when it supports a paragraph and contradicts none; it
    contradicts when it contradicts one.
    """
    against = _of(shown, Stance.CONTRADICTS)
    said_yes = _of(shown, Stance.SUPPORTS)
    supporting = {key: said_yes[key] for key in said_yes if key not in against}
    asked = {share.key: share.asked for share in coverage.countries}
    return Behind(
        _countries(supporting, against, asked), await _places(set(supporting), set(against))
    )


def _of(shown: Sequence[ShownParagraph], stance: Stance) -> dict[int, str]:
    """The country of each municipality."""
    return {
        row.municipality_id: row.country
        for each in shown
        for row in each.quoted
        if row.stance == stance
    }


def _countries(
    supporting: Mapping[int, str], against: Mapping[int, str], asked: Mapping[str, int]
) -> tuple[CountryBehind, ...]:
    for_it, no = Counter(supporting.values()), Counter(against.values())
    found = [
        CountryBehind(code, for_it[code], no[code], asked.get(code, 0))
        for code in {*asked, *for_it, *no}
    ]
    return tuple(sorted(found, key=lambda each: (-each.supporting, each.country)))


async def _places(supporting: set[int], against: set[int]) -> tuple[tuple[float, float, bool], ...]:
    if not supporting | against:
        return ()
    rows = await Municipality.select(
        Municipality.id, Municipality.latitude, Municipality.longitude
    ).where(
        Municipality.id.is_in(sorted(supporting | against)),
        Municipality.latitude.is_not_null(),
        Municipality.longitude.is_not_null(),
    )
    return tuple((row["latitude"], row["longitude"], row["id"] in supporting) for row in rows)
