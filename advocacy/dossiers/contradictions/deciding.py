"""A person takes what a source says of a deadline, or refuses it."""

from datetime import datetime

from advocacy import database
from advocacy.dossiers import rules
from advocacy.dossiers.contradictions import hearing
from advocacy.dossiers.contradictions.claims import DECIDED, claim_by_id
from advocacy.dossiers.deadlines import windows
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.rules import ClaimState, DeadlineState
from advocacy.dossiers.tables import DeadlineClaim, Window
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person


async def take(
    claim_id: int, dossier_id: int, *, further: bool = False, by: Person, now: datetime
) -> int:
    """The deadline that it speaks of moves there, with its sentence as evidence; or one more is
    set, when it speaks of none or when `further` says so. Returns the event.
    """
    claim = await claim_by_id(claim_id, dossier_id)
    async with database.transaction():
        await database.one_at_a_time(hearing.LOCK % dossier_id)
        await _decide(claim, ClaimState.TAKEN, by=by, now=now)
        window = await Window.objects().where(Window.id == (claim.window or 0)).first()
        if window is None or further or not _may_move(window):
            made = await windows.set_deadline(
                dossier_id, _new(claim, None), entry_id=claim.entry, claim=claim.id, by=by, now=now
            )
            return made[1]
        return await windows.move_deadline(
            window.id, _new(claim, window), entry_id=claim.entry, claim=claim.id, by=by, now=now
        )


def _may_move(window: Window) -> bool:
    return DeadlineState.MOVED in rules.DEADLINE_ALLOWED[DeadlineState(window.state)]


def _new(claim: DeadlineClaim, window: Window | None) -> NewWindow:
    return NewWindow(
        closes=claim.closes,
        zone=claim.zone,
        precision=claim.precision,
        kind=window.kind if window else "consultation",
        evidence=claim.quote,
    )


async def refuse(
    claim_id: int, dossier_id: int, reason: str = "", *, by: Person, now: datetime
) -> int:
    """Our date stands. The entry is not heard again before it says another. Returns the event."""
    claim = await claim_by_id(claim_id, dossier_id)
    async with database.transaction():
        await _decide(claim, ClaimState.REFUSED, by=by, now=now)
        return await record(
            "deadline claim refused", kind="deadline claim", object=claim.id, dossier=dossier_id,
            by=by, now=now, details={"closes": claim.closes, "reason": reason},
        )  # fmt: skip


async def _decide(claim: DeadlineClaim, state: ClaimState, *, by: Person, now: datetime) -> None:
    if claim.state != ClaimState.OPEN:
        raise Outdated(DECIDED)
    decided = await (
        DeadlineClaim.update(
            {
                DeadlineClaim.state: state,
                DeadlineClaim.person: by.id,
                DeadlineClaim.decided: now,
            }
        )
        .where(DeadlineClaim.id == claim.id, DeadlineClaim.state == ClaimState.OPEN)
        .returning(DeadlineClaim.id)
    )
    if not decided:
        raise Outdated(DECIDED)
