import csv
import io
import re
from datetime import datetime, timedelta
from html import unescape

import pytest

from advocacy.calls import actions
from advocacy.calls.reminding.absences import note_absence
from advocacy.calls.tables import Call, Invitation
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from tests.advocacy.calls import story
from tests.advocacy.positions.matters import adopt, written
from tests.browsing import browser
from tests.characters import ana, giulia, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
RESULTS = "/en/c/2026-014-1/results"
REMIND = "/en/c/2026-014-1/remind"


def said(page: str) -> str:
    """What a reader reads: words without marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


async def opened(now: datetime) -> Call:
    call = await story.opened(now - timedelta(days=21))
    for code in ("SI-07", "AT-01"):
        await actions.contribute((await story.invitation(code)).id, story.answer(), now=now)
    return call


async def test_the_sentence_comes_first_then_the_tables(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(RESULTS)
        words = said(page.text)
        assert "2 of 4 municipalities have answered (50%)." in words
        assert "France needs help: 0 of 1. 11 days left." in words
        assert "nothing is tracked" in words
        assert words.index("11 days left") < words.index("By country")
        assert "Boundaries: Natural Earth" in words
        assert "stand for" not in words


async def test_the_figures_stand_beside_the_position_for_everybody_as_counts(
    db: str, now: datetime
):
    it = await written(now)
    await adopt(it, now)
    async with browser(now) as web:
        page = said((await web.get("/en/p/2026-014")).text)
        assert "4 of 4 municipalities have answered (100%)." in page
        assert "Italy 1 1" in page


async def test_a_region_is_said_to_stand_for_several(db: str, now: datetime):
    await opened(now)
    await Municipality.update({Municipality.stands_for: 25}).where(Municipality.code == "IT-01")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "Those who were asked stand for 28 municipalities." in said(
            (await web.get(RESULTS)).text
        )


async def test_the_list_follows_what_is_chosen_and_garbage_chooses_nothing(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"{RESULTS}?state=answered&country=si")).text
        shown = said(page[page.index('id="invited"') :])
        assert "Vzorčna vas" in shown
        assert "Musterdorf" not in shown
        page = (await web.get(f"{RESULTS}?state=%00&country=zz&size=9&region=x&after='")).text
        assert "Nobody fits this choice" in page
        assert "Musterdorf" in (await web.get(f"{RESULTS}?state=x&country=9&size=q")).text


async def test_every_row_tells_of_letters_rings_and_what_came(db: str, now: datetime):
    await opened(now)
    who = await Contact.objects().get(Contact.language == "it")
    await note_absence(who.id, now.date() + timedelta(days=3), now=now)
    await Contact.update({Contact.bounced: now, Contact.bounce: "550 no such user"}).where(
        Contact.language == "fr"
    )
    await Letter.update({Letter.state: "bounced"}).where(
        Letter.kind == "call", Letter.language == "fr"
    )
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = said((await web.get(RESULTS)).text)
        assert "Back: 26 Nov 2026" in page
        assert "Letter came back 550 no such user Put the address right" in page
        assert "Last letter: " in page
        assert "Letters that did not arrive" in page
        assert "Partly · Mayor · on this page, Janez Primer" in page


async def test_the_coordinator_is_named_and_can_be_asked_to_ring(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(RESULTS)
        assert "Coordinator: Giulia Esempio" in said(page.text)
        assert "Ask Giulia Esempio to ring this one" in page.text
        page = await web.post("/en/c/2026-014-1/ask-to-ring", {"country": "IT"})
        assert "Asked to ring" in page.text
        assert "Ask Giulia Esempio" not in page.text


async def test_a_coordinator_sees_the_ring_list_of_the_own_country_and_reminds_nobody(
    db: str, now: datetime
):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        page = (await web.get(RESULTS)).text
        assert "/c/2026-014-1/ring/it" in page
        assert "/c/2026-014-1/ring/fr" not in page
        assert "/c/2026-014-1/remind" not in page
        assert (await web.get(REMIND)).status_code in {403, 404}


async def test_a_reminder_is_looked_at_first_and_looking_writes_nothing(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = said((await web.get(REMIND)).text)
        assert "2 municipalities get a reminder" in page
        assert "The letters wait for ten minutes" in page
        assert await Letter.count().where(Letter.kind == "reminder") == 0
        page = said((await web.post(REMIND)).text)
        assert "2 reminders leave in ten minutes." in page
        assert await Letter.count().where(Letter.kind == "reminder") == 2
        page = (await web.get(REMIND)).text
        assert "Nobody is to be reminded now." in page
        assert "Had a letter within seven days" in page


async def test_the_same_form_twice_reminds_once_and_undo_takes_it_back(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(REMIND)
        keys = web.keys()
        page = await web.post(REMIND, keys | {"country": "IT"})
        undo = re.search(r'action="/en(/undo/\d+)"', page.text)
        assert undo is not None
        await web.post(REMIND, keys | {"country": "IT"})
        assert await Letter.count().where(Letter.kind == "reminder") == 1
        await web.get(RESULTS)
        await web.post(f"/en{undo[1]}")
        waiting = Letter.count().where(Letter.kind == "reminder", Letter.state == "waiting")
        assert await waiting == 0
        assert (await story.invitation("IT-01")).reminders == 0


async def test_the_week_of_rest_is_said_and_can_be_set_aside(db: str, now: datetime):
    await story.opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = said((await web.get(REMIND)).text)
        assert "Had a letter within seven days: 4 municipalities" in page
        assert "Include anyway: remind 4 municipalities" in page
        await web.post(REMIND, {"tired_too": "1", "country": "SI"})
        rows = await Letter.select(Letter.language).where(Letter.kind == "reminder")
        assert [row["language"] for row in rows] == ["sl"]


async def test_after_the_deadline_there_is_nothing_to_remind(db: str, now: datetime):
    await opened(now)
    async with browser(story.UNTIL + timedelta(seconds=1)) as web:
        await web.sign_in(await ana(now), story.UNTIL + timedelta(seconds=1))
        page = await web.get(REMIND)
        assert page.url.path == RESULTS
        assert "/c/2026-014-1/remind" not in page.text


async def rows_of(web: object, path: str) -> list[dict[str, str]]:
    text = (await web.get(path)).content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


async def test_figures_and_list_leave_as_tables(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        figures = await rows_of(web, "/en/export/coverage/2026-014-1.csv")
        assert [(row["by"], row["key"], row["asked"], row["answered"]) for row in figures][:3] == [
            ("All", "", "4", "2"), ("Country", "AT", "1", "1"), ("Country", "FR", "1", "0"),
        ]  # fmt: skip
        listed = await rows_of(web, "/en/export/calls/2026-014-1.csv")
        assert [(row["code"], row["text"]) for row in listed] == [
            ("AT-01", "Imamo 14 planin."), ("FR-01", ""), ("IT-01", ""),
            ("SI-07", "Imamo 14 planin."),
        ]  # fmt: skip
        calls = await rows_of(web, "/en/export/coverage.csv")
        assert {row["call"] for row in calls} == {"2026-014-1"}
        assert (await web.get("/en/export/coverage/2026-999-1.xlsx")).status_code == 404
        assert (await web.get("/en/export/coverage/2026-014-1.exe")).status_code == 404


async def test_a_coordinator_takes_along_the_words_of_the_own_country_only(db: str, now: datetime):
    await opened(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        listed = await rows_of(web, "/en/export/calls/2026-014-1.csv")
        assert {row["code"]: row["text"] for row in listed if row["text"]} == {
            "SI-07": "Imamo 14 planin."
        }
    async with browser(now) as web:
        [member, *_] = await presidency(now)
        await web.sign_in(member, now)
        assert (await web.get("/en/export/calls/2026-014-1.csv")).status_code in {403, 404}


async def test_the_page_asks_as_much_with_one_answer_as_with_three(db: str, now: datetime):
    await story.opened(now - timedelta(days=21))
    numbers = []
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for code in ("SI-07", "AT-01", "IT-01"):
            await actions.contribute((await story.invitation(code)).id, story.answer(), now=now)
            with counted() as queries:
                await web.get(RESULTS)
            numbers.append(len(queries))
    assert len(set(numbers)) == 1


async def test_further_pages_keep_the_choice(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    call = await opened(now)
    monkeypatch.setattr("advocacy.calls.covering.invited.PAGE", 1)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get(f"{RESULTS}?state=unanswered")).text
        assert "state=unanswered&amp;after=FR-01" in page
        page = (await web.get(f"{RESULTS}?state=unanswered&after=FR-01")).text
        assert "Valdesempio" in page[page.index('id="invited"') :]
    assert await Invitation.count().where(Invitation.call == call.id) == 4
