"""Places: never more are taken than there are, and nobody waits while one is free.

register → is it open, is the address here already → a place if one is free, else the line
         → history → the letter that says which
give back → the place → to the first in line, with a letter → else it is free

Everything that touches the places of one gathering passes one at a time; `taken` is counted up by
an UPDATE that holds only while a place is free, should anything ever come past the queue.
"""

from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.events import mails, rules
from advocacy.events.keeping.known import by_id, entrance, told_in
from advocacy.events.mails import About
from advocacy.events.registering.registered import actor_of, place_token
from advocacy.events.registering.typed import Guest
from advocacy.events.rules import (
    COMES,
    MAY_REGISTER,
    MOST_PER_MUNICIPALITY,
    GatheringState,
    RegistrationState,
)
from advocacy.events.tables import Gathering, GatheringInvitation, Registration
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.people.tables import Person
from advocacy.people.tokens import hashed

SHUT = Message("Nobody can register any more")
ENOUGH = Message("Five people of one municipality can register. Ask the hosts for more places.")
REGISTERED = Message("This address is registered already")
HAS_CHANGED = Message("This registration has changed meanwhile: please look at it again")


async def hold(gathering_id: int) -> Gathering:
    """In a transaction: until it ends nobody else gives or takes a place here."""
    await database.one_at_a_time(f"gathering/{gathering_id}")
    return await by_id(gathering_id)


async def register_invited(
    invitation: GatheringInvitation, guest: Guest, *, now: datetime
) -> Registration:
    """Somebody of an invited municipality, with its link. Who is registered stays as they are."""
    member = invitation.municipality
    async with database.transaction():
        gathering = await hold(invitation.gathering)
        if known := await _known(gathering.id, guest.email):
            if known.invitation == invitation.id:
                return known
            if known.state != RegistrationState.UNCONFIRMED:
                raise Invalid({"email": REGISTERED})
            await _forget(known, now=now)
        _check_open(gathering, now=now)
        there = await Registration.count().where(
            Registration.invitation == invitation.id, Registration.state.is_in(sorted(COMES))
        )
        if there >= MOST_PER_MUNICIPALITY:
            raise NotAllowed(ENOUGH)
        row = _row(gathering.id, guest, now=now)
        row.invitation, row.municipality = invitation.id, member.id
        row.organisation = guest.organisation or member.name
        return await _enter(gathering, row, by=member.name, now=now)


async def register_for(
    gathering_id: int, guest: Guest, *, municipality: int | None, by: Person, now: datetime
) -> Registration:
    """By the hosts, for somebody who rang. They may do so after the day until which one registers,
    until it begins.
    """
    async with database.transaction():
        gathering = await hold(gathering_id)
        if known := await _known(gathering.id, guest.email):
            if known.state != RegistrationState.UNCONFIRMED:
                raise Outdated(REGISTERED)
            await _forget(known, now=now)
        if gathering.state != GatheringState.PUBLISHED or now >= gathering.begins:
            raise NotAllowed(SHUT)
        row = _row(gathering.id, guest, now=now)
        row.municipality, row.person = municipality, by.id
        return await _enter(gathering, row, by=by, now=now)


async def confirm(registration: Registration, *, now: datetime) -> Registration:
    """A guest says that the address is theirs: only now a place is taken. Twice is once."""
    async with database.transaction():
        gathering = await hold(registration.gathering)
        row = await _again(registration)
        if row.state != RegistrationState.UNCONFIRMED:
            return row
        _check_open(gathering, now=now)
        return await _enter(gathering, row, by=await actor_of(row), now=now)


async def give_back(
    registration: Registration, *, by: Person | str, now: datetime
) -> Registration:  # fmt: skip
    """What is free goes to the first who waits. Twice is once."""
    async with database.transaction():
        gathering = await hold(registration.gathering)
        row = await _again(registration)
        if row.state == RegistrationState.CANCELLED:
            return row
        _check_not_over(gathering, now=now)
        had_place = row.state == RegistrationState.PLACED
        await _set(row, RegistrationState.CANCELLED, now=now)
        if had_place:
            await Gathering.update({Gathering.taken: Gathering.taken - 1}).where(
                Gathering.id == gathering.id
            )
            gathering.taken -= 1
        moved = await _next_in_line(gathering, now=now) if had_place else []
        await record(
            "place given back", kind="gathering", object=gathering.id, by=by, now=now,
            details={"registration": row.id, "moved up": [each.id for each in moved]},
        )  # fmt: skip
        await _tell(gathering, moved, now=now)
        return row


async def fill(gathering: Gathering, *, now: datetime) -> list[int]:
    """There are more places than before: those who wait get them. Behind `hold`."""
    moved = await _next_in_line(gathering, now=now)
    await _tell(gathering, moved, now=now)
    return [each.id for each in moved]


