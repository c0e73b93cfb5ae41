"""A question as the municipality and the house see it."""

from datetime import datetime

import pytest

from advocacy.advice import queries
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.history.tables import Event
from tests.advocacy.advice import questions
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, eva, giulia, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_a_municipality_asks_from_its_page_and_reads_the_answer_there(now: datetime):
    await questions.people(now)
    own = await questions.own_page(now)
    async with browser(now) as web:
        page = await web.get(f"{own}/ask?language=en")
        assert "Your question goes to Maja Vzorec." in page.text
        page = await web.post(f"{own}/ask?language=en", {"text": questions.TEXT})
        assert page.status_code == 200
        assert page.url.path.startswith("/q/")
        assert "Your question has arrived." in page.text
        link = page.url.path
        [enquiry] = await Enquiry.objects()
        await web.sign_in(await maja(now), now)
        page = await web.get(f"/en/advice/{enquiry.id}")
        assert questions.TEXT in page.text
        page = await web.post(
            f"/en/advice/{enquiry.id}", {"do": "answer", "text": "Da, z ogrado.", "seen": 1}
        )
        assert "Your answer is on its way." in page.text
        assert "Da, z ogrado." in (await web.get(link)).text
