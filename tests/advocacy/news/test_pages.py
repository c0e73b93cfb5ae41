import re
from datetime import datetime, timedelta

import feedparser
import pytest

from advocacy.digest import actions as digests
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.municipalities.links import SETTINGS, key_of
from advocacy.municipalities.tables import Contact
from advocacy.news import queries
from tests.advocacy.news import matters
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana, maja, vzorcna_vas

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_the_secretariat_marks_an_entry_with_a_sentence_and_takes_it_back(now: datetime):
    number = await entry("Wolf count published", now=now)
    page_of = f"/en/inbox/{number}/news"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(page_of)
        assert 'value="carnivores" checked' in page.text  # as read from the entry
        answer = await web.post(page_of, {"sentence-de": " ", "topics": "carnivores"})
        assert answer.status_code == 422
        assert 'href="#sentence-en"' in answer.text
        answer = await web.post(page_of, {"sentence-de": "Gilt ab Januar.", "topics": "nonsense"})
        assert (answer.status_code, "Gilt ab Januar." in answer.text) == (422, True)
        form = {"sentence-de": "Gilt <b>ab</b> Januar.", "topics": "carnivores", "countries": "SI"}
        page = await web.post(page_of, form)
        assert "Marked as worth knowing. The next letters tell it." in page.text
        for path in ("/de", "/de/news", "/de/news?topic=carnivores&country=SI"):
            page = await web.get(path)
            assert "Gilt &lt;b&gt;ab&lt;/b&gt; Januar." in page.text
        assert "Gilt" not in (await web.get("/de/news?topic=energy")).text
        await web.get(page_of)
        await web.post(f"{page_of}/withdraw", {})
        assert "Gilt" not in (await web.get("/de/news")).text
        await web.get(page_of)
        assert (await web.post(f"{page_of}/withdraw", {})).status_code == 404
        for strange in ("0", "99999999999999"):
            assert (await web.get(f"/en/inbox/{strange}/news")).status_code == 404


async def test_marking_can_be_undone_and_the_undoing_as_well_as_long_as_nobody_changed_it(
    now: datetime,
):
    number = await entry("Wolf count published", now=now)
    page_of = f"/en/inbox/{number}/news"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(page_of)
        page = await web.post(page_of, {"sentence-de": "Gilt ab Januar."})
        event = page.text.split("/undo/")[1].split('"')[0]
        await web.post(f"/en/undo/{event}", {})
        assert await queries.fresh("de", until=now) == []


async def test_of_two_who_write_the_sentence_the_second_sees_both(now: datetime):
    number = await entry("Wolf count published", now=now)
    page_of = f"/en/inbox/{number}/news"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        shown = re.search(r'name="base" value="([^"]+)"', (await web.get(page_of)).text)
        assert shown is not None
        mine = {"sentence-de": "Meine Worte.", "base": shown[1]}
        await matters.noted(now, de="Andere Worte.")
        answer = await web.post(page_of, mine)
        assert answer.status_code == 409
        assert "Andere Worte." in answer.text
        assert "Meine Worte." in answer.text
    _, sentences = await queries.of_entry(number)
    assert sentences == {"de": "Andere Worte."}


async def test_the_same_form_twice_stands_once_in_the_history(now: datetime):
    await matters.noted(now)
    await matters.noted(now + timedelta(minutes=1))
    assert await Event.count().where(Event.kind == "entry") == 1


async def test_only_the_secretariat_marks(now: datetime):
    number = await entry("Wolf count published", now=now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get(f"/en/inbox/{number}/news")).status_code == 404
        await web.get("/en/me")
        answer = await web.post(f"/en/inbox/{number}/news", {"sentence-de": "x"})
        assert answer.status_code == 404


async def test_everybody_reads_the_news_and_its_feed_in_five_languages(now: datetime):
    await matters.one_of_each(now)
    async with browser(now) as web:
        for language in ("en", "de", "fr", "it", "sl"):
            page = await web.get(f"/{language}/news")
            assert page.status_code == 200
            feed = feedparser.parse((await web.get(f"/feeds/{language}/news.xml")).content)
            assert (feed.bozo, len(feed.entries)) == (False, 4)
        page = await web.get("/sl")
        assert "Delavnica o čredah" in page.text
        feed = feedparser.parse((await web.get("/feeds/de/news.xml?country=AT")).content)
        assert {each.title for each in feed.entries} == {"Werkstatt Herden", "Wer zahlt?"}


async def test_a_mayor_chooses_rhythm_topics_and_countries_by_the_link_of_a_letter(now: datetime):
    await vzorcna_vas(now)
    contact = await Contact.objects().first()
    assert contact is not None
    key = key_of(contact.id, SETTINGS)
    async with browser(now) as web:
        page = await web.get(f"/u/{key}")
        assert "Ponedeljek in četrtek" in page.text or "Monday and Thursday" in page.text
        form = {"news": "now", "chooses": "yes", "news_topics": "farming,nonsense"}
        await web.post(f"/u/{key}", form)
        [after] = await Contact.objects()
        assert (after.news, after.news_topics, after.news_countries) == ("now", "farming", "")
        await web.post(f"/u/{key}", {"calls": "weekly"})
        [after] = await Contact.objects()
        assert (after.calls, after.news_topics) == ("weekly", "farming")
        await web.client.post(f"/u/{key}/news", data={"List-Unsubscribe": "One-Click"})
        [after] = await Contact.objects()
        assert (after.news, after.calls, after.news_topics) == ("never", "weekly", "farming")


async def test_the_digest_tells_news_of_the_chosen_topics_once(now: datetime):
    reader = await maja(now)
    await digests.send_due(now)
    later = now + timedelta(hours=2)
    await matters.one_of_each(later)
    async with browser(later) as web:
        await web.sign_in(reader, later)
        page = await web.get("/en/me")
        assert "News only on these topics" in page.text
        answer = await web.post("/en/me/digest", {"digest": "daily", "topics": "farming"})
        assert answer.status_code == 200
        page = await web.get("/en/me")
        assert 'value="farming" checked' in page.text
    tomorrow = now + timedelta(days=1)
    await digests.send_due(tomorrow)
    [letter] = await Letter.objects().where(
        Letter.kind == "digest", Letter.recipient == reader.email
    )
    assert "Delavnica o čredah" in letter.text
    assert "Wolf count published" not in letter.text
    await digests.send_due(tomorrow + timedelta(days=1))
    assert (
        await Letter.count().where(Letter.kind == "digest", Letter.recipient == reader.email) == 1
    )
