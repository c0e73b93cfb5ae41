"""Who was asked, reached, has answered: of one call, of a dossier, of many calls at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from piccolo.query.functions import Count

from advocacy.calls.covering import figures
from advocacy.calls.covering.figures import Answered, Listed, Place, Share
from advocacy.calls.covering.latest import said_in
from advocacy.calls.covering.sizes import Size
from advocacy.calls.rules import (
    CallState,
    ContributionState,
    InvitationState,
    RingOutcome,
    Stance,
)
from advocacy.calls.tables import Call, Contribution, Invitation, Ring
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Municipality

NOT_ARRIVED = (LetterState.FAILED, LetterState.BOUNCED)
ASKING = (CallState.HELD, CallState.OPEN, CallState.CLOSED)
_place: Any = Invitation.municipality  # Piccolo types the columns of a joined table loosely
_contact: Any = Invitation.contact
_given_to: Any = Contribution.invitation
_rung: Any = Ring.invitation
_window: Any = Call.window
_dossier = _window.dossier


@dataclass(frozen=True, slots=True)
class Coverage:
    """`regions` are as members name them, `map_regions` as the map does."""

    whole: Share
    countries: tuple[Share, ...]
    regions: tuple[Share, ...]
    languages: tuple[Share, ...]
    sizes: tuple[Share, ...]
    map_regions: tuple[Share, ...]
    stances: Mapping[Stance, int]
    places: tuple[tuple[float, float, bool], ...]
    """Latitude, longitude, answered: the dots on the map."""

    @property
    def behind(self) -> Share | None:
        """The country that needs help most: well below the others, with some left to ask."""
        open_ones = [each for each in self.countries if each.missing]
        last = min(open_ones, key=lambda each: (each.percent, each.key), default=None)
        return last if last and last.percent < self.whole.percent else None


async def coverage(call_id: int) -> Coverage:
    """Six queries."""
    return await _covered([call_id])


async def of_dossier(dossier_id: int) -> Coverage:
    """Over all its calls that have been sent, each municipality counted once."""
    rows = await Call.select(Call.id).where(_dossier == dossier_id, Call.state.is_in(list(ASKING)))
    return await _covered([row["id"] for row in rows])


async def _covered(calls: Sequence[int]) -> Coverage:
    answers = await _answers(calls)
    places = figures.each_once(await _places(calls, answers))
    listed = await _listed() if places else {}
    given = [row for row in answers.values() if row["state"] == ContributionState.GIVEN]
    return Coverage(
        whole=figures.share("", places, listed),
        countries=figures.shares(places, "country", listed),
        regions=figures.shares(places, "region", listed),
        languages=figures.shares(places, "language", listed),
        sizes=_by_size(places, listed),
        map_regions=figures.shares([p for p in places if p.map_region], "map_region", listed),
        stances={each: sum(row["stance"] == each for row in given) for each in Stance},
        places=tuple(
            (each.latitude, each.longitude, each.answered)
            for each in places
            if each.latitude is not None and each.longitude is not None
        ),
    )


def _by_size(places: Sequence[Place], listed: Listed) -> tuple[Share, ...]:
    found = {each.key: each for each in figures.shares(places, "size", listed)}
    return tuple(found[size] for size in Size if size in found)


async def _answers(calls: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By invitation, what there is to count of the version that holds."""
    if not calls:
        return {}
    rows = await Contribution.select(
        Contribution.id, Contribution.invitation, Contribution.state, Contribution.late
    ).where(_given_to.call.is_in(list(calls)))
    said = await said_in([row["id"] for row in rows])
    return {row["invitation"]: row | {"stance": said[row["id"]]["stance"]} for row in rows}


