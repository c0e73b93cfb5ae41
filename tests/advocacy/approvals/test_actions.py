import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.approvals import actions
from advocacy.approvals.rules import Policy, RoundState
from advocacy.approvals.tables import Ballot, Round
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.people.tokens import derived_token
from advocacy.positions import queries as positions
from advocacy.positions.tables import Passage, Position, Seen
from tests.advocacy.approvals.matters import ballot, edited, opened, ready, translated
from tests.characters import ana

pytestmark = pytest.mark.anyio


async def state_of(held: Round) -> str:
    row = await Round.select(Round.state).where(Round.id == held.id).first()
    return row["state"]


async def position_state() -> str:
    return (await Position.select(Position.state).first())["state"]


async def station() -> str:
    return (await Dossier.select(Dossier.station).first())["station"]


async def keys(prefix: str) -> list[str]:
    rows = await Letter.select(Letter.key).where(Letter.key.like(f"{prefix}%")).order_by(Letter.key)
    return [row["key"] for row in rows]


async def test_an_opened_round_is_bound_to_the_text_and_written_to_all(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    text = await positions.version(matter.position.id)
    assert (held.text_hash, held.version) == (text.text_hash, text.number)
    assert (await position_state(), await station()) == ("in_round", "approval")
    letters = await Letter.objects().where(Letter.kind == "round").order_by(Letter.recipient)
    assert [(letter.recipient, letter.language) for letter in letters] == sorted(
        (member.email, member.language) for member in matter.members
    )
    mine = await ballot(held, matter.members[0])
    letter = next(each for each in letters if each.recipient == matter.members[0].email)
    assert f"/r/{derived_token('ballot', mine.id)}" in letter.text
    assert f"/r/{derived_token('ballot', mine.id)}" in letter.html
    assert "2026-014" in letter.subject
    assert mine.token_hash not in letter.text


async def test_it_refuses_with_every_reason_and_changes_nothing(db: str, now: datetime):
    matter = await ready(now, binding="fr")
    await Passage.update({Passage.disposition: "open"}, force=True)
    row = await positions.version(matter.position.id)
    row.paragraphs = row.paragraphs.replace(f"@{matter.answers[1].id}.1", "@99.9")
    await row.save()
    before = await Event.count()
    with pytest.raises(Invalid) as refused:
        await opened(matter, now)
    assert [key.split("-")[0] for key in refused.value.fields] == [
        "passages",
        "citations",
        "translations",
    ]
    assert (await Round.count(), await Ballot.count(), await Event.count()) == (0, 0, before)
    assert (await position_state(), await keys("round")) == ("draft", [])


async def test_a_stale_binding_translation_stands_in_the_way(db: str, now: datetime):
    matter = await ready(now, binding="fr")
    await translated(matter, "fr", now)
    await edited(matter, now)
    with pytest.raises(Invalid) as refused:
        await opened(matter, now)
    assert list(refused.value.fields) == ["translations-fr"]
    await translated(matter, "fr", now)
    assert (await opened(matter, now)).state == RoundState.OPEN


async def test_nobody_opens_a_second_round(db: str, now: datetime):
    matter = await ready(now)
    await opened(matter, now)
    with pytest.raises(Outdated):
        await opened(matter, now)
    assert await Round.count() == 1


async def test_two_who_open_at_once_make_one_round(db: str, now: datetime):
    matter = await ready(now)
    answers = await asyncio.gather(*(opened(matter, now) for _ in range(4)), return_exceptions=True)
    assert sum(isinstance(answer, Round) for answer in answers) == 1
    assert all(isinstance(answer, Round | Outdated) for answer in answers)
    assert (await Round.count(), await Ballot.count()) == (1, 3)
    assert len(await keys("round/")) == 3


async def test_enough_approvals_adopt_the_text_and_all_are_told(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    first, second, third = matter.members
    await actions.vote(held.id, first, "approve", "", held.text_hash, now=now)
    assert await state_of(held) == "open"
    later = now + timedelta(hours=1)
    decided = await actions.vote(held.id, second, "approve", "Bravo", held.text_hash, now=later)
    assert decided.state is RoundState.ADOPTED
    assert (await state_of(held), await position_state()) == ("adopted", "adopted")
    adopted = await Position.select(Position.adopted).first()
    assert adopted["adopted"] == later
    assert len(await keys("round-over/")) == 4  # three members and who opened it
    with pytest.raises(NotAllowed):
        await actions.vote(held.id, third, "change", "§ 1", held.text_hash, now=later)


async def test_a_vote_is_changed_until_the_end_and_twice_is_once(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    member = matter.members[0]
    for _ in range(3):
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    assert await Event.count().where(Event.action == "voted") == 1
    await actions.vote(held.id, member, "change", "§ 2", held.text_hash, now=now)
    mine = await ballot(held, member)
    assert (mine.choice, mine.remark, mine.changed_before) == ("change", "§ 2", True)
    assert await Event.count().where(Event.action == "voted") == 2
    seen = await Seen.objects().where(Seen.person == member.id).first()
    assert seen.version == held.version


async def test_a_rejected_text_is_a_draft_again(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    for member in matter.members:
        await actions.vote(held.id, member, "change", "Nein", held.text_hash, now=now)
    assert (await state_of(held), await position_state(), await station()) == (
        "rejected",
        "draft",
        "draft",
    )


async def test_who_was_not_asked_finds_no_round(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    with pytest.raises(NotFound):
        await actions.vote(held.id, await ana(now), "approve", "", held.text_hash, now=now)


async def test_a_vote_never_slides_to_another_version(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    member = matter.members[0]
    await edited(matter, now, "Ganz neu. [@own]")
    with pytest.raises(Outdated) as refused:
        await actions.vote(held.id, member, "approve", "meine Worte", held.text_hash, now=now)
    assert refused.value.mine == "meine Worte"
    assert "Ganz neu." in refused.value.theirs
    assert "[@own]" not in refused.value.theirs
    assert (await ballot(held, member)).choice == ""


async def test_a_new_text_makes_the_round_void_and_all_are_told_once(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    await edited(matter, now)
    assert await asyncio.gather(*(actions.settle(now) for _ in range(3))) != [0, 0, 0]
    assert await actions.settle(now) == 0
    assert (await state_of(held), await position_state(), await station()) == (
        "void",
        "draft",
        "draft",
    )
    assert len(await keys("round-void/")) == 3
    assert await Event.count().where(Event.action == "round void") == 1
    again = await opened(matter, now)
    assert again.text_hash != held.text_hash


async def test_the_next_round_need_not_wait_for_the_job(db: str, now: datetime):
    matter = await ready(now)
    first = await opened(matter, now)
    await edited(matter, now)
    second = await opened(matter, now)
    assert (await state_of(first), await state_of(second)) == ("void", "open")
    for member in matter.members[:2]:
        await actions.vote(second.id, member, "approve", "", second.text_hash, now=now)
    await edited(matter, now, "Noch einmal. [@own]")
    third = await opened(matter, now)
    assert (await state_of(second), await state_of(third)) == ("void", "open")
    assert await actions.settle(now) == 0
    assert (await position_state(), await station()) == ("in_round", "approval")
    assert len(await keys("round-void/")) == 6


async def test_a_text_edited_there_and_back_needs_a_new_round(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    await edited(matter, now)
    await edited(matter, now, "Die Gemeinden leben mit den Großraubtieren. [@own]")
    current = await positions.version(matter.position.id)
    assert current.text_hash == held.text_hash
    with pytest.raises(Outdated):
        await actions.vote(held.id, matter.members[0], "approve", "", held.text_hash, now=now)
    assert await actions.settle(now) == 1
    assert await state_of(held) == "void"


async def test_an_adopted_text_that_is_edited_loses_its_round(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    assert await actions.settle(now) == 0
    await edited(matter, now)
    assert await actions.settle(now) == 1
    assert await state_of(held) == "void"


async def test_silence_adopts_after_the_last_instant(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now, policy=Policy.SILENCE, lasting=timedelta(hours=3))
    await actions.mark_read(held.id, matter.members[0], now=now)
    assert (await ballot(held, matter.members[0])).seen == now
    assert await actions.settle(now + timedelta(hours=3)) == 0
    late = now + timedelta(hours=3, seconds=1)
    ended = await asyncio.gather(*(actions.settle(late) for _ in range(3)))
    assert sum(ended) == 1
    assert (await state_of(held), await position_state()) == ("adopted", "adopted")
    assert len(await keys("round-over/")) == 4


async def test_one_objection_breaks_the_silence(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now, policy=Policy.SILENCE, lasting=timedelta(hours=3))
    await actions.vote(held.id, matter.members[0], "change", "§ 3", held.text_hash, now=now)
    assert await state_of(held) == "open"
    assert await actions.settle(now + timedelta(hours=4)) == 1
    assert (await state_of(held), await position_state()) == ("rejected", "draft")


async def test_two_votes_at_once_both_count(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now, quorum=3, policy=Policy.ALL)
    await asyncio.gather(
        *(
            actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
            for member in matter.members
        )
    )
    assert (await state_of(held), await position_state()) == ("adopted", "adopted")
    assert await Event.count().where(Event.action == "round adopted") == 1


async def test_a_text_saved_while_the_last_vote_is_cast_is_never_adopted(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now, policy=Policy.ALL, quorum=3)
    for member in matter.members[:2]:
        await actions.vote(held.id, member, "approve", "", held.text_hash, now=now)
    await asyncio.gather(
        actions.vote(held.id, matter.members[2], "approve", "", held.text_hash, now=now),
        edited(matter, now),
        return_exceptions=True,
    )
    await actions.settle(now)
    position = await Position.objects().first()
    current = await positions.version(position.id)
    if position.state == "adopted":  # the save was refused: the text is the one that was voted on
        assert current.text_hash == held.text_hash
    else:
        assert (position.state, await state_of(held)) == ("draft", "void")


async def test_opening_can_be_undone_until_somebody_votes(db: str, now: datetime):
    matter = await ready(now)
    held = await opened(matter, now)
    event = await Event.objects().where(Event.action == actions.OPENED).first()
    assert await actions.UNDO[actions.OPENED](event, await ana(now), now) == "/p/2026-014/rounds"
    assert (await state_of(held), await position_state(), await station()) == (
        "void",
        "draft",
        "draft",
    )
    states = {
        row["state"] for row in await Letter.select(Letter.state).where(Letter.kind == "round")
    }
    assert states == {LetterState.STOPPED}
    again = await opened(matter, now)
    await actions.vote(again.id, matter.members[0], "abstain", "", again.text_hash, now=now)
    event = (
        await Event.objects()
        .where(Event.object == again.id, Event.action == actions.OPENED)
        .first()
    )
    with pytest.raises(Outdated):
        await actions.UNDO[actions.OPENED](event, await ana(now), now)
