"""When is a permanent redirect believed? Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

BELIEVED_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Move:
    """`address` is the new one from now on; else what is to be remembered until then.

    `ended`: the new address is polled already as a source of its own; one sentence for people.
    """

    address: str | None = None
    moved_to: str | None = None
    since: datetime | None = None
    ended: str = ""


def moved(
    address: str, moved_to: str | None, *, seen: str | None, since: datetime | None, now: datetime
) -> Move:
    """A move from http to https at the same place counts at once; any other after a week.

    A captive portal or a mistake of an afternoon moves nothing that way.
    """
    if moved_to is None or moved_to == address:
        return Move()
    if moved_to == address.replace("http://", "https://", 1):
        return Move(moved_to)
    if moved_to != seen or since is None:
        return Move(None, moved_to, now)
    return Move(moved_to) if now - since >= BELIEVED_AFTER else Move(None, moved_to, since)
