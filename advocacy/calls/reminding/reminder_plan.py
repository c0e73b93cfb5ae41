"""Whom a reminder would go to: what the page shows before it leaves, and what then leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advocacy.calls.reminding.choosing import Chosen
from advocacy.calls.reminding.resting import LeftOut
from advocacy.calls.reminding.unanswered import Ask, Somebody, unanswered
from advocacy.calls.rules import InvitationState

REMINDABLE = (InvitationState.SENT, InvitationState.DRAFTED)


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom a reminder would go to now, and who is left out of the choice, and why."""

    people: tuple[Somebody, ...]
    left_out: Mapping[LeftOut, tuple[tuple[Ask, Somebody | None], ...]]
    call: int
    chosen: Chosen

    @property
    def asks(self) -> list[Ask]:
        """The municipalities of this call that would be reminded, by code."""
        found = [a for who in self.people for a in who.asks if a.fits(self.call, self.chosen)]
        return sorted(found, key=lambda ask: ask.code)


async def plan(
    call_id: int, *, chosen: Chosen | None = None, tired_too: bool = False, now: datetime
) -> Plan:
    """`tired_too` sets the week of rest aside, and nothing else. Two queries."""
    wanted = chosen or Chosen()
    there = await unanswered(now=now)
    people, left = list[Somebody](), dict[LeftOut, list[tuple[Ask, Somebody | None]]]()
    for who in there.people:
        here = [ask for ask in who.asks if ask.fits(call_id, wanted)]
        reason = who.left_out(now=now)
        if reason is LeftOut.TIRED and tired_too:
            reason = None
        if here and reason is None and any(ask.state in REMINDABLE for ask in here):
            people.append(who)
        elif here:
            left.setdefault(reason or LeftOut.AWAY, []).extend((ask, who) for ask in here)
    nobody = [(ask, None) for ask in there.nobody if ask.fits(call_id, wanted)]
    if nobody:
        left[LeftOut.NOBODY] = list(nobody)
    kept = {
        why: tuple(sorted(left[why], key=lambda pair: pair[0].code))
        for why in LeftOut
        if why in left
    }
    return Plan(tuple(people), kept, call_id, wanted)
