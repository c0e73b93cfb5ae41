"""What happens by itself, how often, and why. One process at a time does each: the lease."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from advocacy import clock, database
from advocacy.advice import actions as advice
from advocacy.approvals import actions as approvals
from advocacy.calls import actions as calls
from advocacy.digest.actions import send_due as send_digests
from advocacy.dossiers.contradictions.claims import raise_claims
from advocacy.dossiers.deadlines.windows import mark_missed
from advocacy.events.actions import tend as tend_gatherings
from advocacy.events.registering.forgetting import forget_participants
from advocacy.learned.actions import act as sort_by_rules
from advocacy.leases import PROCESS, give_back, hold
from advocacy.letterbox import fetching as letterbox
from advocacy.logs import going_on
from advocacy.mail import actions as mail
from advocacy.mail.smtp import carrier_for
from advocacy.municipalities import actions as municipalities
from advocacy.news.telling import send_due as send_news
from advocacy.outcomes import actions as outcomes
from advocacy.people import actions as people
from advocacy.settings import settings
from advocacy.web.health import SCHEDULER
from feeds import polling
from feeds.polling.forgetting import forget_polls

log = logging.getLogger("alphorn.jobs")


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    every: timedelta
    run: Callable[[datetime], Awaitable[object]]
    description: str
    # False: its work is claimed piece by piece, so that every process may share in it.
    alone: bool = True


async def poll_due_sources(now: datetime) -> None:
    await polling.poll_due(
        now=now, owner=PROCESS, limit=POLLED_AT_ONCE, private_networks=settings().private_sources
    )


async def deliver_letters(now: datetime) -> None:
    if await mail.anything_due(now=now):
        await mail.deliver(carrier_for(settings()), now=now)


async def move_calls(now: datetime) -> None:
    for step in (calls.open_held, calls.close_over, calls.stop_answered):
        with going_on(step.__name__):
            await step(now)


async def move_rounds(now: datetime) -> None:
    await approvals.settle(now)
    await approvals.stand_in_due(now)


async def forget_old(now: datetime) -> None:
    await people.forget_old(now=now)
    await forget_polls(now=now)
    await forget_participants(now)


JOBS = (
    Job("poll", timedelta(seconds=5), poll_due_sources, "Visit the sources that are due", False),
    Job("deliver", timedelta(seconds=2), deliver_letters, "Send the letters that are due"),
    Job("calls", timedelta(seconds=10), move_calls, "Open calls whose hold is over, close others"),
    Job("sorting rules", timedelta(minutes=1), sort_by_rules, "Dismiss what sorting rules take"),
    Job("remind", timedelta(hours=1), calls.remind_due, "Remind those who have not answered"),
    Job("rounds", timedelta(seconds=5), move_rounds, "End rounds that are decided, over or void"),
    Job(
        "round reminders",
        timedelta(minutes=5),
        approvals.remind_due,
        "Remind those who have not decided",
    ),
    Job("deadlines", timedelta(minutes=10), mark_missed, "Mark deadlines that have passed"),
    Job(
        "deadline claims",
        timedelta(minutes=1),
        raise_claims,
        "Raise deadlines that a source has moved",
    ),
    Job("report-back", timedelta(seconds=10), outcomes.send_held, "Send letters held long enough"),
    Job("letterbox", timedelta(seconds=30), letterbox.poll, "Fetch replies to letters by IMAP"),
    Job(
        "questions",
        timedelta(minutes=1),
        advice.keep_owned,
        "Give questions to somebody whose owner has left",
    ),
    Job(
        "gatherings",
        timedelta(minutes=10),
        tend_gatherings,
        "Remind participants of gatherings, forget guests who never confirmed",
    ),
    Job("digest", timedelta(minutes=2), send_digests, "Write the digests that are due"),
    Job("news", timedelta(minutes=10), send_news, "Write the letters with news that are due"),
    Job(
        "confirm contacts",
        timedelta(hours=24),
        municipalities.confirm_due,
        "Ask once a year whether addresses are still right",
    ),
    Job("forget", timedelta(hours=24), forget_old, "Forget old links, tries, sessions and polls"),
)
POLLED_AT_ONCE = 1_000
HEARTBEAT = timedelta(seconds=10)
LEASE_LASTS = timedelta(seconds=60)


async def run(job: Job) -> None:
    """Once, if no other process is at it. A failure is logged and waits for the next time."""
    now = clock.now()
    try:
        if not job.alone:
            await job.run(now)
            return
        if not await hold(f"job/{job.name}", lasting=max(job.every, LEASE_LASTS), now=now):
            return
        try:
            await job.run(now)
        finally:
            await give_back(f"job/{job.name}", now=clock.now())
    except database.LOST as error:
        log.warning("%s waits for the database: %s", job.name, error)
    except Exception:
        log.exception("%s failed", job.name)


async def heartbeat() -> None:
    """Says to /health that some scheduler is alive."""
    try:
        await hold(SCHEDULER, lasting=LEASE_LASTS, now=clock.now())
    except database.LOST as error:
        log.warning("scheduler waits for the database: %s", error)


def scheduler() -> AsyncIOScheduler:
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    made = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 60},
    )
    made.add_job(
        heartbeat, "interval", seconds=HEARTBEAT.total_seconds(), next_run_time=clock.now()
    )
    for job in JOBS:
        made.add_job(
            run, "interval", args=[job], id=job.name, name=job.description,
            seconds=job.every.total_seconds(), jitter=1, next_run_time=clock.now(),
        )  # fmt: skip
    return made
