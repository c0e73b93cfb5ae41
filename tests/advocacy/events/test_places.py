"""Places: never oversold, whoever presses at the same moment, and nobody waits beside a free one."""

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy import database
from advocacy.errors import NotAllowed, Outdated
from advocacy.events import actions
from advocacy.events.registering.placing import give_back, register_for
from advocacy.events.tables import Gathering, Registration
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
from tests.characters import ana, vzorcna_vas

pytestmark = pytest.mark.anyio


async def test_fifty_at_once_get_no_more_places_than_there_are(db: str, now: datetime):
    gathering = await published(now, places=20)
    by = await ana(now)
    await asyncio.gather(
        *(
            register_for(gathering.id, guest(number), municipality=None, by=by, now=now)
            for number in range(50)
        )
    )
    found = await states(gathering)
    assert (found.count("placed"), found.count("waiting")) == (20, 30)
    assert await taken(gathering) == 20


async def test_fifty_at_once_while_others_give_back(db: str, now: datetime):
    gathering = await published(now, places=10)
    by = await ana(now)
    first = [await registered(gathering, 100 + number, now) for number in range(10)]
    coming = (
        register_for(gathering.id, guest(number), municipality=None, by=by, now=now)
        for number in range(50)
    )
    going = (give_back(row, by="Musterdorf", now=now) for row in first)
    mixed = [each for pair in zip(coming, [*going] + [None] * 40, strict=False) for each in pair]
    await asyncio.gather(*(each for each in mixed if each is not None))
    found = await states(gathering)
    assert (found.count("placed"), found.count("cancelled")) == (10, 10)
    assert found.count("waiting") == 40
    assert await taken(gathering) == 10
    assert len(await letters("gathering_place")) == 20


async def test_one_address_at_once_from_ten_windows_gets_one_place(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, places=5)
    there = await invitation(gathering, ["SI-07"], now)
    done = await asyncio.gather(
        *(actions.placing.register_invited(there, guest(), now=now) for _ in range(10))
    )
    assert len({row.id for row in done}) == 1
    assert await states(gathering) == ["placed"]
    assert len(await letters("gathering_place")) == 1


async def test_the_database_itself_refuses_a_second_place_for_an_address(db: str, now: datetime):
    gathering = await published(now)
    row = await registered(gathering, 1, now)
    twin = Registration(
        gathering=gathering.id, name="x", email=row.email, language="de", state="placed",
        token_hash="x", at=now,
    )  # fmt: skip
    with pytest.raises(database.DUPLICATE):
        await twin.save()


async def test_a_place_given_back_goes_to_the_first_in_line(db: str, now: datetime):
    gathering = await published(now, places=1)
    first, second, third = [
        await registered(gathering, number, now + timedelta(minutes=number)) for number in (1, 2, 3)
    ]
    await give_back(first, by=first.name, now=now)
    assert await states(gathering) == ["cancelled", "placed", "waiting"]
    told = (await letters("gathering_place"))[-1]
    assert told.recipient == second.email
    await give_back(await _again(second), by=second.name, now=now)
    assert await states(gathering) == ["cancelled", "cancelled", "placed"]
    assert await taken(gathering) == 1
    assert third.name == "Gast 3"


async def _again(row: Registration) -> Registration:
    return await Registration.objects().where(Registration.id == row.id).first()


async def test_giving_back_twice_frees_one_place(db: str, now: datetime):
    gathering = await published(now, places=2)
    row = await registered(gathering, 1, now)
    await registered(gathering, 2, now)
    await asyncio.gather(*(give_back(row, by=row.name, now=now) for _ in range(5)))
    assert await taken(gathering) == 1
    assert await Event.count().where(Event.action == "place given back") == 1


async def test_once_it_has_begun_a_free_place_stays_free(db: str, now: datetime):
    gathering = await published(now, places=1)
    first = await registered(gathering, 1, now)
    await registered(gathering, 2, now)
    await give_back(first, by=first.name, now=gathering.begins)
    assert await states(gathering) == ["cancelled", "waiting"]
    assert await taken(gathering) == 0


