"""What the tests of the digest share: who reads, what was told, a source in trouble."""

from datetime import datetime, timedelta
from typing import Any

from advocacy.mail.tables import Letter
from advocacy.people.tables import Person
from feeds.tables import Poll, Source
from tests.advocacy.overview import matters
from tests.characters import ana

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


async def letters(to: Person | None = None) -> list[Letter]:
    query = Letter.objects().where(Letter.kind == "digest").order_by(Letter.id)
    return await (query.where(Letter.recipient == to.email) if to else query)


async def visit(of: Source, at: datetime, outcome: str, **more: Any) -> None:
    await Poll(source=of.id, started=at, ended=at, outcome=outcome, **more).save()


async def broken(now: datetime, outcome: str, *, hours: float, name: str = "Novice") -> Source:
    began = now - hours * HOUR
    of = await matters.source(
        now,
        name,
        failures=4,
        first_failure=began,
        last_polled=now,
        last_error="A sentence about it.",
    )
    await visit(of, began, outcome)
    return of


async def english(now: datetime) -> Person:
    """Ana, who reads English today: the words of the tests."""
    made = await ana(now)
    await Person.update({Person.language: "en"}).where(Person.id == made.id)
    return made


async def told(who: Person) -> str:
    """The text of the last digest."""
    return (await letters(who))[-1].text
