"""Who has which entry before them: two people see each other before they decide."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from advocacy.people.tables import Person
from advocacy.triage.rules import LOOKING_LASTS
from advocacy.triage.tables import Looking


async def look(entry_id: int, person: Person, *, now: datetime) -> None:
    """For two minutes from now; whoever looks at one entry looks at no other."""
    await Looking.insert(
        Looking(entry=entry_id, person=person.id, until=now + LOOKING_LASTS)
    ).on_conflict(target=Looking.person, action="DO UPDATE", values=[Looking.entry, Looking.until])


async def lookers(entry_ids: Sequence[int], *, but: Person, now: datetime) -> dict[int, list[str]]:
    """Their names, by entry."""
    if not entry_ids:
        return {}
    rows = await (
        Looking.select(Looking.entry, Looking.person.name.as_alias("name"))
        .where(Looking.entry.is_in(list(entry_ids)), Looking.until > now, Looking.person != but.id)
        .order_by(Looking.id)
    )
    names = defaultdict(list)
    for row in rows:
        names[row["entry"]].append(row["name"])
    return dict(names)
