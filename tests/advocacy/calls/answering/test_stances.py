"""A stance that a coordinator reads out of a mail."""

from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.answering.contributing import assign_stance
from advocacy.calls.rules import Stance
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.errors import Invalid, Outdated
from advocacy.history.queries import first_broken
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.characters import maja

pytestmark = pytest.mark.anyio


async def _unstated(now: datetime) -> Contribution:
    await story.opened(now)
    answer = story.answer("Dober dan, o tem bomo še govorili.", Stance.NOT_STATED)
    row = await story.invitation("SI-07")
    return await actions.contribute(row.id, answer, channel="mail", now=now)


async def said() -> list[tuple[str, str, str]]:
    rows = await ContributionVersion.select().order_by(ContributionVersion.number)
    return [(row["stance"], row["channel"], row["text"][:9]) for row in rows]


async def test_a_coordinator_reads_the_stance_out_of_a_mail(db: str, now: datetime):
    made = await _unstated(now)
    await assign_stance(made.id, Stance.PARTLY, by=await maja(now), now=now)
    assert await said() == [
        ("not_stated", "mail", "Dober dan"),
        ("partly", "mail", "Dober dan"),
    ]
    receipt = await Letter.objects().where(Letter.key == f"receipt/{made.id}/2").first()
    assert receipt is not None
    assert receipt.due == now + timedelta(minutes=10)
    with pytest.raises(Outdated):
        await assign_stance(made.id, Stance.NO, by=await maja(now), now=now)
    assert await first_broken() is None


async def test_a_stance_read_wrongly_is_taken_back(db: str, now: datetime):
    made = await _unstated(now)
    event = await assign_stance(made.id, Stance.NO, by=await maja(now), now=now)
    path = await undo(event, by=await maja(now), now=now)
    assert path == "/c/2026-014-1/results"
    assert [stance for stance, _, _ in await said()] == ["not_stated", "no", "not_stated"]
    assert await Letter.select(Letter.state).where(Letter.key == f"receipt/{made.id}/2") == [
        {"state": "stopped"}
    ]
    with pytest.raises(Outdated):
        await undo(event, by=await maja(now), now=now)


async def test_a_stance_is_not_taken_back_over_a_later_answer(db: str, now: datetime):
    made = await _unstated(now)
    event = await assign_stance(made.id, Stance.NO, by=await maja(now), now=now)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer("Sami."), now=now)
    with pytest.raises(Outdated):
        await undo(event, by=await maja(now), now=now)
    assert [stance for stance, _, _ in await said()] == ["not_stated", "no", "partly"]


async def test_only_a_stance_that_can_be_chosen_is_assigned(db: str, now: datetime):
    made = await _unstated(now)
    with pytest.raises(Invalid):
        await assign_stance(made.id, Stance.NOT_STATED, by=await maja(now), now=now)
