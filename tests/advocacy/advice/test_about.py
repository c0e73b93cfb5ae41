"""A question about what others have done: the own page leads there, the thread says so."""

from datetime import datetime

import pytest

from advocacy.advice.tables import Enquiry
from tests.advocacy.advice import questions
from tests.advocacy.projects.matters import entered
from tests.browsing import browser
from tests.characters import maja

pytestmark = pytest.mark.anyio


async def test_a_municipality_asks_about_a_project_of_others(db: str, now: datetime):
    await questions.people(now)
    own = await questions.own_page(now)
    number = await entered(now, topics=("farming",), members=("AT-01",), led_by="AT-01")
    path = f"{own}/ask?language=sl&project={number}"
    async with browser(now) as web:
        assert f'href="{path.replace("&", "&amp;")}"' in (await web.get(f"{own}?language=sl")).text
        page = await web.get(path)
        assert "Pastirji in psi" in page.text
        assert (await web.post(path, {"text": ""})).status_code == 422
        assert "Pastirji in psi" in web.page.text
        await web.post(path, {"text": questions.TEXT})
        enquiry = await Enquiry.objects().first()
        assert enquiry.project == number
        await web.sign_in(await maja(now), now)
        thread = await web.get(f"/sl/advice/{enquiry.id}")
        assert f'<a href="/sl/projects/{number}">Pastirji in psi</a>' in thread.text
    [receipt] = await questions.letters("enquiry_receipt")
    assert "Pastirji in psi" in receipt.text


@pytest.mark.parametrize("project", ["99", "0", "x", "9" * 30, "-1", "²"])
async def test_a_project_that_is_not_there_is_none(db: str, now: datetime, project: str):
    await questions.people(now)
    path = f"{await questions.own_page(now)}/ask?project={project}"
    async with browser(now) as web:
        await web.get(path)
        assert (await web.post(path, {"text": questions.TEXT})).status_code == 200
    row = await Enquiry.select(Enquiry.project).first()
    assert row == {"project": None}
