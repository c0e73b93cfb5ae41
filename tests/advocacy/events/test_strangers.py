"""Links and addresses in the wrong hands: letters to strangers, links of long ago, names kept."""

import asyncio
import json
from base64 import b64decode
from datetime import datetime, timedelta

import pytest

from advocacy.errors import Invalid, NotAllowed, NotFound
from advocacy.events import actions
from advocacy.events.registering.forgetting import KEPT_FOR, forget_participants
from advocacy.events.registering.placing import change, confirm, give_back
from advocacy.events.registering.registered import (
    invitation_token,
    place_token,
    registration_by_token,
)
from advocacy.events.registering.typed import guest as read_guest
from advocacy.events.rules import CONFIRMED_WITHIN
from advocacy.events.tables import Registration
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
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
from tests.browsing import browser
from tests.characters import ana, vzorcna_vas

pytestmark = pytest.mark.anyio

VICTIM = "stranger@example.org"


async def test_the_link_of_a_forgotten_guest_never_opens_somebody_else_s_place(
    db: str, now: datetime
):
    gathering = await published(now, guests=True)
    await actions.guests.ask(gathering, guest(1), network_address="a", now=now)
    [old] = await Registration.objects()
    link, later = place_token(old.id), now + CONFIRMED_WITHIN + timedelta(seconds=1)
    await actions.guests.forget_unconfirmed(later)
    await registered(gathering, 2, later)
    try:
        found = await registration_by_token(link)
    except NotFound:
        return
    assert (found.name, found.state) == ("–", "cancelled")


async def test_nobody_is_buried_under_letters_whoever_types_the_address(db: str, now: datetime):
    gathering = await published(now, guests=True)
    for number in range(12):
        await actions.guests.ask(
            gathering, guest(1, email=VICTIM), network_address=f"203.0.113.{number}",
            now=now + timedelta(minutes=number),
        )  # fmt: skip
    assert len(await letters("gathering_guest")) == 5
    tomorrow = now + timedelta(days=1, hours=1)
    await actions.guests.ask(gathering, guest(1, email=VICTIM), network_address="b", now=tomorrow)
    assert len(await letters("gathering_guest")) == 6


async def test_asking_many_times_at_once_is_counted_as_one_after_the_other(db: str, now: datetime):
    gathering = await published(now, guests=True)
    done = await asyncio.gather(
        *(
            actions.guests.ask(gathering, guest(number), network_address="a", now=now)
            for number in range(30)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Invalid) for each in done) == 10
    assert len(await letters("gathering_guest")) == 20


async def test_a_municipality_s_link_is_no_letter_machine(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, places=50)
    there = await invitation(gathering, ["SI-07"], now)
    link = f"/g/{invitation_token(there.id)}"
    typed = {"name": "X", "email": VICTIM, "language": "de"}
    async with browser(now) as web:
        for _ in range(8):
            await web.get(link)
            await web.post(link, typed)
            row = await Registration.objects().where(Registration.state == "placed").first()
            if row is not None:
                await web.post(f"{link}/give-back/{row.id}")
        page = await web.post(link, typed)
    assert len(await letters("gathering_place")) == 5
    assert page.status_code == 422


async def test_nobody_finds_out_with_a_link_who_else_is_registered(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, places=50)
    for number in range(30):
        await registered(gathering, number, now)
    there = await invitation(gathering, ["SI-07"], now)
    link, refused = f"/g/{invitation_token(there.id)}", 0
    async with browser(now) as web:
        await web.get(link)
        for number in range(30):
            typed = {"name": "X", "email": guest(number).email, "language": "en"}
            page = await web.client.post(f"{link}?language=en", data=web.keys() | typed)
            refused += "Too many tries" in page.text
    assert refused == 10


async def test_a_letter_to_an_address_nobody_confirmed_carries_nobody_s_words(
    db: str, now: datetime
):
    gathering = await published(now, guests=True)
    spam = guest(1, name="Win at https://casino.example", organisation="casino.example")
    await actions.guests.ask(gathering, spam, network_address="a", now=now)
    [letter] = await letters("gathering_guest")
    said = letter.text + letter.html + letter.subject + letter.recipient_name + letter.headers
    assert "casino" not in said


