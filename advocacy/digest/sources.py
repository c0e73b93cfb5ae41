"""What the sources and our own line did: what needs a look, and what was our own fault."""

from datetime import datetime, timedelta

from advocacy.digest import rules
from advocacy.digest.rules import Outage, Span
from advocacy.overview.health import Health, Watched, on_board
from feeds.drift import quiet_since
from feeds.health import sources_with_health
from feeds.tables import Poll


async def sources(span: Span) -> list[Watched]:
    """Those whose trouble has begun, and stands: what was over by the morning is not told."""
    rows = on_board(await sources_with_health(now=span.until), now=span.until)
    return [row for row in rows if span.has(trouble_began(row))]


def trouble_began(row: Watched) -> datetime | None:
    """When a source came to need a look; None while it needs none.

    A failure is worth a letter after a day only: most are over by then.
    """
    source = row.source
    if row.health in {Health.FAILING, Health.FAILED}:
        first = source.first_failure or source.since
        return first + rules.FAILING_FOR if first else None
    if row.health is Health.QUIET:
        return quiet_since(source.gap, source.last_new)
    if row.health in {Health.STOPPED, Health.GONE}:
        return source.since or source.last_polled
    return source.since if row.needs_a_look else None


async def outages(span: Span) -> list[Outage]:
    rows = await (
        Poll.select(Poll.started)
        .where(
            Poll.started > span.lately.since - timedelta(days=1),
            Poll.started <= span.until,
            Poll.outcome == "outage",
        )
        .order_by(Poll.started)
    )
    return rules.outages([row["started"] for row in rows], span)
