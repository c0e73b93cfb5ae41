from datetime import datetime

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import lists
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.recipients import chosen_by
from advocacy.errors import Invalid, Outdated
from advocacy.history.tables import Event
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio


async def valley(now: datetime, *codes: str) -> int:
    made = await lists.keep("Mustertal", codes or ("SI-07", "AT-01"), by=await ana(now), now=now)
    return int(made.id)


async def test_a_list_restricts_like_any_other_choice(db: str, now: datetime):
    await story.members(now)
    number = await valley(now)
    only = await chosen_by(Audience(lists=(number,)))
    assert [each.code for each in only.asked] == ["AT-01", "SI-07"]
    both = await chosen_by(Audience(lists=(number,), countries=("SI", "FR")))
    assert [each.code for each in both.asked] == ["SI-07"]
    besides = await chosen_by(Audience(lists=(number,), codes=("FR-01",)))
    assert [each.code for each in besides.asked] == ["AT-01", "FR-01", "SI-07"]


async def test_a_list_that_is_gone_holds_nobody_rather_than_everybody(db: str, now: datetime):
    await story.members(now)
    assert (await chosen_by(Audience(lists=(99,)))).asked == ()
    assert (await chosen_by(Audience(lists=(99,), codes=("AT-01",)))).asked[0].code == "AT-01"


async def test_the_same_list_is_kept_once_and_a_name_is_taken_once(db: str, now: datetime):
    first = await valley(now)
    assert await valley(now, "AT-01", "SI-07") == first
    for name, codes in (
        ("Mustertal", ("FR-01",)),
        ("", ("FR-01",)),
        ("Leer", ()),
        ("a" * 81, ("X",)),
    ):
        with pytest.raises(Invalid) as error:
            await lists.keep(name, codes, by=await ana(now), now=now)
        assert set(error.value.fields) == {"list_name"}


async def test_a_list_is_removed_and_comes_back(db: str, now: datetime):
    number = await valley(now)
    event = await lists.remove(number, by=await ana(now), now=now)
    assert await lists.all_lists() == []
    found = await Event.objects().where(Event.id == event).first()
    assert found is not None
    assert await actions.UNDO[found.action](found, await ana(now), now) == "/lists"
    assert [(each.name, each.codes) for each in await lists.all_lists()] == [
        ("Mustertal", ("AT-01", "SI-07"))
    ]


async def test_a_list_that_a_draft_asks_stays(db: str, now: datetime):
    number = await valley(now)
    await story.drafted(now, audience=Audience(lists=(number,)))
    with pytest.raises(Outdated):
        await lists.remove(number, by=await ana(now), now=now)


async def test_lists_are_kept_and_removed_on_their_page(db: str, now: datetime):
    await story.members(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "There is no list yet" in (await web.get("/en/lists")).text
        odd = await web.post("/en/lists", {"list_name": "Tal", "codes": "SI-07 AT-99"})
        assert odd.status_code == 422
        assert "Not known: AT-99" in odd.text
        kept = await web.post("/en/lists", {"list_name": "Tal", "codes": "SI-07 at-01"})
        assert "The list is kept: Tal" in kept.text
        assert "Vzorčna vas" in kept.text
        number = (await lists.all_lists())[0].id
        gone = await web.post(f"/en/lists/{number}/remove")
        assert "The list is removed." in gone.text
        assert (await web.post("/en/lists/99999999999/remove")).status_code == 404
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get("/en/lists")).status_code == 404
