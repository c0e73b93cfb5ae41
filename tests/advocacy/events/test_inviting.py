"""Invitations, guests, reminders: who gets which letter, and never twice."""

import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.errors import Invalid, NotAllowed
from advocacy.events import actions
from advocacy.events.inviting.typed import Invited
from advocacy.events.registering.registered import place_token, registration_by_token
from advocacy.events.rules import CONFIRMED_WITHIN
from advocacy.events.tables import Gathering, GatheringInvitation, Registration
from advocacy.municipalities.tables import Contact
from tests.advocacy.events.matters import (
    guest,
    invitation,
    letters,
    published,
    registered,
    states,
    taken,
    workshop,
)
from tests.characters import ana, eva, maja, musterdorf, villexemple, vzorcna_vas

pytestmark = pytest.mark.anyio

HERE = "203.0.113.7"
ALL = Invited(everybody=True)


async def members(now: datetime) -> None:
    for make in (vzorcna_vas, musterdorf, villexemple):
        await make(now)


async def test_each_municipality_gets_one_letter_in_its_language_with_its_own_link(
    db: str, now: datetime
):
    await members(now)
    await maja(now)
    gathering = await published(now)
    done = await actions.invite(gathering.id, ALL, by=await ana(now), now=now)
    found = await letters("gathering_invitation")
    assert (done.invited, done.letters) == (3, 3)
    assert sorted(letter.language for letter in found) == ["de", "fr", "sl"]
    assert len({letter.text.split("/g/")[1][:43] for letter in found}) == 3
    slovene = next(letter for letter in found if letter.language == "sl")
    assert "Varovanje čred poleti" in slovene.text
    again = await actions.invite(gathering.id, ALL, by=await ana(now), now=now)
    assert (again.invited, again.known) == (0, 3)
    assert len(await letters("gathering_invitation")) == 3


async def test_two_who_invite_at_once_write_one_letter_to_each(db: str, now: datetime):
    await members(now)
    gathering = await published(now)
    done = await asyncio.gather(
        actions.invite(gathering.id, ALL, by=await ana(now), now=now),
        actions.invite(gathering.id, ALL, by=await ana(now), now=now),
    )
    assert sorted(each.invited for each in done) == [0, 3]
    assert len(await letters("gathering_invitation")) == 3


async def test_who_wants_no_news_is_invited_without_a_letter(db: str, now: datetime):
    await members(now)
    await Contact.update({Contact.news: "never"}).where(Contact.language == "sl")
    gathering = await published(now)
    done = await actions.invite(gathering.id, ALL, by=await ana(now), now=now)
    assert (done.invited, done.letters) == (3, 2)
    assert await GatheringInvitation.count() == 3


async def test_who_wants_news_weekly_gets_the_letter_on_monday_if_there_is_time(
    db: str, now: datetime
):
    await members(now)
    wednesday = now + timedelta(days=2)
    far = await published(now)
    soon = await published(now, register_until=now + timedelta(days=9))
    for gathering in (far, soon):
        await actions.invite(
            gathering.id, Invited(codes=("SI-07",)), by=await ana(now), now=wednesday
        )
    first, second = await letters("gathering_invitation")
    assert first.due.weekday() == 0
    assert second.due == wednesday


async def test_a_coordinator_invites_the_own_countries_alone(db: str, now: datetime):
    await members(now)
    gathering = await published(now)
    done = await actions.invite(gathering.id, ALL, by=await eva(now), now=now)
    assert done.invited == 1


async def test_a_code_that_nobody_has_is_named(db: str, now: datetime):
    gathering = await published(now)
    with pytest.raises(Invalid) as error:
        await actions.invite(gathering.id, Invited(codes=("SI-99",)), by=await ana(now), now=now)
    assert "SI-99" in str(error.value.fields["codes"])


async def test_nobody_is_invited_once_registration_is_over(db: str, now: datetime):
    await members(now)
    gathering = await published(now, register_until=now + timedelta(days=1))
    with pytest.raises(NotAllowed):
        await actions.invite(gathering.id, ALL, by=await ana(now), now=now + timedelta(days=2))


async def asked(gathering: Gathering, now: datetime, number: int = 1) -> Registration:
    await actions.guests.ask(gathering, guest(number), network_address=HERE, now=now)
    row = await Registration.objects().where(Registration.email == guest(number).email).first()
    return await registration_by_token(place_token(row.id))


