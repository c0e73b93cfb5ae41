import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.errors import NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.outcomes import actions
from advocacy.outcomes.rules import HOLD, Fate, Occasion
from advocacy.outcomes.tables import ReportBack, Telling
from advocacy.submissions.leaving.taking_back import take_back
from tests.advocacy.approvals.matters import COSTS, ready
from tests.advocacy.submissions.matters import handed_in
from tests.browsing import browser
from tests.characters import ana, luca

pytestmark = pytest.mark.anyio

REPORT = "/en/p/2026-014/report-back"
DECIDED = "/en/p/2026-014/report-outcome"


async def letters() -> dict[str, Letter]:
    rows = await Letter.objects().where(Letter.kind == "report_back")
    return {row.language: row for row in rows}


async def states() -> list[str]:
    return [row["state"] for row in await Telling.select(Telling.state).order_by(Telling.id)]


async def test_letters_wait_ten_minutes_and_leave_once(db: str, now: datetime):
    submission = await handed_in(await ready(now), now)
    telling = await actions.tell(submission.id, by=await ana(now), now=now)
    assert (telling.letters, telling.leaves) == (4, now + HOLD)
    assert await actions.send_held(now + HOLD - timedelta(seconds=1)) == 0
    assert await letters() == {}
    sent = await asyncio.gather(*(actions.send_held(now + HOLD) for _ in range(3)))
    assert sorted(sent) == [0, 0, 4]
    assert len(await letters()) == 4
    assert await states() == ["left"]
    with pytest.raises(NotAllowed, match="Everybody has been told already"):
        await actions.tell(submission.id, by=await ana(now), now=now)


async def test_stopped_letters_do_not_leave_and_may_be_held_anew(db: str, now: datetime):
    submission = await handed_in(await ready(now), now)
    telling = await actions.tell(submission.id, by=await ana(now), now=now)
    with pytest.raises(Outdated, match="waiting already"):
        await actions.tell(submission.id, by=await luca(now), now=now)
    await actions.stop(telling.id, by=await luca(now), now=now)
    with pytest.raises(Outdated):
        await actions.stop(telling.id, by=await ana(now), now=now)
    assert await actions.send_held(now + HOLD) == 0
    assert await letters() == {}
    await actions.tell(submission.id, by=await ana(now), now=now + HOLD)
    assert await actions.send_held(now + 2 * HOLD) == 4
    assert await states() == ["stopped", "left"]
    acts = await Event.select(Event.action).where(Event.action.like("letters %"))
    assert [each["action"] for each in acts] == ["letters held", "letters stopped", "letters held"]


async def test_stop_and_send_at_once_is_one_of_the_two(db: str, now: datetime):
    submission = await handed_in(await ready(now), now)
    telling = await actions.tell(submission.id, by=await ana(now), now=now)
    await asyncio.gather(
        actions.stop(telling.id, by=await ana(now), now=now),
        actions.send_now(telling.id, now=now),
        return_exceptions=True,
    )
    expected = {"stopped": 0, "left": 4}
    [state] = await states()
    assert len(await letters()) == expected[state]


async def test_the_outcome_is_told_again_with_what_the_body_said(db: str, now: datetime):
    submission = await handed_in(await ready(now), now)
    by = await ana(now)
    assert await actions.report_back(submission.id, by=by, now=now) == 4
    with pytest.raises(NotAllowed, match="No outcome is known yet"):
        await actions.tell(submission.id, Occasion.OUTCOME, by=by, now=now)
    await actions.set_outcome(
        submission.id, 1, Fate.PARTLY, "Die Kosten werden zur Hälfte ersetzt.", by=by, now=now
    )
    await Letter.delete(force=True)
    await actions.tell(submission.id, Occasion.OUTCOME, by=by, now=now)
    assert await actions.send_held(now + HOLD) == 4
    letter = (await letters())["de"]
    assert "Volle Kostendeckung" in letter.text
    assert "„Die Kosten werden zur Hälfte ersetzt.“" in letter.text
    assert "Die Teilfinanzierung genügt." in letter.text
    kept = await ReportBack.select(ReportBack.occasion).order_by(ReportBack.id)
    assert [row["occasion"] for row in kept] == ["submitted"] * 4 + ["outcome"] * 4


async def test_own_words_stand_beside_the_sentence_they_became(db: str, now: datetime):
    submission = await handed_in(await ready(now), now)
    await actions.report_back(submission.id, by=await ana(now), now=now)
    text = (await letters())["sl"].text
    assert f"„{COSTS}“" in text
    assert "§ 2: „Die Kosten sind voll zu tragen.“" in text
    italian = (await letters())["it"].text
    assert "Vzorčna vas" in italian
    assert "Valdesempio" not in text  # did not agree to be named


async def test_the_page_holds_stops_and_sends(db: str, now: datetime):
    await handed_in(await ready(now), now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(REPORT)
        page = await web.post(REPORT)
        assert "4 letters leave in ten minutes." in page.text
        assert "4 letters wait and leave by themselves." in page.text
        page = await web.post("/en/p/2026-014/letters/stop")
        assert "Nothing has left." in page.text
        assert (await web.post("/en/p/2026-014/letters/stop")).status_code == 404
        await web.get(REPORT)
        await web.post(REPORT)
        page = await web.post("/en/p/2026-014/letters/send")
        assert "4 letters are on their way." in page.text
        assert await Letter.count().where(Letter.kind == "report_back") == 4
        assert "No outcome is known yet" in (await web.get(DECIDED)).text
        assert (await web.post(DECIDED, {"_once": ""})).status_code == 403


async def test_what_is_taken_back_from_the_body_is_told_to_nobody(db: str, now: datetime):
    submission = await handed_in(await ready(now), now)
    by, later = await ana(now), now + timedelta(hours=2)
    await actions.tell(submission.id, by=by, now=later)
    await take_back(submission.id, 1, "Falsche Fassung", by=by, now=later)
    assert await actions.send_held(later + HOLD) == 0
    assert await letters() == {}
    assert await states() == ["stopped"]
