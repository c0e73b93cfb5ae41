import re
from datetime import datetime

import pytest

from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story
from tests.advocacy.calls.story import FORM
from tests.browsing import browser

pytestmark = pytest.mark.anyio


async def test_asking_a_colleague_keeps_what_is_typed_and_can_be_undone(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        page = await web.post(link, FORM | {"ask": "1", "text": "Začetek"})
        assert page.url.path == f"{link}/colleague"
        wrong = await web.post(f"{link}/colleague", {"email": "brez", "note": "Prosim."})
        assert wrong.status_code == 422
        assert 'href="#email"' in wrong.text
        assert 'value="brez"' in wrong.text and "Prosim.</textarea>" in wrong.text
        asked = await web.post(f"{link}/colleague", {"email": "tajnik@si-07.example"})
        assert asked.url.path == link
        assert "tajnik@si-07.example" in asked.text
        assert "Začetek</textarea>" in asked.text
        [stop] = re.findall(r'action="([^"]+/stop)"', asked.text)
        undone = await web.post(stop)
        assert "tajnik@si-07.example" not in undone.text
        assert (await web.post(f"{link}/colleague/999999999999/stop")).status_code == 404
    assert await Letter.select(Letter.state).where(Letter.kind == "delegation") == [
        {"state": "stopped"}
    ]


async def test_the_same_request_twice_is_one_letter(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(f"{link}/colleague")
        form = web.keys() | {"email": "tajnik@si-07.example", "note": ""}
        for _ in range(2):
            assert (await web.client.post(f"{link}/colleague", data=form)).status_code == 303
        other = form | {"email": "zupan@si-07.example"}  # back in the browser, and another one
        assert (await web.client.post(f"{link}/colleague", data=other)).status_code == 303
    assert await Letter.count().where(Letter.kind == "delegation") == 2


async def test_a_colleague_is_asked_who_they_are(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        page = await web.get(f"{link}?colleague=1")
        assert 'name="answered_by" type="text" value=""' in page.text
        receipt = await web.post(link, FORM | {"answered_by": "Tina Vzorčnik", "role": "clerk"})
    assert "Vzorčna vas" in receipt.text and "Tina Vzorčnik" in receipt.text


async def test_asking_a_colleague_alone_begins_no_draft(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        await web.post(link, FORM | {"stance": "", "text": "", "answer-3": "", "ask": "1"})
    row = await story.invitation("SI-07")
    assert (row.draft, row.state) == ("", "sent")


async def test_a_language_that_is_missing_is_wished_for_once(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        page = await web.get(f"{link}?language=en")
        assert page.text.count("?language=fr") >= 2  # where it can be read, and the switch
        for _ in range(2):
            page = await web.post(f"{link}/tell?language=en")
        assert "Tell me when it is there" not in page.text
        assert f'action="{link}/tell' not in (await web.get(link)).text
        await web.post(f"{link}/tell?language=de")  # it is there
    letters = await Letter.select(Letter.recipient, Letter.language).where(
        Letter.kind == "language_wished"
    )
    assert letters == [{"recipient": "maja.vzorec@alpennetz.example", "language": "sl"}]
    assert await Event.count().where(Event.action == "language wished") == 1