async def _places(calls: Sequence[int], answers: Mapping[int, Mapping[str, Any]]) -> list[Place]:
    if not calls:
        return []
    rows = await (
        Invitation.select(
            *(Invitation.id, Invitation.state, Invitation.sent, Invitation.opened),
            Invitation.language,
            _place.id.as_alias("municipality"),
            _place.country.as_alias("country"),
            _place.region.as_alias("region"),
            _place.map_region.as_alias("map_region"),
            _place.population.as_alias("population"),
            _place.latitude.as_alias("latitude"),
            _place.longitude.as_alias("longitude"),
            _place.stands_for.as_alias("stands_for"),
            _contact.bounced.as_alias("bounced"),
        )
        .where(Invitation.call.is_in(list(calls)))
        .order_by(Invitation.id)
    )
    back = await not_arrived(calls)
    rung = {
        row["invitation"]
        for row in await Ring.select(Ring.invitation).where(
            _rung.call.is_in(list(calls)), Ring.outcome == RingOutcome.REACHED
        )
    }
    return [_counted(row, answers.get(row["id"], {}), back, rung) for row in rows]


def _counted(
    row: Mapping[str, Any], answer: Mapping[str, Any], back: set[int], rung: set[int]
) -> Place:
    state = InvitationState(row["state"])
    answered, bounced = state == InvitationState.ANSWERED, is_bounced(row, back)
    withdrawn = answer.get("state") == ContributionState.WITHDRAWN
    of_place = ("municipality", "country", "region", "map_region", "language", "population")
    return Place(
        **{name: row[name] for name in (*of_place, "latitude", "longitude", "stands_for")},
        reached=answered or (row["sent"] is not None and not bounced) or row["id"] in rung,
        opened=row["opened"] is not None or state in HAS_ACTED,
        drafted=state == InvitationState.DRAFTED and not withdrawn,
        answered=answered,
        absent=state == InvitationState.ABSENT,
        bounced=bounced and not answered,
        late=answered and bool(answer.get("late")),
        withdrawn=withdrawn and not answered,
    )


HAS_ACTED = (InvitationState.DRAFTED, InvitationState.ANSWERED)
"""Somebody must have: without it there is no such state."""


def is_bounced(row: Mapping[str, Any], back: set[int]) -> bool:
    return row["bounced"] is not None or row["id"] in back


async def not_arrived(calls: Sequence[int]) -> set[int]:
    """The invitations whose letter was refused or came back, and none that followed arrived."""
    if not calls:
        return set()
    dossiers = Call.select(_dossier).where(Call.id.is_in(list(calls)))
    rows = await (
        Letter.select(Letter.key, Letter.state)
        .where(Letter.kind == "call", Letter.dossier.is_in(dossiers))
        .order_by(Letter.id)
    )
    # call/12/345, and what follows where it was written again
    last = {int(row["key"].split("/")[2]): row["state"] for row in rows}
    return {number for number, state in last.items() if state in NOT_ARRIVED}


async def _listed() -> Listed:
    rows = await Municipality.select(Municipality.id, Municipality.represented_by).where(
        Municipality.represented_by.is_not_null(), Municipality.active.eq(True)
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["represented_by"], set()).add(row["id"])
    return found


async def by_country(calls: Sequence[int]) -> dict[int, tuple[Answered, ...]]:
    """Of many calls, what a list shows: asked and answered, most asked first. One query."""
    if not calls:
        return {}
    rows = await (
        Invitation.select(
            Invitation.call,
            Invitation.state,
            _place.country.as_alias("country"),
            Count(alias="number"),
        )
        .where(Invitation.call.is_in(list(calls)))
        .group_by(Invitation.call, Invitation.state, _place.country)
    )
    counts: dict[tuple[int, str], tuple[int, int]] = {}
    for row in rows:
        asked, answered = counts.get((row["call"], row["country"]), (0, 0))
        more = row["number"] if row["state"] == InvitationState.ANSWERED else 0
        counts[row["call"], row["country"]] = (asked + row["number"], answered + more)
    found: dict[int, tuple[Answered, ...]] = {}
    for call in calls:
        here = [Answered(key, *both) for (number, key), both in counts.items() if number == call]
        found[call] = tuple(sorted(here, key=lambda each: (-each.asked, each.key)))
    return found
