"""A question as the municipality and the house see it."""

from datetime import datetime, timedelta

import pytest

from advocacy.advice import actions, queries
from advocacy.advice.asking.taking_in import Asker
from advocacy.advice.forms import NewQuestion
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.history.tables import Event
from advocacy.logs import without_secrets
from advocacy.mail.tables import Letter
from tests.advocacy.advice import questions
from tests.advocacy.advice.test_actions import about_call
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, eva, giulia, maja, musterdorf, presidency, valdesempio
from tests.queries_counted import counted

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
        assert link in (await web.get(f"{own}?language=en")).text
        [enquiry] = await Enquiry.objects()
        await web.sign_in(await maja(now), now)
        page = await web.get(f"/en/advice/{enquiry.id}")
        assert questions.TEXT in page.text
        page = await web.post(
            f"/en/advice/{enquiry.id}", {"do": "answer", "text": "Da, z ogrado.", "seen": 1}
        )
        assert "Your answer is on its way." in page.text
        assert "Da, z ogrado." in (await web.get(link)).text


async def test_a_colleague_asks_about_a_call_and_names_where_the_answer_goes(now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        assert f"{link}/ask" in (await web.get(link)).text
        page = await web.get(f"{link}/ask?language=en")
        assert 'value="Janez Primer"' in page.text
        form = {"text": "Ali smemo?", "asker": "Tine Zgled", "email": "tine@si-07.example"}
        for _ in range(2):  # the same form twice is one question
            page = await web.client.post(
                f"{link}/ask", data={"_once": "k" * 20} | form, follow_redirects=True
            )
            assert page.status_code == 200
    [enquiry] = await Enquiry.objects()
    assert (enquiry.email, enquiry.asker, enquiry.contact) == (
        "tine@si-07.example", "Tine Zgled", None,
    )  # fmt: skip
    assert enquiry.dossier is not None


async def test_looking_records_nothing(now: datetime):
    enquiry = await questions.asked(now)
    own = await questions.own_page(now)
    before = (await Event.count(), await Letter.count(), await EnquiryMessage.count())
    async with browser(now) as web:
        for path in (f"/q/{queries.token_of(enquiry.id)}", f"{own}/ask", own):
            assert (await web.get(path)).status_code == 200
            assert (await web.client.head(path)).status_code == 200
    assert (await Event.count(), await Letter.count(), await EnquiryMessage.count()) == before


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"text": "x", "subject": "y" * 201}, "subject"),
        ({"text": "x", "email": "no address"}, "email"),
        ({"text": "x", "asker": ""}, "asker"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_every_word_is_kept(
    form: dict[str, str], field: str, now: datetime
):
    await story.opened(now)
    path = f"{await story.link('SI-07')}/ask?language=en"
    async with browser(now) as web:
        await web.get(path)
        whole = {"asker": "Tine Zgled", "email": "tine@si-07.example", "subject": "Ovce"} | form
        page = await web.post(path, whole)
        assert page.status_code == 422
        assert f'<a href="#{field}">' in page.text
        assert all(value.strip() in page.text for value in whole.values())
    assert await Enquiry.count() == 0


async def test_wrong_links_lead_nowhere(now: datetime):
    enquiry = await questions.asked(now)
    own = await questions.own_page(now)
    async with browser(now) as web:
        for path in (f"/q/{'x' * 43}", "/q/x", f"{own}x/ask", f"/a/{'x' * 43}/ask", "/m/1-x/ask"):
            assert (await web.get(path)).status_code == 404
        await web.get(own)
        page = await web.post(f"/q/{'x' * 43}", {"text": "x"})
        assert page.status_code == 404
    assert queries.token_of(enquiry.id) not in without_secrets(queries.link_of(enquiry.id))


async def test_after_twenty_in_an_hour_nothing_more_is_taken_and_nothing_typed_is_lost(
    now: datetime,
):
    enquiry = await questions.asked(now)
    path = f"/q/{queries.token_of(enquiry.id)}?language=en"
    async with browser(now) as web:
        for each in range(20):
            await web.get(path)
            await web.post(path, {"text": f"In še {each}."})
        await web.get(path)
        page = await web.post(path, {"text": "Enaindvajset."})
        assert page.status_code == 422
        assert "Enaindvajset." in page.text
    assert await EnquiryMessage.count() == 21


async def test_what_one_may_not_see_is_not_there(now: datetime):
    enquiry = await questions.asked(now)
    member, *_ = await presidency(now)
    async with browser(now) as web:
        for person in (await giulia(now), await eva(now), member):
            await web.sign_in(person, now)
            assert (await web.get(f"/en/advice/{enquiry.id}")).status_code == 404
            page = await web.get("/en/advice")
            assert f"/advice/{enquiry.id}" not in page.text
            posted = await web.client.post(f"/en/advice/{enquiry.id}", data={"do": "close"})
            assert posted.status_code in {403, 404}
        await web.sign_in(await ana(now), now)
        assert f"/advice/{enquiry.id}" in (await web.get("/en/advice")).text
    assert (await questions.fresh(enquiry)).state == "open"


async def test_an_answer_to_an_older_page_shows_what_was_added_and_keeps_its_words(now: datetime):
    enquiry = await questions.asked(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(f"/en/advice/{enquiry.id}")
        await actions.add_words(enquiry.id, "Gre za 14 planin.", now=now)
        path = f"/en/advice/{enquiry.id}"
        page = await web.post(path, {"do": "answer", "text": "Da, z ogrado.", "seen": 1})
        assert page.status_code == 409
        assert "Gre za 14 planin." in page.text
        assert "Da, z ogrado.</textarea>" in page.text
        assert 'name="seen" value="2"' in page.text
        page = await web.post(path, {"do": "answer", "text": "Da, z ogrado.", "seen": 2})
        assert page.status_code == 200
    assert len(await questions.letters("enquiry_answer")) == 1


async def test_handed_out_of_sight_the_coordinator_finds_the_queue(now: datetime):
    await questions.people(now)
    asker = Asker("", "x@y.example", "de", sure=False)
    enquiry = await actions.ask(NewQuestion("Karte", "Gibt es eine Karte?"), asker, now=now)
    member, *_ = await presidency(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"/en/advice/{enquiry.id}")
        to = (await maja(now)).id
        page = await web.post(f"/en/advice/{enquiry.id}", {"do": "hand", "to": to, "seen": 1})
        assert "The question is handed over." in page.text
        await web.sign_in(await maja(now), now)
        await web.get(f"/en/advice/{enquiry.id}")
        form = {"do": "hand", "to": member.id, "seen": 2, "note": "Bitte"}
        page = await web.post(f"/en/advice/{enquiry.id}", form)
        assert page.url.path == "/en/advice"
        await web.sign_in(member, now)
        assert "Bitte" in (await web.get(f"/en/advice/{enquiry.id}")).text
        assert f"/advice/{enquiry.id}" in (await web.get("/en/now")).text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"do": "nothing"}, 422),
        ({"do": "answer", "text": "", "seen": "1"}, 422),
        ({"do": "answer", "text": "x", "seen": "x"}, 409),
        ({"do": "hand", "to": "", "seen": "1"}, 422),
        ({"do": "hand", "to": "9" * 30, "seen": "1"}, 422),
        ({"do": "hand", "to": "99999", "seen": "1"}, 422),
        ({"do": "put", "subject": "", "code": "SI-07"}, 422),
        ({"do": "put", "subject": "x", "code": "ZZ-99"}, 422),
        ({"do": "translate", "number": "9", "language": "de", "translation": "x"}, 404),
        ({"do": "translate", "number": "1", "language": "xx", "translation": "x"}, 422),
        ({"do": "translate", "number": "1", "language": "de", "translation": ""}, 422),
        ({"do": "machine", "number": "1", "language": "de"}, 422),
        ({"do": "publish"}, 422),
        ({"do": "become", "seen": "1"}, 422),
        ({"do": "reopen", "seen": "1"}, 409),
    ],
)
async def test_bad_input_changes_nothing(form: dict[str, str], status: int, now: datetime):
    enquiry = await questions.asked(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get(f"/en/advice/{enquiry.id}")
        assert (await web.post(f"/en/advice/{enquiry.id}", form)).status_code == status
        for path in ("?after=x", f"?after={'9' * 30}", "?show=x", "?mine", "?after=77"):
            assert (await web.get(f"/en/advice{path}")).status_code == 200
        for path in ("0", "9" * 30, "answers/0", f"answers/{'9' * 30}"):
            assert (await web.get(f"/en/advice/{path}")).status_code == 404
    assert await EnquiryMessage.count() == 1
    assert (await questions.fresh(enquiry)).state == "open"


async def test_somebody_who_rang_is_written_down_and_gets_the_letter(now: datetime):
    await questions.asker(now)
    await questions.people(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        await web.get("/en/advice/new")
        form = {"code": "si-07", "text": "Ali smemo?", "dossier": ""}
        page = await web.post("/en/advice/new", form)
        assert "by phone" in page.text
        await web.get("/en/advice/new")
        for code in ("AT-01", "x"):
            await musterdorf(now)
            page = await web.post("/en/advice/new", {"code": code, "text": "?", "dossier": "x"})
            assert page.status_code == 422
            assert '<a href="#code">' in page.text
            assert '<a href="#dossier">' in page.text
    [receipt] = await questions.letters("enquiry_receipt")
    assert receipt.recipient == "office@si-07.example"
    assert await questions.letters("enquiry_desk") == []


async def test_a_question_becomes_an_answer_with_one_button(now: datetime):
    enquiry = await about_call(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"/en/advice/{enquiry.id}")
        assert "Make it an answer to the call" in page.text
        page = await web.post(f"/en/advice/{enquiry.id}", {"do": "become", "seen": 1})
        assert "It is an answer to the call now." in page.text
        assert "It has become an answer to a call already." in page.text


async def test_how_long_it_has_waited_is_shown_where_it_hurts(now: datetime):
    there = await questions.dossier(now)
    enquiry = await questions.asked(now, dossier=there.id)
    later = now + timedelta(days=4)
    async with browser(later) as web:
        for person in (await maja(now), await ana(now)):
            await web.sign_in(person, later)
            for path in ("/en/advice", "/en/now", "/en/d/2026-014", "/en/m/SI-07"):
                page = await web.get(path)
                assert f"/advice/{enquiry.id}" in page.text, path
                assert "Waiting for 4 days" in page.text, path
        await web.sign_in(await giulia(now), later)
        for path in ("/en/now", "/en/d/2026-014", "/en/m/SI-07"):
            assert f"/advice/{enquiry.id}" not in (await web.get(path)).text


async def test_the_queue_begins_with_the_longest_and_asks_as_often_for_three_as_for_one(
    now: datetime, monkeypatch: pytest.MonkeyPatch
):
    await questions.people(now)
    rows: list[int] = []
    asked_in_all: list[int] = []
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for days, make in ((1, questions.vzorcna_vas), (3, musterdorf), (2, valdesempio)):
            member = await make(now)
            person = await questions.contact(member)
            asker = Asker(person.name, person.email, member.language, member, person)
            asked = now - timedelta(days=days)
            made = await actions.ask(NewQuestion(f"Nummer {days}", "?"), asker, now=asked)
            rows.append(made.id)
            await web.get("/en/advice")
            with counted() as asked_for:
                page = await web.get("/en/advice")
            asked_in_all.append(len(asked_for))
        assert len(set(asked_in_all)) == 1
        places = [page.text.index(f'/advice/{rows[each]}"') for each in (1, 2, 0)]
        assert places == sorted(places)
        monkeypatch.setattr("advocacy.advice.lists.PAGE", 2)
        page = await web.get("/en/advice")
        assert f"after={rows[2]}" in page.text
        page = await web.get(f"/en/advice?after={rows[2]}")
        assert f'/advice/{rows[0]}"' in page.text
        assert f'/advice/{rows[1]}"' not in page.text


async def test_a_search_finds_it_for_who_may_see_it_and_the_table_holds_it(now: datetime):
    enquiry = await questions.asked(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert f"/advice/{enquiry.id}" in (await web.get("/en/search?q=pastirja")).text
        assert "Ovce pono" in (await web.get("/en/export/questions.csv")).text
        await web.sign_in(await giulia(now), now)
        assert f"/advice/{enquiry.id}" not in (await web.get("/en/search?q=pastirja")).text
        assert "Ovce pono" not in (await web.get("/en/export/questions.csv")).text
