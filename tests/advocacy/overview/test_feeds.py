from datetime import datetime

import pytest
from lxml import etree

from advocacy.positions.rules import PositionState
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, vzorcna_vas

pytestmark = pytest.mark.anyio
ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


async def test_feeds_say_titles_and_dates_and_nothing_of_drafts(db: str, now: datetime):
    office = await ana(now)
    of = await matters.dossier(now)
    await matters.position(now, of, by=office, state=PositionState.ADOPTED, title="Schutz & <Geld>")
    await matters.position(now, await matters.dossier(now, "2026-002", "Geheim"), by=office)
    asked = await matters.call(now, await matters.window(now, of), by=office)
    await matters.invite(asked, await vzorcna_vas(now))
    async with browser(now) as web:
        for name, title in (("positions", "Schutz & <Geld>"), ("calls", "Schutz der Herden")):
            page = await web.get(f"/feeds/sl/{name}.xml")
            assert page.headers["content-type"].startswith("application/atom+xml")
            feed = etree.fromstring(page.content)
            assert feed.get(f"{XML}lang") == "sl"
            entries = feed.findall(f"{ATOM}entry")
            assert [each.findtext(f"{ATOM}title") for each in entries] == [title]
            assert entries[0].get(f"{XML}lang") == "de"
            assert feed.findtext(f"{ATOM}updated") == now.isoformat()
            for hidden in ("Geheim", "Vzorčna", "Ana Muster"):
                assert hidden not in page.text
        assert (await web.get("/feeds/xx/calls.xml")).status_code == 404


async def test_an_empty_feed_is_a_feed(db: str, now: datetime):
    async with browser(now) as web:
        for name in ("positions", "calls"):
            page = await web.get(f"/feeds/en/{name}.xml")
            assert etree.fromstring(page.content).findall(f"{ATOM}entry") == []
