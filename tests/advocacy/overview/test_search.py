from datetime import datetime

import pytest

from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.positions.rules import PositionState
from feeds.reading.folding import search_text
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, giulia, maja, person, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _answer(now: datetime, by: Person, text: str) -> None:
    of = await matters.dossier(now, "2026-030", "Etwas anderes")
    asked = await matters.call(now, await matters.window(now, of), "2026-030-1", by=by)
    invited = await matters.invite(asked, await vzorcna_vas(now), state="answered")
    made = Contribution(
        invitation=invited.id, state="given", received=now, changed=now,
        search_text=search_text(text, language="sl"),
    )  # fmt: skip
    await made.save()
    await ContributionVersion(
        contribution=made.id, number=1, stance="yes", text=text, language="sl", basis="mayor",
        answered_by="Janez Primer", at=now,
    ).save()  # fmt: skip


async def test_a_number_leads_straight_to_its_matter(db: str, now: datetime):
    office = await ana(now)
    of = await matters.dossier(now)
    await matters.call(now, await matters.window(now, of), by=office)
    await vzorcna_vas(now)
    leads = {
        "2026-014": "/en/d/2026-014",
        " AP-2026-014 ": "/en/d/2026-014",
        "2026-014-1": "/en/c/2026-014-1",
        "si-07": "/en/m/SI-07",
    }
    async with browser(now) as web:
        await web.sign_in(office, now)
        for query, path in leads.items():
            page = await web.client.get("/en/search", params={"q": query})
            assert (page.status_code, page.headers["location"]) == (303, path)
        assert (await web.get("/en/search?q=2026-999")).status_code == 200


async def test_words_find_without_accents_and_endings(db: str, now: datetime):
    office = await ana(now)
    await matters.dossier(now, title="Großraubtiere in den Alpen")
    await vzorcna_vas(now)
    await _answer(now, office, "Župan pravi: volkovi so blizu.")
    of = await matters.source(now)
    await matters.entry(now, of, "Die Wölfe kommen", text="Der Ausschuss berät.")
    async with browser(now) as web:
        await web.sign_in(office, now)
        assert "<mark>Großraubtiere</mark>" in (await web.get("/de/search?q=grossraubtiere")).text
        assert "<mark>Župan</mark>" in (await web.get("/de/search?q=zupan")).text
        assert "<mark>Wölfe</mark>" in (await web.get("/en/search?q=wolf")).text
        assert "<mark>Vzorčna</mark>" in (await web.get("/en/search?q=vzorcna")).text


async def test_only_the_text_as_it_stands_is_found(db: str, now: datetime):
    office = await ana(now)
    text = await matters.position(
        now, await matters.dossier(now), by=office, text="Der Bär bleibt.", title="Bären"
    )
    async with browser(now) as web:
        await web.sign_in(office, now)
        assert "/en/p/2026-014" in (await web.get("/en/search?q=bleibt")).text
        text.version = 2
        await text.save()
        assert "/en/p/2026-014" not in (await web.get("/en/search?q=bleibt")).text


async def test_each_finds_only_what_is_theirs_to_see(db: str, now: datetime):
    office = await ana(now)
    await _answer(now, office, "volkovi so blizu")
    of = await matters.source(now)
    await matters.entry(now, of, "Volkovi", language="sl")
    await matters.position(
        now, await matters.dossier(now, "2026-001", "Volkovi"), by=office, title="Volkovi osnutek"
    )
    await matters.position(
        now, await matters.dossier(now, "2026-002", "Volkovi"), by=office,
        state=PositionState.ADOPTED, title="Volkovi sprejeto",
    )  # fmt: skip
    mayor = await person("Janez Primer", Role.MUNICIPALITY, "sl", now=now)
    seen = {}
    for who in (
        None,
        mayor,
        (await presidency(now))[0],
        await giulia(now),
        await maja(now),
        office,
    ):
        async with browser(now) as web:
            if who:
                await web.sign_in(who, now)
            page = await web.get("/en/search?q=volkovi")
            parts = page.text.split("<h2 id=")[1:]
            name = who.name if who else ""
            seen[name] = [part.split(">")[1].split("<")[0] for part in parts]
            assert ("osnutek" in page.text) == (
                name in {"Ana Muster", "Maja Vzorec", "Giulia Esempio"}
            )
    public = ["Positions"]
    assert seen == {
        "": public,
        "Janez Primer": public,
        "Marie Exemple": ["Dossiers", "Positions"],
        "Giulia Esempio": ["Dossiers", "Positions", "Entries"],
        "Maja Vzorec": ["Dossiers", "Positions", "Entries", "Contributions"],
        "Ana Muster": ["Dossiers", "Positions", "Entries", "Contributions"],
    }


async def test_a_number_of_the_house_says_nothing_to_the_public(db: str, now: datetime):
    office = await ana(now)
    await matters.position(now, await matters.dossier(now), by=office)
    adopted = await matters.dossier(now, "2026-015", "Beschlossen")
    await matters.position(now, adopted, by=office, state=PositionState.ADOPTED)
    async with browser(now) as web:
        assert (await web.client.get("/en/search?q=2026-014")).status_code == 200
        page = await web.client.get("/en/search?q=2026-015")
        assert page.headers["location"] == "/en/p/2026-015"


async def test_nothing_found_says_what_to_try(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for query in ("xyz", "!!!", '"', "' OR 1=1 --", "a:* | b", "\u0000", "☃" * 500):
            page = await web.get("/en/search", params={"q": query})
            assert page.status_code == 200
            assert "Try fewer words" in page.text
        assert "Accents and endings do not matter" in (await web.get("/en/search")).text


async def test_more_than_twenty_are_named_as_more_with_the_same_queries(db: str, now: datetime):
    office = await ana(now)
    await matters.dossier(now, "2026-100", "Wolf")
    async with browser(now) as web:
        await web.sign_in(office, now)
        await web.get("/en/search?q=wolf")
        with counted() as with_one:
            await web.get("/en/search?q=wolf")
        for place in range(25):
            await matters.dossier(now, f"2026-{place:03d}", "Wolf")
        with counted() as with_many:
            page = await web.get("/en/search?q=wolf")
    assert page.text.count("<mark>Wolf</mark>") == 20
    assert "There are more." in page.text
    assert len(with_many) == len(with_one)