async def test_more_places_go_to_those_who_wait(db: str, now: datetime):
    gathering = await published(now, places=1)
    for number in (1, 2, 3):
        await registered(gathering, number, now + timedelta(minutes=number))
    form = workshop(now, places=2)
    base = workshop(now, places=1).fingerprint()
    await actions.edit(gathering.id, form, base=base, by=await ana(now), now=now)
    assert await states(gathering) == ["placed", "placed", "waiting"]


async def test_there_cannot_be_fewer_places_than_are_taken(db: str, now: datetime):
    gathering = await published(now, places=2)
    for number in (1, 2):
        await registered(gathering, number, now)
    base = workshop(now).fingerprint()
    with pytest.raises(NotAllowed):
        await actions.edit(
            gathering.id, workshop(now, places=1), base=base, by=await ana(now), now=now
        )


async def test_places_are_taken_back_and_given_while_their_number_grows(db: str, now: datetime):
    gathering = await published(now, places=5)
    by = await ana(now)
    rows = [await registered(gathering, number, now) for number in range(10)]
    base = workshop(now, places=5).fingerprint()
    await asyncio.gather(
        actions.edit(gathering.id, workshop(now, places=8), base=base, by=by, now=now),
        *(give_back(row, by=row.name, now=now) for row in rows[:3]),
    )
    found = await states(gathering)
    assert (found.count("placed"), found.count("waiting")) == (7, 0)
    assert await taken(gathering) == 7


async def test_a_failing_letter_leaves_no_half_place(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    gathering = await published(now)

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no letter")

    monkeypatch.setattr("advocacy.events.registering.placing.post", broken)
    with pytest.raises(RuntimeError):
        await registered(gathering, 1, now)
    assert (await states(gathering), await taken(gathering)) == ([], 0)


async def test_an_address_that_comes_is_told_so_at_the_telephone(db: str, now: datetime):
    gathering = await published(now)
    await registered(gathering, 1, now)
    with pytest.raises(Outdated):
        await registered(gathering, 1, now)


async def test_five_people_of_one_municipality_can_come(db: str, now: datetime):
    await vzorcna_vas(now)
    gathering = await published(now, places=50)
    there = await invitation(gathering, ["SI-07"], now)
    for number in range(5):
        await actions.placing.register_invited(there, guest(number), now=now)
    with pytest.raises(NotAllowed):
        await actions.placing.register_invited(there, guest(9), now=now)
    assert await taken(gathering) == 5


ACTS = st.lists(
    st.tuples(st.sampled_from(["come", "come", "come", "go", "grow"]), st.integers(0, 11)),
    max_size=25,
)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS, places=st.integers(1, 4))
def test_whatever_happens_nobody_waits_while_a_place_is_free(
    database_url: str, now: datetime, acts: list[tuple[str, int]], places: int
):
    async def told() -> None:
        async with database.started(database_url):
            for table in (Registration, Gathering, Letter):
                await table.delete(force=True)
            await _live(acts, places, now)

    asyncio.run(told())


async def _live(acts: list[tuple[str, int]], places: int, now: datetime) -> None:
    gathering = await published(now, places=places)
    by, here = await ana(now), places
    for minute, (act, number) in enumerate(acts):
        at = now + timedelta(minutes=minute)
        there = await (
            Registration.objects()
            .where(Registration.email == guest(number).email, Registration.state != "cancelled")
            .first()
        )
        if act == "come" and there is None:
            await register_for(gathering.id, guest(number), municipality=None, by=by, now=at)
        elif act == "go" and there is not None:
            await give_back(there, by=there.name, now=at)
        elif act == "grow":
            base = workshop(now, places=here).fingerprint()
            here += 1
            await actions.edit(gathering.id, workshop(now, places=here), base=base, by=by, now=at)
        found = await states(gathering)
        assert found.count("placed") == await taken(gathering) <= here
        assert found.count("waiting") == 0 or found.count("placed") == here
