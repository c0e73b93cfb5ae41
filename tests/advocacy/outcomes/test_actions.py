import asyncio
from datetime import date, datetime, timedelta

import pytest

from advocacy import database
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from advocacy.outcomes import actions, queries
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.tables import Outcome, ReportBack, Telling
from advocacy.outcomes.telling.reports import reports_of
from advocacy.positions.actions import dispose
from advocacy.positions.rules import Disposition
from advocacy.positions.tables import Passage
from tests.advocacy.approvals.matters import COSTS, Matter, ready
from tests.advocacy.positions.matters import withdraw
from tests.advocacy.submissions.matters import handed_in, prepared
from tests.characters import ana
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def letters() -> dict[str, Letter]:
    rows = await Letter.objects().where(Letter.kind == "report_back")
    return {row.language: row for row in rows}


async def disposed(matter: Matter, now: datetime) -> None:
    """Musterdorf's passage is not taken up, with a reason."""
    row = await (
        Passage.select(Passage.id).where(Passage.contribution == matter.answers[1].id).first()
    )
    reason = "Die Mehrheit verlangt volle Deckung."
    await dispose([row["id"]], Disposition.NOT_TAKEN_UP, reason, by=await ana(now), now=now)


async def station() -> str:
    return (await Dossier.select(Dossier.station).first())["station"]


async def test_each_municipality_reads_its_own_words_in_its_language(db: str, now: datetime):
    matter = await ready(now)
    await disposed(matter, now)
    submission = await handed_in(matter, now)
    assert await actions.report_back(submission.id, by=await ana(now), now=now) == 4
    written = await letters()
    assert set(written) == {"sl", "de", "it", "fr"}
    assert COSTS in written["sl"].text
    assert COSTS in written["sl"].html
    assert "2" in written["sl"].text.split(COSTS)[1]
    assert "Die Mehrheit verlangt volle Deckung." in written["de"].text
    assert "Il costo supera il 3 % del bilancio." in written["it"].text
    for language, letter in written.items():
        assert f"/{language}/p/2026-014" in letter.text
        assert "/a/" in letter.text
        others = [COSTS, "Teilfinanzierung", "Il costo"]
        own = {"sl": COSTS, "de": "Teilfinanzierung", "it": "Il costo"}.get(language)
        assert not [words for words in others if words != own and words in letter.text]
    assert await ReportBack.count() == 4


