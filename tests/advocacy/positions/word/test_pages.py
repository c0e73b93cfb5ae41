"""A Word file through the pages: out, changed by others, back in."""

from datetime import datetime
from io import BytesIO

import pytest
from docx import Document

from advocacy.positions.tables import Position
from advocacy.positions.word.rows import names
from tests.advocacy.positions import matters
from tests.advocacy.positions.word.handed import content
from tests.browsing import browser
from tests.characters import ana, giulia

pytestmark = pytest.mark.anyio
HERE = "/en/p/2026-014/word"


async def test_a_file_goes_out_and_comes_back_as_proposals(db: str, now: datetime):
    await matters.written(now)
    async with browser(now) as web:
        await web.sign_in(await giulia(now), now)
        page = await web.get(HERE)
        assert "None. They stand here when a Word file has been brought back." in page.text
        file = (await web.get(f"{HERE}.docx")).content
        document = Document(BytesIO(file))
        assert [n for n in names(document) if n.startswith("p-")] == [
            "p-title", "p-k1", "p-k2", "p-ask-1",
        ]  # fmt: skip
        notes = "\n".join(comment.text for comment in document.comments)
        assert "Vzorčna vas (SI): „Imamo 14 planin nad 1.600 metri.“" in notes
        runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
        run = next(run for run in runs if "drei Jahren" in run.text)
        run.text = run.text.replace("nach drei Jahren", "jedes Jahr")
        changed = BytesIO()
        document.save(changed)
        await web.get(HERE)
        page = await web.post(HERE, files={"file": ("zurück.docx", changed.getvalue())})
        assert page.status_code == 200
        assert "1 change by 1 person: each is a proposal now." in page.text
        assert "<h3>Giulia Esempio</h3>" in page.text
        assert "jedes Jahr</ins>" in page.text
        assert "[@own]" not in page.text


async def test_a_wrong_file_is_answered_at_its_field(db: str, now: datetime):
    await matters.written(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for file, why in (
            (("a.docx", b"no word file"), "is not a Word file"),
            (("two_authors.docx", content("two_authors")), "version 3, which is not there"),
        ):
            await web.get(HERE)
            page = await web.post(HERE, files={"file": file})
            assert page.status_code == 422
            assert why in page.text
            assert 'aria-describedby="file-hint file-problem"' in page.text
        await web.get(HERE)
        page = await web.post(HERE, {"other": "x"})
        assert (page.status_code, "Choose the Word file that came back" in page.text) == (422, True)


async def test_only_the_house_takes_drafts_out(db: str, now: datetime):
    it = await matters.written(now)
    async with browser(now) as web:
        for path in (HERE, f"{HERE}.docx"):
            assert "/sign-in" in str((await web.get(path)).url)
        await Position.update({Position.state: "submitted"}).where(Position.id == it.position.id)
        await web.sign_in(await ana(now), now)
        assert "It does not change any more." in (await web.get(HERE)).text
