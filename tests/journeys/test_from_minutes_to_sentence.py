"""What is said at a workshop stands, with its source, in the position that is handed in."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from advocacy.approvals import actions as approvals
from advocacy.approvals.rules import Policy
from advocacy.calls.rules import Basis
from advocacy.dossiers import queries as dossiers
from advocacy.events import actions as events
from advocacy.events.forms import PointForm
from advocacy.events.saying.typed import NewMinute
from advocacy.mail.tables import Letter
from advocacy.news.queries import fresh
from advocacy.outcomes import actions as outcomes
from advocacy.positions import actions as positions
from advocacy.positions.forms import Piece
from advocacy.positions.rules import Disposition
from advocacy.positions.writing import evidence
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.projects.queries import one as project
from advocacy.submissions import actions as submissions
from advocacy.submissions.rules import Channel
from advocacy.submissions.tables import SubmissionFile
from tests.advocacy.calls.story import opened
from tests.advocacy.events.matters import published
from tests.characters import ana, presidency

pytestmark = pytest.mark.anyio

FENCES = "Ograje na strmini stanejo tri dni dela."
NIGHTS = "Wir haben drei Nachtpferche gebaut."
FIGURES = "Die Verluste sind 2026 um ein Drittel gesunken."


async def test_from_the_minutes_of_a_workshop_to_the_sentence_that_is_handed_in(
    db: str, now: datetime
):
    await opened(now)
    ours, members = await ana(now), await presidency(now)
    dossier = await dossiers.by_number("2026-014")

    # said
    workshop = await published(now)
    point = PointForm({"de": "Zäune", "sl": "Ograje"}, dossier=dossier.number)
    await events.programme.add(workshop.id, point, by=ours, now=now)
    for text, language, code, stance in (
        (FENCES, "sl", "SI-07", "partly"), (NIGHTS, "de", "AT-01", ""), (FIGURES, "de", "", ""),
    ):  # fmt: skip
        line = NewMinute(text=text, language=language, point=1, code=code, stance=stance)
        await events.minutes.write(workshop.id, line, by=ours, now=now)
    answer = await events.becoming.become_answer(
        workshop.id, 1, basis=Basis.MAYOR, by=ours, now=now
    )
    done = await events.becoming.become_project(workshop.id, 2, by=ours, now=now)
    news = await events.becoming.become_news(workshop.id, 3, by=ours, now=now)

    # cited
    [passage] = await positions.split(answer, [Piece(FENCES, "costs")], by=ours, now=now)
    await positions.dispose([passage.id], Disposition.TAKEN_UP, by=ours, now=now)
    position = await positions.start(
        dossier.id, language="de", title="Stellungnahme", by=ours, now=now
    )
    paragraphs = [
        ("k1", f"Zäune im Steilen brauchen Zeit [@{answer}.1 @P{done}]."),
        ("k2", f"Nachtpferche wirken [@P{done} @E{news}]."),
    ]
    draft = Draft("Stellungnahme", paragraphs, [Ask(1, "k1", "Zeit für Zäune")])
    await positions.save(position.id, draft, base_version=0, by=ours, now=now)
    cited = await evidence.cited(dossier.id, paragraphs, "de")
    assert (cited[f"@P{done}"].who, cited[f"@P{done}"].country) == ("Musterdorf", "AT")

    # adopted and handed in
    held = await approvals.open_round(
        position.id, policy=Policy.MAJORITY, quorum=2, ends=now + timedelta(days=3), by=ours,
        now=now,
    )  # fmt: skip
    for member in members[:2]:
        await approvals.vote(held.id, member, "approve", "", held.text_hash, now=now)
    later = now + timedelta(days=3, seconds=1)
    await approvals.settle(later)
    submission = await submissions.prepare(
        held.id, channel=Channel.PORTAL, language="de", by=ours, now=later
    )
    await submissions.hand_in(submission.id, receipt="EC-1", at=later, by=ours, now=later)

    # every sentence leads back to what was said at the workshop
    file = (
        await SubmissionFile.objects()
        .where(SubmissionFile.submission == submission.id, SubmissionFile.name.like("%.pdf"))
        .first()
    )
    pages = PdfReader(io.BytesIO(file.content)).pages
    paper = " ".join(" ".join(each.extract_text() for each in pages).split())
    title = (await project(done, "de", today=now.date())).row.title
    for words in (
        "Zäune im Steilen brauchen Zeit", "Nachtpferche wirken", title, "Musterdorf",
        "Herdenschutz im Sommer", FIGURES,
    ):  # fmt: skip
        assert words in paper
    assert FENCES not in paper  # the name of who said it at a workshop is not public
    assert await outcomes.report_back(submission.id, by=ours, now=later) == 1
    [told] = await Letter.objects().where(Letter.kind == "report_back")
    assert (told.language, FENCES in told.text) == ("sl", True)
    assert "Zäune im Steilen brauchen Zeit" in told.text
    assert f"{title} (Musterdorf)." in told.text

    # and everybody hears of the project
    assert title in [item.title for item in await fresh("de", until=later)]