async def change(registration: Registration, guest: Guest, *, now: datetime) -> None:
    """Everything but the address that letters go to."""
    async with database.transaction():
        gathering = await hold(registration.gathering)
        row = await _again(registration)
        if row.state not in COMES:
            raise Outdated(HAS_CHANGED)
        _check_not_over(gathering, now=now)
        await Registration.update(
            {
                Registration.name: guest.name,
                Registration.organisation: guest.organisation,
                Registration.language: guest.language,
                Registration.hears: guest.hears,
                Registration.note: guest.note,
                Registration.listed: guest.listed,
            }
        ).where(Registration.id == row.id)
        await record(
            "registration changed", kind="gathering", object=row.gathering,
            by=await actor_of(row), now=now, details={"registration": row.id},
        )  # fmt: skip


async def _enter(
    gathering: Gathering, row: Registration, *, by: Person | str, now: datetime
) -> Registration:
    """A place, or the line. Writes the row, the history and the letter."""
    placed = await _take(gathering.id)
    row.state = RegistrationState.PLACED if placed else RegistrationState.WAITING
    row.at, row.placed = now, now if placed else None
    await row.save()
    row.token_hash = hashed(place_token(row.id))
    await row.save([Registration.token_hash])
    await record(
        "registered" if placed else "put on the waiting list", kind="gathering",
        object=gathering.id, by=by, now=now, details={"registration": row.id},
    )  # fmt: skip
    about = About(gathering, await told_in(gathering, row.language))
    await post(mails.place(about, row) if placed else mails.waiting(about, row), now=now)
    return row


async def _take(gathering_id: int) -> bool:
    """One place more is taken, if one is free."""
    taken = await (
        Gathering.update({Gathering.taken: Gathering.taken + 1})
        .where(
            Gathering.id == gathering_id,
            Gathering.places.is_null() | (Gathering.taken < Gathering.places),
        )
        .returning(Gathering.id)
    )
    return bool(taken)


async def _next_in_line(gathering: Gathering, *, now: datetime) -> list[Registration]:
    """Once it has begun a free place stays free."""
    if gathering.state != GatheringState.PUBLISHED or now >= gathering.begins:
        return []
    waiting = await (
        Registration.objects()
        .where(
            Registration.gathering == gathering.id,
            Registration.state == RegistrationState.WAITING,
        )
        .order_by(Registration.at)
        .order_by(Registration.id)
    )
    many = rules.moves_up(gathering.places, gathering.taken, len(waiting))
    moved = [row for row in waiting[:many] if await _take(gathering.id)]
    for row in moved:
        await _set(row, RegistrationState.PLACED, now=now)
    gathering.taken += len(moved)
    return moved


async def _tell(gathering: Gathering, moved: list[Registration], *, now: datetime) -> None:
    for row in moved:
        about = About(gathering, await told_in(gathering, row.language))
        await post(mails.place(about, row, moved_up=True), now=now)


async def _set(row: Registration, state: RegistrationState, *, now: datetime) -> None:
    before = row.state
    if state not in rules.REGISTRATION_ALLOWED[RegistrationState(before)]:
        raise Outdated(HAS_CHANGED)
    at = Registration.placed if state is RegistrationState.PLACED else Registration.ended
    changed = await (
        Registration.update({Registration.state: state, at: now})
        .where(Registration.id == row.id, Registration.state == before)
        .returning(Registration.id)
    )
    if not changed:
        raise Outdated(HAS_CHANGED)
    row.state = state


async def _forget(row: Registration, *, now: datetime) -> None:
    """Nobody has confirmed that address; now it comes another way."""
    await _set(row, RegistrationState.CANCELLED, now=now)


async def _known(gathering_id: int, email: str) -> Registration | None:
    return await (
        Registration.objects()
        .where(
            Registration.gathering == gathering_id,
            Registration.email == email,
            Registration.state != RegistrationState.CANCELLED,
        )
        .first()
    )


async def _again(row: Registration) -> Registration:
    found = await Registration.objects().where(Registration.id == row.id).first()
    if found is None:
        raise Outdated(HAS_CHANGED)
    return found


def _check_open(gathering: Gathering, *, now: datetime) -> None:
    if entrance(gathering, now=now) not in MAY_REGISTER:
        raise NotAllowed(SHUT)


def _check_not_over(gathering: Gathering, *, now: datetime) -> None:
    """Who was there stays as it is noted; a link of long ago changes nothing."""
    if now >= gathering.ends:
        raise NotAllowed("It is over already")


def _row(gathering_id: int, guest: Guest, *, now: datetime) -> Registration:
    return Registration(
        gathering=gathering_id, name=guest.name, organisation=guest.organisation,
        email=guest.email, language=guest.language, hears=guest.hears, note=guest.note,
        listed=guest.listed, state=RegistrationState.UNCONFIRMED, at=now,
        token_hash=hashed(f"{gathering_id}/{guest.email}/{now.isoformat()}"),
    )  # fmt: skip
