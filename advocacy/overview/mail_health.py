"""How the mail fares: what waits, what could not be delivered, what came back.

Only the outside of letters is looked at: kind, recipient, state. What stands in them is between
the network and the recipient.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any  # a row is what its table says

from piccolo.query.functions import Count

from advocacy import database
from advocacy.errors import NotFound, Outdated
from advocacy.history.actions import record
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.people.tables import Person

LOOKS_BACK = timedelta(days=30)
PAGE = 30
LARGEST_ID = 2**31 - 1
# Letters leave within a minute or two: one that is due for longer says that nothing leaves.
LATE = timedelta(minutes=15)
IN_TROUBLE = (LetterState.FAILED, LetterState.BOUNCED)


@dataclass(frozen=True, slots=True)
class KindOfLetter:
    """One row of the table; failed and bounced are those of the last 30 days."""

    kind: str
    waiting: int
    failed: int
    bounced: int


@dataclass(frozen=True, slots=True)
class MailHealth:
    """`oldest_due`: since when the letter that waits longest could have left; None: none is due."""

    kinds: tuple[KindOfLetter, ...]
    oldest_due: datetime | None
    last_sent: datetime | None
    is_late: bool

    @property
    def waiting(self) -> int:
        return sum(each.waiting for each in self.kinds)

    @property
    def failed(self) -> int:
        return sum(each.failed for each in self.kinds)

    @property
    def bounced(self) -> int:
        return sum(each.bounced for each in self.kinds)


async def mail_health(*, now: datetime) -> MailHealth:
    due = await (
        Letter.select(Letter.due)
        .where(Letter.state == LetterState.WAITING, Letter.due <= now)
        .order_by(Letter.due)
        .first()
    )
    # By number, which is the order in which they were written: no index has the time of sending.
    sent = await (
        Letter.select(Letter.sent)
        .where(Letter.state == LetterState.SENT)
        .order_by(Letter.id, ascending=False)
        .limit(PAGE)
    )
    oldest = due["due"] if due else None
    return MailHealth(
        kinds=await _kinds(now=now),
        oldest_due=oldest,
        last_sent=max((row["sent"] for row in sent if row["sent"]), default=None),
        is_late=oldest is not None and now - oldest > LATE,
    )


async def _kinds(*, now: datetime) -> tuple[KindOfLetter, ...]:
    recent = Letter.created >= now - LOOKS_BACK
    rows = await (
        Letter.select(Letter.kind, Letter.state, Count(alias="number"))
        .where(
            (Letter.state == LetterState.WAITING)
            | (Letter.state.is_in([each.value for each in IN_TROUBLE]) & recent)
        )
        .group_by(Letter.kind, Letter.state)
        .order_by(Letter.kind)
    )
    found = {(row["kind"], row["state"]): row["number"] for row in rows}
    return tuple(
        KindOfLetter(
            kind,
            found.get((kind, LetterState.WAITING), 0),
            found.get((kind, LetterState.FAILED), 0),
            found.get((kind, LetterState.BOUNCED), 0),
        )
        for kind in sorted({kind for kind, _ in found})
    )


async def in_trouble(*, before: int | None = None) -> tuple[list[dict[str, Any]], int | None]:
    """Not delivered or come back, the newest first; and what the next page begins before."""
    rows = Letter.select(
        *(Letter.id, Letter.kind, Letter.state, Letter.recipient, Letter.recipient_name),
        *(Letter.error, Letter.tries, Letter.created),
    ).where(Letter.state.is_in([each.value for each in IN_TROUBLE]))
    if before is not None:
        rows = rows.where(Letter.id < before)
    found = await rows.order_by(Letter.id, ascending=False).limit(PAGE + 1)
    shown = found[:PAGE]
    return shown, shown[-1]["id"] if len(found) > PAGE else None


async def try_again(letter_id: int, *, by: Person, now: datetime) -> str:
    """A letter that failed waits again, with all its tries. Returns to whom it goes.

    Outdated: somebody else has done so already. A letter that came back is not sent to the same
    address again: there the address is mended.
    """
    if not 0 < letter_id <= LARGEST_ID:
        raise NotFound("There is no such letter")
    async with database.transaction():
        moved = await (
            Letter.update(
                {
                    Letter.state: LetterState.WAITING,
                    Letter.due: now,
                    Letter.tries: 0,
                    Letter.claimed_until: None,
                }
            )
            .where(Letter.id == letter_id, Letter.state == LetterState.FAILED)
            .returning(Letter.id, Letter.recipient, Letter.kind)
        )
        if not moved:
            if await Letter.exists().where(Letter.id == letter_id):
                raise Outdated("This letter does not wait for another try")
            raise NotFound("There is no such letter")
        await record(
            "letter tried again", kind="letter", object=letter_id, by=by, now=now,
            details={"kind": moved[0]["kind"]},
        )  # fmt: skip
    return str(moved[0]["recipient"])
