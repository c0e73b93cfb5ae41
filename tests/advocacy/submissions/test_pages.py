from datetime import datetime, timedelta

import pytest

from advocacy.positions.actions import start
from advocacy.submissions import queries
from advocacy.submissions.tables import HandIn, Submission, SubmissionFile
from tests.advocacy.approvals.matters import NUMBER, edited, opened, ready
from tests.advocacy.positions import matters
from tests.advocacy.submissions.matters import adopted, handed_in, prepared
from tests.browsing import browser
from tests.characters import ana, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

SUBMIT = f"/en/p/{NUMBER}/submit"


async def test_without_an_adopted_round_there_is_no_button(db: str, now: datetime):
    matter = await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(SUBMIT)
        assert page.status_code == 200
        assert "/submit/prepare" not in page.text
        await opened(matter, now)
        assert "/submit/prepare" not in (await web.get(SUBMIT)).text


async def test_from_the_check_to_the_receipt(db: str, now: datetime):
    matter = await ready(now)
    await adopted(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(SUBMIT)
        assert "504 hours left" in page.text
        page = await web.post(f"{SUBMIT}/prepare", {"channel": "portal", "language": "de"})
        assert "2026-014-v1-de.pdf" in page.text
        form = {"day": "2026-11-23", "hour": "09:40", "receipt": ""}
        page = await web.post(SUBMIT, form)
        assert page.status_code == 200
        assert "It is recorded as handed in." in page.text
        page = await web.post(f"{SUBMIT}/receipt", {"receipt": "ABC-<1>"})
        assert "ABC-&lt;1&gt;" in page.text
        assert (await web.get("/en/submissions")).status_code == 200
        assert NUMBER in web.page.text
    kept = await Submission.objects().first()
    assert (kept.state, kept.submitted) == ("received", now)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"day": "", "hour": ""}, "day"),
        ({"day": "2026-11-23", "hour": "9 o'clock"}, "day"),
        ({"day": "2030-01-01", "hour": "10:00"}, "day"),
        ({"day": "2020-01-01", "hour": "10:00"}, "day"),
        ({"day": "2026-11-23", "hour": "09:40", "receipt": "x" * 2000}, "receipt"),
    ],
)
async def test_a_wrong_instant_is_named_and_kept(
    db: str, now: datetime, form: dict[str, str], field: str
):
    matter = await ready(now)
    await prepared(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(SUBMIT)
        answer = await web.post(SUBMIT, form)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
    assert (await Submission.objects().first()).state == "prepared"


async def test_wrong_wishes_for_the_files_are_named(db: str, now: datetime):
    matter = await ready(now)
    await adopted(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for form, field in (
            ({"channel": "pigeon", "language": "de"}, "channel"),
            ({"channel": "mail", "language": "xx"}, "language"),
            ({"channel": "mail", "language": "fr"}, "language"),
        ):
            await web.get(SUBMIT)
            answer = await web.post(f"{SUBMIT}/prepare", form)
            assert answer.status_code == 422
            assert f'href="#{field}"' in answer.text


async def test_after_the_deadline_the_page_warns(db: str, now: datetime):
    matter = await ready(now)
    await prepared(matter, now)
    later = matter.window.closes + timedelta(hours=2)
    async with browser(later) as web:
        await web.sign_in(await ana(later), later)
        page = await web.get(SUBMIT)
        assert "The deadline is over." in page.text
        assert "recorded as late" in page.text


async def test_a_text_changed_after_preparing_is_outdated(db: str, now: datetime):
    matter = await ready(now)
    await prepared(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(SUBMIT)
        await edited(matter, now)
        answer = await web.post(SUBMIT, {"day": "2026-11-23", "hour": "09:40"})
        assert answer.status_code == 409


async def test_files_are_for_secretariat_and_presidency(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    path = f"/de/s/{submission.id}/2026-014-v1-de.pdf"
    for person, allowed in (
        (await ana(now), True),
        ((await presidency(now))[0], True),
        (await maja(now), False),
    ):
        async with browser(now) as web:
            await web.sign_in(person, now)
            answer = await web.get(path)
            assert answer.status_code == (200 if allowed else 404)
            if allowed:
                assert answer.content.startswith(b"%PDF")
                assert answer.headers["content-type"] == "application/pdf"
                assert answer.headers["content-disposition"].startswith("attachment; filename=")
                assert answer.headers["x-content-type-options"] == "nosniff"
            for wrong in (
                "/de/s/999999999999/x.pdf",
                f"/de/s/{submission.id}/other.pdf",
                "/de/s/x/y",
            ):
                assert (await web.get(wrong)).status_code == 404
    async with browser(now) as web:
        assert "/sign-in" in str((await web.get(path)).url)


async def test_only_the_secretariat_hands_in(db: str, now: datetime):
    matter = await ready(now)
    await prepared(matter, now)
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        assert (await web.get(SUBMIT)).status_code == 404
        await web.get("/en/me")
        for path in (SUBMIT, f"{SUBMIT}/prepare", f"{SUBMIT}/receipt"):
            assert (await web.post(path, {"receipt": "x"})).status_code in {403, 404}
        assert (await web.get("/en/submissions")).status_code == 200
    assert (await Submission.objects().first()).state == "prepared"


async def test_the_board_is_empty_with_a_reason(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/submissions")
        assert "Nothing waits" in page.text
        for garbage in ("garbage'--", "%00", "2026-014x", "9" * 400):
            assert (await web.get(f"/en/submissions?after={garbage}")).status_code == 200


async def test_the_board_goes_by_the_deadline_and_pages_by_key(db: str, now: datetime):
    await ready(now)
    rows = await queries.waiting()
    assert [row["number"] for row in rows] == [NUMBER]
    assert await queries.waiting(after=NUMBER) == []
    other = await matters.dossier(now, "2026-015")
    await matters.call(other, now)
    await start(other.id, language="de", title="Zweite", by=await ana(now), now=now)
    assert [row["number"] for row in await queries.waiting()] == [NUMBER, "2026-015"]
    assert [row["number"] for row in await queries.waiting(after=NUMBER)] == ["2026-015"]


async def test_the_list_of_what_went_out_names_its_receipt_state(db: str, now: datetime):
    matter = await ready(now)
    await handed_in(matter, now)
    rows = await queries.gone_out()
    assert [(row["number"], row["state"], row["receipt"]) for row in rows] == [
        (NUMBER, "received", "ABC-123")
    ]
    assert await queries.waiting() == []
    assert await SubmissionFile.count() == 4


async def test_once_more_with_a_file_then_taken_back_on_the_page(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    later = now + timedelta(hours=2)
    async with browser(later) as web:
        await web.sign_in(await ana(later), later)
        page = await web.get(f"{SUBMIT}?act=again")
        form = {
            "number": "2", "day": "2026-11-23", "hour": "11:40", "left_by": "mail",
            "mail_id": "a@b.example",
        }  # fmt: skip
        program = {"file": ("answer.pdf", b"MZ\x90\x00" + b"\x00" * 200)}
        answer = await web.post(SUBMIT, form, files=program)
        assert answer.status_code == 422
        assert 'href="#file"' in answer.text
        page = await web.post(SUBMIT, form, files={"file": ("answer.txt", b"received")})
        assert "&lt;a@b.example&gt;" in page.text
        found = await web.get(f"/en/s/{submission.id}/2-answer.txt")
        assert found.content == b"received"
        assert found.headers["content-disposition"].startswith("attachment")
        await web.get(SUBMIT)
        assert (await web.post(SUBMIT, form)).status_code == 409
        for number in (2, 1):
            await web.get(f"{SUBMIT}?act=back")
            answer = await web.post(f"{SUBMIT}/back", {"time": number, "reason": ""})
            assert answer.status_code == 422
            assert 'href="#reason"' in answer.text
            page = await web.post(f"{SUBMIT}/back", {"time": number, "reason": "Falsch <b>"})
            assert "Falsch &lt;b&gt;" in page.text
        assert "Taken back from the body" in page.text
        for garbage in ("", "x", "9" * 30, "0"):
            await web.get(SUBMIT)
            answer = await web.post(f"{SUBMIT}/back", {"time": garbage, "reason": "x"})
            assert answer.status_code == 404
        assert (await web.get(f"{SUBMIT}?act=%00'")).status_code == 200


async def test_the_form_is_filled_with_this_minute_and_the_channel(db: str, now: datetime):
    matter = await ready(now)
    await prepared(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(SUBMIT)
        assert 'value="2026-11-23"' in page.text
        assert 'value="09:40"' in page.text
        assert page.text.count("Goes with this channel") == 3


async def test_the_same_form_twice_is_one_hand_in(db: str, now: datetime):
    matter = await ready(now)
    await prepared(matter, now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(SUBMIT)
        form = web.keys() | {"number": "1", "day": "2026-11-23", "hour": "09:40"}
        for _ in range(2):
            answer = await web.client.post(SUBMIT, data=form, follow_redirects=True)
            assert answer.status_code == 200
    assert await HandIn.count() == 1


async def test_the_board_names_who_leads_and_asks_no_more_for_more(db: str, now: datetime):
    await ready(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/submissions")
        assert "504 hours left" in page.text
        with counted() as one:
            await web.get("/en/submissions")
        other = await matters.dossier(now, "2026-015")
        await matters.call(other, now)
        await start(other.id, language="de", title="Zweite", by=await ana(now), now=now)
        with counted() as two:
            await web.get("/en/submissions")
    assert len(one) == len(two)
