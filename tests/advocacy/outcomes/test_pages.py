import re
from datetime import datetime

import pytest

from advocacy.dossiers.tables import DossierEntry
from advocacy.mail.tables import Letter
from advocacy.outcomes.tables import Outcome
from feeds.tables import Entry, Source
from tests.advocacy.approvals.matters import COSTS, NUMBER, Matter, ready
from tests.advocacy.submissions.matters import handed_in
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio

OUTCOME = f"/en/p/{NUMBER}/outcome"
REPORT = f"/en/p/{NUMBER}/report-back"


async def evidence(matter: Matter, now: datetime, address: str) -> Entry:
    source = Source(address=f"{address}/feed", name="Body", created=now, next_due=now)
    await source.save()
    entry = Entry(source=source.id, key="e" * 64, title="Decision of the body", address=address, language="en", hash="h" * 64, first_seen=now, last_seen=now)  # fmt: skip
    await entry.save()
    await DossierEntry(dossier=matter.dossier.id, entry=entry.id, at=now).save()
    return entry


async def test_the_public_sees_outcomes_of_what_was_handed_in_and_nothing_else(
    db: str, now: datetime
):
    matter = await ready(now)
    async with browser(now) as web:
        assert (await web.get(OUTCOME)).status_code == 404
        await handed_in(matter, now)
        page = await web.get(OUTCOME)
        assert page.status_code == 200
        assert "Volle Kostendeckung" in page.text
        assert "<form" not in page.text
        assert (await web.get("/en/p/2099-001/outcome")).status_code == 404
        assert "/sign-in" in str((await web.get(REPORT)).url)


async def test_the_house_is_told_why_the_page_is_empty(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(OUTCOME)
        assert page.status_code == 200
        assert "Nothing has been handed in yet." in page.text
        assert (await web.get(REPORT)).status_code == 404


async def test_an_outcome_is_set_with_its_evidence_and_can_be_undone(db: str, now: datetime):
    matter = await ready(now)
    await handed_in(matter, now)
    entry = await evidence(matter, now, "https://body.example/decision")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(OUTCOME)
        form = {
            "fate-1": "partly", "quotation-1": "Half <of it>", "entry-1": str(entry.id),
            "decided-1": "2026-11-20", "seen-1": "",
        }  # fmt: skip
        page = await web.post(f"{OUTCOME}/1", form)
        assert page.status_code == 200
        assert "Taken over in part" in page.text
        assert "/undo/" in page.text
    async with browser(now) as web:
        page = await web.get(OUTCOME)
        assert (
            '<blockquote class="kept own-words" lang="en">Half &lt;of it&gt;</blockquote>'
            in page.text
        )
        assert 'href="https://body.example/decision"' in page.text


async def test_an_address_that_is_no_page_is_no_link(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    entry = await evidence(matter, now, "javascript:alert(1)")
    await Outcome(
        submission=submission.id, ask=1, fate="adopted", entry=entry.id, changed=now
    ).save()
    async with browser(now) as web:
        page = await web.get(OUTCOME)
        assert "Decision of the body" in page.text
        assert "javascript:" not in page.text


async def test_wrong_fields_are_named_and_what_was_typed_is_kept(db: str, now: datetime):
    matter = await ready(now)
    await handed_in(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for form, field in (
            ({"fate-1": "won"}, "fate-1"),
            ({"fate-1": "adopted", "decided-1": "soon"}, "decided-1"),
            ({"fate-1": "adopted", "entry-1": "777"}, "entry-1"),
        ):
            await web.get(OUTCOME)
            answer = await web.post(f"{OUTCOME}/1", form | {"quotation-1": "my words"})
            assert answer.status_code == 422
            assert f'href="#{field}"' in answer.text
            assert "my words" in answer.text
        await web.get(OUTCOME)
        assert (await web.post(f"{OUTCOME}/99", {"fate-99": "adopted"})).status_code == 422
        assert (await web.post(f"{OUTCOME}/x", {})).status_code in {404, 405}
    assert await Outcome.count() == 0


async def test_a_stale_form_shows_both_versions(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(OUTCOME)
        row = Outcome(
            submission=submission.id, ask=1, fate="adopted", quotation="theirs", changed=now
        )
        await row.save()
        answer = await web.post(f"{OUTCOME}/1", {"fate-1": "open", "quotation-1": "mine"})
        assert answer.status_code == 409
        assert "theirs" in answer.text
        assert "mine" in answer.text


async def test_the_letters_are_shown_before_they_leave_and_leave_once(db: str, now: datetime):
    matter = await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "Nothing has been handed in yet." in (await web.get(REPORT)).text
        await handed_in(matter, now)
        page = await web.get(REPORT)
        assert "Send 4 letters" in page.text
        assert COSTS in page.text
        assert not re.search(r"/a/[\w-]{20}", page.text)  # the link is the municipality's alone
        assert await Letter.count().where(Letter.kind == "report_back") == 0
        page = await web.post(REPORT)
        assert "4 letters leave in ten minutes." in page.text
        await web.post("/en/p/2026-014/letters/send")
        page = await web.get(REPORT)
        assert "Send" not in page.text.split("<h2>")[0].split("<h1>")[1]
        assert await Letter.count().where(Letter.kind == "report_back") == 4
