"""Counting a year. Pure: facts in, figures out.

Asked and answered are invitations of the calls that left in the year. Handed in are the positions
of the year; their asks count with what has become of them up to now, whenever it was decided.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from advocacy.outcomes.rules import Fate


@dataclass(frozen=True, slots=True)
class Asked:
    """One municipality in one call."""

    country: str
    body: str
    topics: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One position; `fates` has one for each of its asks."""

    body: str
    topics: tuple[str, ...]
    late: bool
    fates: tuple[Fate, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """`key` is a country, a body or a topic; empty for the whole."""

    key: str
    asked: int
    answered: int
    handed_in: int
    in_time: int
    adopted: int
    partly: int
    rejected: int
    open: int

    @property
    def asks(self) -> int:
        return self.adopted + self.partly + self.rejected + self.open

    @property
    def fates(self) -> list[tuple[Fate, int]]:
        return [
            (Fate.ADOPTED, self.adopted),
            (Fate.PARTLY, self.partly),
            (Fate.REJECTED, self.rejected),
            (Fate.OPEN, self.open),
        ]


@dataclass(frozen=True, slots=True)
class Account:
    year: int
    whole: Figures
    countries: Sequence[Figures]
    bodies: Sequence[Figures]
    topics: Sequence[Figures]

    @property
    def is_empty(self) -> bool:
        return not self.whole.asked and not self.whole.handed_in


def count(key: str, asked: Iterable[Asked], handed_in: Iterable[HandedIn]) -> Figures:
    invited, positions = list(asked), list(handed_in)
    fates = [fate for each in positions for fate in each.fates]
    return Figures(
        key=key,
        asked=len(invited),
        answered=sum(each.answered for each in invited),
        handed_in=len(positions),
        in_time=sum(not each.late for each in positions),
        adopted=fates.count(Fate.ADOPTED),
        partly=fates.count(Fate.PARTLY),
        rejected=fates.count(Fate.REJECTED),
        open=fates.count(Fate.OPEN),
    )


def account(year: int, asked: Sequence[Asked], handed_in: Sequence[HandedIn]) -> Account:
    """Countries answer, bodies decide; a matter of two topics counts for both of them."""
    countries = sorted({each.country for each in asked})
    return Account(
        year,
        count("", asked, handed_in),
        [
            count(country, [each for each in asked if each.country == country], [])
            for country in countries
        ],
        _by(asked, handed_in, lambda each: (each.body,)),
        _by(asked, handed_in, lambda each: each.topics),
    )


def _by(
    asked: Sequence[Asked],
    handed_in: Sequence[HandedIn],
    keys: Callable[[Asked | HandedIn], tuple[str, ...]],
) -> list[Figures]:
    every: Sequence[Asked | HandedIn] = [*asked, *handed_in]
    names = sorted({key for each in every for key in keys(each) if key})
    found = [
        count(
            name,
            [each for each in asked if name in keys(each)],
            [each for each in handed_in if name in keys(each)],
        )
        for name in names
    ]
    return sorted(found, key=lambda each: (-each.handed_in, -each.asked, each.key))
