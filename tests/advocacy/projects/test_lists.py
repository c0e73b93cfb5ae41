import re
from datetime import datetime

import pytest

from advocacy.projects.tables import Project
from tests.advocacy.projects.matters import entered, members
from tests.browsing import browser
from tests.characters import maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def _many(now: datetime, count: int) -> None:
    for each in range(count):
        await entered(now, code=f"N{each}")


async def test_a_long_list_goes_on_where_it_ended_and_stays_narrowed(now: datetime):
    await _many(now, 33)
    await entered(now, code="anders", topics=("transport",))
    async with browser(now) as web:
        first = await web.get("/en/projects?topic=farming&q=hirten")
        further = re.search(r'href="(/en/projects\?[^"]*before=[^"]*)"', first.text)
        assert further is not None
        path = further[1].replace("&amp;", "&")
        assert "topic=farming" in path
        second = await web.get(path)
    numbers = [set(re.findall(r'href="/en/projects/(\d+)"', page.text)) for page in (first, second)]
    assert [len(each) for each in numbers] == [30, 3]
    assert not numbers[0] & numbers[1]


async def test_what_is_off_the_lists_is_still_read_but_nobody_is_reached_by_it(now: datetime):
    number = await entered(now)
    await Project.update({Project.contact_public: True, Project.removed: now}).where(
        Project.id == number
    )
    async with browser(now) as web:
        page = await web.get(f"/en/projects/{number}")
        assert "off the lists" in page.text
        assert "hirten@musterdorf.example" not in page.text
        assert "Hirten &amp; Hunde" not in (await web.get("/en/projects")).text
        assert "Hirten &amp; Hunde" not in (await web.get("/en/search?q=hirten")).text


async def test_everybody_finds_a_project_by_searching_in_any_of_its_languages(now: datetime):
    number = await entered(now)
    async with browser(now) as web:
        for words in ("hirten", "pastirji"):
            found = await web.get(f"/en/search?q={words}")
            assert f'href="/en/projects/{number}"' in found.text


async def test_the_presidency_reads_whom_to_ask_and_enters_nothing(now: datetime):
    number = await entered(now)
    [marie, *_] = await presidency(now)
    async with browser(now) as web:
        await web.sign_in(marie, now)
        assert "hirten@musterdorf.example" in (await web.get(f"/en/projects/{number}")).text
        for path in ("new", "import", f"{number}/edit"):
            assert (await web.get(f"/en/projects/{path}")).status_code == 404


async def test_a_coordinator_takes_in_no_list_and_decides_for_no_dossier(now: datetime):
    await members(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get("/en/projects/import")).status_code == 404
        for path in ("/en/projects/import", "/en/projects/import/now", "/en/d/2026-014/projects"):
            await web.get("/en/projects/new")
            assert (await web.post(path, {"list": "language;title\nde;A\n"})).status_code == 404
    assert await Project.count() == 0
