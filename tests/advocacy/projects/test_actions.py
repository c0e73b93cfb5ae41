import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.errors import DomainError, Invalid, NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.municipalities.queries import by_code
from advocacy.projects import actions, keeping, queries, suggesting
from advocacy.projects.forms import Told
from advocacy.projects.queries import Wanted
from advocacy.projects.rules import ProjectState, Shared
from advocacy.projects.tables import DossierProject, Project
from advocacy.undoing.actions import undo
from tests.advocacy.positions.matters import dossier
from tests.advocacy.projects.matters import entered, herders, members
from tests.characters import ana, luca, maja, musterdorf
from tests.queries_counted import counted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def base(number: int) -> str:
    return keeping.fingerprint(await keeping.state_of(number))


async def titles(now: datetime, **wanted: str) -> list[str]:
    rows = await queries.listed(Wanted(**wanted), "de", today=now.date())
    return [row.title for row in rows]


async def test_it_is_found_by_topic_country_municipality_state_and_words_in_any_language(
    now: datetime,
):
    await entered(now)
    await entered(
        now, texts={"it": Told("Bus a chiamata")}, language="it", topics=("transport",), code="",
        led_by="IT-01", members=(), ends=None,
    )  # fmt: skip
    both = ["Bus a chiamata", "Hirten & Hunde"]
    assert await titles(now) == both
    assert await titles(now, topic="carnivores") == both[1:]
    assert await titles(now, topic="farm") == []
    assert await titles(now, country="IT") == both[:1]
    for name in ("SI-07", "si-07", "vzorcna", "Vzorčna vas"):
        assert await titles(now, member=name) == both[1:]
    assert await titles(now, member="§§") == []
    assert await titles(now, state="running") == both
    assert await titles(now, state="finished") == []
    for words in ("psi", "hunde", "pastirji planin", "interreg", "ASP0100771"):
        assert "Hirten & Hunde" in await titles(now, words=words)
    assert await titles(now, words="neviem") == []
    assert await titles(now, words="§§") == []


async def test_a_code_that_no_member_has_is_named_and_nothing_is_kept(now: datetime):
    await members(now)
    with pytest.raises(Invalid) as refused:
        await actions.enter(
            herders(led_by="AT-99", members=("SI-07", "SI-98")), by=await ana(now), now=now
        )
    assert set(refused.value.fields) == {"led_by", "members"}
    assert await Project.count() == 0
    assert await Event.count() == 0


async def test_a_coordinator_enters_and_changes_only_what_their_country_takes_part_in(
    now: datetime,
):
    await members(now)
    slovene = await maja(now)
    number = await actions.enter(herders(), by=slovene, now=now)
    new = herders(members=())  # out of what they look after
    with pytest.raises(Invalid) as refused:
        await actions.enter(new, by=slovene, now=now)
    assert list(refused.value.fields) == ["members"]
    with pytest.raises(Invalid):
        await actions.change(number, new, base=await base(number), by=slovene, now=now)
    with pytest.raises(NotAllowed):
        await actions.remove(await entered(now, code="", members=()), by=slovene, now=now)
    assert await Event.count().where(Event.person == slovene.id) == 1


async def test_a_stale_form_shows_both_and_loses_nothing(now: datetime):
    number = await entered(now)
    before = await base(number)
    other = replace(herders(), programme="ALCOTRA")
    assert await actions.change(number, other, base=before, by=await luca(now), now=now)
    assert await actions.change(number, other, base=before, by=await luca(now), now=now) is None
    mine = replace(herders(), partners="Hochschule Beispielstadt")
    with pytest.raises(Outdated) as stale:
        await actions.change(number, mine, base=before, by=await ana(now), now=now)
    assert "ALCOTRA" in stale.value.theirs
    assert "Hochschule Beispielstadt" in stale.value.mine


