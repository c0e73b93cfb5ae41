"""The whole line once: a feed's bytes, and at its end the letter that tells what became of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from advocacy.approvals import actions as approvals
from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.tables import Round
from advocacy.bodies import known
from advocacy.calls import actions as calls
from advocacy.calls.answering.forms import Answer
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.call_forms import NewCall, NewQuestion, Words
from advocacy.calls.rules import Basis, QuestionKind, Stance
from advocacy.calls.tables import Invitation
from advocacy.dossiers import actions as dossiers
from advocacy.dossiers import queries
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.rules import Station
from advocacy.history import queries as history
from advocacy.mail.tables import Letter
from advocacy.outcomes import actions as outcomes
from advocacy.outcomes.rules import Fate
from advocacy.positions import actions as positions
from advocacy.positions.forms import Piece
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.writing.merging import Ask, Draft
from advocacy.submissions import actions as submissions
from advocacy.submissions.rules import Channel
from advocacy.submissions.tables import Submission, SubmissionFile
from advocacy.triage.queries import decision_on
from feeds import polling, sources
from feeds.tables import Entry
from tests.characters import (
    ana,
    eva,
    maja,
    musterdorf,
    presidency,
    vzorcna_vas,
)

pytestmark = pytest.mark.anyio
LOOPBACK = ("127.0.0.0/8",)

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Ministerium</title><link>http://127.0.0.1/</link><description/>
<item><guid>wolf-1</guid><title>Entwurf zum Herdenschutz (2026/0211(COD))</title>
<link>http://127.0.0.1/wolf-1</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>
<description>Stellungnahmen zum Umgang mit dem Wolf sind bis spätestens 29. Januar 2027, 24:00 Uhr
Brüsseler Zeit einzureichen.</description></item>
</channel></rss>""".encode()


