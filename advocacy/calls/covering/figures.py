"""Counting municipalities: how many were asked, and what came of it. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from advocacy.calls import rules
from advocacy.calls.covering.sizes import Size, size_of


@dataclass(frozen=True, slots=True)
class Answered:
    """`key` is a country, a region, a language or a size; empty for the whole."""

    key: str
    asked: int
    answered: int

    @property
    def percent(self) -> float:
        return self.answered / self.asked if self.asked else 0.0

    @property
    def step(self) -> int | None:
        return rules.step(self.answered, self.asked)

    @property
    def missing(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Share(Answered):
    """Each figure counts municipalities that were asked.

    reached   a letter went there and did not come back, or somebody was rung and reached, or
              an answer came
    opened    a person did something there: typed, answered, asked a colleague
    drafted   something is typed and not sent
    late      answered after the deadline; they are among the answered
    withdrawn had answered, and took it back; they are not among the answered
    standing  how many municipalities these stand for, a region standing for several
    """

    reached: int
    opened: int
    drafted: int
    absent: int
    bounced: int
    late: int
    withdrawn: int
    standing: int


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality that was asked, and what is known of its answer."""

    municipality: int
    country: str
    region: str
    map_region: str
    language: str
    population: int | None
    latitude: float | None
    longitude: float | None
    stands_for: int | None
    reached: bool
    opened: bool
    drafted: bool
    answered: bool
    absent: bool
    bounced: bool
    late: bool
    withdrawn: bool

    @property
    def size(self) -> Size:
        return size_of(self.population)


Listed = Mapping[int, Collection[int]]
"""By region, the municipalities that are named as represented by it."""


def share(key: str, places: Sequence[Place], listed: Listed) -> Share:
    return Share(
        key,
        asked=len(places),
        answered=sum(each.answered for each in places),
        reached=sum(each.reached for each in places),
        opened=sum(each.opened for each in places),
        drafted=sum(each.drafted for each in places),
        absent=sum(each.absent for each in places),
        bounced=sum(each.bounced for each in places),
        late=sum(each.late for each in places),
        withdrawn=sum(each.withdrawn for each in places),
        standing=standing(places, listed),
    )


def shares(places: Sequence[Place], of: str, listed: Listed) -> tuple[Share, ...]:
    """One for each value of an attribute, in the order of the values."""
    found: dict[str, list[Place]] = {}
    for each in places:
        found.setdefault(getattr(each, of), []).append(each)
    return tuple(share(key, found[key], listed) for key in sorted(found))


def standing(places: Iterable[Place], listed: Listed) -> int:
    """Nobody counts twice who was asked and is also represented by a region that was."""
    named, others = set[int](), 0
    for each in places:
        if each.municipality in listed:
            named |= set(listed[each.municipality])
        elif each.stands_for:
            others += each.stands_for
        else:
            named.add(each.municipality)
    return len(named) + others


def each_once(places: Iterable[Place]) -> list[Place]:
    """Of a municipality that was asked several times: what it did in any of them."""
    found: dict[int, Place] = {}
    for one in places:
        other = found.get(one.municipality)
        found[one.municipality] = _together(other, one) if other else one
    return list(found.values())


def _together(one: Place, other: Place) -> Place:
    answered = one.answered or other.answered
    in_time = any(each.answered and not each.late for each in (one, other))
    return replace(
        other,
        reached=one.reached or other.reached,
        opened=one.opened or other.opened,
        answered=answered,
        late=answered and not in_time,
        drafted=not answered and (one.drafted or other.drafted),
        absent=not answered and (one.absent or other.absent),
        bounced=one.bounced or other.bounced,
        withdrawn=not answered and (one.withdrawn or other.withdrawn),
    )
