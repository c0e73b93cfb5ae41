"""Who gets a place, who waits, and what may become of a gathering."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.errors import Message, NotAllowed, Outdated
from advocacy.people.rules import Role


class GatheringKind(StrEnum):
    CONFERENCE = "conference"
    WORKSHOP = "workshop"
    EXCURSION = "excursion"


class GatheringState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


ALLOWED: Mapping[GatheringState, frozenset[GatheringState]] = {
    GatheringState.DRAFT: frozenset({GatheringState.PUBLISHED}),
    # back to a draft: publishing is taken back before anybody was told
    GatheringState.PUBLISHED: frozenset({GatheringState.CANCELLED, GatheringState.DRAFT}),
    # cancelling is taken back before a letter has left
    GatheringState.CANCELLED: frozenset({GatheringState.PUBLISHED}),
}
ENDS = frozenset({GatheringState.PUBLISHED, GatheringState.CANCELLED})


class RegistrationState(StrEnum):
    UNCONFIRMED = "unconfirmed"  # a guest whose address nobody has confirmed: holds no place
    WAITING = "waiting"
    PLACED = "placed"
    CANCELLED = "cancelled"


REGISTRATION_ALLOWED: Mapping[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.UNCONFIRMED: frozenset(
        {RegistrationState.PLACED, RegistrationState.WAITING, RegistrationState.CANCELLED}
    ),
    RegistrationState.WAITING: frozenset({RegistrationState.PLACED, RegistrationState.CANCELLED}),
    RegistrationState.PLACED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.CANCELLED: frozenset(),
}
REGISTRATION_ENDS = frozenset({RegistrationState.PLACED, RegistrationState.CANCELLED})
COMES = frozenset({RegistrationState.WAITING, RegistrationState.PLACED})
"""Who is told when something changes."""


class Became(StrEnum):
    """What a minute has become."""

    CONTRIBUTION = "contribution"
    PROJECT = "project"
    NEWS = "news"


class WhyNot(StrEnum):
    """Why a minute cannot become an answer to a call."""

    ALREADY = "already"
    NO_DOSSIER = "no_dossier"
    NO_MUNICIPALITY = "no_municipality"
    NO_STANCE = "no_stance"
    NO_CALL = "no_call"
    NOT_ASKED = "not_asked"
    OVER = "over"


class Entrance(StrEnum):
    """What somebody who wants to come can do now."""

    OPEN = "open"
    FULL = "full"  # one may wait
    CLOSED = "closed"  # the day until which one registers is over
    BEGUN = "begun"
    OVER = "over"
    CANCELLED = "cancelled"
    NOT_YET = "not_yet"


MAY_REGISTER = frozenset({Entrance.OPEN, Entrance.FULL})

REMINDED_BEFORE = timedelta(days=3)
CONFIRMED_WITHIN = timedelta(days=3)
"""A guest who does not confirm the address until then is forgotten."""
HELD = timedelta(minutes=10)
"""So long letters of a cancellation wait, so that it can be taken back."""
MOST_PER_MUNICIPALITY = 5
MOST_POINTS = 60
MOST_PLACES = 5_000
LONGEST = timedelta(days=14)


def entrance(
    state: GatheringState | str,
    *,
    begins: datetime,
    ends: datetime,
    register_until: datetime | None,
    places: int | None,
    taken: int,
    now: datetime,
) -> Entrance:
    if state == GatheringState.CANCELLED:
        return Entrance.CANCELLED
    if state != GatheringState.PUBLISHED:
        return Entrance.NOT_YET
    if now >= ends:
        return Entrance.OVER
    if now >= begins:
        return Entrance.BEGUN
    if register_until is not None and now > register_until:
        return Entrance.CLOSED
    return Entrance.OPEN if is_free(places, taken) else Entrance.FULL


def is_free(places: int | None, taken: int) -> bool:
    return places is None or taken < places


def moves_up(places: int | None, taken: int, waiting: int) -> int:
    """How many of those who wait get a place now: as many as are free, so that nobody waits
    while one is.
    """
    return waiting if places is None else max(0, min(waiting, places - taken))


def in_line(waiting: Iterable[tuple[datetime, int]]) -> list[int]:
    """Numbers of those who wait, in the order in which they came."""
    return [number for _, number in sorted(waiting)]


def check_places(places: int | None, taken: int) -> None:
    """Nobody loses a place because somebody counts the chairs anew."""
    if places is not None and places < taken:
        raise NotAllowed(
            Message("%(num)s have a place already: there cannot be fewer places", {"num": taken})
        )


def check_step(before: GatheringState | str, after: GatheringState) -> None:
    if after not in ALLOWED[GatheringState(before)]:
        raise Outdated("This gathering has changed meanwhile: please look at it again")


def has_moved(
    before: tuple[datetime, datetime, str, str], after: tuple[datetime, datetime, str, str]
) -> bool:
    """`begins`, `ends`, `place`, `address`: what people have in their calendars."""
    return before != after


def is_reminded(
    *, begins: datetime, published: datetime | None, reminded: datetime | None, now: datetime
) -> bool:
    """Once, three days before; who was told of it within these days needs no reminder then."""
    if reminded is not None or published is None or now >= begins:
        return False
    opens = begins - REMINDED_BEFORE
    return now >= opens and published < opens


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody of the house, as far as gatherings are concerned."""

    person: int
    role: str
    countries: tuple[str, ...] = ()


def may_add(role: str) -> bool:
    return role in {Role.SECRETARIAT, Role.COORDINATOR}


def may_keep(keeper: Keeper, *, owner: int, country: str) -> bool:
    """The secretariat keeps all; a coordinator the own ones, and those in the own countries."""
    if keeper.role == Role.SECRETARIAT:
        return True
    own = keeper.person == owner or bool(country and country in keeper.countries)
    return keeper.role == Role.COORDINATOR and own


def may_look(role: str | None, state: GatheringState | str) -> bool:
    """A draft is for the house; what was published, and what was cancelled then, for everybody."""
    return state != GatheringState.DRAFT or role in {
        Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY,
    }  # fmt: skip


def in_order(points: Sequence[tuple[datetime | None, int]]) -> list[int]:
    """Ids of the points of a programme, by the hour; those without an hour after the one that they
    were entered behind.
    """
    last: datetime | None = None
    keyed = []
    for place, (begins, number) in enumerate(points):
        last = begins or last
        keyed.append((last is not None, last, place, number))
    return [number for _, _, _, number in sorted(keyed)]
