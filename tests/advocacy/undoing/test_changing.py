"""Deciding otherwise what somebody has decided."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from advocacy import database
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers.forms import NewDossier
from advocacy.dossiers.tables import Dossier, DossierEntry
from advocacy.errors import NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.triage import actions
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from advocacy.undoing.changing import release
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio
DECIDE = "/en/inbox/decide"


async def _change(
    entries: Sequence[int], event: int, to: Decision, *, by: Person, now: datetime
) -> int:
    async with database.transaction():
        await release(entries, event, by=by, now=now)
        return await actions.decide(entries, to, by=by, now=now)


async def _decisions() -> dict[int, str]:
    rows = await Triage.select(Triage.entry, Triage.decision)
    return {row["entry"]: row["decision"] for row in rows}


async def test_one_decision_is_taken_back_and_the_new_one_stands(db: str, now: datetime):
    number = await entry("Entry", now=now)
    first = await actions.decide([number], Decision.DISMISSED, by=await luca(now), now=now)
    await _change([number], first, Decision.DUPLICATE, by=await ana(now), now=now)
    [row] = await Triage.select(Triage.decision, Triage.person.name.as_alias("who"))
    assert row == {"decision": "duplicate", "who": "Ana Muster"}
    assert await Event.exists().where(Event.undoes == first)


async def test_an_opened_dossier_goes_when_its_entry_is_decided_otherwise(db: str, now: datetime):
    number = await entry("Entry", now=now)
    mine = await ana(now)
    await dossiers.open_dossier(NewDossier("Herds"), entry_id=number, by=mine, now=now)
    [event] = await Event.select(Event.id).where(Event.action == "dossier opened")
    await _change([number], event["id"], Decision.DISMISSED, by=mine, now=now)
    assert (await _decisions(), await Dossier.count()) == ({number: "dismissed"}, 0)


async def test_one_of_many_leaves_their_act_and_the_others_stay_decided(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    mine = await ana(now)
    bulk = await actions.decide(ids, Decision.DISMISSED, by=mine, now=now)
    await _change(ids[:1], bulk, Decision.DUPLICATE, by=mine, now=now)
    assert await _decisions() == {
        ids[0]: "duplicate", ids[1]: "dismissed", ids[2]: "dismissed"
    }  # fmt: skip
    assert await Event.exists().where(Event.action == "decision released")


async def test_one_of_many_attached_together_stays_attached(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    mine = await ana(now)
    dossier = await dossiers.open_dossier(NewDossier("Herds"), by=mine, now=now)
    bulk = await dossiers.attach(ids, dossier.id, by=mine, now=now)
    with pytest.raises(NotAllowed):
        await _change(ids[:1], bulk, Decision.DISMISSED, by=mine, now=now)
    assert (set((await _decisions()).values()), await DossierEntry.count()) == ({"attached"}, 3)


async def test_only_the_decision_on_this_entry_can_be_changed(db: str, now: datetime):
    mine = await ana(now)
    number, other = await entry("Entry", now=now), await entry("Other", now=now)
    event = await actions.decide([number], Decision.DISMISSED, by=mine, now=now)
    for entries, which, error in (
        ([other], event, Outdated),
        ([number, other], event, Outdated),
        ([number], 424242, NotFound),
    ):
        with pytest.raises(error):
            await _change(entries, which, Decision.DUPLICATE, by=mine, now=now)
    assert await _decisions() == {number: "dismissed"}


async def test_of_several_who_change_a_decision_at_once_one_does(db: str, now: datetime):
    number = await entry("Entry", now=now)
    people = [await ana(now), await luca(now)]
    first = await actions.decide([number], Decision.DISMISSED, by=people[0], now=now)
    told = await asyncio.gather(
        *(_change([number], first, Decision.DUPLICATE, by=each, now=now) for each in people * 3),
        return_exceptions=True,
    )
    assert sum(isinstance(each, int) for each in told) == 1
    assert sum(isinstance(each, Outdated) for each in told) == 5
    assert await _decisions() == {number: "duplicate"}


async def test_a_bulk_and_a_single_decision_at_once_leave_nothing_half_done(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(20)]
    mine, other = await ana(now), await luca(now)
    bulk, single = await asyncio.gather(
        actions.decide(ids, Decision.DISMISSED, by=mine, now=now),
        actions.decide(ids[7:8], Decision.DUPLICATE, by=other, now=now),
        return_exceptions=True,
    )
    assert isinstance(bulk, int) != isinstance(single, int)
    expected = dict.fromkeys(ids, "dismissed") if isinstance(bulk, int) else {ids[7]: "duplicate"}
    assert await _decisions() == expected
    assert await Event.count().where(Event.kind == "entry") == 1


async def test_the_page_shows_the_first_decision_and_changes_it_by_a_button(db: str, now: datetime):
    number, following = await entry("Entry", now=now), await entry("Next", now=now)
    other = await luca(now)
    dossier = await dossiers.open_dossier(NewDossier("Herds"), by=other, now=now)
    first = await dossiers.attach([number], dossier.id, by=other, now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        form = {"entry": number, "do": "dismiss", "next": following, "list": "sort=newest"}
        page = await web.post(DECIDE, form)
        assert page.status_code == 409
        assert "Luca Beispiel attached this to 2026-001 · 23 Nov 2026, 09:40" in page.text
        assert f'name="instead_of" value="{first}"' in page.text
        assert f'name="next" value="{following}"' in page.text
        assert "Change decision: Dismissed" in page.text
        page = await web.post(DECIDE, form | {"instead_of": first})
        assert str(page.url).endswith(f"/en/inbox?sort=newest&item={following}")
        assert await _decisions() == {number: "dismissed"}
        assert await DossierEntry.count() == 0
        page = await web.post(DECIDE, form | {"instead_of": first, "do": "later"})
        assert page.status_code == 409
        assert "Ana Muster dismissed this" in page.text


async def test_of_a_selection_the_others_can_still_be_decided(db: str, now: datetime):
    ids = [await entry(f"Entry {n}", now=now) for n in range(3)]
    await actions.decide(ids[:1], Decision.DUPLICATE, by=await luca(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox")
        page = await web.post(DECIDE, {"entry": ids, "do": "dismiss"})
        assert page.status_code == 409
        assert "Dismissed: the other 2 entries" in page.text
        assert f'name="entry" value="{ids[1]},{ids[2]}"' in page.text
        assert "Change decision:" not in page.text


async def test_a_decided_entry_offers_its_buttons_folded(db: str, now: datetime):
    number = await entry("Entry", now=now)
    event = await actions.decide([number], Decision.DISMISSED, by=await luca(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/inbox?item={number}")
    assert "Change decision" in page.text
    assert f'name="instead_of" value="{event}"' in page.text
