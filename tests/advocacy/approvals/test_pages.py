import re
from datetime import datetime, timedelta

import pytest

from advocacy.approvals import actions
from advocacy.approvals.tables import Ballot, Round
from advocacy.people.tables import Session
from advocacy.people.tokens import derived_token
from advocacy.positions.actions import bind, mark_seen
from advocacy.positions.proposing.actions import propose
from advocacy.positions.tables import Passage, Position, Seen
from tests.advocacy.approvals.matters import (
    NUMBER,
    Matter,
    ballot,
    edited,
    opened,
    ready,
    translated,
)
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio

OPENING = {"policy": "majority", "quorum": "2", "ends_on": "2026-11-26", "ends_at": "18:00"}


async def link(held: Round, matter: Matter, place: int = 0) -> str:
    mine = await ballot(held, matter.members[place])
    return f"/r/{derived_token('ballot', mine.id)}"


async def test_looking_ten_times_records_nothing(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        for _ in range(10):
            answer = await web.get(path)
            assert answer.status_code == 200
            await web.client.head(path)
    mine = await ballot(held, matter.members[0])
    assert (mine.choice, mine.voted, mine.seen) == ("", None, None)
    assert (await Seen.count(), await Session.count()) == (0, 0)


async def test_the_letter_s_link_is_in_the_member_s_language_and_votes_once(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        page = await web.get(path)
        assert '<html lang="fr">' in page.text
        assert held.text_hash in page.text
        form = {"choice": "approve", "text_hash": held.text_hash, "remark": ""} | web.keys()
        for _ in range(2):
            answer = await web.client.post(path, data=form, follow_redirects=True)
            assert answer.status_code == 200
    mine = await ballot(held, matter.members[0])
    assert mine.choice == "approve"
    assert await Ballot.count().where(Ballot.choice != "") == 1
    assert await Session.count() == 0


async def test_who_goes_back_in_the_browser_and_chooses_otherwise_is_heard(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        await web.get(path)
        keys = web.keys() | {"text_hash": held.text_hash, "remark": "§ 2"}
        for choice in ("approve", "change", "approve"):
            await web.client.post(path, data=keys | {"choice": choice}, follow_redirects=True)
            assert (await ballot(held, matter.members[0])).choice == choice


async def test_a_forged_link_leads_nowhere(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    async with browser(now) as web:
        for path in ("/r/x", f"/r/{'x' * 43}", "/r/%00", f"/r/{derived_token('ballot', 999)}"):
            assert (await web.get(path)).status_code == 404


async def test_a_member_who_is_gone_has_no_link_any_more(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    member = matter.members[0]
    member.active = False
    await member.save()
    async with browser(now) as web:
        assert (await web.get(await link(held, matter))).status_code == 404


async def test_a_request_without_a_remark_is_asked_for_one(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        await web.get(path)
        answer = await web.post(
            path, {"choice": "change", "text_hash": held.text_hash, "remark": " "}
        )
        assert answer.status_code == 422
        assert '<a href="#remark">' in answer.text
        again = await web.post(
            path, {"choice": "change", "text_hash": held.text_hash, "remark": "§ 2: <b>nein</b>"}
        )
        assert again.status_code == 200
        assert "§ 2: &lt;b&gt;nein&lt;/b&gt;" in again.text


async def test_who_decides_by_link_reads_first_of_all_what_was_kept(db: str, now: datetime):
    """There is no session that could keep a banner: the page says it from the ballot."""
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        assert '<div class="banner ok"' not in (await web.get(path)).text
        form = {"choice": "approve", "text_hash": held.text_hash, "remark": ""}
        page = (await web.post(path, form)).text
        assert page.index('<div class="banner ok" role="status">') < page.index("<h1>")


async def test_a_vote_for_a_text_that_has_changed_gets_the_outdated_page(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        await web.get(path)
        await edited(matter, now, "Völlig anders. [@own]")
        answer = await web.post(
            path, {"choice": "approve", "text_hash": held.text_hash, "remark": "meine Worte"}
        )
        assert answer.status_code == 409
        assert "Völlig anders." in answer.text
        assert "meine Worte" in answer.text
        assert f'<a class="btn" href="{path}">' in answer.text
        assert (await web.get(path)).status_code == 200
        assert 'name="choice"' not in web.page.text
    assert (await ballot(held, matter.members[0])).choice == ""


async def test_the_first_visit_marks_nothing_and_the_next_what_changed(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter, 2)  # reads German
    async with browser(now) as web:
        first = await web.get(path)
        assert "<ins>" not in first.text
        assert "<del>" not in first.text
        await web.post(f"{path}/read")
        assert "<ins>" not in web.page.text
    await edited(matter, now, "Die Gemeinden leben ungern mit den Großraubtieren. [@own]")
    await actions.settle(now)
    again = await opened(matter, now)
    async with browser(now) as web:
        changed = await web.get(await link(again, matter, 2))
        assert changed.text.count("<ins>") == 1
        assert re.search(r"<ins>\s*ungern\s*</ins>", changed.text)
        assert '<details class="same">' in changed.text
        assert 'href="#p1"' in changed.text


async def test_a_checked_translation_is_read_and_the_original_s_change_shown(
    db: str, now: datetime
):
    matter = await ready(now, binding="fr")
    member = matter.members[0]
    await mark_seen(matter.position.id, member, 1, now)
    await edited(matter, now, "Neu und anders. [@own]")
    await translated(matter, "fr", now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        page = await web.get(path)
        assert "Texte k1." in page.text
        assert '<p lang="de"><del>' in page.text
        other = await web.get(path, params={"language": "it"})
        assert '<html lang="it">' in other.text
        assert "<h1>" in other.text
        assert '<span lang="de">Großraubtiere</span>' in other.text


async def test_who_stands_behind_it_is_said_with_the_municipality_s_own_words(
    db: str, now: datetime
):
    matter = await ready(now)
    held = await opened(matter, now)
    async with browser(now) as web:
        page = await web.get(await link(held, matter))
        assert '<q lang="sl">Stroške zaščite je treba pokriti v celoti.</q>' in page.text
        assert "Vzorčna vas (SI)" in page.text
        assert "[@" not in page.text


async def test_a_signed_in_member_decides_and_others_only_read(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = f"/de/p/{NUMBER}/approve"
    async with browser(now) as web:
        assert "/sign-in" in str((await web.get(path)).url)
        await web.sign_in(matter.members[0], now)
        await web.get(path)
        answer = await web.post(path, {"choice": "abstain", "text_hash": held.text_hash})
        assert answer.status_code == 200
        assert (await web.get(f"/de/p/{NUMBER}/round")).status_code == 404
    assert (await ballot(held, matter.members[0])).choice == "abstain"
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert 'name="choice"' not in (await web.get(path)).text
        await web.get("/de/me")
        refused = await web.post(path, {"choice": "approve", "text_hash": held.text_hash})
        assert refused.status_code == 404


async def test_the_secretariat_opens_a_round_and_can_take_it_back(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/de/p/{NUMBER}/round")
        assert 'value="18:00"' in page.text
        done = await web.post(f"/de/p/{NUMBER}/round", OPENING)
        assert done.status_code == 200
        assert done.url.path == f"/de/p/{NUMBER}/rounds"
        assert "/undo/" in done.text
        assert await Round.count() == 1


async def test_who_opens_a_round_or_edits_during_one_is_told_what_that_means(
    db: str, now: datetime
):
    matter = await ready(now)
    later = now + timedelta(days=2)
    await Position.update({Position.members_until: later}).where(Position.id == matter.position.id)
    await propose(
        matter.position.id, "k1", "Anders [@own].", before="x", version=1, source="page",
        author="Luca Beispiel", language="de", by=None, now=now,
    )  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(f"/en/p/{NUMBER}/round")
        assert "1 proposal has no answer yet." in page.text
        assert "The municipalities still look at this draft." in page.text
        assert "makes the round void" not in (await web.get(f"/en/p/{NUMBER}/edit")).text
        await opened(matter, now)
        assert "makes the round void" in (await web.get(f"/en/p/{NUMBER}/edit")).text


async def test_the_same_form_twice_opens_one_round(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"/de/p/{NUMBER}/round")
        form = OPENING | web.keys()
        for _ in range(2):
            answer = await web.client.post(
                f"/de/p/{NUMBER}/round", data=form, follow_redirects=False
            )
            assert answer.status_code == 303
    assert await Round.count() == 1


async def test_what_stands_in_the_way_leads_to_where_it_is_mended(db: str, now: datetime):
    matter = await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"/de/p/{NUMBER}/round")
        form = OPENING | web.keys()
        first = matter.answers[0].id
        await Passage.update({Passage.number: 7}).where(Passage.contribution == first)
        await bind(matter.position.id, ["fr"], by=await ana(now), now=now)
        page = await web.get(f"/de/p/{NUMBER}/round")
        for path in (f"/d/{NUMBER}/passages", f"/p/{NUMBER}/edit", f"/p/{NUMBER}/translate/fr"):
            assert f'href="/de{path}"' in page.text
        answer = await web.client.post(f"/de/p/{NUMBER}/round", data=form)
        assert answer.status_code == 422
        assert 'href="#translations-fr"' in answer.text
        assert 'id="translations-fr"' in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"policy": ""},
        {"quorum": "many"},
        {"quorum": "9"},
        {"ends_on": "yesterday"},
        {"ends_on": "2026-11-22"},
    ],
)
async def test_a_wrong_field_is_named_and_what_was_typed_is_kept(
    db: str, now: datetime, wrong: dict[str, str]
):
    await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"/en/p/{NUMBER}/round")
        answer = await web.post(f"/en/p/{NUMBER}/round", OPENING | wrong)
        assert answer.status_code == 422
        assert f'href="#{next(iter(wrong))}"' in answer.text
    assert await Round.count() == 0


async def test_pages_of_dossiers_that_are_not_there(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for path in ("approve", "round", "rounds"):
            assert (await web.get(f"/de/p/2099-999/{path}")).status_code == 404
        assert (await web.get(f"/de/p/{NUMBER}/approve")).status_code == 404
        assert (await web.get(f"/de/p/{NUMBER}/rounds")).status_code == 200


async def test_an_ended_round_shows_its_result_and_no_buttons(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    async with browser(held.ends + timedelta(seconds=1)) as web:
        page = await web.get(await link(held, matter, 1))
        assert 'name="choice"' not in page.text
        await web.sign_in(await ana(now), held.ends + timedelta(seconds=1))
        assert f"/de/p/{NUMBER}/submit" in (await web.get(f"/de/p/{NUMBER}/rounds")).text


async def test_what_no_database_holds_breaks_nothing(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    path = await link(held, matter)
    async with browser(now) as web:
        await web.get(path)
        form = {"choice": "change", "text_hash": held.text_hash, "remark": "a\x00b\r\nc"}
        assert (await web.post(path, form)).status_code == 200
        await web.get(path)
        assert (await web.post(path, form | {"choice": "\x00"})).status_code == 422
        await web.get(path)
        assert (await web.post(path, form | {"text_hash": "\x00"})).status_code == 409
    assert (await ballot(held, matter.members[0])).remark == "ab\nc"
