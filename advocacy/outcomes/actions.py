"""Tell the municipalities what became of their input; follow the asks to their fate."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.dossiers.actions import advance
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post
from advocacy.mail.letters import Written
from advocacy.municipalities.rules import Rhythm, due
from advocacy.outcomes import mails, queries, rules
from advocacy.outcomes.reports import Report, reports_of
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.tables import Outcome, ReportBack
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.submissions import queries as submissions
from advocacy.submissions.tables import Submission

SET = "outcome set"


async def report_back(submission_id: int, *, by: Person, now: datetime) -> int:
    """A letter to every contributor that has had none for this submission; returns how many.

    Again, or twice at once: nobody gets a second one. Who wants such letters once a week gets
    theirs on Monday; who wants none reads it on the page of the municipality.
    """
    submission = await submissions.by_id(submission_id)
    rules.check_handed_in(submission.state)
    ground = await queries.ground_of(submission)
    known = await queries.reported(submission_id)
    reports = [
        each
        for each in await reports_of(ground)
        if each.email and each.rhythm is not Rhythm.NEVER and each.invitation not in known
    ]
    leave = {each.invitation: due(each.rhythm, now=now, zone=ground.zone) for each in reports}
    letters = await _letters(submission, ground, reports)
    async with database.transaction():
        await database.one_at_a_time(f"report-back/{submission_id}")
        known = await queries.reported(submission_id)
        new = {number: letter for number, letter in letters.items() if number not in known}
        for invitation, letter in new.items():
            await ReportBack(
                submission=submission_id, invitation=invitation, letter_key=letter.key, at=now
            ).save()
        if new:
            await record(
                "municipalities told",
                kind="submission",
                object=submission_id,
                by=by,
                now=now,
                dossier=ground.dossier.id,
                details={"letters": len(new)},
            )
        for invitation, letter in new.items():
            await post(letter, now=now, due=leave[invitation])
    return len(new)


async def _letters(
    submission: Submission, ground: Ground, reports: list[Report]
) -> dict[int, Written]:
    """Written before the transaction begins: three hundred letters take seconds."""
    titles: dict[str, tuple[str, str]] = {}
    letters: dict[int, Written] = {}
    for report in reports:
        if report.language not in titles:
            titles[report.language] = await title_in(ground, report.language)
        title, body = titles[report.language]
        letters[report.invitation] = mails.report_back(
            report, submission=submission, ground=ground, title=title, body=body
        )
        await asyncio.sleep(0)  # others are served between two letters
    return letters


async def title_in(ground: Ground, language: str) -> tuple[str, str]:
    """Title and body, in the language where there are such."""
    return await rounds.title_in(ground, language), await rounds.name_of_body(ground, language)


async def set_outcome(
    submission_id: int,
    ask: int,
    fate: Fate,
    quotation: str,
    *,
    entry: int | None = None,
    decided: date | None = None,
    seen: str | None = None,
    by: Person,
    now: datetime,
) -> int:
    """The event of it. `seen`: as the page said when the outcome was last changed; Outdated when
    somebody has changed it since. When every ask has its fate the dossier has its result.
    """
    async with database.transaction():
        await database.one_at_a_time(f"outcome/{submission_id}")
        submission = await submissions.by_id(submission_id)
        rules.check_handed_in(submission.state)
        ground = await queries.ground_of(submission)
        asks = [each.number for each in positions.asks_of(ground.version)]
        rules.check_outcome(
            ask,
            asks=asks,
            quotation=quotation,
            entry=entry,
            entries=[row["id"] for row in await queries.evidence(ground.dossier.id)],
            decided=decided,
            today=now.date(),
        )
        known = await queries.outcome_of(submission_id, ask)
        _check_seen(known, seen, mine=quotation)
        before = _facts(known)
        outcome = known or Outcome(submission=submission_id, ask=ask, changed=now)
        outcome.fate, outcome.quotation, outcome.entry = fate, quotation, entry
        outcome.decided, outcome.person, outcome.changed = decided, by.id, now
        await outcome.save()
        reached = await _reach_result(submission_id, ground, asks, by=by, now=now)
        return await record(
            SET,
            kind="outcome",
            object=outcome.id,
            by=by,
            now=now,
            dossier=ground.dossier.id,
            details={"ask": ask, "fate": fate, "before": before, "reached result": reached},
        )


def _check_seen(known: Outcome | None, seen: str | None, *, mine: str) -> None:
    changed = known.changed.isoformat() if known else ""
    if seen is not None and seen != changed:
        theirs = known.quotation if known else ""
        raise Outdated("Somebody has changed this outcome meanwhile", theirs=theirs, mine=mine)


def _facts(outcome: Outcome | None) -> dict[str, object] | None:
    if outcome is None:
        return None
    return {
        "fate": outcome.fate,
        "quotation": outcome.quotation,
        "entry": outcome.entry,
        "decided": outcome.decided.isoformat() if outcome.decided else None,
        "person": outcome.person,
        "changed": outcome.changed.isoformat(),
    }


async def _reach_result(
    submission_id: int, ground: Ground, asks: list[int], *, by: Person, now: datetime
) -> bool:
    fates = {row["ask"]: Fate(row["fate"]) for row in await queries.outcomes_of(submission_id)}
    is_there = rules.all_decided(asks, fates) and ground.dossier.station == Station.SUBMITTED
    if is_there:
        await advance(ground.dossier.id, Station.RESULT, by=by, now=now)
    return is_there


async def undo_outcome(event: Event, by: Person, now: datetime) -> str:
    """Exactly as it was before, the station of the dossier too."""
    details = json.loads(event.details)
    before = details["before"]
    async with database.transaction():
        outcome = await Outcome.objects().where(Outcome.id == event.object).first()
        if outcome is None or outcome.changed != event.at:
            raise Outdated("Somebody has changed this outcome meanwhile")
        await database.one_at_a_time(f"outcome/{outcome.submission}")
        if before is None:
            await Outcome.delete().where(Outcome.id == outcome.id, Outcome.changed == event.at)
        else:
            await _restore(outcome, before)
        dossier = await Dossier.objects().where(Dossier.id == event.dossier).first()
        if details["reached result"]:
            await Dossier.update({Dossier.station: Station.SUBMITTED, Dossier.changed: now}).where(
                Dossier.id == event.dossier, Dossier.station == Station.RESULT
            )
        await record(
            "outcome taken back",
            kind="outcome",
            object=event.object,
            by=by,
            now=now,
            dossier=event.dossier,
            details={"ask": details["ask"]},
            undoes=event.id,
        )
    return f"/p/{dossier.number}/outcome" if dossier else "/positions"


async def _restore(outcome: Outcome, before: dict[str, str | None]) -> None:
    decided = before["decided"]
    await Outcome.update(
        {
            Outcome.fate: before["fate"],
            Outcome.quotation: before["quotation"],
            Outcome.entry: before["entry"],
            Outcome.decided: date.fromisoformat(decided) if decided else None,
            Outcome.person: before["person"],
            Outcome.changed: datetime.fromisoformat(str(before["changed"])),
        }
    ).where(Outcome.id == outcome.id, Outcome.changed == outcome.changed)


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {SET: undo_outcome}
