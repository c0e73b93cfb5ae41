"""When is a letter tried, and when do we give up?"""

from datetime import datetime, timedelta
from enum import StrEnum


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    STOPPED = "stopped"
    BOUNCED = "bounced"  # the server took it, and another one sent it back


ALLOWED: dict[LetterState, frozenset[LetterState]] = {
    LetterState.WAITING: frozenset({LetterState.SENT, LetterState.FAILED, LetterState.STOPPED}),
    LetterState.FAILED: frozenset({LetterState.WAITING}),
    LetterState.SENT: frozenset({LetterState.BOUNCED}),
    LetterState.STOPPED: frozenset(),
    LetterState.BOUNCED: frozenset(),
}
ENDS = frozenset({LetterState.SENT, LetterState.STOPPED, LetterState.BOUNCED})

CLAIM_LASTS = timedelta(minutes=10)
TRIES = 8


def next_try(tries: int, *, now: datetime) -> datetime | None:
    """After a temporary failure: 1, 2, 4 … minutes, at most six hours. None: give up."""
    if tries >= TRIES:
        return None
    return now + min(timedelta(minutes=2 ** (tries - 1)), timedelta(hours=6))
