"""Who is asked: pure, so that the count on the page and the launch agree."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any  # JSON


@dataclass(frozen=True, slots=True)
class Audience:
    """All that is empty restricts nothing. `codes` are asked besides what the rest chooses;
    standing alone they are the whole audience. `lists`: numbers of saved lists; a list that is
    gone holds nobody.
    """

    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    population_from: int | None = None
    population_to: int | None = None
    lists: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def restricts(self) -> bool:
        sizes = (self.population_from, self.population_to)
        chosen = (self.countries, self.regions, self.topics, self.lists)
        return any(chosen) or any(size is not None for size in sizes)

    def includes(
        self,
        *,
        code: str,
        country: str,
        region: str = "",
        topics: Collection[str],
        population: int | None,
        listed: Collection[str] = (),
    ) -> bool:
        """`listed`: the codes on the chosen lists. A member whose size nobody knows is asked,
        rather than forgotten.
        """
        if code in self.codes:
            return True
        if self.codes and not self.restricts:
            return False
        return (
            (not self.countries or country in self.countries)
            and (not self.regions or region in self.regions)
            and (not self.topics or not set(self.topics).isdisjoint(topics))
            and (not self.lists or code in listed)
            and self._fits(population)
        )

    def _fits(self, population: int | None) -> bool:
        if population is None:
            return True
        low, high = self.population_from, self.population_to
        return (low is None or population >= low) and (high is None or population <= high)


def as_json(audience: Audience) -> str:
    return json.dumps(asdict(audience))


def from_json(text: str) -> Audience:
    kept: dict[str, Any] = json.loads(text or "{}")
    return Audience(
        countries=tuple(kept.get("countries", ())),
        regions=tuple(kept.get("regions", ())),
        topics=tuple(kept.get("topics", ())),
        population_from=kept.get("population_from"),
        population_to=kept.get("population_to"),
        lists=tuple(kept.get("lists", ())),
        codes=tuple(kept.get("codes", ())),
    )
