"""Gatherings that tests begin with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from advocacy.events import actions
from advocacy.events.forms import GatheringForm, Words
from advocacy.events.inviting.typed import Invited
from advocacy.events.registering.registered import invitation_by_token, invitation_token
from advocacy.events.registering.typed import Guest
from advocacy.events.tables import Gathering, GatheringInvitation, Registration
from advocacy.mail.tables import Letter
from tests.characters import ana

TEXTS = {
    "de": Words("Herdenschutz im Sommer", "Was Alpen brauchen, die Schafe und Ziegen sömmern."),
    "sl": Words("Varovanje čred poleti", "Kaj potrebujejo planine."),
}


def workshop(now: datetime, **other: object) -> GatheringForm:
    """In twenty days, from nine to five in Vienna."""
    begins = now + timedelta(days=20)
    form = GatheringForm(
        kind="workshop", language="de", begins=begins, ends=begins + timedelta(hours=8),
        zone="Europe/Vienna", texts=TEXTS, languages="de,sl", interpretation="sl",
        place="Gemeindesaal, Musterdorf", country="AT", places=2, topics="farming,carnivores",
    )  # fmt: skip
    return replace(form, **other)


async def drafted(now: datetime, **other: object) -> Gathering:
    return await actions.draft(workshop(now, **other), by=await ana(now), now=now)


async def published(now: datetime, **other: object) -> Gathering:
    row = await drafted(now, **other)
    await actions.publish(row.id, by=await ana(now), now=now)
    return await Gathering.objects().where(Gathering.id == row.id).first()


def guest(number: int = 1, **other: object) -> Guest:
    plain = Guest(f"Gast {number}", f"gast{number}@example.org", "de")
    return replace(plain, **other)


async def invitation(
    gathering: Gathering, codes: Sequence[str], now: datetime
) -> GatheringInvitation:
    """Of the first of them, as its link finds it."""
    await actions.invite(gathering.id, Invited(codes=tuple(codes)), by=await ana(now), now=now)
    row = await (
        GatheringInvitation.objects()
        .where(
            GatheringInvitation.gathering == gathering.id,
            GatheringInvitation.municipality.code == codes[0],
        )
        .first()
    )
    return await invitation_by_token(invitation_token(row.id))


async def registered(gathering: Gathering, number: int, now: datetime) -> Registration:
    """By the hosts, at the telephone."""
    by = await ana(now)
    return await actions.placing.register_for(
        gathering.id, guest(number), municipality=None, by=by, now=now
    )


async def letters(kind: str) -> list[Letter]:
    return await Letter.objects().where(Letter.kind == kind).order_by(Letter.id)


async def states(gathering: Gathering) -> list[str]:
    rows = await (
        Registration.select(Registration.state)
        .where(Registration.gathering == gathering.id)
        .order_by(Registration.id)
    )
    return [row["state"] for row in rows]


async def taken(gathering: Gathering) -> int:
    row = await Gathering.select(Gathering.taken).where(Gathering.id == gathering.id).first()
    return row["taken"]
