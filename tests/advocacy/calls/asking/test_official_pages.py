from datetime import datetime
from pathlib import Path

import pytest

from advocacy.calls import actions
from advocacy.calls.tables import Invitation, OfficialParagraph, OfficialText
from tests.advocacy.calls import story
from tests.advocacy.calls.asking.handed import TEXT, pdf, word
from tests.browsing import Browser, browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio
HERE = "/en/c/2026-014-1"
WORD = word()  # a file says when it was made


def base_in(page: str) -> str:
    return page.split('name="base" value="')[1].split('"', maxsplit=1)[0]


async def keep(web: Browser, text: str) -> None:
    assert web.page is not None
    typed = {"base": base_in(web.page.text), "title": "Verordnung", "language": "de", "text": text}
    done = await web.post(f"{HERE}/official/paragraphs", typed)
    assert "paragraphs are kept." in done.text


async def test_a_word_file_is_read_corrected_and_kept(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{HERE}/official")
        page = await web.post(f"{HERE}/official", files={"files": ("Verordnung.docx", WORD)})
        assert str(page.url).endswith("/official")
        assert "not looked through yet" in page.text
        assert f'value="{TEXT[0]}"' in page.text
        assert "\n\n".join(TEXT) in page.text
        text = {"text": f"{TEXT[1]}\n\n{TEXT[2]}", "base": base_in(page.text), "language": "de"}
        shown = await web.post(f"{HERE}/official/paragraphs", text | {"renumber": "1"})
        assert "<strong>(2)</strong> Die Kosten" in shown.text
        assert await OfficialParagraph.count() == 0
        await keep(web, text["text"])
        check = await web.get(HERE)
        assert "2 paragraphs to comment on" in check.text
        file = await web.get(f"{HERE}/official/file")
        assert file.content == WORD
        assert file.headers["content-disposition"].startswith("attachment;")
        assert "sandbox" in file.headers["content-security-policy"]


async def test_a_pasted_text_is_split_at_blank_lines(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{HERE}/official")
        nothing = await web.post(f"{HERE}/official", {"pasted": " "})
        assert nothing.status_code == 422
        assert "Choose a file, or paste the text" in nothing.text
        await web.post(f"{HERE}/official", {"pasted": "Art. 1 Herden.\r\n\r\nArt. 2 Almen."})
        await keep(web, "Art. 1 Herden.\r\n\r\nArt. 2 Almen.")
        await web.get(f"{HERE}/official")
        gone = await web.post(f"{HERE}/official/remove")
        assert "The official text is removed." in gone.text
    assert await OfficialText.count() == 0


async def test_what_is_no_text_is_refused_with_a_sentence(db: str, now: datetime, tmp_path: Path):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for name, content, said in (
            ("scan.pdf", pdf(tmp_path, "#rect()"), "it may have been scanned"),
            ("falsch.docx", b"MZ\x90\x00", "it looks like a program"),
            ("zu.pdf", pdf(tmp_path, TEXT[1], password="Alm"), "protected by a password"),
        ):
            await web.get(f"{HERE}/official")
            page = await web.post(f"{HERE}/official", files={"files": (name, content)})
            assert page.status_code == 422
            assert said in page.text
    assert await OfficialText.count() == 0


async def test_a_stale_correction_shows_both_texts(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{HERE}/official")
        page = await web.post(f"{HERE}/official", {"pasted": "Eins.\n\nZwei."})
        old = {"base": base_in(page.text), "title": "V", "language": "de", "text": "Drei."}
        await keep(web, "Eins.\n\nZwei neu.")
        stale = await web.post(f"{HERE}/official/paragraphs", old)
        assert stale.status_code == 409
        assert "Zwei neu." in stale.text
        assert "Drei." in stale.text


async def test_the_file_is_there_for_whom_the_call_asks_and_opening_it_records_nothing(
    db: str, now: datetime
):
    call = await story.checked(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{HERE}/official")
        await web.post(f"{HERE}/official", files={"files": ("Verordnung.docx", WORD)})
        await keep(web, "Eins.\n\nZwei.")
        await actions.launch(call.id, by=await ana(now), now=now)
        link = await story.link("SI-07")
    async with browser(now) as web:
        assert (await web.get(f"{link}/official")).status_code == 403
        await actions.send_now(call.id, by=await ana(now), now=now)
        before = await Invitation.select().order_by(Invitation.id)
        assert (await web.get(f"{link}/official")).content == WORD
        assert await Invitation.select().order_by(Invitation.id) == before
        assert (await web.get("/a/" + "x" * 43 + "/official")).status_code == 404
        assert (await web.get(f"{HERE}/official/file")).url.path == "/en/sign-in"


async def test_only_the_secretariat_attaches(db: str, now: datetime):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert (await web.get(f"{HERE}/official")).status_code == 404
        await web.get("/en/me")
        assert (await web.post(f"{HERE}/official", {"pasted": "Eins."})).status_code == 404


async def test_the_page_is_shown_as_it_will_be_and_nothing_can_be_sent_there(
    db: str, now: datetime
):
    await story.drafted(now)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"{HERE}/preview/sl")
        assert "This is a preview: nothing can be sent here." in page.text
        assert story.SAID["sl"][0] in page.text
        assert "Vzorčna vas" in page.text
        main = page.text.split("<main")[1].split("</main>")[0]
        assert "<form" not in main
        assert (await web.get(f"{HERE}/preview/xx")).status_code == 404
    assert await Invitation.count() == 0
