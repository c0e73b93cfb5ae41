import asyncio
from datetime import date, datetime, timedelta

import pytest

from advocacy.approvals import actions, rules
from advocacy.approvals.forms import NewDeputy
from advocacy.approvals.mails import deputy_token
from advocacy.approvals.tables import Ballot, Deputy
from advocacy.errors import Invalid, NotAllowed, NotFound
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.people.tables import Person
from tests.advocacy.approvals.matters import ballot, opened, ready
from tests.browsing import browser
from tests.characters import ana, claire, eva, luca

pytestmark = pytest.mark.anyio


async def named(member: Person, deputy: Person, now: datetime, *, by: Person, days: int = 7) -> int:
    first = now.date()
    new = NewDeputy(member.id, deputy.id, first, first + timedelta(days=days))
    return await actions.appoint(new, by=by, now=now)


async def test_a_deputy_gets_its_own_letter_and_decides_for_the_member(db: str, now: datetime):
    matter = await ready(now)
    marie, deputy = matter.members[0], await claire(now)
    await named(marie, deputy, now, by=await ana(now))
    held = await opened(matter, now)
    mine = await ballot(held, marie)
    letter = await Letter.objects().where(Letter.recipient == deputy.email).first()
    assert f"/r/{deputy_token(mine.id, deputy.id)}" in letter.text
    assert "Marie Exemple" in letter.text
    await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now)
    mine = await ballot(held, marie)
    assert (mine.choice, mine.voted_by) == ("approve", deputy.id)
    assert await Ballot.count().where(Ballot.choice != "") == 1


async def test_the_member_s_own_choice_goes_before_whoever_was_first(db: str, now: datetime):
    matter = await ready(now)
    marie, deputy = matter.members[0], await claire(now)
    await named(marie, deputy, now, by=marie)
    held = await opened(matter, now)
    await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now)
    await actions.vote(held.id, marie, "change", "§ 2", held.text_hash, now=now)
    with pytest.raises(NotAllowed):
        await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now)
    mine = await ballot(held, marie)
    assert (mine.choice, mine.voted_by) == ("change", None)


async def test_a_member_and_its_deputy_at_once_are_one_voice_and_the_member_s(
    db: str, now: datetime
):
    matter = await ready(now)
    marie, deputy = matter.members[0], await claire(now)
    await named(marie, deputy, now, by=marie)
    held = await opened(matter, now)
    await asyncio.gather(
        actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now),
        actions.vote(held.id, marie, "change", "§ 2", held.text_hash, now=now),
        return_exceptions=True,
    )
    mine = await ballot(held, marie)
    assert (mine.choice, mine.voted_by) == ("change", None)
    assert await Ballot.count().where(Ballot.choice != "") == 1


async def test_a_deputy_decides_on_the_days_it_is_named_for_only(db: str, now: datetime):
    matter = await ready(now)
    marie, deputy = matter.members[0], await claire(now)
    await named(marie, deputy, now, by=marie, days=1)
    held = await opened(matter, now)
    with pytest.raises(NotAllowed):
        await actions.vote(
            held.id, deputy, "approve", "", held.text_hash, now=now + timedelta(days=2)
        )
    await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now + timedelta(days=1))


async def test_who_is_named_while_the_round_runs_gets_the_link_once(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    deputy = await claire(now)
    await named(matter.members[0], deputy, now, by=await ana(now))
    assert (await ballot(held, matter.members[0])).deputy == deputy.id
    assert await actions.stand_in_due(now) == 0
    assert await Letter.count().where(Letter.recipient == deputy.email) == 1


async def test_who_begins_later_gets_the_link_on_that_day(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    deputy, tomorrow = await claire(now), now + timedelta(days=1)
    new = NewDeputy(matter.members[0].id, deputy.id, tomorrow.date(), None)
    await actions.appoint(new, by=await ana(now), now=now)
    with pytest.raises(NotFound):
        await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now)
    assert await actions.stand_in_due(tomorrow) == 1
    await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=tomorrow)


async def test_the_next_deputy_has_another_link_and_the_first_can_do_nothing(
    db: str, now: datetime
):
    matter = await ready(now)
    marie, first, second = matter.members[0], await claire(now), await eva(now)
    event = await named(marie, first, now, by=marie)
    held = await opened(matter, now)
    row = await Event.objects().where(Event.id == event).first()
    assert await actions.UNDO[actions.APPOINTED](row, marie, now) == "/deputies"
    await named(marie, second, now, by=marie)
    with pytest.raises(NotFound):
        await actions.vote(held.id, first, "approve", "", held.text_hash, now=now)
    mine = await ballot(held, marie)
    async with browser(now) as web:
        assert (await web.get(f"/r/{deputy_token(mine.id, first.id)}")).status_code == 404
        assert (await web.get(f"/r/{deputy_token(mine.id, second.id)}")).status_code == 200


