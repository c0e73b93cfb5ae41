from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from advocacy.calls.queries import token_of
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.positions import actions as writing
from advocacy.positions import queries as positions
from advocacy.positions.proposing import actions, checking, mails
from advocacy.positions.proposing.actions import Answer
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import Position, Proposal, Remark
from tests.advocacy.positions.matters import Matter, adopt
from tests.advocacy.positions.proposing.drafts import proposed, readable, text_of
from tests.browsing import browser
from tests.characters import ana, eva, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

P = "/en/p/2026-014"


async def newest() -> Proposal:
    return await Proposal.objects().order_by(Proposal.id, ascending=False).first()


async def paragraph(it: Matter) -> str:
    return dict(positions.paragraphs_of(await positions.version(it.position.id)))["k1"]


def link(it: Matter, code: str) -> str:
    return f"/a/{token_of(it.answers[code].invitation)}/draft"


async def test_a_member_of_the_presidency_proposes_words_and_citations_stay(db: str, now: datetime):
    it = await readable(now)
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        page = (await web.get(f"{P}/propose/k1")).text
        assert ">Die Kosten sind zu ersetzen.</textarea>" in page
        form = {"version": 1, "text": "Die Kosten sind voll zu ersetzen.", "reason": "Klarer"}
        page = await web.post(f"{P}/propose/k1", form | {"do": "propose"})
        assert "The secretariat answers your proposal." in page.text
        assert "<ins>voll </ins>" in page.text
    row = await newest()
    assert row.text == text_of(it, "Die Kosten sind voll zu ersetzen")
    assert (row.before, row.author, row.reason) == (
        text_of(it, "Die Kosten sind zu ersetzen"),
        "Marie Exemple",
        "Klarer",
    )


async def test_unchanged_words_are_asked_back_and_a_remark_needs_none(db: str, now: datetime):
    await readable(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(f"{P}/propose/k1")
        same = {"version": 1, "text": "Die Kosten sind zu ersetzen.", "reason": "Bitte"}
        page = await web.post(f"{P}/propose/k1", same)
        assert (page.status_code, "Change the words" in page.text) == (422, True)
        assert "Bitte</textarea>" in page.text
        page = await web.post(f"{P}/propose/k1", {"version": 1, "do": "remark", "remark": "Zakaj?"})
        assert "Zakaj?" in page.text
    assert await Proposal.count() == 0
    assert (await Remark.select(Remark.author).first())["author"] == "Maja Vzorec"


async def test_a_new_paragraph_is_proposed_and_stands_where_it_was_meant(db: str, now: datetime):
    it = await readable(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(f"{P}/propose/after-k1")
        await web.post(f"{P}/propose/after-k1", {"version": 1, "text": "Planine ostanejo."})
        row = await newest()
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"{P}/proposals")).text
        assert "New, after § 1" in page
        await web.get(f"{P}/proposals/{row.paragraph}")
        form = {f"state-{row.id}": "accepted", "base": 1, "text": "Planine ostanejo."}
        await web.post(f"{P}/proposals/{row.paragraph}", form)
    version = await positions.version(it.position.id)
    assert [key for key, _ in positions.paragraphs_of(version)] == ["k1", row.paragraph, "k2"]


async def test_places_that_are_not_there_and_garbage_give_no_page(db: str, now: datetime):
    it = await readable(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for path in (
            "propose/k9",
            "propose/ask-99",
            "propose/ask-%C2%B2",
            "propose/after-k9",
            "proposals/k1",
            "proposals/x%00y",
        ):
            assert (path, (await web.get(f"{P}/{path}")).status_code) == (path, 404)
        assert (await web.get(f"{P}/propose/title")).status_code == 200
        assert (await web.get(f"{P}/propose/ask-1")).status_code == 200
        answer = await web.post(f"{P}/propose/k1", {"version": "9" * 40, "text": "Anders."})
        assert answer.status_code == 200
        assert (await web.post(f"{P}/remark/99", {})).status_code == 404
    await adopt(it, now, "submitted")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get(f"{P}/propose/k1")).status_code == 403
        assert (await web.get(f"{P}/proposals")).status_code == 200


