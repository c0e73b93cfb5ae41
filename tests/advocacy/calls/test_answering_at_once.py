import re
from datetime import datetime, timedelta

import httpx
import pytest

from advocacy.calls import actions
from advocacy.calls.tables import Contribution, ContributionVersion
from tests.advocacy.calls import story
from tests.advocacy.calls.story import FORM
from tests.browsing import browser

pytestmark = pytest.mark.anyio


def hidden(page: httpx.Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(_\w+)" value="([^"]*)">', page.text)
    return dict(found)


async def test_the_form_asks_for_no_key_that_could_end(db: str, now: datetime):
    """Opened yesterday, sent today, with no cookie left."""
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        page = await web.get(link)
        assert "_csrf_token" not in page.text
        keys = web.keys()
    async with browser(now + timedelta(days=1)) as web:
        answer = await web.client.post(link, data=keys | FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, link)
        assert not web.client.cookies
    assert await ContributionVersion.count() == 1


async def test_two_windows_the_later_sees_the_earlier_and_nothing_is_lost(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        first, second = hidden(await web.get(link)), hidden(await web.get(link))
        assert (first["_base"], first["_seen"]) == ("0", "")
        await web.client.post(link, data=first | FORM | {"text": "Županov odgovor."})
        page = await web.client.post(
            link, data=second | FORM | {"text": "Tajničin odgovor.", "answered_by": "Tina Vzorčnik"}
        )
        assert page.status_code == 409
        assert "Županov odgovor." in page.text
        assert "Tajničin odgovor.</textarea>" in page.text
        assert "Janez Primer" in page.text
        assert hidden(page)["_base"] == "1"
        assert "Tajničin odgovor." in (await web.get(link)).text  # the page was closed
        sent = await web.client.post(link, data=hidden(page) | FORM | {"text": "Tajničin odgovor."})
        assert sent.status_code == 303
    said = await ContributionVersion.select(ContributionVersion.text).order_by(
        ContributionVersion.number
    )
    assert [each["text"] for each in said] == ["Županov odgovor.", "Tajničin odgovor."]


async def test_back_in_the_browser_and_sent_again_is_not_swallowed(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        keys = hidden(await web.get(link))
        await web.client.post(link, data=keys | FORM | {"text": "Prvič."})
        again = await web.client.post(link, data=keys | FORM | {"text": "Drugič."})
        assert again.status_code == 409
        assert "Drugič.</textarea>" in again.text


async def test_two_who_save_see_each_other(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        one, two = hidden(await web.get(link)), hidden(await web.get(link))
        saved = await web.client.post(f"{link}/draft", data=one | {"text": "Ena"})
        assert (saved.status_code, len(saved.headers["x-draft"]) > 20) == (200, True)
        refused = await web.client.post(f"{link}/draft", data=two | {"text": "Dve"})
        assert refused.status_code == 409
        page = await web.client.post(link, data=two | FORM | {"text": "Dve", "save": "1"})
        assert page.status_code == 409
        assert '<p class="kept">Ena</p>' in page.text
        assert "Dve</textarea>" in page.text
        both = hidden(page) | FORM | {"text": "Ena in dve", "save": "1"}
        assert (await web.client.post(link, data=both)).status_code == 303
        assert "Ena in dve</textarea>" in (await web.get(link)).text


async def test_an_answer_that_came_meanwhile_is_not_withdrawn_unseen(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        keys = hidden(await web.post(link, FORM))
        await actions.contribute(
            (await story.invitation("SI-07")).id, story.answer("Vmes."), now=now
        )
        page = await web.client.post(f"{link}/withdraw", data=keys)
        assert page.status_code == 409
        assert "Vmes." in page.text
    assert await Contribution.select(Contribution.state) == [{"state": "given"}]


async def test_a_form_that_makes_no_sense_gets_an_answer_and_no_error(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    odd = {"_base": "²", "_seen": "x" * 500, "_once": "x" * 500, "comment-1": "\0", "role": "\n"}
    async with browser(now) as web:
        assert (await web.client.post(link, data=odd)).status_code == 422
        assert (await web.client.post(f"{link}/draft", data=odd)).status_code in {200, 409}
        for path in ("", "/draft", "/files", "/colleague", "/tell", "/withdraw", "/name"):
            assert (await web.client.post(f"{link}x{path}", data=FORM)).status_code == 404
        assert (
            await web.client.post(f"{link}/draft", data={"text": "x" * 200_000})
        ).status_code == 422
