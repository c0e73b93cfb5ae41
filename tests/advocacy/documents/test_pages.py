from datetime import datetime

import pytest
from httpx import Response

from advocacy.documents import queries
from advocacy.documents.tables import Document
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers.forms import NewDossier
from advocacy.dossiers.tables import Dossier
from advocacy.history.tables import Event
from tests.advocacy.documents import files
from tests.browsing import Browser, browser
from tests.characters import ana, maja, presidency
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

HERE = "/en/d/2026-001"


async def _dossier(now: datetime) -> Dossier:
    return await dossiers.open_dossier(NewDossier(title="Herdenschutz"), by=await ana(now), now=now)


async def _hand_in(web: Browser, *chosen: tuple[str, bytes], **form: str) -> Response:
    await web.get(f"{HERE}/documents/new")
    several = [("files", (name, content)) for name, content in chosen]
    return await web.post(f"{HERE}/documents/new", form, files=several)


async def _signed_in(web: Browser, now: datetime) -> Browser:
    return await web.sign_in(await ana(now), now)


async def test_several_documents_are_handed_in_at_once_and_taken_out_whole(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await _hand_in(
            web, ("Entwurf Ü.docx", files.word()), ("daten.csv", b"a;b\n"),
            language="de", code="ACXIV_A2",
        )  # fmt: skip
        assert str(page.url).endswith("/en/d/2026-001#documents")
        for shown in ("2 documents are kept.", "Entwurf Ü.docx", "ACXIV_A2", "Word file", "daten.csv",
                      "document added: Entwurf Ü.docx, daten.csv"):  # fmt: skip
            assert shown in page.text, shown
        got = await web.get(f"{HERE}/documents/1/1")
    assert got.content == files_of(await Document.select(Document.content), 0)
    assert got.headers["content-type"].startswith(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )
    assert got.headers["content-disposition"] == (
        "attachment; filename=\"Entwurf--.docx\"; filename*=UTF-8''Entwurf%20%C3%9C.docx"
    )
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]


def files_of(rows: list[dict[str, bytes]], place: int) -> bytes:
    return bytes(rows[place]["content"])


async def test_one_bad_file_keeps_none_and_each_is_named(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await _hand_in(
            web, ("protocol.pdf", files.word()), ("good.txt", b"good"), ("bad.exe", b"MZ"),
            code="Kept <words>",
        )  # fmt: skip
    assert page.status_code == 422
    for shown in (
        "protocol.pdf is not a PDF: it looks like a Word file. Nothing was kept.",
        "bad.exe is a program.", 'href="#files"', 'href="#files-2"', 'id="files-2"',
        "Kept &lt;words&gt;", "Choose the files again",
    ):  # fmt: skip
        assert shown in page.text, shown
    assert await Document.count() == 0
    assert await Event.exists().where(Event.kind == "document") is False


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"title": "x" * 301}, "title"),
        ({"code": "x" * 61}, "code"),
        ({"language": "xx"}, "language"),
        ({"original": "%00"}, "original"),
        ({"window": "1"}, "window"),
        ({"window": "99999999999999999999"}, "window"),
    ],
)
async def test_bad_words_get_the_same_page(
    db: str, now: datetime, form: dict[str, str], field: str
):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await _hand_in(web, ("a.txt", b"a"), **form)
    assert page.status_code == 422
    assert f'href="#{field}"' in page.text
    assert await Document.count() == 0


async def test_fifteen_megabytes_come_in_and_what_is_too_large_is_said(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await _hand_in(web, ("large.txt", b"x" * 15 * 1024 * 1024))
        assert "1 document is kept." in page.text
        page = await _hand_in(web, ("larger.txt", b"x" * (20 * 1024 * 1024 + 1)))
        assert page.status_code == 422
        assert "larger.txt has more than 20 MB." in page.text
        await web.get(f"{HERE}/documents/1")
        huge = {"files": ("huge.txt", b"x" * 22 * 1024 * 1024)}
        assert (await web.post(f"{HERE}/documents/1/version", files=huge)).status_code == 413
        keys = web.keys()
        too_large = await web.client.post(f"{HERE}/edit", data=keys, files=huge)
    assert too_large.status_code == 413
    assert await Document.count() == 1


async def test_no_file_and_one_title_for_two_are_asked_back(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await web.get(f"{HERE}/documents/new")
        page = await web.post(f"{HERE}/documents/new", {"title": "Kept"})
        assert page.status_code == 422
        assert "Choose a file" in page.text
        assert 'value="Kept"' in page.text
        page = await _hand_in(web, ("a.txt", b"a"), ("b.txt", b"b"), title="One")
        assert "One title is for one file." in page.text


async def test_the_same_content_is_not_kept_twice(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"same"), title="The agenda")
        page = await _hand_in(web, ("b.txt", b"same"))
    assert page.status_code == 422
    assert "b.txt is in this dossier already: The agenda." in page.text
    assert await Document.count() == 1


async def test_the_same_form_twice_keeps_it_once(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await web.get(f"{HERE}/documents/new")
        keys = web.keys()
        for _ in range(2):
            page = await web.client.post(
                f"{HERE}/documents/new", data=keys, files={"files": ("a.txt", b"a")},
                follow_redirects=True,
            )  # fmt: skip
            assert page.status_code == 200
    assert await Document.count() == 1


async def test_a_new_version_stands_before_the_old_one_which_stays(db: str, now: datetime):
    dossier = await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"one"), title="Agenda", language="sl")
        await web.get(f"{HERE}/documents/1")
        page = await web.post(f"{HERE}/documents/1/version", files={"files": ("b.txt", b"two")})
        assert "The new version is kept." in page.text
        assert page.text.index("b.txt") < page.text.index("a.txt")
        assert (await web.get(f"{HERE}/documents/1/1")).content == b"one"
        assert (await web.get(f"{HERE}/documents/1/2")).content == b"two"
        assert (await web.get(f"{HERE}/documents/1/3")).status_code == 404
        await web.get(f"{HERE}/documents/1")
        bad = await web.post(f"{HERE}/documents/1/version", files={"files": ("b.pdf", b"x")})
        assert bad.status_code == 422
        [row] = await queries.of_dossier(dossier.id)
        assert (row.title, row.described.language, len(row.versions)) == ("Agenda", "sl", 2)
        await _undo(web, "document replaced")
        [row] = await queries.of_dossier(dossier.id)
    assert [each.name for each in row.versions] == ["a.txt"]