async def test_only_the_house_sees_proposals_and_only_the_secretariat_answers(
    db: str, now: datetime
):
    it = await readable(now)
    await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    async with browser(now) as web:
        codes = [(await web.get(f"{P}/{path}")).status_code for path in ("proposals", "propose/k1")]
        assert codes == [200, 200]  # the sign-in page
        assert "voll" not in (await web.get(f"{P}/proposals")).text
        await web.sign_in(await eva(now), now)
        assert "voll" in (await web.get(f"{P}/proposals")).text
        assert (await web.get(f"{P}/proposals/k1")).status_code == 404


async def test_two_proposals_are_laid_over_each_other_and_answered_at_once(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    other = await proposed(it, "Alle Kosten sind zu ersetzen", await eva(now), now)
    both = text_of(it, "Alle Kosten sind voll zu ersetzen")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"{P}/proposals/k1")).text
        assert f">{both}</textarea>" in page
        form = {
            f"state-{one}": "accepted", f"state-{other}": "accepted",
            "base": 1, "text": both, "offered": both,
        }  # fmt: skip
        page = await web.post(f"{P}/proposals/k1", form)
        assert "2 proposals are answered. Letters leave in ten minutes." in page.text
        again = await web.post(f"{P}/proposals/k1", form | web.keys())
        assert again.status_code == 409
    assert await paragraph(it) == both
    assert await Event.count().where(Event.action == "proposals answered") == 1


async def test_a_collision_is_shown_and_settled_by_choosing(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    other = await proposed(it, "Die Kosten sind halb zu ersetzen", await eva(now), now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"{P}/proposals/k1")).text
        assert "1 place where the proposals collide" in page
        form = {
            f"state-{one}": "accepted", f"state-{other}": "not_accepted", "base": 1,
            f"reason-{other}": "Halb genügt nicht.", "text": "x", "offered": "x",
        }  # fmt: skip
        await web.post(f"{P}/proposals/k1", form)
    assert await paragraph(it) == text_of(it, "Die Kosten sind voll zu ersetzen")


