import re
from dataclasses import replace
from datetime import datetime

import pytest

from advocacy.calls import actions
from advocacy.calls.answering import enclosing
from advocacy.calls.tables import ContributionVersion
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story
from tests.advocacy.calls.answering import files
from tests.advocacy.calls.story import FORM
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


def chosen(*named: tuple[str, bytes]) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", each) for each in named]


async def test_chosen_files_are_kept_at_once_whatever_else_is_wrong(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07") + "?language=en"
    async with browser(now) as web:
        await web.get(link)
        broken = ("pol.pdf", files.pdf()[:99])
        page = await web.post(
            link, FORM | {"stance": ""}, files=chosen(("načrt.pdf", files.pdf()), broken)
        )
        assert page.status_code == 422
        assert 'href="#stance"' in page.text
        assert 'href="#files"' in page.text
        assert "pol.pdf is damaged" in page.text
        assert ">načrt.pdf</a>" in page.text
        receipt = await web.post(link, FORM)
        assert ">načrt.pdf</a>" in receipt.text
        address = re.findall(r'href="(/a/[^"]+/files/\d+)"', receipt.text)[0]
        file = await web.get(address)
        assert file.content == files.pdf()
        assert file.headers["content-disposition"].startswith("attachment;")
        assert file.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in file.headers["content-security-policy"]
    letter = await Letter.objects().where(Letter.kind == "receipt").first()
    assert letter is not None
    assert "načrt.pdf" in letter.text


async def test_several_files_that_cannot_be_taken_are_each_named(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07") + "?language=en"
    async with browser(now) as web:
        await web.get(link)
        large = ("velik.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024))
        bad = chosen(large, ("x.exe", b"MZ\0"), ("prazno.png", b""))
        page = await web.post(link, FORM | {"text": "Moje besede"}, files=bad)
        assert page.status_code == 422
        for said in ("velik.pdf has more than 10 MB", "x.exe is a program", "prazno.png is empty"):
            assert said in page.text
        assert "Moje besede</textarea>" in page.text
    assert await ContributionVersion.count() == 0


async def test_finishing_later_keeps_files_and_remove_takes_one_out(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        page = await web.post(
            link, FORM | {"save": "1", "text": "Na pol"},
            files=chosen(("a.png", files.png()), ("b.pdf", files.pdf())),
        )  # fmt: skip
        assert ">a.png</a>" in page.text and ">b.pdf</a>" in page.text
        number = re.findall(r'name="remove" value="(\d+)"', page.text)[0]
        page = await web.post(link, FORM | {"remove": number, "text": "Na pol in še"})
        assert ">a.png</a>" not in page.text and ">b.pdf</a>" in page.text
        assert "Na pol in še</textarea>" in page.text
        for odd in ("0", "x", "999999999999", "²"):
            assert (await web.post(link, FORM | {"remove": odd})).status_code == 200
    assert await ContributionVersion.count() == 0


async def test_a_file_chosen_with_a_script_comes_back_as_the_list(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        done = await web.client.post(f"{link}/files", files=chosen(("a.png", files.png())))
        assert done.status_code == 200
        assert ">a.png</a>" in done.text and "<html" not in done.text
        bad = await web.client.post(f"{link}/files?language=en", files=chosen(("a.exe", b"MZ")))
        assert bad.status_code == 422
        assert "a.exe is a program" in bad.text and ">a.png</a>" in bad.text


async def test_more_than_any_answer_holds_gets_an_answer(db: str, now: datetime):
    await story.opened(now)
    link = await story.link("SI-07")
    async with browser(now) as web:
        await web.get(link)
        huge = [("files", (f"{n}.pdf", b"0" * (21 * 1024 * 1024))) for n in range(5)]
        page = await web.post(link, FORM, files=huge)
    assert page.status_code == 413
    assert 'href="#files"' in page.text
    assert "<textarea" in page.text


async def test_files_are_for_the_link_and_for_the_house_and_for_nobody_else(db: str, now: datetime):
    await story.opened(now)
    link, other = await story.link("SI-07"), await story.link("AT-01")
    row = await story.invitation("SI-07")
    [number] = await enclosing.keep(row.id, [("a.pdf", files.pdf())], now=now)
    async with browser(now) as web:
        house = f"/de/c/2026-014-1/files/{number}"
        assert (await web.get(f"{other}/files/{number}")).status_code == 404
        assert b"%PDF" not in (await web.get(house)).content
        await web.sign_in(await ana(now), now)
        assert (await web.get(house)).status_code == 404  # not sent yet
        await actions.contribute(row.id, replace(story.answer(), enclosures=(number,)), now=now)
        sent = await web.get(house)
        assert sent.content == files.pdf()
        assert sent.headers["content-disposition"].startswith("attachment;")
        assert (await web.get(f"/de/c/2026-014-2/files/{number}")).status_code == 404
        assert (await web.get("/de/c/2026-014-1/files/99999999999999")).status_code == 404
        assert (await web.get(f"{link}/files/99999999999999")).status_code == 404
