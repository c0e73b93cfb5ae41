"""Is everything up? Database, scheduler, outbox, sources; with the versions of what runs."""

import asyncio
import sys
from datetime import datetime, timedelta
from importlib.metadata import version

from advocacy import database
from advocacy.leases import Lease
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.settings import settings
from feeds.tables import Poll, Source

SCHEDULER = "scheduler"
SCHEDULER_SILENT = timedelta(minutes=3)
LETTER_LATE = timedelta(minutes=30)
TRIED_LONG = 5  # times: 1 + 2 + 4 + 8 + 16 minutes
# Sources wait, or nothing anywhere answers, for longer than any back-off of a healthy house.
SOURCES_SILENT = timedelta(hours=2)
SOURCES_TO_TELL = 5
MAILBOX = "letterbox/reached"
PATIENCE = 5  # seconds for a database that is connected and does not answer


async def health(*, now: datetime) -> dict[str, object]:
    parts: dict[str, dict[str, object]] = {}
    try:
        async with asyncio.timeout(PATIENCE):
            await Lease.count()
            parts["database"] = {"state": "up", "engine": database.engine_name()}
            parts["scheduler"] = await _scheduler(now)
            parts["outbox"] = await _outbox(now)
            parts["sources"] = await _sources(now)
            if settings().imap_url:
                parts["mailbox"] = await _mailbox(now)
    except database.LOST as error:
        parts["database"] = {"state": "down", "error": type(error).__name__}
    up = all(part["state"] == "up" for part in parts.values())
    return {
        "state": "up" if up else "down",
        "at": now.isoformat(),
        "versions": {
            "alphorn": ALPHORN,
            "python": sys.version.split()[0],
            "litestar": version("litestar"),
            "piccolo": version("piccolo"),
        },
        **parts,
    }


ALPHORN = "0.1.0"


async def _scheduler(now: datetime) -> dict[str, object]:
    """Some process holds the lease, whichever."""
    lease = await Lease.objects().where(Lease.name == SCHEDULER).first()
    alive = lease is not None and now - lease.until < SCHEDULER_SILENT
    return {"state": "up" if alive else "down"}


async def _mailbox(now: datetime) -> dict[str, object]:
    """Where replies come to: it was reached within the last quarter of an hour."""
    reached = await Lease.objects().where(Lease.name == MAILBOX).first()
    return {"state": "up" if reached is not None and reached.until > now else "down"}


async def _outbox(now: datetime) -> dict[str, object]:
    """Letters wait when the mail server is away; half an hour is too long."""
    waiting = Letter.select(Letter.id).where(Letter.state == LetterState.WAITING)
    late = await Letter.count().where(
        Letter.state == LetterState.WAITING,
        (Letter.due < now - LETTER_LATE) | (Letter.tries >= TRIED_LONG),
    )
    failed = await Letter.count().where(Letter.state == LetterState.FAILED)
    count = len(await waiting.where(Letter.due <= now).limit(1000))
    return {"state": "down" if late else "up", "waiting": count, "late": late, "failed": failed}


async def _sources(now: datetime) -> dict[str, object]:
    """Nobody visits them any more, or several were visited and none answered."""
    then = now - SOURCES_SILENT
    overdue = await Source.count().where(Source.state == "active", Source.next_due < then)
    lately = Poll.started >= then
    tried = (
        await Poll.select(Poll.source).where(lately).group_by(Poll.source).limit(SOURCES_TO_TELL)
    )
    answered = await Poll.exists().where(lately, Poll.outcome.is_in(["fetched", "unchanged"]))
    silent = len(tried) >= SOURCES_TO_TELL and not answered
    return {
        "state": "down" if overdue or silent else "up",
        "overdue": overdue,
        "answered": answered or not tried,
    }
