"""Who hears of a date that moves within three days, and the letters to them."""

from collections.abc import Sequence
from datetime import datetime

from advocacy import texts
from advocacy.deadlines import Milestone
from advocacy.dossiers import mails, queries, rules
from advocacy.dossiers.calendars.calendar import calendar
from advocacy.dossiers.calendars.dates import events_of, uid
from advocacy.dossiers.mails import News, Shift
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, Follow, Window
from advocacy.errors import Message
from advocacy.mail.actions import post
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.people.tables import Person

DEADLINE = "deadline"


def deadline_shift(before: Window | None, after: Window | None) -> Shift:
    return Shift(
        DEADLINE,
        Message("Deadline"),
        before.closes if before else None,
        after.closes if after else None,
        before.precision if before else "exact",
        after.precision if after else "exact",
    )


async def tell(
    window: Window,
    dossier: Dossier,
    shifts: Sequence[Shift],
    *,
    news: News,
    event: int,
    now: datetime,
) -> None:
    """Letters, once per event and person, when one of the dates was or is within 72 hours.

    In the transaction of the event, after it. A letter names the deadline and what is urgent.
    """
    told = [each for each in shifts if rules.is_urgent(*each.instants(), now=now)]
    if not told:
        return
    main = [each for each in shifts[:1] if each.kind == DEADLINE and each not in told]
    people = await concerned(dossier, presidency=_is_of_presidency(dossier, told))
    calendars = _Calendars(dossier, window, now)
    for person in people:
        letter = mails.date_moved(
            person, dossier, window, [*main, *told], news=news, quote=window.evidence,
            key=str(event), calendar=await calendars.said_in(person.language), now=now,
        )  # fmt: skip
        await post(letter, now=now)


async def tell_claimed(
    window: Window, dossier: Dossier, claimed: Shift, *, quote: str, claim: int, now: datetime
) -> None:
    """A source names a date within 72 hours, or one instead of a deadline within 72 hours: those
    who can decide hear of it at once.
    """
    if not rules.is_urgent(*claimed.instants(), now=now):
        return
    for person in await _house(dossier):
        letter = mails.date_moved(
            person, dossier, window, [claimed], news=News.CLAIMED, quote=quote,
            key=f"claim-{claim}", calendar=None, now=now,
        )  # fmt: skip
        await post(letter, now=now)


def _is_of_presidency(dossier: Dossier, told: Sequence[Shift]) -> bool:
    own = any(each.kind == Milestone.PRESIDENCY for each in told)
    return own or dossier.station == Station.APPROVAL


async def concerned(dossier: Dossier, *, presidency: bool) -> list[Person]:
    """Secretariat, lead, followers, coordinators of the countries; the presidency if it decides."""
    people = await _house(dossier)
    followers = await (
        Person.objects()
        .where(
            Person.id.is_in(Follow.select(Follow.person).where(Follow.dossier == dossier.id)),
            Person.active.eq(True),
        )
        .order_by(Person.name)
    )
    countries = set(queries.countries_of(dossier))
    coordinators = [
        each
        for each in await people_with(Role.COORDINATOR)
        if countries & set(each.countries.split(","))
    ]
    chairs = await people_with(Role.PRESIDENCY) if presidency else []
    return _each_once([*people, *followers, *coordinators, *chairs])


async def _house(dossier: Dossier) -> list[Person]:
    """Those who can decide: the secretariat, and who leads the dossier."""
    lead = await (
        Person.objects().where(Person.id == (dossier.lead or 0), Person.active.eq(True)).first()
    )
    return _each_once([*await people_with(Role.SECRETARIAT), *([lead] if lead else [])])


def _each_once(people: Sequence[Person]) -> list[Person]:
    return list({each.id: each for each in people}.values())


class _Calendars:
    """The events of a window as they are now, in each language once."""

    def __init__(self, dossier: Dossier, window: Window, now: datetime) -> None:
        self.dossier, self.window, self.now = dossier, window, now
        self.made: dict[str, bytes] = {}

    async def said_in(self, language: str) -> bytes:
        if language not in self.made:
            with texts.speaking(language):
                events = await events_of(self.dossier, now=self.now)
            name = f"{self.dossier.number} {self.dossier.title}"
            self.made[language] = calendar(name, [each for each in events if self._ours(each.uid)])
        return self.made[language]

    def _ours(self, name: str) -> bool:
        number = self.window.id
        return name == uid(f"window-{number}") or name.startswith(f"milestone-{number}-")
