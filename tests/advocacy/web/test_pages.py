from datetime import datetime

import pytest

from advocacy.people.tables import Person
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def test_a_head_has_the_headers_of_the_page_and_no_body(db: str, now: datetime):
    async with browser(now) as web:
        for path in ("/en/sign-in", "/health", "/nowhere"):
            page, head = await web.client.get(path), await web.client.head(path)
            assert (head.status_code, head.content) == (page.status_code, b"")


async def test_an_unknown_page_is_said_in_the_language_of_its_address(db: str, now: datetime):
    async with browser(now) as web:
        page = await web.get("/sl/nowhere")
    assert (page.status_code, '<html lang="sl">' in page.text) == (404, True)


async def test_a_method_that_is_not_known_is_refused_clearly(db: str, now: datetime):
    async with browser(now) as web:
        answer = await web.client.delete("/en/sign-in")
    assert (answer.status_code, "Traceback" in answer.text) == (405, False)


async def test_a_body_that_is_too_large_is_refused(db: str, now: datetime):
    async with browser(now) as web:
        await web.get("/en/sign-in")
        answer = await web.client.post(
            "/en/sign-in", content=b"x" * (13 * 1024 * 1024),
            headers={"content-type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
    assert answer.status_code == 413


async def test_a_form_that_is_not_text_is_no_error_of_ours(db: str, now: datetime):
    body = b'--x\r\ncontent-disposition: form-data; name="email"\r\n\r\n\xff\xfe\r\n--x--\r\n'
    async with browser(now) as web:
        answer = await web.client.post(
            "/en/sign-in", content=body, headers={"content-type": "multipart/form-data; boundary=x"}
        )
    assert answer.status_code in {400, 403}


async def test_a_number_that_nothing_can_have_is_not_there(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for number in ("99999999999999999999", "-1", "x"):
            assert (await web.get(f"/en/sources/{number}")).status_code == 404
            await web.get("/en/me")
            assert (await web.post(f"/en/undo/{number}")).status_code == 404


async def test_the_same_form_posted_twice_is_one_act(db: str, now: datetime):
    person = await ana(now)
    async with browser(now) as web:
        await web.sign_in(person, now)
        await web.get("/en/me")
        keys = web.keys() | {"language": "fr", "keys_on": "0"}
        first = await web.client.post("/en/me", data=keys)
        second = await web.client.post("/en/me", data=keys)
    assert first.headers["location"] == second.headers["location"]
    assert await Person.select(Person.language) == [{"language": "fr"}]


async def test_the_same_page_posted_with_other_words_is_another_act(db: str, now: datetime):
    person = await ana(now)
    async with browser(now) as web:
        await web.sign_in(person, now)
        await web.get("/en/me")
        for language in ("fr", "it"):
            await web.client.post(
                "/en/me", data=web.keys() | {"language": language, "keys_on": "0"}
            )
    assert await Person.select(Person.language) == [{"language": "it"}]


async def test_a_problem_of_the_api_is_a_problem_document(db: str, now: datetime):
    async with browser(now) as web:
        answer = await web.client.get("/api/v1/nothing")
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["status"] == answer.status_code
