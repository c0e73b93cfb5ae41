"""Old polls are forgotten; the latest of every source are kept however old they are."""

from datetime import datetime, timedelta

from feeds.tables import Poll

KEPT_FOR = timedelta(days=90)
KEPT_ALWAYS = 20


async def forget_polls(*, now: datetime) -> int:
    """Remove polls older than three months, all but the last twenty of a source; their number."""
    rows = await Poll.raw(
        "DELETE FROM poll WHERE started < {} AND id <= COALESCE((SELECT later.id FROM poll later"
        " WHERE later.source = poll.source ORDER BY later.id DESC LIMIT 1 OFFSET {}), 0)"
        " RETURNING id",
        *(now - KEPT_FOR, KEPT_ALWAYS),
    )
    return len(rows)
