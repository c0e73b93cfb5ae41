"""Who was invited, and who comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows, and columns behind foreign keys

from advocacy import database
from advocacy.errors import Message, NotFound
from advocacy.events.keeping.known import LARGEST_ID
from advocacy.events.keeping.listing import PUBLISHED, Listed, rows_of
from advocacy.events.registering.forgetting import GONE
from advocacy.events.rules import COMES, RegistrationState
from advocacy.events.tables import Gathering, GatheringInvitation, Registration
from advocacy.municipalities.tables import Municipality
from advocacy.people.tokens import derived_token, hashed
from advocacy.settings import settings

TOKEN_LENGTH = 43
UNKNOWN_LINK = Message("We do not know this link")


@dataclass(frozen=True, slots=True)
class Invited:
    """A municipality's invitation, and how many places it holds or waits for."""

    id: int
    gathering: int
    code: str
    name: str
    country: str
    language: str
    sent: datetime
    coming: int


async def invited_to(gathering_id: int) -> list[Invited]:
    """In the order of their codes. Two queries."""
    member: Any = GatheringInvitation.municipality
    rows = await (
        GatheringInvitation.select(
            *(GatheringInvitation.id, GatheringInvitation.gathering, GatheringInvitation.language),
            *(GatheringInvitation.sent, member.code.as_alias("code")),
            *(member.name.as_alias("name"), member.country.as_alias("country")),
        )
        .where(GatheringInvitation.gathering == gathering_id)
        .order_by(member.code)
    )
    coming: dict[int, int] = {}
    for each in await Registration.select(Registration.invitation).where(
        Registration.gathering == gathering_id,
        Registration.invitation.is_not_null(),
        Registration.state.is_in(sorted(COMES)),
    ):
        coming[each["invitation"]] = coming.get(each["invitation"], 0) + 1
    return [Invited(**row, coming=coming.get(row["id"], 0)) for row in rows]


async def registrations_of(gathering_id: int, *states: RegistrationState) -> list[dict[str, Any]]:
    """In the order in which they came, with the code and name of the municipality."""
    member: Any = Registration.municipality
    rows: list[dict[str, Any]] = await (
        Registration.select(
            *(Registration.id, Registration.name, Registration.organisation, Registration.email),
            *(Registration.language, Registration.hears, Registration.note, Registration.listed),
            *(Registration.state, Registration.at, Registration.placed, Registration.was_there),
            *(member.code.as_alias("code"), member.name.as_alias("municipality")),
            *(member.country.as_alias("country"), member.language.as_alias("spoken")),
        )
        .where(
            Registration.gathering == gathering_id,
            Registration.state.is_in([*(states or tuple(RegistrationState))]),
        )
        .order_by(Registration.at)
        .order_by(Registration.id)
    )
    return rows


async def waiting_before(registration: Registration) -> int:
    """How many are in line before this one."""
    return int(
        await Registration.count().where(
            Registration.gathering == registration.gathering,
            Registration.state == RegistrationState.WAITING,
            (Registration.at < registration.at)
            | ((Registration.at == registration.at) & (Registration.id < registration.id)),
        )
    )


def invitation_token(invitation_id: int) -> str:
    return derived_token("gathering invitation", invitation_id)


def place_token(registration_id: int) -> str:
    return derived_token("gathering place", registration_id)


def invitation_link(invitation_id: int) -> str:
    """As it stands in letters."""
    return f"{settings().base_url}/g/{invitation_token(invitation_id)}"


def place_link(registration_id: int) -> str:
    return f"{settings().base_url}/g/place/{place_token(registration_id)}"


async def invitation_by_token(token: str) -> GatheringInvitation:
    """With its municipality and contact. NotFound for a link that is not ours."""
    found = None
    if len(token) == TOKEN_LENGTH:
        found = await database.with_referred(
            GatheringInvitation.objects()
            .where(GatheringInvitation.token_hash == hashed(token))
            .first(),
            GatheringInvitation.municipality,
            GatheringInvitation.contact,
        )
    if found is None:
        raise NotFound(UNKNOWN_LINK)
    return found


async def registration_by_token(token: str) -> Registration:
    found = None
    if len(token) == TOKEN_LENGTH:
        found = await Registration.objects().where(Registration.token_hash == hashed(token)).first()
    if found is None:
        raise NotFound(UNKNOWN_LINK)
    return found


async def registration(gathering_id: int, registration_id: int) -> Registration:
    known = 0 < registration_id <= LARGEST_ID
    found = known and (
        await Registration.objects()
        .where(Registration.id == registration_id, Registration.gathering == gathering_id)
        .first()
    )
    if not found:
        raise NotFound("There is no such registration")
    return found


async def actor_of(row: Registration) -> str:
    """As the history names who acts behind a link: a municipality. What stands there stays for
    good, so that no guest's name does.
    """
    found = await (
        Municipality.select(Municipality.name).where(Municipality.id == (row.municipality or 0))
    ).first()  # fmt: skip
    return str(found["name"]) if found else GONE


async def of_invitation(invitation_id: int) -> list[Registration]:
    """Who comes for a municipality, or waits; in the order in which they were entered."""
    return await (
        Registration.objects()
        .where(
            Registration.invitation == invitation_id,
            Registration.state.is_in(sorted(COMES)),
        )
        .order_by(Registration.id)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A gathering ahead that a municipality is invited to. `link`: to register with."""

    row: Listed
    link: str
    coming: int
    sent: datetime


async def of_municipality(municipality_id: int, *, now: datetime) -> list[Asked]:
    """Gatherings ahead, the next first. Four queries at most."""
    invitations = await GatheringInvitation.objects().where(
        GatheringInvitation.municipality == municipality_id
    )
    if not invitations:
        return []
    rows = await (
        Gathering.objects()
        .where(
            Gathering.id.is_in([each.gathering for each in invitations]),
            Gathering.ends >= now,
            PUBLISHED,
        )
        .order_by(Gathering.begins)
        .order_by(Gathering.id)
    )
    by_gathering = {each.gathering: each for each in invitations}
    listed = await rows_of(rows, now=now)
    coming = await _coming([by_gathering[row.id].id for row in listed])
    return [
        Asked(
            row,
            invitation_link(by_gathering[row.id].id),
            coming.get(by_gathering[row.id].id, 0),
            by_gathering[row.id].sent,
        )
        for row in listed
    ]


async def _coming(invitations: Sequence[int]) -> dict[int, int]:
    if not invitations:
        return {}
    found: dict[int, int] = {}
    for each in await Registration.select(Registration.invitation).where(
        Registration.invitation.is_in(list(invitations)),
        Registration.state.is_in(sorted(COMES)),
    ):
        found[each["invitation"]] = found.get(each["invitation"], 0) + 1
    return found
