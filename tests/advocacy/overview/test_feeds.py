from datetime import datetime, timedelta

import feedparser
import pytest
from lxml import etree

from advocacy.calls.rules import CallState
from advocacy.dossiers.rules import DeadlineState, Precision
from advocacy.dossiers.tables import Dossier, Window
from advocacy.positions.rules import PositionState
from advocacy.positions.tables import PositionVersion
from advocacy.translations.rules import TranslationState
from advocacy.translations.tables import Translation
from tests.advocacy.overview import matters
from tests.browsing import Browser, browser
from tests.characters import ana, vzorcna_vas
from tests.queries_counted import counted

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
        for name in ("positions", "calls", "deadlines"):
            page = await web.get(f"/feeds/en/{name}.xml")
            assert etree.fromstring(page.content).findall(f"{ATOM}entry") == []


NAMES = ("calls", "positions", "deadlines")


async def feed(web: Browser, path: str) -> feedparser.FeedParserDict:
    """As a program of somebody else reads it."""
    page = await web.get(path)
    assert page.status_code == 200, path
    etree.fromstring(page.content)
    read = feedparser.parse(page.content, response_headers=dict(page.headers))
    assert not read.bozo, read.get("bozo_exception")
    return read


async def public_matter(
    now: datetime, number: str = "2026-001", *, topics: str = "carnivores", countries: str = "AT,SI"
) -> Window:
    """A call has left for it, so that everybody may know."""
    office = await ana(now)
    of = await matters.dossier(now, number, "Intern", countries=countries)
    await Dossier.update({Dossier.topics: topics}).where(Dossier.id == of.id)
    window = await matters.window(now, of, draft=5)
    await matters.call(now, window, f"{number}-1", by=office, title=f"Aufruf {number}")
    return window


async def test_only_deadlines_of_matters_that_are_public_are_told(db: str, now: datetime):
    window = await public_matter(now)
    secret = await matters.dossier(now, "2026-002", "Geheim")
    prepared = await matters.window(now, secret)
    await matters.call(now, prepared, "2026-002-1", by=await ana(now), state=CallState.DRAFT)
    await matters.window(now, secret)
    for state, days in ((DeadlineState.MET, 9), (DeadlineState.CONFIRMED, -1)):
        of = await Dossier.objects().where(Dossier.number == "2026-001").first()
        await matters.window(now, of, days=days, state=state)
    async with browser(now) as web:
        read = await feed(web, "/feeds/de/deadlines.xml")
        [entry] = read.entries
        assert entry.title == "Aufruf 2026-001"
        assert entry.id.endswith(f"/de/deadlines#window-{window.id}")
        assert "Brüsseler Zeit" in entry.summary
        assert entry.link.endswith("/de/deadlines")
        text = (await web.get("/feeds/de/deadlines.xml")).text
        for hidden in ("Intern", "Geheim", "/d/", "milestone", "Ana Muster"):
            assert hidden not in text


async def test_a_deadline_keeps_its_id_and_says_when_it_moved_or_went(db: str, now: datetime):
    window = await public_matter(now)
    later = now + timedelta(hours=3)
    async with browser(now) as web:
        before = (await feed(web, "/feeds/en/deadlines.xml")).entries[0]
        await Window.update(
            {Window.closes: now + timedelta(days=40), Window.changed: later,
             Window.state: DeadlineState.WITHDRAWN}
        ).where(Window.id == window.id)  # fmt: skip
        read = await feed(web, "/feeds/en/deadlines.xml")
    [after] = read.entries
    assert after.id == before.id
    assert (before.updated, after.updated) == (now.isoformat(), later.isoformat())
    assert read.feed.updated == later.isoformat()
    assert "Withdrawn by the body" in after.summary


async def test_a_month_is_not_told_as_a_day(db: str, now: datetime):
    window = await public_matter(now)
    await Window.update({Window.precision: Precision.MONTH}).where(Window.id == window.id)
    async with browser(now) as web:
        [entry] = (await feed(web, "/feeds/en/deadlines.xml")).entries
    assert "December 2026" in entry.summary
    assert "Brussels time" not in entry.summary


async def test_topic_and_country_narrow_each_feed(db: str, now: datetime):
    office = await ana(now)
    for number, topics, countries in (
        ("2026-001", "carnivores,farming", "AT,SI"),
        ("2026-002", "transport", "IT"),
    ):
        window = await public_matter(now, number, topics=topics, countries=countries)
        of = await Dossier.objects().where(Dossier.id == window.dossier).first()
        await matters.position(now, of, by=office, state=PositionState.ADOPTED, title=number)
    async with browser(now) as web:
        for name in NAMES:
            for query, count in (
                ("", 2),
                ("?topic=carnivores", 1),
                ("?country=IT", 1),
                ("?country=it&other=1", 1),
                ("?topic=farming&country=SI", 1),
                ("?topic=farming&country=IT", 0),
                ("?topic=&country=", 2),
            ):
                read = await feed(web, f"/feeds/en/{name}.xml{query}")
                assert len(read.entries) == count, (name, query)
            narrow = await feed(web, f"/feeds/en/{name}.xml?country=SI&topic=farming")
            links = {link.rel: link.href for link in narrow.feed.links}
            assert links["self"].endswith(f"/feeds/en/{name}.xml?topic=farming&country=SI")
            assert narrow.feed.id.replace("&amp;", "&") == links["self"]
            assert "/en" in links["alternate"]
            assert "Slovenia" in narrow.feed.title
            for wrong in (
                "topic=x",
                "country=XX",
                "country=A%00",
                "topic=%FF",
                "topic=" + "a" * 999,
            ):
                status = (await web.get(f"/feeds/en/{name}.xml?{wrong}")).status_code
                assert status == 404, wrong