async def test_choosing_words_at_a_collision_fills_the_text(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    other = await proposed(it, "Die Kosten sind halb zu ersetzen", await eva(now), now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{P}/proposals/k1")
        form = {
            f"state-{one}": "accepted", f"state-{other}": "accepted", "base": 1,
            "among": f"{one} {other}", "take-0": "1", "take-²": "²", "do": "merge",
        }  # fmt: skip
        page = await web.post(f"{P}/proposals/k1", form)
        assert f">{text_of(it, 'Die Kosten sind halb zu ersetzen')}</textarea>" in page.text
        page = await web.post(
            f"{P}/proposals/k1", form | {"do": "save", "text": "y", "offered": "y"}
        )
        assert (page.status_code, "does not hold these words" in page.text) == (422, True)
    assert (await Proposal.objects().where(Proposal.id == one).first()).state == "open"


async def test_a_municipality_reads_the_draft_by_its_link_and_proposes(db: str, now: datetime):
    it = await readable(now)
    here = link(it, "SI-07")
    async with browser(now) as web:
        assert (await web.get(here)).status_code == 404
    await actions.show(it.position.id, now + timedelta(days=3), by=await ana(now), now=now)
    events = await Event.count()
    async with browser(now) as web:
        page = (await web.get(f"{here}?language=en")).text
        assert "Die Kosten sind zu ersetzen." in page
        assert "[@" not in page
        assert page.count("Rests on your answer") == 1
        assert (await web.get(f"{here}/k1?language=en")).status_code == 200
        assert await Event.count() == events
        form = {"version": 1, "text": "Die Kosten sind voll zu ersetzen.", "do": "propose"}
        page = (await web.client.post(f"{here}/k1", data=form, follow_redirects=True)).text
        row = await newest()
        assert (row.author, row.source, row.language) == ("Vzorčna vas", "link", "de")
        assert row.text == text_of(it, "Die Kosten sind voll zu ersetzen")
        await web.client.post(f"{here}/k1", data={"do": "withdraw", "proposal": row.id})
        assert (await newest()).state == "withdrawn"
        await web.client.post(f"{here}/k2", data={"do": "remark", "remark": "Zakaj tri leta?"})
        assert (await Remark.select(Remark.author).first())["author"] == "Vzorčna vas"
        other = (await web.get(link(it, "AT-01"))).text
        assert "Zakaj" not in other
    async with browser(now + timedelta(days=4)) as web:
        page = (await web.get(f"{here}?language=en")).text
        assert "Zakaj tri leta?" in page
        assert "Die Regel wird" not in page
        assert (await web.get(f"{here}/k1")).status_code == 403


async def test_words_for_a_text_that_has_changed_meanwhile_come_back(db: str, now: datetime):
    it = await readable(now)
    here = f"{link(it, 'SI-07')}/k1?language=en"
    await actions.show(it.position.id, now + timedelta(days=3), by=await ana(now), now=now)
    form = {"version": 1, "read_in": "de", "text": "Meine Worte.", "do": "propose"}
    draft = positions.draft_of(await positions.version(it.position.id))
    for number, key in enumerate(("k2", "k1"), 1):
        changed = [(k, f"Neu. {text}" if k == key else text) for k, text in draft.paragraphs]
        draft = replace(draft, paragraphs=changed)
        await writing.save(it.position.id, draft, base_version=number, by=await ana(now), now=now)
        async with browser(now) as web:
            page = await web.client.post(here, data=form, follow_redirects=True)
        if key == "k2":  # another paragraph: what was read still stands
            assert (await newest()).text.startswith("Meine Worte")
            await Proposal.delete(force=True)
    assert page.status_code == 409
    for words in ("Neu. Die Kosten", "Meine Worte."):
        assert words in page.text
    assert await Proposal.count() == 0
    async with browser(now) as web:  # read in a translation that is stale by now
        page = await web.client.post(here, data=form | {"version": 2, "read_in": "sl"})
    assert page.status_code == 409


async def test_the_link_for_consent_records_nothing_until_a_button_is_pressed(
    db: str, now: datetime
):
    it = await readable(now)
    one = await proposed(it, "Die Kosten sind voll zu ersetzen", None, now, code="SI-07")
    said = {one: Answer(ProposalState.MODIFIED, "Mehr gibt es nicht.")}
    await actions.answer(
        it.position.id, "k1", text_of(it, "Die Kosten sind halb zu ersetzen"), said,
        base_version=1, by=await ana(now), now=now,
    )  # fmt: skip
    path = f"/consent/{mails.consent_token(await newest())}?language=en"
    events = await Event.count()
    async with browser(now) as web:
        page = (await web.get(path)).text
        assert "Mehr gibt es nicht." in page
        assert (await newest()).consent == "asked"
        assert await Event.count() == events
        page = await web.post(path, {"act": "refuse", "remark": ""})
        assert (page.status_code, "Say what should be different" in page.text) == (422, True)
        page = await web.post(path, {"act": "agree", "remark": ""})
        assert "You agree." in page.text
        assert (await newest()).consent == "given"
        assert (await web.get("/consent/" + "x" * 43)).status_code == 404


async def test_the_secretariat_is_told_what_waits_and_lays_the_draft_open(db: str, now: datetime):
    it = await readable(now)
    await proposed(it, "Die Kosten sind voll zu ersetzen", await maja(now), now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "Answer 1 proposal" in (await web.get("/en/now")).text
        assert "1 open" in (await web.get(P)).text
        await web.get(f"{P}/proposals")
        page = await web.post(f"{P}/check", {"until": "gestern"})
        assert (page.status_code, "Enter a date like" in page.text) == (422, True)
        page = await web.post(f"{P}/check", {"until": "30.11.2026 18:00"})
        assert "Letters leave in ten minutes." in page.text
        assert await Letter.count().where(Letter.kind == "member_check") == 4
        page = await web.post(f"{P}/check/close")
        assert "can no longer change anything" in page.text
    position = await Position.objects().where(Position.id == it.position.id).first()
    assert position.members_until == now


async def test_the_list_asks_the_database_as_often_for_three_proposals_as_for_one(
    db: str, now: datetime
):
    it = await readable(now)
    asked = []
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for who in (await maja(now), await eva(now), await ana(now)):
            await proposed(it, f"Die Kosten von {who.name} sind zu ersetzen", who, now)
            with counted() as queries:
                await web.get(f"{P}/proposals")
            asked.append(len(queries))
    assert asked[0] == asked[2]


async def test_after_sending_a_municipality_stands_at_what_it_proposed(db: str, now: datetime):
    """There is no session that could keep a banner: the address leads to the answer."""
    it = await readable(now)
    await checking.show(it.position.id, now + timedelta(days=9), by=await ana(now), now=now)
    async with browser(now) as web:
        page = await web.post(
            f"{link(it, 'IT-01')}/k1", {"do": "remark", "remark": "Troppo tardi."}
        )
        assert str(page.url).endswith("/draft#yours")
        assert page.text.index('id="yours"') < page.text.index("Troppo tardi.")
