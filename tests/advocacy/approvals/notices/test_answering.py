"""Municipalities in a round by silence."""

from datetime import datetime, timedelta

import pytest

from advocacy.approvals import actions
from advocacy.approvals.rules import Policy
from advocacy.approvals.tables import Notice, Round
from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Session
from advocacy.people.tokens import derived_token
from tests.advocacy.approvals.matters import Matter, edited, opened, ready
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def by_silence(matter: Matter, now: datetime) -> Round:
    return await opened(
        matter, now, policy=Policy.SILENCE, lasting=timedelta(hours=30), asks_members=True
    )


async def token_of(code: str) -> str:
    place = await Municipality.objects().where(Municipality.code == code).first()
    notice = await Notice.objects().where(Notice.municipality == place.id).first()
    return derived_token("notice", notice.id)


async def state_of(held: Round) -> str:
    return (await Round.select(Round.state).where(Round.id == held.id).first())["state"]


async def test_everybody_who_was_asked_gets_a_letter_in_its_language(db: str, now: datetime):
    matter = await ready(now)
    await by_silence(matter, now)
    letters = await Letter.objects().where(Letter.kind == "notice").order_by(Letter.recipient)
    assert [(letter.recipient, letter.language) for letter in letters] == [
        ("office@at-01.example", "de"),
        ("office@fr-01.example", "fr"),
        ("office@it-01.example", "it"),
        ("office@si-07.example", "sl"),
    ]
    assert f"/o/{await token_of('SI-07')}" in letters[3].text
    assert f"/o/{await token_of('SI-07')}" in letters[3].html


async def test_a_round_by_vote_asks_no_municipality(db: str, now: datetime):
    await opened(await ready(now), now, asks_members=True)
    assert (await Notice.count(), await Letter.count().where(Letter.kind == "notice")) == (0, 0)


async def test_looking_ten_times_records_nothing(db: str, now: datetime):
    await by_silence(await ready(now), now)
    path = f"/o/{await token_of('SI-07')}"
    before = await Event.count()
    async with browser(now) as web:
        for _ in range(10):
            page = await web.get(path)
            assert page.status_code == 200
            await web.client.head(path)
    assert '<html lang="sl">' in page.text
    assert "[@" not in page.text
    assert await Notice.count().where(Notice.seen.is_not_null()) == 0
    assert (await Event.count(), await Session.count()) == (before, 0)


async def test_it_says_that_it_has_read_the_text_and_is_counted_once(db: str, now: datetime):
    held = await by_silence(await ready(now), now)
    path = f"/o/{await token_of('AT-01')}"
    async with browser(now) as web:
        await web.get(path)
        form = {"act": "seen", "text_hash": held.text_hash} | web.keys()
        for _ in range(2):
            answer = await web.client.post(path, data=form, follow_redirects=True)
            assert answer.status_code == 200
        await web.sign_in(await ana(now), now)
        rounds = await web.get("/en/p/2026-014/rounds")
        assert "asked: 4, have read it: 1, object: 0" in rounds.text
    assert await Event.count().where(Event.action == "text seen") == 1


async def test_one_municipality_s_objection_breaks_the_silence_and_it_is_told(
    db: str, now: datetime
):
    held = await by_silence(await ready(now), now)
    path = f"/o/{await token_of('IT-01')}"
    async with browser(now) as web:
        await web.get(path)
        empty = await web.post(path, {"act": "object", "text_hash": held.text_hash, "remark": " "})
        assert empty.status_code == 422
        assert 'href="#remark"' in empty.text
        said = {"act": "object", "text_hash": held.text_hash, "remark": "§ 3: <b>no</b>"}
        assert (await web.post(path, said)).status_code == 200
        assert "§ 3: &lt;b&gt;no&lt;/b&gt;" in web.page.text
    assert await state_of(held) == "open"
    assert await actions.settle(now + timedelta(hours=31)) == 1
    assert await state_of(held) == "rejected"
    told = await Letter.select(Letter.recipient).where(Letter.kind == "notice_over")
    assert [row["recipient"] for row in told] == ["office@it-01.example"]


async def test_an_objection_taken_back_breaks_nothing(db: str, now: datetime):
    held = await by_silence(await ready(now), now)
    token = await token_of("IT-01")
    await actions.object_to(token, "No.", held.text_hash, now=now)
    await actions.object_to(token, "No.", held.text_hash, now=now)
    await actions.take_objection_back(token, held.text_hash, now=now)
    assert await Event.count().where(Event.action == "objected") == 1
    assert await actions.settle(now + timedelta(hours=31)) == 1
    assert await state_of(held) == "adopted"


async def test_an_objection_to_a_text_that_has_changed_is_given_back(db: str, now: datetime):
    matter = await ready(now)
    held = await by_silence(matter, now)
    token = await token_of("FR-01")
    await edited(matter, now, "Ganz neu. [@own]")
    with pytest.raises(Outdated) as refused:
        await actions.object_to(token, "Non.", held.text_hash, now=now)
    assert (refused.value.mine, "Ganz neu." in refused.value.theirs) == ("Non.", True)
    async with browser(now) as web:
        page = await web.get(f"/o/{token}")
        assert page.status_code == 200
        assert 'name="act"' not in page.text
        assert "Ganz neu." not in page.text
    assert await actions.settle(now) == 1
    assert await Letter.count().where(Letter.kind == "notice_void") == 4


async def test_what_is_no_link_of_ours_leads_nowhere(db: str, now: datetime):
    await by_silence(await ready(now), now)
    async with browser(now) as web:
        for path in ("/o/x", f"/o/{'x' * 43}", "/o/%00", f"/o/{derived_token('ballot', 1)}"):
            assert (await web.get(path)).status_code == 404


async def test_the_silent_are_reminded_once_and_nobody_else(db: str, now: datetime):
    matter = await ready(now)
    held = await by_silence(matter, now)
    await actions.mark_noticed(await token_of("AT-01"), held.text_hash, now=now)
    await actions.mark_read(held.id, matter.members[0], now=now)
    assert await actions.remind_due(now + timedelta(hours=14)) == 0
    assert await actions.remind_due(now + timedelta(hours=15)) == 5
    assert await actions.remind_due(now + timedelta(hours=16)) == 0
    reminded = await Letter.select(Letter.recipient).where(Letter.kind == "notice_reminder")
    assert {row["recipient"] for row in reminded} == {
        f"office@{code}.example" for code in ("fr-01", "it-01", "si-07")
    }
    assert await Event.count().where(Event.action == "round reminded") == 1
