"""A source whose tenders people dismiss, and what they made of the rest."""

from datetime import datetime, timedelta

from advocacy.learned.forms import NewRule
from advocacy.learned.rules import Condition
from advocacy.people.tables import Person
from advocacy.triage import actions as triage
from advocacy.triage.rules import Decision, Dismissal
from feeds.tables import Source
from tests.advocacy.triage.sample import entry, source

EARLIER = timedelta(hours=2)


async def gazette(now: datetime) -> Source:
    return await source("Official Gazette", now=now)


async def came(
    title: str, *, now: datetime, of: Source | None = None, closes: datetime | None = None
) -> int:
    """An entry that stands there for some time already."""
    publisher = of or await gazette(now)
    return await entry(title, now=now - EARLIER, of=publisher, closes=closes, topics=())


async def dismissed(titles: list[str], *, by: Person, now: datetime) -> list[int]:
    ids = [await came(title, now=now) for title in titles]
    for each in ids:
        await triage.decide(
            [each], Decision.DISMISSED, reason=Dismissal.ONLY_INFORMATION, by=by, now=now
        )
    return ids


TENDERS = [f"Tender {name}" for name in ("bridge", "school", "road", "tunnel", "bus")]


async def tenders(now: datetime) -> NewRule:
    """The rule that those five propose."""
    publisher = await gazette(now)
    return NewRule(Condition(publisher.id, ("tender",)), Dismissal.ONLY_INFORMATION)
