from datetime import datetime, timedelta

import pytest

from advocacy.history.tables import Event
from advocacy.learned import actions
from advocacy.triage import actions as triage
from advocacy.triage.rules import Decision
from advocacy.triage.tables import SortingRule, Triage
from advocacy.undoing.actions import undo
from tests.advocacy.learned.sample import TENDERS, came, dismissed, gazette, tenders
from tests.browsing import browser
from tests.characters import ana, luca, maja, presidency

pytestmark = pytest.mark.anyio


async def test_a_proposal_is_linked_from_the_inbox_previewed_and_switched_on(
    db: str, now: datetime
):
    await dismissed(TENDERS, by=await ana(now), now=now)
    waits = await came("Tender undecided", now=now)
    new = await tenders(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "A rule is proposed" in (await web.get("/en/inbox")).text
        page = await web.get("/en/inbox/rules")
        assert "5 entries of this kind were dismissed and none was opened or attached" in page.text
        assert "Tender bus" in page.text
        page = await web.get(f"/en/inbox/rules/preview?{new.query()}")
        assert "It would have taken 6 of the last 6." in page.text
        assert "None of them belongs to a dossier." in page.text
        assert "It takes 1 undecided entry." in page.text
        page = await web.post("/en/inbox/rules", new.fields() | {"do": "on", "also": "1"})
        assert "The rule is on. 1 entry was sorted." in page.text
        assert "1 entry stands dismissed by this rule." in page.text
        page = await web.get("/en/inbox")
        assert "1 entry was sorted by rules today." in page.text
        assert "A rule is proposed" not in page.text
        page = await web.get("/en/inbox/rules")
        assert "1 entry dismissed" in page.text
    [row] = await Triage.select(Triage.rule).where(Triage.entry == waits)
    assert row["rule"] is not None


async def test_the_banner_takes_the_switching_on_back(db: str, now: datetime):
    waits = await came("Tender undecided", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox/rules/preview?words=tender&reason=too+late")
        fields = (await tenders(now)).fields()
        await web.post("/en/inbox/rules", fields | {"do": "on", "also": "1"})
        [event] = await Event.select(Event.id).where(Event.action == "rule switched on")
        await web.post(f"/en/undo/{event['id']}")
    assert not await Triage.exists().where(Triage.entry == waits)


async def test_a_proposal_is_refused_and_offered_again(db: str, now: datetime):
    await dismissed(TENDERS, by=await ana(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        await web.get("/en/inbox/rules")
        fields = (await tenders(now)).fields()
        page = await web.post("/en/inbox/rules", fields | {"do": "refuse"})
        assert "This rule is not proposed any more." in page.text
        assert "Nothing is proposed." in page.text
        [row] = await SortingRule.select(SortingRule.id)
        page = await web.post(f"/en/inbox/rules/{row['id']}", {"do": "again"})
        assert "5 entries of this kind were dismissed" in page.text


async def test_switching_off_keeps_and_taking_back_names_what_stays(db: str, now: datetime):
    person = await ana(now)
    rule = (await actions.switch_on(await tenders(now), also=False, by=person, now=now)).rule
    anew = await came("Tender of interest", now=now)
    await actions.act(now)
    [event] = await Event.select(Event.id).where(Event.action == "rule decided")
    await undo(event["id"], by=person, now=now)
    await triage.decide([anew], Decision.DUPLICATE, by=await luca(now), now=now)
    await came("Tender of none", now=now)
    await actions.act(now)
    async with browser(now) as web:
        await web.sign_in(person, now)
        page = await web.get(f"/en/inbox/rules/{rule}")
        assert "Decided anew by people" in page.text
        page = await web.post(f"/en/inbox/rules/{rule}", {"do": "off"})
        assert "The rule is off. What it has decided stays." in page.text
        assert "Take everything back" in (await web.get("/en/inbox/rules")).text
        page = await web.post(f"/en/inbox/rules/{rule}", {"do": "back"})
        assert "The rule is off and 1 entry is back in the inbox." in page.text
        assert "1 entry that people have decided anew stays: Tender of interest" in page.text
        page = await web.post(f"/en/inbox/rules/{rule}", {"do": "back"})
        assert page.status_code == 409


async def test_a_rule_of_ones_own_is_tried_first(db: str, now: datetime):
    await came("Tender bridge", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox/rules/preview?words=TENDER+Bridge&reason=too+late")
    assert page.status_code == 200
    assert "“bridge”, “tender”" in page.text
    assert "It would have taken 1 of the last 1." in page.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("source=&words=&topic=&reason=too+late", "a rule without a condition"),
        ("words=%3Cb%3E+a+b+c+d+e+f&reason=too+late", "at most 5 words"),
        ("words=tender&reason=because", "Choose one of the reasons"),
        ("source=77&words=tender&reason=too+late", "Choose one of the sources"),
        ("topic=football&reason=too+late", "Choose one of the topics"),
    ],
)
async def test_bad_input_is_said_at_its_field_and_the_words_are_kept(
    db: str, now: datetime, query: str, told: str
):
    await gazette(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/inbox/rules/preview?{query}")
        assert page.status_code == 422
        assert told in page.text
        if "tender" in query:
            assert 'value="tender"' in page.text
        if "%3Cb%3E" in query:
            assert 'value="&lt;b&gt; a b c d e f"' in page.text
        await web.get("/en/me")
        page = await web.post("/en/inbox/rules", {"words": "!!", "reason": "x", "do": "on"})
        assert page.status_code == 422
    assert await SortingRule.count() == 0


async def test_a_rule_that_is_not_there_and_an_act_that_is_none(db: str, now: datetime):
    rule = (
        await actions.switch_on(await tenders(now), also=False, by=await ana(now), now=now)
    ).rule
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for path in ("/en/inbox/rules/99", f"/en/inbox/rules/{10**30}", "/en/inbox/rules/x"):
            assert (await web.get(path)).status_code == 404
        await web.get("/en/inbox/rules")
        assert (await web.post("/en/inbox/rules/99", {"do": "off"})).status_code == 404
        await web.get("/en/inbox/rules")
        assert (await web.post(f"/en/inbox/rules/{rule}", {"do": "x"})).status_code == 422


async def test_the_same_form_twice_is_one_rule(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/inbox/rules/preview?words=tender&reason=too+late")
        form = web.keys() | (await tenders(now)).fields() | {"do": "on"}
        first = await web.post("/en/inbox/rules", form)
        second = await web.post("/en/inbox/rules", form)
    assert first.url == second.url
    assert await SortingRule.count() == 1
    assert await Event.count().where(Event.action == "rule switched on") == 1


async def test_rules_are_the_secretariats(db: str, now: datetime):
    fields = (await tenders(now)).fields()
    rule = (
        await actions.switch_on(await tenders(now), also=False, by=await ana(now), now=now)
    ).rule
    for person in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(person, now)
            for path in ("", "/preview?words=tender&reason=too+late", f"/{rule}"):
                assert (await web.get(f"/en/inbox/rules{path}")).status_code == 404
            await web.get("/en/me")
            keys = web.keys()
            assert (await web.post("/en/inbox/rules", keys | fields)).status_code == 404
            page = await web.post(f"/en/inbox/rules/{rule}", keys | {"do": "off"})
            assert page.status_code == 404
    [row] = await SortingRule.select(SortingRule.state)
    assert row["state"] == "active"


async def test_the_inbox_says_why_an_entry_stays_although_a_rule_would_take_it(
    db: str, now: datetime
):
    await actions.switch_on(await tenders(now), also=False, by=await ana(now), now=now)
    await came("Tender dated", now=now, closes=now + timedelta(days=3))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/inbox")
    assert "stays here because a deadline lies ahead" in page.text
    assert "Official Gazette · “tender”" in page.text


async def test_titles_are_escaped_and_say_their_language(db: str, now: datetime):
    await came("<i>Tender</i>", now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/de/inbox/rules/preview?words=tender&reason=too+late")
    assert "<i>Tender" not in page.text
    assert '<span lang="en">&lt;i&gt;Tender&lt;/i&gt;</span>' in page.text