async def test_a_dismissed_deputy_decides_nothing_more(db: str, now: datetime):
    matter = await ready(now)
    marie, deputy = matter.members[0], await claire(now)
    await named(marie, deputy, now, by=marie)
    held = await opened(matter, now)
    row = await Deputy.objects().first()
    await actions.dismiss(row.id, by=marie, now=now)
    with pytest.raises(NotAllowed):
        await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=now)
    with pytest.raises(NotFound):
        await actions.dismiss(row.id, by=marie, now=now)


async def test_nobody_has_two_voices(db: str, now: datetime):
    matter = await ready(now)
    marie, roberto, franz = matter.members
    for deputy in (roberto, await luca(now)):
        with pytest.raises(Invalid) as refused:
            await named(marie, deputy, now, by=await ana(now))
        assert list(refused.value.fields) == ["deputy"]
    await named(marie, await claire(now), now, by=await ana(now))
    with pytest.raises(Invalid) as refused:
        await named(franz, await claire(now), now, by=await ana(now))
    assert "Marie Exemple" in str(refused.value.fields["deputy"])


async def test_a_member_names_a_deputy_for_itself_only(db: str, now: datetime):
    matter = await ready(now)
    with pytest.raises(NotAllowed):
        await named(matter.members[0], await claire(now), now, by=matter.members[1])
    assert (await Deputy.count(), await Event.count().where(Event.kind == "deputy")) == (0, 0)


def test_the_first_and_the_last_day_belong_to_it():
    first, last = date(2026, 12, 1), date(2026, 12, 3)
    days = [date(2026, 12, day) for day in range(1, 5)]
    assert [rules.in_force(first, last, day) for day in days] == [True, True, True, False]
    assert not rules.in_force(first, last, date(2026, 11, 30))
    assert rules.in_force(first, None, date(2030, 1, 1))


async def test_a_deputy_is_named_on_the_page_once_and_taken_back(db: str, now: datetime):
    matter = await ready(now)
    deputy = await claire(now)
    async with browser(now) as web:
        await web.sign_in(matter.members[0], now)
        assert "Nobody stands in for anybody." in (await web.get("/en/deputies")).text
        form = {"deputy": str(deputy.id), "begins": now.date().isoformat(), "ends": ""}
        form |= web.keys() | {"member": str(matter.members[1].id)}  # its own, whatever is sent
        for _ in range(2):
            done = await web.client.post("/en/deputies", data=form, follow_redirects=True)
            assert done.status_code == 200
        assert "Claire Exemple" in done.text
        row = await Deputy.objects().first()
        assert (await Deputy.count(), row.member) == (1, matter.members[0].id)
        await web.get("/en/deputies")
        await web.post(f"/en/deputies/{row.id}/dismiss")
    assert await Deputy.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"deputy": "x"}, {"deputy": "99999999999"}, {"begins": ""}, {"ends": "2020-01-01"}]
)
async def test_a_wrong_field_is_named(db: str, now: datetime, wrong: dict[str, str]):
    matter = await ready(now)
    deputy = await claire(now)
    form = {
        "member": str(matter.members[0].id),
        "deputy": str(deputy.id),
        "begins": now.date().isoformat(),
        "ends": "",
    }
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/deputies")
        answer = await web.post("/en/deputies", form | wrong)
        assert answer.status_code == 422
        assert f'href="#{next(iter(wrong))}"' in answer.text
    assert await Deputy.count() == 0


async def test_one_deputy_for_two_members_one_after_the_other_decides_for_both(
    db: str, now: datetime
):
    matter = await ready(now)
    first, second = matter.members[:2]
    deputy, by, tomorrow = await claire(now), await ana(now), now + timedelta(days=1)
    await named(first, deputy, now, by=by, days=0)
    held = await opened(matter, now)
    await actions.vote(held.id, deputy, "abstain", "", held.text_hash, now=now)
    new = NewDeputy(second.id, deputy.id, tomorrow.date(), None)
    await actions.appoint(new, by=by, now=now)
    assert await actions.stand_in_due(tomorrow) == 1
    await actions.vote(held.id, deputy, "approve", "", held.text_hash, now=tomorrow)
    assert (await ballot(held, first)).choice == "abstain"
    mine = await ballot(held, second)
    assert (mine.choice, mine.voted_by) == ("approve", deputy.id)


async def test_a_deputy_has_read_for_the_member_on_its_days_only_and_nobody_after_the_end(
    db: str, now: datetime
):
    matter = await ready(now)
    marie, deputy = matter.members[0], await claire(now)
    await named(marie, deputy, now, by=marie, days=0)
    held = await opened(matter, now)
    await actions.mark_read(held.id, deputy, now=now + timedelta(days=1))
    assert (await ballot(held, marie)).seen is None
    await actions.mark_read(held.id, marie, now=held.ends + timedelta(seconds=1))
    assert (await ballot(held, marie)).seen is None
    await actions.mark_read(held.id, deputy, now=now)
    assert (await ballot(held, marie)).seen == now
