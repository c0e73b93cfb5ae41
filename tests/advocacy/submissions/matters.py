"""An adopted position, and one that has been handed in."""

from datetime import datetime, timedelta

from advocacy.approvals import actions as approvals
from advocacy.approvals.tables import Round
from advocacy.submissions import actions
from advocacy.submissions.rules import Channel
from advocacy.submissions.tables import Submission
from tests.advocacy.approvals.matters import Matter, opened
from tests.characters import ana


async def adopted(matter: Matter, now: datetime) -> Round:
    held = await opened(matter, now)
    for member in matter.members[:2]:
        await approvals.vote(held.id, member, "approve", "", held.text_hash, now=now)
    return held


async def prepared(matter: Matter, now: datetime, *, language: str = "de") -> Submission:
    held = await adopted(matter, now)
    return await actions.prepare(
        held.id, channel=Channel.PORTAL, language=language, by=await ana(now), now=now
    )


async def handed_in(matter: Matter, now: datetime) -> Submission:
    submission = await prepared(matter, now)
    later = now + timedelta(hours=1)
    return await actions.hand_in(
        submission.id, receipt="ABC-123", at=later, by=await ana(now), now=later
    )