async def test_words_that_are_not_the_municipality_s_own_are_told_as_such(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    await Passage.update({Passage.text: "Das hat niemand gesagt."}).where(
        Passage.contribution == matter.answers[0].id
    )
    await actions.report_back(submission.id, by=await ana(now), now=now)
    written = await letters()
    note = "Drugačno besedilo kot v odgovoru"
    assert (note in written["sl"].text, note in written["sl"].html) == (True, True)
    assert note not in written["de"].text
    told = [
        each.reworded
        for report in await reports_of(await queries.ground_of(submission))
        for each in report.told
    ]
    assert told.count(True) == 1


async def test_told_twice_at_once_each_has_one_letter(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    counts = await asyncio.gather(
        *(actions.report_back(submission.id, by=by, now=now) for _ in range(3))
    )
    assert sorted(counts) == [0, 0, 4]
    assert await actions.report_back(submission.id, by=by, now=now) == 0
    assert await Letter.count().where(Letter.kind == "report_back") == 4
    assert await Event.count().where(Event.action == "municipalities told") == 1


async def test_who_was_told_while_somebody_else_began_is_not_told_again(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    waiting = [each.invitation for each in await reports_of(await queries.ground_of(submission))]
    begun = asyncio.Event()

    async def somebody_else() -> int:
        await begun.wait()
        return await actions.report_back(submission.id, by=by, now=now)

    later = asyncio.create_task(somebody_else())  # out here: in there it would be of it
    async with database.transaction():
        await database.one_at_a_time(f"round/{submission.round}")
        begun.set()
        await asyncio.sleep(0.3)  # it has read that nobody was told
        for invitation in waiting:
            await ReportBack(
                submission=submission.id, invitation=invitation, letter_key=f"k{invitation}",
                occasion="submitted", at=now,
            ).save()  # fmt: skip
    assert await later == 0
    assert await Event.count().where(Event.action == "municipalities told") == 0
    assert await Telling.count() == 0


async def test_who_has_withdrawn_or_has_no_address_gets_none(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    await withdraw(matter.answers[2])
    await Contact.delete().where(Contact.language == "fr")
    assert await actions.report_back(submission.id, by=await ana(now), now=now) == 2
    assert set(await letters()) == {"sl", "de"}
    ground = await queries.ground_of(submission)
    assert [each.country for each in await reports_of(ground) if not each.email] == ["FR"]


async def test_before_it_is_handed_in_nobody_is_told(db: str, now: datetime):
    matter = await ready(now)
    submission = await prepared(matter, now)
    with pytest.raises(NotAllowed):
        await actions.report_back(submission.id, by=await ana(now), now=now)
    with pytest.raises(NotAllowed):
        await actions.set_outcome(
            submission.id, 1, Fate.ADOPTED, "in voller Höhe", by=await ana(now), now=now
        )
    assert await Letter.count().where(Letter.kind == "report_back") == 0


async def test_when_every_ask_has_its_fate_the_dossier_has_its_result(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    await actions.set_outcome(
        submission.id, 1, Fate.PARTLY, "„Die Hälfte“", decided=date(2026, 11, 20), by=by, now=now
    )
    assert await station() == "submitted"
    later = now + timedelta(hours=1)
    await actions.set_outcome(submission.id, 2, Fate.REJECTED, "", by=by, now=later)
    assert await station() == "result"
    rows = {row["ask"]: row["fate"] for row in await queries.outcomes_of(submission.id)}
    assert rows == {1: "partly", 2: "rejected"}


async def test_the_outcome_is_taken_back_exactly(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    day = date(2026, 11, 20)
    await actions.set_outcome(submission.id, 1, Fate.PARTLY, "halb", decided=day, by=by, now=now)
    first = now + timedelta(minutes=1)
    await actions.set_outcome(submission.id, 2, Fate.ADOPTED, "in voller Höhe", by=by, now=first)
    second = now + timedelta(minutes=2)
    last = await actions.set_outcome(submission.id, 1, Fate.ADOPTED, "ganz", by=by, now=second)
    before_last = await Event.objects().where(Event.action == actions.SET).order_by(Event.id)
    undo = actions.UNDO[actions.SET]
    assert await undo(before_last[2], by, second) == "/p/2026-014/outcome"
    row = await queries.outcome_of(submission.id, 1)
    assert (row.fate, row.quotation, row.decided, row.changed) == ("partly", "halb", day, now)
    assert await station() == "result"
    await undo(before_last[1], by, second)
    assert await queries.outcome_of(submission.id, 2) is None
    assert await station() == "submitted"
    assert before_last[2].id == last
    with pytest.raises(Outdated):
        await undo(before_last[2], by, second)


async def test_nobody_writes_over_another_s_change(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    await actions.set_outcome(submission.id, 1, Fate.PARTLY, "theirs", seen="", by=by, now=now)
    with pytest.raises(Outdated) as refused:
        await actions.set_outcome(submission.id, 1, Fate.REJECTED, "mine", seen="", by=by, now=now)
    assert (refused.value.theirs, refused.value.mine) == ("theirs", "mine")


async def test_two_who_follow_one_ask_at_once_leave_one_outcome(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    answers = await asyncio.gather(
        *(
            actions.set_outcome(submission.id, 1, fate, "ganz", seen="", by=by, now=now)
            for fate in (Fate.ADOPTED, Fate.REJECTED, Fate.PARTLY)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Outdated) for answer in answers) == 2
    assert await Outcome.count() == 1


async def test_an_ask_or_entry_that_is_not_there_is_refused(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    by = await ana(now)
    for facts in ({"ask": 9}, {"ask": 1, "entry": 12345}):
        with pytest.raises(Invalid):
            await actions.set_outcome(
                submission.id,
                facts.pop("ask"),
                Fate.ADOPTED,
                "in voller Höhe",
                by=by,
                now=now,
                **facts,
            )
    assert await Outcome.count() == 0


async def test_reports_take_the_same_queries_for_one_and_for_many(db: str, now: datetime):
    matter = await ready(now)
    submission = await handed_in(matter, now)
    ground = await queries.ground_of(submission)
    with counted() as many:
        assert len(await reports_of(ground)) == 4
    for answer in matter.answers:
        await withdraw(answer)
    with counted() as one:
        assert len(await reports_of(ground)) == 1
    assert len(one) == len(many)
