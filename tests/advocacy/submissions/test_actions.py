import asyncio
import hashlib
import io
import json
from datetime import datetime, timedelta

import docx
import pypdf
import pytest

from advocacy.approvals.actions import settle
from advocacy.dossiers.tables import Dossier, Window
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.positions.tables import Position
from advocacy.submissions import actions, queries
from advocacy.submissions.rules import Channel, SubmissionState
from advocacy.submissions.tables import Submission, SubmissionFile
from tests.advocacy.approvals.matters import COSTS, NUMBER, edited, opened, ready, translated
from tests.advocacy.submissions.matters import adopted, handed_in, prepared
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def files(submission: Submission) -> dict[str, bytes]:
    rows = await SubmissionFile.objects().where(SubmissionFile.submission == submission.id)
    return {row.name.rpartition(".")[2]: bytes(row.content) for row in rows}


async def states() -> tuple[str, str, str]:
    """Of the window, the position, the dossier."""
    window = await Window.select(Window.state).first()
    position = await Position.select(Position.state).first()
    dossier = await Dossier.select(Dossier.station).first()
    return window["state"], position["state"], dossier["station"]


async def test_the_files_hold_the_adopted_text_and_open(db: str, now: datetime):
    matter = await ready(now)
    made = await files(await prepared(matter, now))
    pdf = " ".join(
        "".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["pdf"])).pages
        ).split()
    )
    word = "\n".join(each.text for each in docx.Document(io.BytesIO(made["docx"])).paragraphs)
    plain = made["txt"].decode()
    for text in (pdf, word, plain):
        for words in ("Die Kosten sind voll zu tragen.", "Volle Kostendeckung", "Großraubtiere"):
            assert words in text
        assert "@" not in text.replace("alpennetz.example", "")


async def test_names_and_words_are_only_of_those_who_agreed(db: str, now: datetime):
    matter = await ready(now)
    made = await files(await prepared(matter, now))
    document = docx.Document(io.BytesIO(made["docx"]))
    annex = "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert COSTS in annex
    assert "Vzorčna vas" in annex
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made["pdf"])).pages)
    for text in (annex, pdf, made["txt"].decode()):
        assert "Valdesempio" not in text
        assert "Il costo supera" not in text
    assert "IT 1, SI 1" in " ".join(pdf.split())  # both are counted


async def test_sums_are_those_of_the_files(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    rows = await SubmissionFile.objects().where(SubmissionFile.submission == submission.id)
    assert [row.name for row in rows] == [
        f"2026-014-v1-de.{end}" for end in ("pdf", "docx", "txt", "json")
    ]
    for row in rows:
        assert row.sha256 == hashlib.sha256(bytes(row.content)).hexdigest()
        assert row.size == len(bytes(row.content))


async def test_making_them_again_replaces_them(db: str, now: datetime):
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    first = await prepared(matter, now)
    again = await actions.prepare(
        first.round, channel=Channel.MAIL, language="fr", by=await ana(now), now=now
    )
    assert again.id == first.id
    assert await SubmissionFile.count() == 4
    assert "Texte k1." in (await files(again))["txt"].decode()
    assert (again.channel, again.language) == ("mail", "fr")


async def test_a_language_that_is_not_finished_is_refused(db: str, now: datetime):
    matter = await ready(now)
    held = await adopted(matter, now)
    with pytest.raises(Invalid):
        await actions.prepare(
            held.id, channel=Channel.PORTAL, language="fr", by=await ana(now), now=now
        )
    assert await Submission.count() == 0


async def test_a_finished_translation_outside_the_round_is_neither_offered_nor_made(
    db: str, now: datetime
):
    matter = await ready(now)
    held = await adopted(matter, now)
    await translated(matter, "fr", now)  # whole and checked, and nobody has approved it
    assert (await queries.check_of(NUMBER, language="de", now=now)).languages == ["de"]
    with pytest.raises(Invalid):
        await actions.prepare(
            held.id, channel=Channel.PORTAL, language="fr", by=await ana(now), now=now
        )
    assert await Submission.count() == 0


async def test_an_open_round_gives_no_package(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    with pytest.raises(NotAllowed):
        await actions.prepare(
            held.id, channel=Channel.PORTAL, language="de", by=await ana(now), now=now
        )


async def test_it_does_not_submit_a_text_edited_after_approval(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    await edited(matter, now)
    for _ in range(2):  # before and after the job has found it
        with pytest.raises(Outdated):
            await actions.hand_in(submission.id, receipt="", at=now, by=await ana(now), now=now)
        with pytest.raises(Outdated):
            await actions.prepare(
                submission.round, channel=Channel.MAIL, language="de", by=await ana(now), now=now
            )
        await settle(now)
    assert (await states())[0] == "confirmed"


async def test_in_time_the_deadline_is_met_and_the_dossier_goes_on(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    assert submission.state == SubmissionState.RECEIVED
    assert submission.submitted == now + timedelta(hours=1)
    assert await states() == ("met", "submitted", "submitted")
    event = await Event.objects().where(Event.action == "handed in").first()
    details = json.loads(event.details)
    assert (details["late"], details["receipt"], len(details["files"])) == (False, "ABC-123", 4)


async def test_after_the_deadline_it_is_recorded_as_late(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    late = matter.window.closes + timedelta(minutes=1)
    await actions.hand_in(submission.id, receipt="", at=late, by=await ana(now), now=late)
    assert await states() == ("missed", "submitted", "submitted")
    event = await Event.objects().where(Event.action == "handed in").first()
    assert json.loads(event.details)["late"] is True


async def test_what_left_in_time_and_is_written_down_later_met_its_deadline(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    await Window.update({Window.state: "missed"}).where(Window.id == matter.window.id)
    closes = matter.window.closes
    morning = closes + timedelta(hours=9)
    await actions.hand_in(submission.id, receipt="", at=closes, by=await ana(now), now=morning)
    assert (await states())[0] == "met"


async def test_it_is_handed_in_once_even_by_two_at_once(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    by = await ana(now)
    answers = await asyncio.gather(
        *(actions.hand_in(submission.id, receipt="", at=now, by=by, now=now) for _ in range(3)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Submission) for answer in answers) == 1
    assert all(isinstance(answer, Submission | Outdated | NotAllowed) for answer in answers)
    assert await Event.count().where(Event.action == "handed in") == 1


async def test_the_receipt_comes_later(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    by = await ana(now)
    with pytest.raises(Outdated):
        await actions.record_receipt(submission.id, "ABC", by=by, now=now)
    await actions.hand_in(submission.id, receipt="", at=now, by=by, now=now)
    with pytest.raises(Invalid):
        await actions.record_receipt(submission.id, "  ", by=by, now=now)
    await actions.record_receipt(submission.id, "ABC-123", by=by, now=now)
    kept = await queries.by_id(submission.id)
    assert (kept.state, kept.receipt) == ("received", "ABC-123")
