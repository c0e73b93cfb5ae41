"""A choice among the invited: of a country, a region, a language, a size."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # conditions on columns of joined tables
from urllib.parse import urlencode

from advocacy.calls.covering.sizes import BOUNDS, Size, size_of
from advocacy.calls.tables import Invitation
from advocacy.municipalities.rules import LANGUAGES
from advocacy.people.rules import COUNTRIES

_place: Any = Invitation.municipality  # Piccolo types the columns of a joined table loosely
LONGEST_REGION = 80


@dataclass(frozen=True, slots=True)
class Chosen:
    """Empty: no restriction."""

    country: str = ""
    region: str = ""
    language: str = ""
    size: str = ""

    def includes(self, *, country: str, region: str, language: str, population: int | None) -> bool:
        there = Chosen(country, region, language, size_of(population))
        return all(
            not wanted or wanted == found
            for wanted, found in zip(self._values(), there._values(), strict=True)
        )

    def _values(self) -> tuple[str, ...]:
        return self.country, self.region, self.language, self.size

    def __bool__(self) -> bool:
        return any(self._values())

    def conditions(self) -> list[Any]:
        """For a query on invitations: the same choice as `includes`."""
        equal = (
            (_place.country, self.country),
            (_place.region, self.region),
            (Invitation.language, self.language),
        )
        found: list[Any] = [column == value for column, value in equal if value]
        if self.size == Size.UNKNOWN:
            found.append(_place.population.is_null())
        elif self.size:
            least, most = BOUNDS[Size(self.size)]
            found.append(_place.population >= least)
            found += [] if most is None else [_place.population <= most]
        return found

    def named(self) -> list[tuple[str, str]]:
        """What restricts, by the name of its field."""
        names = ("country", "region", "language", "size")
        return [pair for pair in zip(names, self._values(), strict=True) if pair[1]]

    def query(self, **more: str) -> str:
        """As it stands behind the question mark of an address."""
        return urlencode({**dict(self.named()), **{k: v for k, v in more.items() if v}})


def chosen_of(typed: Mapping[str, str]) -> Chosen:
    """From an address or a form; what is no country, language or size restricts nothing."""
    country, language = typed.get("country", "").upper(), typed.get("language", "").lower()
    size = typed.get("size", "")
    return Chosen(
        country=country if country in COUNTRIES else "",
        region=typed.get("region", "").strip()[:LONGEST_REGION],
        language=language if language in LANGUAGES else "",
        size=size if size in set(Size) else "",
    )
