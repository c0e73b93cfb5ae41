"""The letters to all municipalities: held for ten minutes, stopped or sent, each once.

held → left    in the transaction that writes the letters: all of them or none
held → stopped
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.errors import NotFound, Outdated
from advocacy.history.actions import record
from advocacy.logs import going_on
from advocacy.mail.actions import post
from advocacy.mail.letters import Written
from advocacy.municipalities.rules import Rhythm, due
from advocacy.outcomes import mails, queries, rules
from advocacy.outcomes.queries import Followed
from advocacy.outcomes.rules import HOLD, Fate, Occasion, TellingState
from advocacy.outcomes.tables import ReportBack, Telling
from advocacy.outcomes.telling.reports import Report, reports_of
from advocacy.people.tables import Person
from advocacy.submissions import queries as submissions
from advocacy.submissions.rules import HANDED_IN
from advocacy.submissions.tables import Submission

WRITTEN = "municipalities told"


async def tell(
    submission_id: int,
    occasion: Occasion = Occasion.SUBMITTED,
    *,
    by: Person,
    now: datetime,
    hold: timedelta = HOLD,
) -> Telling:
    """Letters to all who have had none on this occasion leave after `hold`.

    NotAllowed: nothing to tell, or nobody. Outdated: they are waiting already.
    """
    submission = await submissions.by_id(submission_id)
    rules.check_handed_in(submission.state)
    ground = await queries.ground_of(submission)
    ahead = await reports_ahead(submission, ground, occasion)
    fates = [Fate(row["fate"]) for row in await queries.outcomes_of(submission_id)]
    rules.check_telling(occasion, fates, letters=len(ahead))
    try:
        async with database.transaction():
            await database.one_at_a_time(f"round/{submission.round}")  # which sending passes too
            told = await _told(submission, occasion)
            if any(each.invitation in told for each in ahead):
                raise Outdated("The letters have left already, or were stopped")
            telling = Telling(
                submission=submission_id,
                occasion=occasion,
                state=TellingState.HELD,
                leaves=now + hold,
                person=by.id,
                created=now,
                letters=len(ahead),
            )
            await telling.save()
            details = {"letters": len(ahead), "occasion": occasion, "telling": telling.id}
            await _record("letters held", telling, ground, details, by=by, now=now)
    except database.DUPLICATE:
        raise Outdated("The letters are waiting already") from None
    return telling


async def reports_ahead(submission: Submission, ground: Ground, occasion: Occasion) -> list[Report]:
    """Who is written to: has an address, wants such letters, has not had this one."""
    told = await _told(submission, occasion)
    return [
        each
        for each in await reports_of(ground)
        if each.email and each.rhythm is not Rhythm.NEVER and each.invitation not in told
    ]


async def _told(submission: Submission, occasion: Occasion) -> set[int]:
    """Invitations. Handing in is told once; what became of the asks, each time it is asked for."""
    return await queries.reported(submission.id) if occasion is Occasion.SUBMITTED else set()


async def stop(telling_id: int, *, by: Person, now: datetime) -> None:
    """Outdated: they have left, or were stopped already."""
    telling = await telling_by_id(telling_id)
    ground = await queries.ground_of(await submissions.by_id(telling.submission))
    async with database.transaction():
        await _step(telling, TellingState.STOPPED)
        await _record("letters stopped", telling, ground, {}, by=by, now=now)


async def telling_by_id(telling_id: int) -> Telling:
    telling = await Telling.objects().where(Telling.id == telling_id).first()
    if telling is None:
        raise NotFound("There are no such letters")
    return telling


async def held(submission_id: int) -> Telling | None:
    """Those that wait for their time, whatever the occasion."""
    return await (
        Telling.objects()
        .where(Telling.submission == submission_id, Telling.state == TellingState.HELD)
        .order_by(Telling.id)
        .first()
    )


async def _step(telling: Telling, to: TellingState) -> None:
    changed = await (
        Telling.update({Telling.state: to})
        .where(Telling.id == telling.id, Telling.state == TellingState.HELD)
        .returning(Telling.id)
    )
    if not changed:
        raise Outdated("The letters have left already, or were stopped")


async def send_now(telling_id: int, *, now: datetime) -> int:
    """Write them all, once: how many. Outdated: they have left, or were stopped. What was taken
    back from the body meanwhile is told to nobody: they are stopped.
    """
    telling = await telling_by_id(telling_id)
    submission = await submissions.by_id(telling.submission)
    ground = await queries.ground_of(submission)
    if submission.state not in HANDED_IN:
        async with database.transaction():
            await _step(telling, TellingState.STOPPED)
            await _record("letters stopped", telling, ground, {}, by=None, now=now)
        return 0
    occasion = Occasion(telling.occasion)
    reports = await reports_ahead(submission, ground, occasion)
    letters = await _letters(telling, submission, ground, reports)
    leave = {each.invitation: due(each.rhythm, now=now, zone=ground.zone) for each in reports}
    async with database.transaction():
        await database.one_at_a_time(f"round/{submission.round}")  # which taking back passes too
        if (await submissions.by_id(submission.id)).state not in HANDED_IN:
            raise Outdated("The text has not been handed in yet")  # the next time they are stopped
        await _step(telling, TellingState.LEFT)
        for invitation, letter in letters.items():
            await ReportBack(
                submission=submission.id,
                invitation=invitation,
                letter_key=letter.key,
                occasion=occasion,
                at=now,
            ).save()
        await Telling.update({Telling.letters: len(letters)}).where(Telling.id == telling.id)
        details = {"letters": len(letters), "occasion": occasion}
        who = await Person.objects().where(Person.id == telling.person).first()
        await _record(WRITTEN, telling, ground, details, by=who, now=now)
        for invitation, letter in letters.items():
            await post(letter, now=now, due=leave[invitation])
    return len(letters)


async def _letters(
    telling: Telling, submission: Submission, ground: Ground, reports: list[Report]
) -> dict[int, Written]:
    """Written before the transaction begins: three hundred letters take seconds."""
    found = LettersOf(submission, ground, Occasion(telling.occasion), telling.id)
    letters: dict[int, Written] = {}
    for report in reports:
        letters[report.invitation] = await found.letter(report)
        await asyncio.sleep(0)  # others are served between two letters
    return letters


@dataclass(slots=True)
class LettersOf:
    """The letters of one telling; what all of a language share is looked up once."""

    submission: Submission
    ground: Ground
    occasion: Occasion
    telling: int = 0  # 0: as a preview
    _shared: dict[str, tuple[str, str, Followed | None]] = field(default_factory=dict)

    async def letter(self, report: Report) -> Written:
        language = report.language
        if language not in self._shared:
            self._shared[language] = (
                await rounds.title_in(self.ground, language),
                await rounds.name_of_body(self.ground, language),
                await queries.followed(self.ground.dossier.number, language)
                if self.occasion is Occasion.OUTCOME
                else None,
            )
        title, body, followed = self._shared[language]
        return mails.report_back(
            report,
            key=f"report-back/{self.submission.id}/{self.telling}/{report.invitation}",
            occasion=self.occasion,
            submission=self.submission,
            ground=self.ground,
            title=title,
            body=body,
            asks=followed.rows if followed else (),
            asks_language=followed.language if followed else "",
        )


async def send_held(now: datetime) -> int:
    """What has waited its ten minutes. One that fails does not keep the others."""
    waiting = await (
        Telling.select(Telling.id)
        .where(Telling.state == TellingState.HELD, Telling.leaves <= now)
        .order_by(Telling.id)
    )
    count = 0
    for row in waiting:
        with going_on(f"letters of telling {row['id']}"):
            try:
                count += await send_now(row["id"], now=now)
            except Outdated:
                continue  # somebody stopped them, or another process was faster
    return count


async def report_back(submission_id: int, *, by: Person, now: datetime) -> int:
    """At once, without a hold: how many letters. Nobody gets a second one; 0 when all have it."""
    submission = await submissions.by_id(submission_id)
    rules.check_handed_in(submission.state)
    if not await reports_ahead(submission, await queries.ground_of(submission), Occasion.SUBMITTED):
        return 0
    try:
        telling = await tell(submission_id, by=by, now=now, hold=timedelta())
        return await send_now(telling.id, now=now)
    except Outdated:
        return 0


async def _record(
    action: str,
    telling: Telling,
    ground: Ground,
    details: dict[str, object],
    *,
    by: Person | None,
    now: datetime,
    undoes: int | None = None,
) -> int:
    return await record(
        action,
        kind="submission",
        object=telling.submission,
        by=by,
        now=now,
        dossier=ground.dossier.id,
        details=details,
        undoes=undoes,
    )
