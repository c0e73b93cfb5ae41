from datetime import datetime, timedelta

import pytest
from lxml import html

from advocacy.mail.tables import Letter
from advocacy.people.actions import make_link
from advocacy.people.guards import LONGEST_KEPT
from advocacy.people.tables import LoginLink, Session
from advocacy.web.sessions import cookie_name
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def test_a_link_signs_in_only_when_its_button_is_pressed(db: str, now: datetime):
    token, _, _ = await make_link(await ana(now), now=now)
    async with browser(now) as web:
        for _ in range(3):
            assert (await web.get(f"/in/{token}")).status_code == 200
        assert await Session.count() == 0
        page = await web.post(f"/in/{token}")
        assert await Session.count() == 1
        assert (await web.get("/de/me")).status_code == 200
        assert "Ana Muster" in web.page.text
        assert page.status_code in {200, 404}


async def test_a_link_works_once(db: str, now: datetime):
    token, _, _ = await make_link(await ana(now), now=now)
    async with browser(now) as first:
        await first.get(f"/in/{token}")
        await first.post(f"/in/{token}")
    async with browser(now) as second:
        assert (await second.get(f"/in/{token}")).status_code == 404


async def test_a_link_ends_after_an_hour(db: str, now: datetime):
    token, _, _ = await make_link(await ana(now), now=now)
    async with browser(now + timedelta(hours=1, seconds=1)) as web:
        assert (await web.get(f"/in/{token}")).status_code == 404


async def test_the_code_from_the_letter_signs_in(db: str, now: datetime):
    person = await ana(now)
    _, code, _ = await make_link(person, now=now)
    async with browser(now) as web:
        await web.get("/de/sign-in")
        wrong = await web.post("/de/sign-in/code", {"email": person.email, "code": "000000x"})
        assert wrong.status_code == 422
        await web.post("/de/sign-in/code", {"email": person.email, "code": code})
        assert (await web.get("/de/me")).status_code == 200


async def test_an_unknown_address_gets_the_same_page_and_no_letter(db: str, now: datetime):
    person = await ana(now)
    async with browser(now) as web:
        await web.get("/en/sign-in")
        known = await web.post("/en/sign-in", {"email": person.email})
        await web.get("/en/sign-in")
        unknown = await web.post("/en/sign-in", {"email": "nobody@elsewhere.example"})
    assert known.status_code == unknown.status_code == 200
    assert await Letter.select(Letter.recipient) == [{"recipient": person.email}]


async def test_asking_for_links_is_limited(db: str, now: datetime):
    person = await ana(now)
    async with browser(now) as web:
        await web.get("/en/sign-in")
        answers = [
            (await web.post("/en/sign-in", {"email": person.email})).status_code for _ in range(11)
        ]
    assert answers == [200] * 10 + [422]
    assert await LoginLink.count() == 10


async def test_no_link_leads_to_another_house(db: str, now: datetime):
    async with browser(now) as web:
        for evil in ("//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil"):
            page = await web.get("/en/sign-in", params={"to": evil})
            assert 'name="to" value="/en/now"' in page.text


async def test_a_form_without_its_key_is_refused(db: str, now: datetime):
    async with browser(now) as web:
        answer = await web.client.post("/en/sign-in", data={"email": "a@b.example"})
    assert answer.status_code == 403


async def test_signing_in_gives_a_new_session_and_signing_out_ends_it(db: str, now: datetime):
    person = await ana(now)
    async with browser(now) as web:
        web.client.cookies.set(cookie_name(), "x" * 43)
        await web.sign_in(person, now)
        mine = web.client.cookies.jar
        tokens = [cookie.value for cookie in mine if cookie.name == cookie_name()]
        assert "x" * 43 not in tokens[-1:]
        await web.get("/de/me")
        await web.post("/de/sign-out")
        assert await Session.count() == 0
        assert "Ana Muster" not in (await web.get("/de/me")).text


async def test_a_page_for_others_is_not_there(db: str, now: datetime):
    async with browser(now) as web:
        assert (await web.get("/xx/sign-in")).status_code == 404
        answer = await web.client.get("/de/me", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/de/sign-in?to=/de/me")


async def test_a_form_sent_without_a_session_leads_back_to_its_page(db: str, now: datetime):
    async with browser(now) as web:
        await web.get("/de/sign-in")
        for form, back in (
            ("/de/p/2026-014/edit", "/de/p/2026-014/edit"),
            ("/de/undo/1", "/de/now"),
        ):
            answer = await web.client.post(form, data=web.keys())
            assert (answer.status_code, answer.headers["location"]) == (
                303,
                f"/de/sign-in?to={back}",
            )


async def test_words_sent_without_a_session_stand_in_the_answer_to_be_sent_again(
    db: str, now: datetime
):
    words = "<b>Prva</b> beseda\r\n\r\ndruga & tretja"
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/en/me")
        keys = web.keys()
        await Session.delete(force=True)
        form = keys | {"k1": words, "tags": ["ena", "dve"]}
        answer = await web.client.post("/en/p/2026-014/edit?from=mail", data=form)
        assert answer.status_code == 401
        page = html.fromstring(answer.text)
        again = page.xpath("//main//form")[0]
        assert again.get("action") == "/en/p/2026-014/edit?from=mail"
        fields = [
            (each.get("name"), each.text.removeprefix("\n")) for each in again.iter("textarea")
        ]
        assert fields == [
            ("_once", keys["_once"]),
            ("k1", words.replace("\r\n", "\n")),
            ("tags", "ena"),
            ("tags", "dve"),
        ]
        assert [each.text for each in page.xpath("//main//p[@class='kept']")] == [
            words.replace("\r\n", "\n")
        ]
        assert page.xpath("//main//b") == []


async def test_a_form_too_long_to_show_again_leads_to_the_sign_in(db: str, now: datetime):
    async with browser(now) as web:
        await web.get("/en/sign-in")
        form = web.keys() | {"text": "a" * (LONGEST_KEPT + 1)}
        answer = await web.client.post("/en/p/2026-014/edit", data=form)
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            "/en/sign-in?to=/en/p/2026-014/edit",
        )


async def test_every_answer_carries_the_headers(db: str, now: datetime):
    async with browser(now) as web:
        for path in ("/de/sign-in", "/nowhere", "/health", "/assets/x/app.css"):
            headers = (await web.get(path)).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