async def _undo(web: Browser, action: str) -> Response:
    [event] = await Event.select(Event.id).where(Event.action == action)
    await web.get(HERE)
    return await web.post(f"/en/undo/{event['id']}")


async def test_removing_is_taken_back_and_the_place_stays(db: str, now: datetime):
    dossier = await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"a"))
        await _hand_in(web, ("b.txt", b"b"))
        await web.get(f"{HERE}/documents/1")
        page = await web.post(f"{HERE}/documents/1/remove")
        assert "The document is removed." in page.text
        assert (await web.get(f"{HERE}/documents/1")).status_code == 404
        assert (await web.get(f"{HERE}/documents/1/1")).status_code == 404
        assert [each.place for each in await queries.of_dossier(dossier.id)] == [2]
        await _hand_in(web, ("a.txt", b"a"))
        assert (await _undo(web, "document removed")).status_code == 200
        assert [each.place for each in await queries.of_dossier(dossier.id)] == [1, 2, 3]


async def test_adding_is_not_taken_back_when_there_is_a_newer_version(db: str, now: datetime):
    dossier = await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"a"))
        await web.get(f"{HERE}/documents/1")
        await web.post(f"{HERE}/documents/1/version", files={"files": ("b.txt", b"b")})
        assert (await _undo(web, "document added")).status_code == 409
        assert len(await queries.of_dossier(dossier.id)) == 1


async def test_a_stale_description_shows_both_and_a_change_is_taken_back(db: str, now: datetime):
    dossier = await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"a"), title="First")
        page = await web.get(f"{HERE}/documents/1")
        base = page.text.split('name="base" value="')[1].split('"')[0]
        page = await web.post(f"{HERE}/documents/1", {"title": "Second", "base": base})
        assert "The document is changed." in page.text
        page = await web.post(f"{HERE}/documents/1", {"title": "Mine", "base": base})
        assert page.status_code == 409
        assert "Mine" in page.text
        assert "Second" in page.text
        assert (await _undo(web, "document changed")).status_code == 200
        [row] = await queries.of_dossier(dossier.id)
    assert row.title == "First"


async def test_the_house_reads_and_only_the_secretariat_changes(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"a"))
    for person in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(person, now)
            page = await web.get(f"{HERE}/documents/1")
            assert page.status_code == 200
            assert "Remove the document" not in page.text
            assert (await web.get(f"{HERE}/documents/1/1")).content == b"a"
            assert (await web.get(f"{HERE}/documents/new")).status_code == 404
            for tail in ("new", "1", "1/version", "1/remove"):
                await web.get("/en/me")
                answer = await web.post(
                    f"{HERE}/documents/{tail}", files={"files": ("b.txt", b"b")}
                )
                assert answer.status_code == 404, tail
    async with browser(now) as web:
        for tail in ("1", "1/1"):
            answer = await web.client.get(f"{HERE}/documents/{tail}", follow_redirects=False)
            assert answer.status_code == 303
    assert await Document.count() == 1


async def test_what_is_not_there_is_not_found(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        for tail in ("0", "1", "99999999999999999999", "x", "1/1", "1/0", "%00"):
            assert (await web.get(f"{HERE}/documents/{tail}")).status_code == 404, tail


async def test_lists_never_fetch_the_content_and_cost_the_same_for_one_and_three(
    db: str, now: datetime
):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await _hand_in(web, ("a.txt", b"a"))
        await web.get(HERE)
        with counted() as one:
            await web.get(HERE)
        await _hand_in(web, ("b.txt", b"b"), ("c.txt", b"c"))
        await web.get(HERE)
        with counted() as three:
            await web.get(HERE)
    assert len(one) == len(three)
    assert [said for said in three if '"content"' in said] == []
