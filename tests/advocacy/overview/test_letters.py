import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.mail import actions as mail
from advocacy.mail.smtp import carrier_for
from advocacy.overview.handlers import letters as pages
from advocacy.people.actions import send_link
from advocacy.settings import settings
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    shutil.rmtree(settings().mail_folder or "", ignore_errors=True)
    yield
    shutil.rmtree(settings().mail_folder or "", ignore_errors=True)


async def _a_letter(now: datetime) -> None:
    person = await ana(now)
    await send_link(person.email, leads_to="", network_address="x", now=now)
    await mail.deliver(carrier_for(settings()), now=now)


async def test_the_secretariat_reads_the_folder_and_nobody_else(db: str, now: datetime):
    await _a_letter(now)
    async with browser(now) as web:
        assert (await web.get("/en/letters")).url.path == "/en/sign-in"
        await web.sign_in(await maja(now), now)
        assert (await web.get("/en/letters")).status_code == 404
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/letters")
        assert "Ana Muster" in page.text
        name = page.text.split("/en/letters/")[1].split('"')[0]
        letter = await web.get(f"/en/letters/{name}")
        assert f'<a href="{settings().base_url}/in/' in letter.text
        file = await web.get(f"/en/letters/{name}/file")
        assert file.headers["content-type"] == "message/rfc822"
        assert file.headers["content-disposition"].startswith("attachment;")


async def test_no_name_leads_out_of_the_folder(db: str, now: datetime):
    await _a_letter(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for name in ("..%2Fdefault.db", "%2e%2e", "nothing.eml", "..%5c..%5cx.eml"):
            assert (await web.get(f"/en/letters/{name}")).status_code == 404
            assert (await web.get(f"/en/letters/{name}/file")).status_code == 404


async def test_an_empty_folder_says_so(db: str, now: datetime):
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert "The folder is empty." in (await web.get("/en/letters")).text


async def test_in_the_demo_everybody_reads_them(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    demo = replace(settings(), demo=True)
    monkeypatch.setattr(pages, "settings", lambda: demo)
    await _a_letter(now)
    async with browser(now) as web:
        assert "Ana Muster" in (await web.get("/en/letters")).text


async def test_with_a_mail_server_there_is_no_folder(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    server = replace(settings(), smtp_url="smtp://mail.example")
    monkeypatch.setattr(pages, "settings", lambda: server)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get("/en/letters")).status_code == 404
