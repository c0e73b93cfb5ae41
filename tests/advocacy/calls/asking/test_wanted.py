from datetime import date, datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import wanted
from advocacy.calls.asking.recipients import audience_of, chosen_by
from advocacy.calls.asking.whole_calls import whole_by_id
from advocacy.calls.tables import CallText
from advocacy.dossiers.tables import Milestone
from advocacy.errors import Invalid, Outdated
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, claire, giulia, maja, presidency

pytestmark = pytest.mark.anyio
DAY = date(2026, 11, 24)
HERE = "/en/c/2026-014-1"


async def test_somebody_is_asked_by_a_letter_and_never_twice_for_the_same(db: str, now: datetime):
    call = await story.drafted(now, words={"de": story.words("de")})
    for _ in range(2):
        await wanted.ask(call.id, "sl", await maja(now), DAY, by=await ana(now), now=now)
    assert await wanted.wanted(await whole_by_id(call.id)) == {
        "sl": wanted.Wanted((await maja(now)).id, "Maja Vzorec", DAY)
    }
    letters = await Letter.objects().where(Letter.kind == "text_wanted")
    assert [(each.recipient, each.language) for each in letters] == [
        ("maja.vzorec@alpennetz.example", "sl")
    ]
    assert "/sl/c/2026-014-1/text/sl" in letters[0].text


async def test_another_day_or_person_is_another_letter(db: str, now: datetime):
    call = await story.drafted(now)
    by = await ana(now)
    await wanted.ask(call.id, "sl", await maja(now), DAY, by=by, now=now)
    await wanted.ask(call.id, "sl", await maja(now), DAY + timedelta(days=1), by=by, now=now)
    await wanted.ask(call.id, "sl", await giulia(now), DAY, by=by, now=now)
    assert await Letter.count().where(Letter.kind == "text_wanted") == 3
    assert (await wanted.wanted(await whole_by_id(call.id)))["sl"].name == "Giulia Esempio"


async def test_what_is_checked_is_wanted_no_more(db: str, now: datetime):
    call = await story.drafted(now)
    by = await ana(now)
    await wanted.ask(call.id, "sl", await maja(now), DAY, by=by, now=now)
    await actions.check_text(call.id, "sl", by=await maja(now), now=now)
    assert await wanted.wanted(await whole_by_id(call.id)) == {}
    with pytest.raises(Outdated):
        await wanted.ask(call.id, "sl", await maja(now), DAY, by=by, now=now)


async def test_the_words_that_come_later_keep_who_was_asked(db: str, now: datetime):
    call = await story.drafted(now, words={"de": story.words("de")})
    await wanted.ask(call.id, "sl", await maja(now), DAY, by=await ana(now), now=now)
    new = story.new_call()
    await actions.change_call(call.id, new, base_version=1, by=await ana(now), now=now)
    found = await CallText.objects().where(CallText.language == "sl").first()
    assert found is not None
    assert (found.title, found.due) == ("Herdenschutz sl", DAY)


async def test_a_day_that_does_not_fit_and_people_who_cannot_check_are_refused(
    db: str, now: datetime
):
    call = await story.drafted(now)
    by, chair = await ana(now), (await presidency(now))[0]
    for language, person, day, field in (
        ("sl", await maja(now), date(2026, 11, 22), "due-sl"),
        ("sl", await maja(now), date(2026, 12, 5), "due-sl"),
        ("sl", chair, DAY, "person-sl"),
        ("xx", await maja(now), DAY, "person-xx"),
    ):
        with pytest.raises(Invalid) as error:
            await wanted.ask(call.id, language, person, day, by=by, now=now)
        assert set(error.value.fields) == {field}
    assert await Letter.count() == 0


async def test_a_sent_call_asks_nobody_to_check(db: str, now: datetime):
    call = await story.opened(now)
    with pytest.raises(Outdated):
        await wanted.ask(call.id, "sl", await maja(now), DAY, by=await ana(now), now=now)


async def proposed(call_id: int, now: datetime) -> list[tuple[str, int | None, date]]:
    whole = await whole_by_id(call_id)
    chosen = await chosen_by(audience_of(whole.call))
    there = await wanted.proposals(whole, chosen, await wanted.checkers(), {}, now=now)
    return [(each.language, each.person, each.due) for each in there]


async def test_proposed_is_who_speaks_it_a_working_day_before_the_call_leaves(
    db: str, now: datetime
):
    call = await story.drafted(now)
    tomorrow = date(2026, 11, 24)
    assert [each[2] for each in await proposed(call.id, now)] == [tomorrow] * 4
    await Milestone(
        window=call.window, kind="call_out", due=datetime.fromisoformat("2026-11-30T17:00:00Z")
    ).save()
    friday = date(2026, 11, 27)
    assert await proposed(call.id, now) == [
        ("de", None, friday),
        ("fr", (await claire(now)).id, friday),
        ("it", (await giulia(now)).id, friday),
        ("sl", (await maja(now)).id, friday),
    ]


async def test_people_are_asked_on_the_check_page_and_the_gap_says_so(db: str, now: datetime):
    await story.drafted(now)
    number = str((await maja(now)).id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(HERE)
        wrong = await web.post(f"{HERE}/wanted", {"person-sl": number, "due-sl": "2020-01-01"})
        assert wrong.status_code == 422
        assert 'href="#due-sl"' in wrong.text
        await web.get(HERE)
        done = await web.post(f"{HERE}/wanted", {"person-sl": number, "due-sl": "2026-11-24"})
        assert "Asked: Maja Vzorec" in done.text
        refused = await web.post(f"{HERE}/launch")
        assert refused.status_code == 422
        said = "Slovenian: the text is not checked. Asked: Maja Vzorec. Due: 24 Nov 2026"
        assert said in refused.text
