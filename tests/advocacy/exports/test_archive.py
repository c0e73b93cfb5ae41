"""A dossier as one ZIP: what is in it, for whom, and that it opens anywhere."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath
from urllib.parse import unquote

import docx
import icalendar
import openpyxl
import pypdf
import pytest
from lxml import html

from advocacy import database, texts
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.documents import actions as documents
from advocacy.documents.forms import Description, papers
from advocacy.dossiers import queries
from advocacy.dossiers.tables import Dossier, DossierEntry, Reference
from advocacy.exports.archive.matter import Piece, Room, Section
from advocacy.exports.archive.packing import Packing, pack
from advocacy.history.actions import record
from advocacy.people.tables import Person
from feeds.tables import EntryVersion
from tests.advocacy.approvals.matters import ready, translated
from tests.advocacy.documents import files
from tests.advocacy.overview import matters
from tests.advocacy.submissions.matters import handed_in
from tests.browsing import browser
from tests.characters import ana, giulia, maja, presidency, vzorcna_vas
from tests.conftest import NOW
from tests.queries_counted import counted

anyio = pytest.mark.anyio


async def packed(
    dossier: Dossier, reader: Person, now: datetime, *, language: str = "de", **more: Room
) -> zipfile.ZipFile:
    with texts.speaking(language):
        made = await pack(dossier, reader=reader, now=now, **more)
    with made.file as file:
        content = file.read()
    assert len(content) == made.size
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def names(archive: zipfile.ZipFile, folder: str = "") -> list[str]:
    """Below the one folder of the dossier, in order."""
    parts = [name.partition("/") for name in archive.namelist()]
    assert len({first for first, _, _ in parts}) == 1
    return sorted(rest for _, _, rest in parts if rest.startswith(folder))


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    [whole] = [each for each in archive.namelist() if each.partition("/")[2] == name]
    return archive.read(whole)


async def seen(now: datetime, dossier: Dossier, title: str = "Änderung: Schutz der Herden") -> None:
    """An entry that was seen twice, with markup at first."""
    source = await matters.source(now, f"Amt {title}")
    entry = await matters.entry(now, source, title)
    await DossierEntry(dossier=dossier.id, entry=entry.id, at=now).save()
    before = now - timedelta(days=2)
    await EntryVersion(
        entry=entry.id, number=1, seen_at=before, title=title, address="https://amt.example/1",
        html="<p>Frist: <strong>4.12.2026</strong></p>", text="Frist: 4.12.2026",
    ).save()  # fmt: skip
    await EntryVersion(
        entry=entry.id, number=2, seen_at=now, title=title, text="Frist: 14.12.2026"
    ).save()


async def uploaded(now: datetime, dossier: Dossier, name: str, content: bytes) -> None:
    taken = papers([(name, content)])
    await documents.add(dossier.id, taken, Description(), by=await ana(now), now=now)


@anyio
async def test_everything_is_in_it_and_opens_with_what_reads_it(db: str, now: datetime):
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    await handed_in(matter, now)
    dossier = await queries.by_id(matter.dossier.id)
    await seen(now, dossier)
    word = files.word()
    await uploaded(now, dossier, "Stellungnahme Österreich.docx", word)
    archive = await packed(dossier, await ana(now), now)
    number = dossier.number
    assert names(archive, "01") == [
        "01 Quellen/01 v1 Anderung Schutz der Herden.html",
        "01 Quellen/01 v2 Anderung Schutz der Herden.txt",
    ]
    page = read(archive, names(archive, "01")[0]).decode()
    assert "<strong>4.12.2026</strong>" in page
    assert "https://amt.example/1" in page
    assert "Frist: 14.12.2026" in read(archive, names(archive, "01")[1]).decode()
    [paper] = names(archive, "02")
    assert paper.endswith("/01 v1 Stellungnahme Osterreich.docx")
    assert read(archive, paper) == word
    assert docx.Document(io.BytesIO(read(archive, paper))).paragraphs[0].text
    [call] = {name.split("/")[1] for name in names(archive, "03")}
    book = openpyxl.load_workbook(io.BytesIO(read(archive, f"03 Umfragen/{call}/answers.xlsx")))
    keys, _, *rows = book["answers"].iter_rows(values_only=True)
    assert sorted(row[keys.index("code")] for row in rows) == ["AT-01", "FR-01", "IT-01", "SI-07"]
    answer = read(archive, f"03 Umfragen/{call}/Antworten/SI-07 Vzorcna vas.txt").decode()
    assert "Stroške zaščite je treba pokriti v celoti." in answer
    assert "v01 de.txt" in names(archive, "04")[-1]
    assert "[@" in read(archive, names(archive, "04")[-1]).decode()
    for language, title in (("de", "Großraubtiere"), ("fr", "Titre")):
        stem = f"04 Stellungnahme/{number} v1 {language} "
        made = {name.rpartition(".")[2]: name for name in names(archive, stem)}
        assert set(made) == {"docx", "json", "pdf", "txt"}
        read_back = docx.Document(io.BytesIO(read(archive, made["docx"])))
        assert title in [paragraph.text for paragraph in read_back.paragraphs]
        assert (
            title in pypdf.PdfReader(io.BytesIO(read(archive, made["pdf"]))).pages[0].extract_text()
        )
    receipt = read(archive, "05 Einreichung/01 Empfangsbestatigung.txt").decode()
    assert "ABC-123" in receipt
    assert "23.11.2026" in receipt or "23. November 2026" in receipt
    assert len(names(archive, "05")) == 6
    outcome = read(archive, "05 Einreichung/99 Ergebnis.txt").decode()
    assert "Volle Kostendeckung" in outcome or "Demande 1" in outcome
    [protocol] = [name for name in names(archive, "04") if "Proto" in name]
    assert len(pypdf.PdfReader(io.BytesIO(read(archive, protocol))).pages) >= 1
    events = list(
        csv.DictReader(
            io.StringIO(read(archive, "06 Verlauf/history.csv").decode("utf-8-sig")), delimiter=";"
        )
    )
    assert [int(event["event"]) for event in events] == sorted(int(e["event"]) for e in events)
    assert {"Ana Muster", "Marie Exemple"} <= {event["who"] for event in events}
    calendar = icalendar.Calendar.from_ical(read(archive, "06 Verlauf/deadlines.ics"))
    assert calendar.walk("VEVENT")


@anyio
async def test_the_page_lists_every_file_and_needs_nothing_but_itself(db: str, now: datetime):
    matter = await ready(now)
    await seen(now, matter.dossier, "<script>alert(1)</script> & #?%")
    archive = await packed(matter.dossier, await ana(now), now)
    raw = read(archive, "index.html").decode()
    page = html.fromstring(raw)
    assert page.get("lang") == "de"
    linked = {unquote(link.get("href")) for link in page.iterfind(".//li/a")}
    assert linked == {name for name in names(archive) if name != "index.html"}
    assert page.findall(".//script") == []
    assert page.findall(".//img") == page.findall(".//link") == []
    assert "default-src 'none'" in raw
    assert "@media print" in raw
    source = html.fromstring(read(archive, names(archive, "01")[0]))
    assert source.findall(".//script") == []


@anyio
async def test_facts_windows_references_and_citations_stand_in_it_as_data(db: str, now: datetime):
    matter = await ready(now)
    await Reference(dossier=matter.dossier.id, kind="cod", value="2023/0156(COD)").save()
    told = json.loads(
        read(await packed(matter.dossier, await ana(now), now), "06 Verlauf/dossier.json")
    )
    assert (told["number"], told["format"]) == (matter.dossier.number, 1)
    assert told["references"][0]["value"] == "2023/0156(COD)"
    assert datetime.fromisoformat(told["windows"][0]["closes"]) == matter.window.closes
    cited = [paragraph["cites"] for paragraph in told["position"]["paragraphs"]]
    marks = {passage["mark"]: passage["municipality"] for passage in told["passages"]}
    assert {marks[mark] for mark in cited[1]} == {"SI-07", "IT-01"}


@anyio
async def test_each_gets_the_answers_that_are_theirs_to_read(db: str, now: datetime):
    matter = await ready(now)
    async with database.transaction():
        await record(
            "answered", kind="contribution", object=matter.answers[0].id, by="Vzorčna vas",
            now=now, dossier=matter.dossier.id,
        )  # fmt: skip
    [member, *_] = await presidency(now)

    async def texts_for(reader: Person) -> tuple[set[str], str]:
        archive = await packed(matter.dossier, reader, now, language="en")
        inside = [name for name in names(archive, "03") if "/Answers/" in name]
        everything = " ".join(
            archive.read(name).decode(errors="ignore")
            for name in archive.namelist()
            if name.endswith((".csv", ".json", ".html"))
            # The papers of the position name who agreed to be named, for every reader.
            and not any(folder in name for folder in ("/04 ", "/05 "))
        )
        assert any(name.endswith("/counts.xlsx") for name in names(archive, "03"))
        return {PurePosixPath(name).name[:5] for name in inside}, everything

    assert (await texts_for(await ana(now)))[0] == {"SI-07", "AT-01", "IT-01", "FR-01"}
    slovene, told = await texts_for(await maja(now))
    assert slovene == {"SI-07"}
    assert "Stroške zaščite" in told
    assert "Vzorčna vas" in told
    assert "Il costo supera" not in told
    nothing, told = await texts_for(member)
    assert nothing == set()
    for word in ("Vzorčna", "Valdesempio", "SI-07", "Stroške zaščite", "Il costo supera"):
        assert word not in told


@anyio
async def test_the_files_handed_in_are_for_those_who_may_read_them(db: str, now: datetime):
    matter = await ready(now)
    await handed_in(matter, now)
    [member, *_] = await presidency(now)
    for reader, count in ((await ana(now), 6), (member, 6), (await giulia(now), 2)):
        assert len(names(await packed(matter.dossier, reader, now), "05")) == count


@anyio
async def test_the_words_of_an_answer_that_was_taken_back_do_not_leave(db: str, now: datetime):
    matter = await ready(now)
    await Contribution.update({Contribution.state: ContributionState.WITHDRAWN}).where(
        Contribution.id == matter.answers[0].id
    )
    archive = await packed(matter.dossier, await ana(now), now)
    for name in names(archive):
        if name.endswith((".csv", ".json")) or "/Antworten/" in name:
            assert "Stroške zaščite" not in read(archive, name).decode("utf-8-sig")


@anyio
async def test_a_dossier_without_anything_is_a_zip_too(db: str, now: datetime):
    dossier = await matters.dossier(now, "2026-001", "....")
    archive = await packed(dossier, await ana(now), now)
    assert {name.partition("/")[0] for name in archive.namelist()} == {"2026-001"}
    assert names(archive) == [
        "06 Verlauf/deadlines.ics", "06 Verlauf/dossier.json", "06 Verlauf/history.csv",
        "index.html",
    ]  # fmt: skip


@anyio
async def test_the_times_of_the_files_are_those_of_what_they_hold(db: str, now: datetime):
    dossier = await matters.dossier(now)
    await seen(now, dossier)
    archive = await packed(dossier, await ana(now), now)
    times = {info.filename.partition("/")[2]: info for info in archive.infolist()}
    first, second = (times[name] for name in names(archive, "01"))
    assert first.date_time == (2026, 11, 21, 9, 40, 0)  # Brussels
    assert second.date_time == (2026, 11, 23, 9, 40, 0)
    stamp = int.from_bytes(first.extra[5:9], "little")
    assert datetime.fromtimestamp(stamp, UTC) == now - timedelta(days=2)


@anyio
async def test_the_same_dossier_gives_the_same_names_and_contents(db: str, now: datetime):
    matter = await ready(now)
    await seen(now, matter.dossier)
    first, again = [await packed(matter.dossier, await ana(now), now) for _ in range(2)]
    assert first.namelist() == again.namelist()
    for name in first.namelist():
        if not name.endswith(".xlsx"):  # a workbook says when it was made
            assert first.read(name) == again.read(name), name


@anyio
async def test_what_there_is_no_room_for_is_named_and_linked(db: str, now: datetime):
    dossier = await matters.dossier(now)
    await uploaded(now, dossier, "klein.txt", b"kurz")
    await uploaded(now, dossier, "gross.txt", b"lang " * 4000)
    archive = await packed(dossier, await ana(now), now, room=Room(15_000))
    assert [PurePosixPath(name).name for name in names(archive, "02")] == ["01 v1 klein.txt"]
    page = html.fromstring(read(archive, "index.html"))
    [left_out] = [each for each in page.iterfind(".//li") if "gross.txt" in each.text_content()]
    assert [link.get("href").rpartition("/de")[2] for link in left_out.iter("a")] == [
        f"/d/{dossier.number}/documents/2/1"
    ]


@anyio
async def test_what_is_written_is_not_kept_in_memory():
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        packing = Packing(archive, "2026-014", Room())
        await packing.put(Piece(Section.DOCUMENTS, "a.pdf", b"x" * 99, NOW, "A"))
    [line] = packing.listed[Section.DOCUMENTS]
    assert (line.size, line.piece.content) == (99, None)


@anyio
async def test_more_rows_ask_no_more(db: str, now: datetime):
    dossier = await matters.dossier(now)
    office = await ana(now)

    async def asked() -> int:
        with counted() as statements:
            await packed(dossier, office, now)
        return len(statements)

    async def more(place: int) -> None:
        window = await matters.window(now, dossier, draft=3)
        call = await matters.call(now, window, f"2026-014-{place}", by=office)
        await matters.invite(call, await vzorcna_vas(now))
        await seen(now, dossier, f"Eintrag {place}")
        await uploaded(now, dossier, f"{place}.txt", f"Papier {place}".encode())

    await more(1)
    with_one = await asked()
    await more(2)
    await more(3)
    assert await asked() == with_one


@anyio
async def test_the_house_downloads_it_and_nobody_else(db: str, now: datetime):
    dossier = await matters.dossier(now)
    async with browser(now) as web:
        path = f"/de/d/{dossier.number}/archive.zip"
        assert not (await web.get(path)).headers["content-type"].startswith("application/zip")
        await web.sign_in(await maja(now), now)
        page = await web.get(path, headers={"accept-encoding": "br, gzip"})
        assert page.headers["content-type"] == "application/zip"
        assert "content-encoding" not in page.headers
        assert int(page.headers["content-length"]) == len(page.content)
        name = 'attachment; filename="2026-014 Grossraubtiere.zip"'
        assert page.headers["content-disposition"] == name
        assert "index.html" in names(zipfile.ZipFile(io.BytesIO(page.content)))
        assert (await web.get(f"/de/d/{dossier.number}-words/archive.zip")).status_code == 200
        for wrong in ("2026-999", "x", "9" * 40, "..", "%00"):
            assert (await web.get(f"/de/d/{wrong}/archive.zip")).status_code == 404


@anyio
async def test_a_merged_dossier_leads_to_the_one_it_went_into(db: str, now: datetime):
    target = await matters.dossier(now)
    old = await matters.dossier(now, "2026-015", "Alt")
    await Dossier.update({Dossier.merged_into: target.id}).where(Dossier.id == old.id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/de/d/2026-015/archive.zip")
    assert str(page.url).endswith("/d/2026-014/archive.zip")
