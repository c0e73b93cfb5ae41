"""Who is asked: pure, so that the count on the page and the launch agree."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any  # JSON


@dataclass(frozen=True, slots=True)
class Audience:
    """All that is empty restricts nothing. `codes` are asked besides what the rest chooses;
    standing alone they are the whole audience.
    """

    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    population_from: int | None = None
    population_to: int | None = None
    codes: tuple[str, ...] = ()

    @property
    def restricts(self) -> bool:
        sizes = (self.population_from, self.population_to)
        return bool(self.countries or self.topics or any(size is not None for size in sizes))

    def includes(
        self, *, code: str, country: str, topics: Collection[str], population: int | None
    ) -> bool:
        """A member whose size nobody knows is asked, rather than forgotten."""
        if code in self.codes:
            return True
        if self.codes and not self.restricts:
            return False
        if self.countries and country not in self.countries:
            return False
        if self.topics and not set(self.topics) & set(topics):
            return False
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
        topics=tuple(kept.get("topics", ())),
        population_from=kept.get("population_from"),
        population_to=kept.get("population_to"),
        codes=tuple(kept.get("codes", ())),
    )
