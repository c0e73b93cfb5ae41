"""What the tests of the digest share: who reads, what was told, a source in trouble."""

from datetime import datetime, timedelta
from typing import Any

from advocacy import database
from advocacy.digest.rules import BEGINNING, Due, Kind, Notices, Span
from advocacy.digest.tables import DigestKind
from advocacy.dossiers.tables import Dossier
from advocacy.history.actions import record
from advocacy.mail.tables import Letter
from advocacy.people.rules import Rhythm
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


async def happened(
    action: str, of: Dossier, at: datetime, *, kind: str = "dossier", number: int = 0, **more: Any
) -> int:
    """An act in the history of a dossier; `more`: its details, and what it undoes."""
    undoes = more.pop("undoes", None)
    async with database.transaction():
        return await record(
            action, kind=kind, object=number or of.id, dossier=of.id, by=None, now=at,
            details=more, undoes=undoes,
        )  # fmt: skip


async def wants(who: Person, rhythm: Rhythm, *kinds: Kind) -> None:
    """Of all kinds when none is named."""
    for kind in kinds or tuple(Kind):
        row = DigestKind(person=who.id, kind=kind, rhythm=rhythm)
        await DigestKind.insert(row).on_conflict(
            target=(DigestKind.person, DigestKind.kind),
            action="DO UPDATE",
            values=[DigestKind.rhythm],
        )


def all_due(now: datetime) -> Due:
    """Somebody's first digest, of everything."""
    span = Span(BEGINNING, now)
    return Due(dict.fromkeys(Kind, span), Notices(BEGINNING, now + DAY), at_once=False)


def parts_of(text: str) -> dict[str, str]:
    """The sections of a letter by their headings, without what stands there every day."""
    found: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        if line and line == line.upper() and line[0].isalpha():
            heading = line
        found[heading] = found.get(heading, "") + line + "\n"
    return found


def news(text: str) -> str:
    return "".join(part for name, part in parts_of(text).items() if name != "NEEDS YOU NOW")
