"""Questions of municipalities that wait for somebody, with how long they have waited."""

from collections.abc import Sequence
from datetime import datetime

from advocacy.advice import queries as advice
from advocacy.advice.labels import waiting_for
from advocacy.advice.queries import Row
from advocacy.advice.rules import WANTED_WITHIN
from advocacy.overview.rules import Need
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.tables import Person
from advocacy.texts import gettext


async def to_answer(person: Person, *, now: datetime) -> list[Need]:
    """Theirs: one row for each, due when nobody should have to wait any longer. One query."""
    return [_need(row, row.owner, now) for row in await advice.waiting_at(person)]


async def of_the_house(office: Sequence[int], *, now: datetime) -> list[Need]:
    """For the secretariat: what lies with one of them, what nobody has, and what has waited too
    long elsewhere. One query.
    """
    return [
        _need(row, row.owner if row.owner in office and row.owner_active else None, now)
        for row in await advice.concerning(office, now=now)
    ]


def _need(row: Row, owner: int | None, now: datetime) -> Need:
    who = row.who or gettext("Unknown sender")
    act = gettext("Answer the question: %(municipality)s") % {"municipality": who}
    since = row.waits_since or row.opened
    why = waiting_for(since, now)
    if owner is None:
        why = f"{why} · {row.owner_name}"
    return Need(
        act,
        row.subject,
        row.language,
        why,
        row.path,
        since + WANTED_WITHIN,
        OFFICE_ZONE,
        owner=owner,
    )