async def test_an_adopted_position_is_there_in_full_and_translated_once_it_is_whole(
    db: str, now: datetime
):
    office, of = await ana(now), await matters.dossier(now)
    position = await matters.position(
        now, of, by=office, state=PositionState.ADOPTED, title="Titel & <b>",
        text="Die **Kosten** sind ganz zu ersetzen <script>. [@1.1]",
    )  # fmt: skip
    await PositionVersion.update(
        {PositionVersion.asks: '[{"number": 1, "paragraph": "k1", "text": "Volle <Deckung>"}]'}
    ).where(PositionVersion.position == position.id)
    version = await PositionVersion.objects().where(PositionVersion.position == position.id).first()
    later = now + timedelta(days=1)
    async with browser(now) as web:
        [entry] = (await feed(web, "/feeds/fr/positions.xml")).entries
        assert (entry.title_detail.language, entry.updated) == ("de", now.isoformat())
        content = entry.content[0]
        assert (content.type, content.language) == ("text/html", "de")
        assert "<strong>Kosten</strong>" in content.value
        assert "Volle &lt;Deckung&gt;" in content.value
        assert "<script" not in content.value
        assert "@1.1" not in content.value
        for part, text, source in (
            ("title", "Titre", version.title),
            ("k1", "Les **coûts**.", "Die **Kosten** sind ganz zu ersetzen <script>. [@1.1]"),
            ("ask-1", "Tout", "Volle <Deckung>"),
        ):
            [still] = (await feed(web, "/feeds/fr/positions.xml")).entries
            assert still.title == "Titel & <b>"
            await Translation(
                position=position.id, language="fr", paragraph=part, text=text, source_text=source,
                state=TranslationState.CHECKED, changed=later,
            ).save()  # fmt: skip
        [french] = (await feed(web, "/feeds/fr/positions.xml")).entries
    assert (french.title, french.title_detail.language) == ("Titre", "fr")
    assert "<strong>coûts</strong>" in french.content[0].value
    assert (french.id, french.updated) == (entry.id, later.isoformat())


async def test_who_has_it_already_gets_nothing_again(db: str, now: datetime):
    window = await public_matter(now)
    of = await Dossier.objects().where(Dossier.id == window.dossier).first()
    await matters.position(now, of, by=await ana(now), state=PositionState.ADOPTED)
    async with browser(now) as web:
        for name in NAMES:
            page = await web.get(f"/feeds/de/{name}.xml")
            assert page.headers["cache-control"].startswith("public")
            tag = {"if-none-match": page.headers["etag"]}
            again = await web.get(f"/feeds/de/{name}.xml", headers=tag)
            assert (again.status_code, again.content) == (304, b"")
            other = await web.get(f"/feeds/fr/{name}.xml", headers=tag)
            assert other.status_code == 200
    await Window.update({Window.changed: now + timedelta(hours=1)}).where(Window.id == window.id)
    async with browser(now + timedelta(hours=2)) as web:
        same = await web.get("/feeds/de/deadlines.xml", headers=tag)
        assert same.status_code == 200


async def test_an_empty_feed_is_the_same_each_time(db: str, now: datetime):
    async with browser(now) as web:
        tag = (await web.get("/feeds/de/calls.xml")).headers["etag"]
    async with browser(now + timedelta(days=1)) as web:
        assert (await web.get("/feeds/de/calls.xml")).headers["etag"] == tag


async def test_a_sign_that_xml_does_not_take_breaks_no_feed(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.position(
        now, of, by=await ana(now), state=PositionState.ADOPTED, title="Schutz\x0b \x1b & mehr"
    )
    async with browser(now) as web:
        [entry] = (await feed(web, "/feeds/de/positions.xml")).entries
    assert entry.title == "Schutz  & mehr"


async def test_more_entries_ask_no_more(db: str, now: datetime):
    async def asked(name: str) -> int:
        async with browser(now) as web:
            await web.get("/en")
            with counted() as statements:
                await web.get(f"/feeds/en/{name}.xml?topic=carnivores")
        return len(statements)

    async def more(place: int) -> None:
        window = await public_matter(now, f"2026-00{place}")
        of = await Dossier.objects().where(Dossier.id == window.dossier).first()
        await matters.position(now, of, by=await ana(now), state=PositionState.ADOPTED)

    await more(1)
    with_one = [await asked(name) for name in NAMES]
    await more(2)
    await more(3)
    assert [await asked(name) for name in NAMES] == with_one


async def test_the_first_page_tells_programs_of_its_feeds(db: str, now: datetime):
    await vzorcna_vas(now)
    async with browser(now) as web:
        page = etree.HTML((await web.get("/sl")).text)
        links = page.findall("head/link[@rel='alternate']")
        assert [link.get("href") for link in links] == [
            f"/feeds/sl/{name}.xml" for name in (*NAMES, "news")
        ]
        for link in links:
            assert link.get("type") == "application/atom+xml"
            assert link.get("title")
            assert (await web.get(link.get("href"))).status_code == 200