async def test_two_changes_at_the_same_moment_one_of_them_is_told(now: datetime):
    number = await entered(now)
    shown, by = await base(number), await ana(now)
    found = await asyncio.gather(
        *(
            actions.change(number, replace(herders(), programme=name), base=shown, by=by, now=now)
            for name in ("One", "Two")
        ),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, Outdated) for each in found) == [False, True]


async def test_every_act_can_be_taken_back_until_somebody_changed_it(now: datetime):
    number, by = await entered(now), await ana(now)
    whole = await keeping.state_of(number)
    changed = await actions.change(
        number,
        herders(state=ProjectState.FINISHED, members=()),
        base=await base(number),
        by=by,
        now=now,
    )
    assert changed is not None
    await undo(changed, by=by, now=now)
    assert await keeping.state_of(number) == whole
    removed = await actions.remove(number, by=by, now=now)
    assert await titles(now) == []
    assert await actions.remove(number, by=by, now=now) is None
    assert removed is not None
    await undo(removed, by=by, now=now)
    assert await titles(now) == ["Hirten & Hunde"]
    [entering] = await Event.objects().where(Event.action == "project entered")
    await undo(entering.id, by=by, now=now)
    assert await titles(now) == []
    with pytest.raises(DomainError):
        await undo(entering.id, by=by, now=now)


async def test_a_dossier_is_offered_projects_that_share_its_topic_with_the_reason(now: datetime):
    matter = await dossier(now)
    matter.topics = "carnivores,energy"
    await matter.save()
    number, by = await entered(now), await ana(now)
    await entered(now, topics=("transport",), code="", members=("IT-01",))
    belonging, suggested = await suggesting.beside(matter, "sl", today=now.date())
    assert belonging == []
    [only] = suggested
    assert (only.row.title, only.because) == (
        "Pastirji in psi", Shared(("carnivores",), ("AT", "SI")),
    )  # fmt: skip
    event = await actions.put_beside(matter.id, number, belongs=True, by=by, now=now)
    belonging, suggested = await suggesting.beside(matter, "de", today=now.date())
    assert ([each.row.id for each in belonging], suggested) == ([number], [])
    await actions.remove(number, by=by, now=now)
    assert await suggesting.beside(matter, "de", today=now.date()) == ([], [])
    await actions.put_beside(matter.id, number, belongs=False, by=by, now=now)
    assert await suggesting.beside(matter, "de", today=now.date()) == ([], [])
    assert await DossierProject.count() == 1
    [row] = await Event.objects().where(Event.id == event)
    assert row.dossier == matter.id


async def test_putting_beside_is_not_taken_back_over_what_somebody_else_said(now: datetime):
    number = await entered(now)
    matter, by = await dossier(now), await ana(now)
    event = await actions.put_beside(matter.id, number, belongs=True, by=by, now=now)
    other = await luca(now)
    await actions.put_beside(matter.id, number, belongs=False, by=other, now=now)
    with pytest.raises(Outdated):
        await undo(event, by=by, now=now)


async def test_a_municipality_sees_its_own_and_who_has_done_before_what_it_named(now: datetime):
    number = await entered(now)
    other = await entered(
        now, code="", led_by="IT-01", members=(), texts={"de": Told("Zäune im Steilen")}
    )
    own, learned = await suggesting.of_municipality(await by_code("SI-07"), "de", today=now.date())
    assert [row.id for row in own] == [number]
    assert [(each.row.id, each.because) for each in learned] == [
        (other, Shared(("farming", "carnivores"), ()))
    ]


async def test_lists_and_offers_ask_no_more_for_more(now: datetime):
    matter = await dossier(now)
    matter.topics = "farming"
    await matter.save()
    await entered(now)
    member = await musterdorf(now)

    async def asked() -> int:
        with counted() as found:
            await queries.listed(Wanted(), "de", today=now.date())
            await suggesting.beside(matter, "de", today=now.date())
            await suggesting.of_municipality(member, "de", today=now.date())
        return len(found)

    one = await asked()
    await entered(now, code="2")
    await entered(now, code="3", led_by="IT-01", members=())
    assert await asked() <= one + 1  # the second list is not empty any more
