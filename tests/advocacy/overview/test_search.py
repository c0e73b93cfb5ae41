import html
import re
from datetime import datetime

import pytest

from advocacy.bodies import known
from advocacy.calls.tables import CallText, Contribution, ContributionVersion
from advocacy.documents.tables import Document
from advocacy.dossiers.tables import Dossier
from advocacy.people.rules import Role
from advocacy.people.tables import Person
from advocacy.positions.queries import version
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import Position
from advocacy.translations.queries import parts_of
from advocacy.translations.tables import Translation
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


async def _translated(of: Position, said: str, now: datetime) -> None:
    """The whole text into Slovene, checked."""
    for key, words in parts_of(await version(of.id)):
        new = said if key == "k1" else "Naslov"
        await Translation(
            position=of.id, language="sl", paragraph=key, text=new, source_text=words,
            state="checked", changed=now, search_text=search_text(new, language="sl"),
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
        assert "<mark>Großraubtiere</mark>" in (await web.get("/de/search?q=Großraubtieren")).text
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
        "Giulia Esempio": ["Dossiers", "Positions"],
        "Maja Vzorec": ["Dossiers", "Positions", "Contributions"],
        "Ana Muster": ["Dossiers", "Positions", "Contributions", "Entries"],
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


async def test_of_each_kind_the_first_are_shown_and_all_are_walked_page_by_page(
    db: str, now: datetime
):
    office = await ana(now)
    await matters.dossier(now, "2026-100", "Wolf")
    async with browser(now) as web:
        await web.sign_in(office, now)
        await web.get("/en/search?q=wolf")
        with counted() as with_one:
            await web.get("/en/search?q=wolf")
        for place in range(45):
            await matters.dossier(now, f"2026-{place:03d}", "Wolf")
        with counted() as with_many:
            page = await web.get("/en/search?q=wolf")
        assert page.text.count("<mark>Wolf</mark>") == 6
        walked, path = [], _next(page.text)
        while path:
            page = await web.get(path)
            walked.append(_numbers(page.text))
            path = _next(page.text)
        empty = await web.get("/en/search?q=wolf&in=dossiers&before=1")
    assert len(with_many) == len(with_one)
    assert [len(numbers) for numbers in walked] == [20, 20, 6]
    assert [number for numbers in walked for number in numbers] == [
        *(f"2026-{place:03d}" for place in reversed(range(45))),
        "2026-100",
    ]
    assert "There are no further hits." in empty.text


def _next(page: str) -> str:
    found = re.search(r'<p><a href="([^"]*in=dossiers[^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def _numbers(page: str) -> list[str]:
    return re.findall(r'href="/en/d/([^"]+)"><mark>', page)


async def test_a_number_of_a_body_leads_to_the_dossier_that_follows_it(db: str, now: datetime):
    of = await matters.dossier(now)
    await Dossier.update({Dossier.procedure_number: "2023/0156(COD)"}).where(Dossier.id == of.id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.client.get("/en/search", params={"q": " 2023/0156(cod) "})
        assert (page.status_code, page.headers["location"]) == (303, "/en/d/2026-014")
    async with browser(now) as web:
        page = await web.client.get("/en/search", params={"q": "2023/0156(COD)"})
        assert page.status_code == 200


async def test_a_call_is_found_by_its_title_in_any_language_and_shown_in_mine(
    db: str, now: datetime
):
    office = await ana(now)
    asked = await matters.call(
        now, await matters.window(now, await matters.dossier(now)), by=office
    )
    for language, title in (("sl", "Zaščita čred"), ("fr", "Protection des troupeaux")):
        await CallText(
            call=asked.id, language=language, title=title,
            search_text=search_text(title, language=language),
        ).save()  # fmt: skip
    async with browser(now) as web:
        await web.sign_in(office, now)
        page = (await web.get("/de/search?q=zascita")).text
        assert "<mark>Zaščita</mark>" in page
        assert 'href="/de/c/2026-014-1/results"' in page
        assert "<mark>troupeaux</mark>" in (await web.get("/de/search?q=troupeau")).text


async def test_a_position_is_found_by_the_words_of_its_translation(db: str, now: datetime):
    office = await ana(now)
    text = await matters.position(
        now, await matters.dossier(now), by=office, state=PositionState.ADOPTED
    )
    await _translated(text, "Stroške zaščite čred je treba povrniti v celoti.", now)
    async with browser(now) as web:
        page = (await web.get("/en/search?q=stroški")).text
    assert "<mark>Stroške</mark>" in page
    assert page.count('href="/en/p/2026-014"') == 1


async def test_a_document_is_found_by_title_name_and_code_until_it_is_removed(
    db: str, now: datetime
):
    office = await ana(now)
    of = await matters.dossier(now)
    words = "Protokoll der Sitzung sitzung.pdf ACXIV_A2"
    paper = Document(
        dossier=of.id, name="sitzung.pdf", title="Protokoll der Sitzung", code="ACXIV_A2",
        language="de", media_type="application/pdf", size=3, sha256="a" * 64, content=b"pdf",
        person=office.id, at=now, search_text=search_text(words, language="de"),
    )  # fmt: skip
    await paper.save()
    async with browser(now) as web:
        await web.sign_in(office, now)
        for query in ("protokolle", "acxiv"):
            assert (
                'href="/en/d/2026-014#documents"' in (await web.get(f"/en/search?q={query}")).text
            )
        await Document.update({Document.removed: now}).where(Document.id == paper.id)
        assert "#documents" not in (await web.get("/en/search?q=protokolle")).text


async def test_a_body_is_found_by_its_name_in_any_language(db: str, now: datetime):
    await known.seed(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get("/en/search?q=alpska+konferenca")).text
    assert 'href="/en/bodies/alpine-conference"' in page
    assert "<mark>Alpska</mark> <mark>konferenca</mark>" in page


async def test_suggestions_are_a_plain_list_of_what_one_may_see(db: str, now: datetime):
    await matters.dossier(now, title="Großraubtiere in den Alpen")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        found = (await web.get("/de/search/suggested?q=grossraub")).text
        jumping = (await web.get("/de/search/suggested?q=2026-014")).text
        assert (await web.get("/de/search/suggested?q=g")).text.strip() == ""
    async with browser(now) as web:
        nothing = (await web.get("/de/search/suggested?q=grossraub")).text
    assert found.count("<li>") == 2
    assert '<a href="/de/d/2026-014">' in found
    assert '<a href="/de/d/2026-014"><span class="ref">2026-014</span></a>' in jumping
    assert "2026-014" not in nothing


async def test_nonsense_in_the_address_is_no_fault(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for query in ("in=everything", "in=entries&before=-1", "in=dossiers&before=9" + "9" * 30):
            assert (await web.get(f"/en/search?q=wolf&{query}")).status_code == 200


@pytest.mark.parametrize(
    "unfit", [{"state": "draft"}, {"source_text": "Older words."}, {"paragraph": "gone"}]
)
async def test_of_a_translation_that_is_not_right_the_public_finds_nothing(
    db: str, now: datetime, unfit: dict[str, str]
):
    """Words taken out before the adoption, unchecked and stale ones stay in the house."""
    office = await ana(now)
    of = await matters.dossier(now)
    text = await matters.position(now, of, by=office, state=PositionState.ADOPTED)
    await _translated(text, "Stroške zaščite čred je treba povrniti v celoti.", now)
    await Translation.update(unfit).where(
        Translation.position == text.id, Translation.paragraph == "k1"
    )
    for who in (None, (await presidency(now))[0]):
        async with browser(now) as web:
            if who:
                await web.sign_in(who, now)
            for path in ("/en/search", "/sl/search/suggested"):
                assert "čred" not in (await web.get(f"{path}?q=stroški")).text
    async with browser(now) as web:
        await web.sign_in(office, now)
        assert "<mark>Stroške</mark>" in (await web.get("/sl/search?q=stroški")).text


async def test_the_number_of_a_call_leads_the_presidency_to_its_counts(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.call(now, await matters.window(now, of), by=await ana(now))
    async with browser(now) as web:
        await web.sign_in((await presidency(now))[0], now)
        page = await web.get("/en/search?q=2026-014-1")
    assert (page.status_code, page.url.path) == (200, "/en/c/2026-014-1/results")
