"""What everybody may subscribe to: gatherings ahead, of a country, of a topic, in a language."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from advocacy import texts
from advocacy.dossiers.narrowing import Chosen
from advocacy.events.keeping.known import link_to, texts_of, told
from advocacy.events.keeping.listing import Listed, Wanted, ahead
from advocacy.events.rules import GatheringState
from advocacy.events.showing.calendar import Appointment, calendar
from advocacy.events.tables import Gathering, GatheringText
from advocacy.settings import settings

MOST = 100
OVER_STAYS = timedelta(days=90)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed changed that has never held anything: the same each time it is asked for."""


async def entries(wanted: Chosen, *, now: datetime) -> list[Listed]:
    """What is ahead, also what was called off; what changed last first."""
    page = await ahead(Wanted(wanted.country, wanted.topic), limit=MOST, now=now)
    return sorted(page.rows, key=lambda row: (row.changed, row.id), reverse=True)


def last(rows: list[Listed]) -> datetime:
    return max((row.changed for row in rows), default=LONG_AGO)


async def calendar_of(country: str, *, now: datetime) -> bytes:
    """In the language in use; of one country, or ("") of all. What is over stays for a while, so
    that calendars do not lose it.
    """
    rows = Gathering.objects().where(
        Gathering.state != GatheringState.DRAFT, Gathering.ends >= now - OVER_STAYS
    )
    if country:
        rows = rows.where(Gathering.country == country)
    found = await rows.order_by(Gathering.begins).order_by(Gathering.id).limit(MOST)
    known: dict[int, dict[str, GatheringText]] = {}
    if found:
        for each in await GatheringText.objects().where(
            GatheringText.gathering.is_in([row.id for row in found])
        ):
            known.setdefault(each.gathering, {})[each.language] = each
    name = f"{settings().network}: {texts.gettext('Gatherings')}"
    if country:
        name += f", {texts.country_name(country)}"
    return calendar(name, [_appointment(row, known[row.id]) for row in found])


async def calendar_file(gathering: Gathering) -> bytes:
    """One, to keep, as everybody may know it."""
    appointment = _appointment(gathering, await texts_of(gathering.id))
    return calendar(appointment.title, [appointment])


def _appointment(row: Gathering, known: Mapping[str, GatheringText]) -> Appointment:
    said = told(row, known, texts.language())
    return Appointment(
        gathering=row.id, begins=row.begins, ends=row.ends, title=said.title,
        description=said.summary, place=row.place, address=link_to(row, texts.language()),
        sequence=row.sequence, changed=row.changed, state=row.state, latitude=row.latitude,
        longitude=row.longitude,
    )  # fmt: skip