@contextmanager
def published(body: bytes) -> Iterator[str]:
    """Somebody's web server, with one feed."""

    class Office(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/rss+xml")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
    finally:
        server.shutdown()
        server.server_close()


async def test_a_matter_goes_from_a_feed_to_the_letter_that_tells_what_became_of_it(
    db: str, now: datetime
):
    secretary = await ana(now)
    slovene, german = await maja(now), await eva(now)
    members = await presidency(now)
    vas, dorf = await vzorcna_vas(now), await musterdorf(now)
    await known.seed(now)

    # heard
    with published(FEED) as address:
        source = await sources.add(address, now=now, kind="feed", private_networks=LOOPBACK)
        result = await polling.poll(source.id, now=now, owner="test", private_networks=LOOPBACK)
    assert (result.outcome, result.new) == ("fetched", 1)
    entry = await Entry.objects().first()
    assert entry is not None
    (deadline,) = json.loads(entry.deadlines)
    assert datetime.fromisoformat(deadline["at"]) == datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)
    assert "bis spätestens 29. Januar 2027" in deadline["quote"]
    assert "carnivores" in [topic["key"] for topic in json.loads(entry.topics)]

    # sorted, and a dossier is opened
    window = NewWindow(entry.next_deadline, "Europe/Brussels", evidence=deadline["quote"])
    new = NewDossier(
        title="Herdenschutz",
        body="commission",
        procedure="have-your-say",
        countries=("AT", "SI"),
        window=window,
    )
    dossier = await dossiers.open_dossier(new, entry_id=entry.id, by=secretary, now=now)
    assert dossier.number == "2026-001"
    decided = await decision_on(entry.id)
    assert decided is not None
    assert decided["decision"] == "dossier"
    open_window = await queries.current_window(dossier.id)
    assert open_window is not None
    assert len(await queries.milestones_of([open_window.id])) == 7

    # called
    questions = (
        NewQuestion(1, QuestionKind.STANCE, required=True),
        NewQuestion(2, QuestionKind.TEXT),
    )
    words = {
        "de": Words("Herdenschutz", "Sie haben Almen.", "", {1: "Passt der Entwurf?", 2: "Warum?"}),
        "sl": Words(
            "Varovanje čred", "Imate planine.", "", {1: "Ali osnutek ustreza?", 2: "Zakaj?"}
        ),
    }
    until = now + timedelta(days=14)
    call = await calls.draft_call(
        open_window.id,
        NewCall("de", until, "Europe/Brussels", Audience(), questions, words),
        by=secretary,
        now=now,
    )
    await calls.check_text(call.id, "de", by=german, now=now)
    await calls.check_text(call.id, "sl", by=slovene, now=now)
    await calls.launch(call.id, by=secretary, now=now, hold=timedelta(0))
    await calls.open_held(now)
    letters = await Letter.select(Letter.language, Letter.recipient).where(Letter.kind == "call")
    assert sorted(letter["language"] for letter in letters) == ["de", "sl"]

    # answered
    async def answer(municipality: int, stance: Stance, text: str, language: str) -> int:
        invitation = (
            await Invitation.objects().where(Invitation.municipality == municipality).first()
        )
        assert invitation is not None
        given = Answer(stance, language, "Janez Primer", text=text, basis=Basis.MAYOR)
        return (await calls.contribute(invitation.id, given, now=now)).id

    supporting = await answer(
        vas.id, Stance.PARTLY, "Stroški varovanja morajo biti kriti v celoti.", "sl"
    )
    opposing = await answer(dorf.id, Stance.NO, "Teilfinanzierung genügt.", "de")

    # drafted
    (first,) = await positions.split(
        supporting, [Piece("Stroški varovanja morajo biti kriti v celoti.", "costs", PassageStance.SUPPORTS)],
        by=secretary, now=now,
    )  # fmt: skip
    (second,) = await positions.split(
        opposing,
        [Piece("Teilfinanzierung genügt.", "costs", PassageStance.CONTRADICTS)],
        by=secretary,
        now=now,
    )
    position = await positions.start(
        dossier.id, language="de", title="Stellungnahme", by=secretary, now=now
    )
    text = f"Die Kosten müssen vollständig ersetzt werden [@{supporting}.1 @{opposing}.1]."
    await positions.save(
        position.id,
        Draft("Stellungnahme", [("", text)], [Ask(1, "", "Voller Ersatz der Kosten")]),
        base_version=position.version, by=secretary, now=now,
    )  # fmt: skip
    await positions.dispose([first.id], Disposition.TAKEN_UP, by=secretary, now=now)
    await positions.dispose(
        [second.id],
        Disposition.NOT_TAKEN_UP,
        "Die Mehrheit braucht den vollen Ersatz.",
        by=secretary,
        now=now,
    )

    # approved
    held = await approvals.open_round(
        position.id,
        policy=Policy.MAJORITY,
        quorum=2,
        ends=now + timedelta(days=3),
        by=secretary,
        now=now,
    )
    for member in members[:2]:
        await approvals.vote(held.id, member, "approve", "", held.text_hash, now=now)
    later = now + timedelta(days=3, seconds=1)
    await approvals.settle(later)
    adopted = await Round.objects().where(Round.id == held.id).first()
    assert adopted is not None
    assert adopted.state == RoundState.ADOPTED

    # submitted
    submission = await submissions.prepare(
        held.id, channel=Channel.PORTAL, language="de", by=secretary, now=later
    )
    files = await SubmissionFile.select(SubmissionFile.name).where(
        SubmissionFile.submission == submission.id
    )
    assert sorted(row["name"].rpartition(".")[2] for row in files) == [
        "docx",
        "json",
        "pdf",
        "txt",
    ]
    await submissions.hand_in(submission.id, receipt="EC-4711", at=later, by=secretary, now=later)
    handed_in = await Submission.objects().where(Submission.id == submission.id).first()
    assert handed_in is not None
    assert handed_in.text_hash == held.text_hash

    # followed
    assert await outcomes.report_back(submission.id, by=secretary, now=later) == 2
    told = (
        await Letter.select(Letter.language, Letter.text)
        .where(Letter.kind == "report_back")
        .order_by(Letter.language)
    )
    assert [letter["language"] for letter in told] == ["de", "sl"]
    assert "Teilfinanzierung genügt." in told[0]["text"]
    assert "Die Mehrheit braucht den vollen Ersatz." in told[0]["text"]
    assert "Stroški varovanja morajo biti kriti v celoti." in told[1]["text"]
    await outcomes.set_outcome(
        submission.id, 1, Fate.PARTLY, "Die Hälfte wird ersetzt.", by=secretary, now=later
    )
    assert (await queries.by_id(dossier.id)).station == Station.RESULT
    assert await history.first_broken() is None