async def test_a_guest_takes_a_place_only_by_the_button_behind_the_mail(db: str, now: datetime):
    gathering = await published(now, guests=True, places=1)
    row = await asked(gathering, now)
    [letter] = await letters("gathering_guest")
    assert place_token(row.id) in letter.text
    assert (await states(gathering), await taken(gathering)) == (["unconfirmed"], 0)
    await actions.placing.confirm(row, now=now)
    await actions.placing.confirm(row, now=now)
    assert (await states(gathering), await taken(gathering)) == (["placed"], 1)
    assert len(await letters("gathering_place")) == 1


async def test_many_guests_confirm_at_once_and_no_place_is_sold_twice(db: str, now: datetime):
    gathering = await published(now, guests=True, places=3)
    rows = []
    for number in range(12):
        network = f"203.0.113.{number}"
        await actions.guests.ask(gathering, guest(number), network_address=network, now=now)
    rows = await Registration.objects().where(Registration.gathering == gathering.id)
    await asyncio.gather(*(actions.placing.confirm(row, now=now) for row in rows for _ in (1, 2)))
    found = await states(gathering)
    assert (found.count("placed"), found.count("waiting")) == (3, 9)


async def test_an_address_that_comes_already_gets_its_link_again_and_nobody_else_learns_it(
    db: str, now: datetime
):
    gathering = await published(now, guests=True)
    await registered(gathering, 1, now)
    await actions.guests.ask(gathering, guest(1), network_address=HERE, now=now)
    assert len(await letters("gathering_again")) == 1
    assert await states(gathering) == ["placed"]


async def test_what_a_stranger_types_does_not_change_who_comes(db: str, now: datetime):
    gathering = await published(now, guests=True)
    await registered(gathering, 1, now)
    await actions.guests.ask(
        gathering, guest(1, name="Jemand anders"), network_address=HERE, now=now
    )
    row = await Registration.objects().where(Registration.email == guest(1).email).first()
    assert row.name == "Gast 1"


async def test_guests_ask_twenty_times_an_hour_at_most(db: str, now: datetime):
    gathering = await published(now, guests=True)
    for number in range(20):
        await actions.guests.ask(gathering, guest(number), network_address=HERE, now=now)
    with pytest.raises(Invalid):
        await actions.guests.ask(gathering, guest(21), network_address=HERE, now=now)
    assert len(await letters("gathering_guest")) == 20


async def test_where_no_guests_are_wanted_nobody_asks(db: str, now: datetime):
    gathering = await published(now)
    with pytest.raises(NotAllowed):
        await actions.guests.ask(gathering, guest(), network_address=HERE, now=now)


async def test_who_never_confirms_is_forgotten(db: str, now: datetime):
    gathering = await published(now, guests=True)
    await asked(gathering, now)
    await registered(gathering, 2, now)
    await actions.tend(now + CONFIRMED_WITHIN)
    assert await states(gathering) == ["unconfirmed", "placed"]
    await actions.tend(now + CONFIRMED_WITHIN + timedelta(seconds=1))
    assert await states(gathering) == ["cancelled", "placed"]
    row = await Registration.objects().order_by(Registration.id).first()
    assert (row.name, row.email) == ("–", f"forgotten-{row.id}")
    assert await letters("gathering_guest") == []


async def test_a_reminder_leaves_once_to_those_who_have_a_place(db: str, now: datetime):
    gathering = await published(now, places=1)
    for number in (1, 2):
        await registered(gathering, number, now)
    soon = gathering.begins - timedelta(days=2)
    await asyncio.gather(actions.remind_due(soon), actions.remind_due(soon))
    await actions.remind_due(soon + timedelta(hours=5))
    assert [letter.recipient for letter in await letters("gathering_reminder")] == [
        "gast1@example.org"
    ]
    assert await actions.remind_due(now) == 0


async def test_who_is_moved_after_the_reminder_is_reminded_of_the_new_day(db: str, now: datetime):
    gathering = await published(now)
    await registered(gathering, 1, now)
    soon = gathering.begins - timedelta(days=2)
    await actions.remind_due(soon)
    week = timedelta(days=7)
    base = workshop(now)
    new = workshop(now, begins=base.begins + week, ends=base.ends + week)
    await actions.edit(gathering.id, new, base=base.fingerprint(), by=await ana(now), now=soon)
    assert await actions.remind_due(soon) == 0
    assert await actions.remind_due(soon + week) == 1
    assert len(await letters("gathering_reminder")) == 2


async def test_a_municipality_that_is_registered_elsewhere_is_told_so(db: str, now: datetime):
    await members(now)
    gathering = await published(now)
    slovene = await invitation(gathering, ["SI-07"], now)
    austrian = await invitation(gathering, ["AT-01"], now)
    await actions.placing.register_invited(slovene, guest(), now=now)
    with pytest.raises(Invalid) as error:
        await actions.placing.register_invited(austrian, guest(), now=now)
    assert set(error.value.fields) == {"email"}