async def test_after_the_gathering_a_link_changes_nothing_and_shows_nobody(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, address="https://meet.example/secret")
    there = await invitation(gathering, ["SI-07"], now)
    mine = await actions.placing.register_invited(there, guest(1), now=now)
    by = await ana(now)
    await actions.placing.register_for(
        gathering.id, guest(2, listed=True), municipality=None, by=by, now=now
    )
    place, invited = f"/g/place/{place_token(mine.id)}", f"/g/{invitation_token(there.id)}"
    async with browser(now) as web:
        page = (await web.get(place)).text
        assert "meet.example" in page
        assert "Gast 2" in page
        assert "gast1@example.org" in (await web.get(invited)).text
    async with browser(gathering.ends) as web:
        page = (await web.get(place)).text
        assert "meet.example" not in page
        assert "Gast 2" not in page
        assert "gast1@example.org" not in (await web.get(invited)).text
        await web.post(place, {"act": "give back"})
        await web.post(f"{invited}/give-back/{mine.id}")
    with pytest.raises(NotAllowed):
        await give_back(mine, by="x", now=gathering.ends)
    with pytest.raises(NotAllowed):
        await change(mine, guest(1, name="Jemand"), now=gathering.ends)
    assert (await states(gathering), await taken(gathering)) == (["placed", "placed"], 2)


async def test_the_history_keeps_no_guest_s_name(db: str, now: datetime):
    gathering = await published(now, guests=True)
    await actions.guests.ask(gathering, guest(1, name="Eva Gast"), network_address="a", now=now)
    [row] = await Registration.objects()
    row = await confirm(row, now=now)
    await change(row, guest(1, name="Eva G."), now=now)
    async with browser(now) as web:
        link = f"/g/place/{place_token(row.id)}"
        await web.get(link)
        await web.post(link, {"act": "give back"})
    kept = json.dumps([[each.who, each.details] for each in await Event.objects()])
    assert "Eva G" not in kept
    assert "gast1@" not in kept
    assert await states(gathering) == ["cancelled"]


async def test_the_history_names_the_municipality_that_acts_behind_a_link(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now)
    there = await invitation(gathering, ["SI-07"], now)
    row = await actions.placing.register_invited(there, guest(1), now=now)
    await change(row, guest(1, name="Jemand"), now=now)
    who = await Event.select(Event.who).where(Event.action == "registration changed")
    assert who == [{"who": "Vzorčna vas"}]


async def test_a_year_later_the_outbox_holds_no_letter_to_who_came(db: str, now: datetime):
    gathering = await published(now)
    await registered(gathering, 1, now)
    await forget_participants(gathering.ends + KEPT_FOR + timedelta(seconds=1))
    assert await Letter.exists().where(Letter.recipient == "gast1@example.org") is False


async def test_who_waits_does_not_get_the_address_to_take_part_from_afar(db: str, now: datetime):
    secret = {"places": 1, "address": "https://meet.example/secret"}
    gathering = await published(now, **secret)
    for number in (1, 2):
        await registered(gathering, number, now)
    base = workshop(now, **secret)
    later = workshop(now, **secret, begins=base.begins, ends=base.ends + timedelta(hours=1))
    await actions.edit(gathering.id, later, base=base.fingerprint(), by=await ana(now), now=now)
    has_place, waits = await letters("gathering_moved")
    assert "meet.example" in _file(has_place)
    assert "meet.example" not in _file(waits) + waits.text + waits.html


def _file(letter: Letter) -> str:
    [attached] = json.loads(letter.attachments)
    return b64decode(attached["content"]).decode().replace("\r\n ", "")


def test_one_mailbox_is_one_guest_however_its_owner_types_it():
    typed = {"name": "Zala", "email": "ZALA@Example.org", "language": "sl"}
    assert read_guest(typed).email == "zala@example.org"
