"""Follow the asks to their fate; tell the municipalities what became of their input."""

import json
from collections.abc import Awaitable, Callable
from datetime import date, datetime

from advocacy import database
from advocacy.approvals.queries import Ground
from advocacy.dossiers.actions import advance
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.outcomes import queries, rules
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.tables import Outcome
from advocacy.outcomes.telling.holding import report_back, send_held, send_now, stop, tell
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.submissions import queries as submissions

__all__ = [
    "UNDO",
    "report_back",
    "send_held",
    "send_now",
    "set_outcome",
    "stop",
    "tell",
]

SET = "outcome set"


async def set_outcome(
    submission_id: int,
    ask: int,
    fate: Fate,
    quotation: str,
    *,
    entry: int | None = None,
    decided: date | None = None,
    review: date | None = None,
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
            fate=Fate(fate),
            quotation=quotation,
            entry=entry,
            entries=[row.id for row in await queries.evidence(ground.dossier.id)],
            decided=decided,
            review=review,
            today=now.date(),
        )
        known = await queries.outcome_of(submission_id, ask)
        _check_seen(known, seen, mine=quotation)
        before = _facts(known)
        outcome = known or Outcome(submission=submission_id, ask=ask, changed=now)
        outcome.fate, outcome.quotation, outcome.entry = fate, quotation, entry
        outcome.decided, outcome.person, outcome.changed = decided, by.id, now
        outcome.review = review
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
        "review": outcome.review.isoformat() if outcome.review else None,
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
    decided, review = before["decided"], before.get("review")
    await Outcome.update(
        {
            Outcome.fate: before["fate"],
            Outcome.quotation: before["quotation"],
            Outcome.entry: before["entry"],
            Outcome.decided: date.fromisoformat(decided) if decided else None,
            Outcome.review: date.fromisoformat(review) if review else None,
            Outcome.person: before["person"],
            Outcome.changed: datetime.fromisoformat(str(before["changed"])),
        }
    ).where(Outcome.id == outcome.id, Outcome.changed == outcome.changed)


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {SET: undo_outcome}
