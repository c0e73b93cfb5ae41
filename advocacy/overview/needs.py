"""What needs one person now, whatever their role, and whom they wait for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy.overview import coordinator, presidency, rules, secretariat
from advocacy.overview.participation import CallRow
from advocacy.overview.rules import Need
from advocacy.overview.secretariat import Waiting
from advocacy.overview.windows import OpenWindow
from advocacy.people.queries import people_with
from advocacy.people.rules import Role
from advocacy.people.tables import Person


@dataclass(frozen=True, slots=True)
class Desk:
    """`needs` are this person's, the first consequence first; others are at what `waiting` says."""

    needs: Sequence[Need]
    waiting: Sequence[Waiting] = ()


async def desk_of(
    person: Person, windows: Sequence[OpenWindow], calls: Sequence[CallRow], *, now: datetime
) -> Desk:
    """`windows` and `calls` as open_windows and working_calls give them."""
    if person.role == Role.SECRETARIAT:
        every = await secretariat.needs(windows, calls, now=now)
        own, of_others = rules.shared_out(every, person.id)
        names = {window.lead: window.lead_name for window in windows if window.lead}
        if {need.owner for need in of_others} - set(names):
            names |= {each.id: each.name for each in await people_with(Role.SECRETARIAT)}
        return Desk(own, await secretariat.waiting(calls, of_others, names))
    if person.role == Role.COORDINATOR:
        return Desk(await coordinator.needs(person, windows, calls, now=now))
    return Desk(await presidency.needs(person, now=now))
