"""Who has approved may change its mind as long as the text is still here."""

from datetime import datetime, timedelta

import pytest

from advocacy.approvals import actions
from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.tables import Round
from advocacy.errors import NotAllowed
from advocacy.mail.tables import Letter
from advocacy.people.tokens import derived_token
from advocacy.positions.tables import Position
from advocacy.submissions import actions as submissions
from advocacy.submissions.rules import Channel
from advocacy.submissions.tables import Submission
from tests.advocacy.approvals.matters import ballot, opened, ready
from tests.browsing import browser
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def stands(held: Round) -> tuple[str, str]:
    """The round, and its position."""
    row = await Round.select(Round.state).where(Round.id == held.id).first()
    position = await Position.select(Position.state).first()
    return row["state"], position["state"]


async def letters(prefix: str) -> int:
    return await Letter.count().where(Letter.key.like(f"{prefix}%"))


async def prepared(held: Round, *, now: datetime) -> Submission:
    return await submissions.prepare(
        held.id, channel=Channel.PORTAL, language="de", by=await ana(now), now=now
    )


async def test_who_approved_may_think_again_until_the_text_has_left(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    first, second, third = matter.members
    for member in (first, second):
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    later = now + timedelta(minutes=2)
    counted = await actions.vote(held.id, second, "change", "§ 2", held.text_hash, now=later)
    assert counted.state is RoundState.OPEN
    assert await stands(held) == ("open", "in_round")
    assert await letters("round-reopened/") == 4
    with pytest.raises(NotAllowed):
        await prepared(held, now=later)
    await actions.vote(held.id, third, "approve", "", held.text_hash, now=later)
    assert await stands(held) == ("adopted", "adopted")
    assert await letters("round-over/") == 8  # once for each end
    submission = await prepared(held, now=later)
    await submissions.hand_in(submission.id, receipt="", at=later, by=await ana(now), now=later)
    with pytest.raises(NotAllowed):
        await actions.vote(held.id, third, "change", "§ 2", held.text_hash, now=later)
    assert await stands(held) == ("adopted", "submitted")


async def test_nobody_thinks_again_after_the_end_of_the_round(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    after = held.ends + timedelta(seconds=1)
    with pytest.raises(NotAllowed):
        await actions.vote(held.id, member, "change", "§ 2", held.text_hash, now=after)
    await actions.settle(after)
    assert await stands(held) == ("adopted", "adopted")


async def test_a_clock_set_back_opens_nothing_that_silence_adopted(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now, policy=Policy.SILENCE)
    await actions.settle(held.ends + timedelta(seconds=1))
    await actions.settle(now)
    with pytest.raises(NotAllowed):
        await actions.vote(held.id, matter.members[0], "change", "§ 1", held.text_hash, now=now)
    assert await stands(held) == ("adopted", "adopted")


async def test_the_link_offers_it_to_who_has_chosen_and_to_nobody_else(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    async with browser(now) as web:
        offered = []
        for member in matter.members:
            token = derived_token("ballot", (await ballot(held, member)).id)
            page = await web.get(f"/r/{token}?language=en")
            offered.append('name="choice"' in page.text)
        assert offered == [True, True, False]
        token = derived_token("ballot", (await ballot(held, matter.members[1])).id)
        await web.get(f"/r/{token}")
        form = {"choice": "change", "remark": "§ 2", "text_hash": held.text_hash}
        answer = await web.post(f"/r/{token}", form)
    assert answer.status_code == 200
    assert await stands(held) == ("open", "in_round")
