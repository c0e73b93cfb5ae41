"""Which dossiers may belong together, and what says so. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from advocacy.dossiers.relations.references import numbers_of

MOST = 5


class Because(StrEnum):
    """What two dossiers have in common, the strongest sign first."""

    NUMBERS = "numbers"
    TOPICS = "topics"
    COUNTRIES = "countries"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Kin:
    """A dossier, as far as it is compared. `references`: numbers others follow it under."""

    id: int
    number: str
    title: str
    language: str
    station: str
    body: int | None = None
    procedure_number: str = ""
    references: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset([*numbers_of(self.procedure_number), *self.references])


@dataclass(frozen=True, slots=True)
class Reason:
    """`shared`: numbers, keys of topics or codes of countries; nothing for the body."""

    because: Because
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    kin: Kin
    reasons: tuple[Reason, ...]


def reasons(a: Kin, b: Kin) -> tuple[Reason, ...]:
    """All that two dossiers share; the same whichever comes first."""
    found = [
        Reason(because, tuple(sorted(ours & theirs)))
        for because, ours, theirs in (
            (Because.NUMBERS, a.numbers, b.numbers),
            (Because.TOPICS, frozenset(a.topics), frozenset(b.topics)),
            (Because.COUNTRIES, frozenset(a.countries), frozenset(b.countries)),
        )
        if ours & theirs
    ]
    same_body = a.body is not None and a.body == b.body
    return (*found, Reason(Because.BODY)) if same_body else tuple(found)


def is_enough(found: tuple[Reason, ...]) -> bool:
    """A number says it alone; a topic needs a country or the body beside it."""
    signs = {each.because for each in found}
    if Because.NUMBERS in signs:
        return True
    return Because.TOPICS in signs and bool(signs & {Because.COUNTRIES, Because.BODY})


def proposals(this: Kin, others: Iterable[Kin], *, most: int = MOST) -> list[Proposal]:
    """At most `most`, those that share most first, the newest of equals first."""
    found = [
        Proposal(other, why)
        for other in others
        if other.id != this.id and is_enough(why := reasons(this, other))
    ]
    return sorted(found, key=_weight)[:most]


def _weight(proposal: Proposal) -> tuple[int, ...]:
    shared = {each.because: max(1, len(each.shared)) for each in proposal.reasons}
    return (*(-shared.get(because, 0) for because in Because), -proposal.kin.id)
