"""Two at one proposal: one of them has it, and nothing happens twice."""

import asyncio
from datetime import datetime

import pytest

from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.positions import actions as writing
from advocacy.positions import queries as positions
from advocacy.positions.proposing import actions
from advocacy.positions.proposing.actions import Answer
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import PositionVersion, Proposal
from tests.advocacy.positions.proposing.drafts import proposed, readable, text_of
from tests.characters import ana, luca, maja

pytestmark = pytest.mark.anyio

VOLL = "Die Kosten sind voll zu ersetzen"


async def test_two_secretaries_answer_one_proposal_and_one_answer_counts(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, VOLL, await maja(now), now)
    results = await asyncio.gather(
        *(
            actions.answer(
                it.position.id, "k1", text_of(it, VOLL), {one: Answer(ProposalState.ACCEPTED)},
                base_version=1, by=by, now=now,
            )
            for by in (await ana(now), await luca(now))
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sorted(isinstance(each, Outdated) for each in results) == [False, True]
    assert await PositionVersion.count().where(PositionVersion.number == 2) == 1
    assert await Event.count().where(Event.action == "proposals answered") == 1


async def test_an_author_withdraws_while_it_is_answered_and_one_of_both_holds(
    db: str, now: datetime
):
    it = await readable(now)
    by = await maja(now)
    one = await proposed(it, VOLL, by, now)
    results = await asyncio.gather(
        actions.withdraw(one, by=by, now=now),
        actions.answer(
            it.position.id, "k1", text_of(it, VOLL), {one: Answer(ProposalState.ACCEPTED)},
            base_version=1, by=await ana(now), now=now,
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sum(isinstance(each, Outdated) for each in results) == 1
    row = await Proposal.objects().where(Proposal.id == one).first()
    text = dict(positions.paragraphs_of(await positions.version(it.position.id)))["k1"]
    assert (row.state == "accepted") == (text == text_of(it, VOLL))


async def test_an_editor_and_an_answer_never_lose_each_others_words(db: str, now: datetime):
    it = await readable(now)
    one = await proposed(it, VOLL, await maja(now), now)
    draft = positions.draft_of(await positions.version(it.position.id))
    edited = writing.Draft(
        draft.title, [draft.paragraphs[0], ("k2", "Neu geprüft [@own].")], draft.asks
    )
    await asyncio.gather(
        writing.save(it.position.id, edited, base_version=1, by=await luca(now), now=now),
        actions.answer(
            it.position.id, "k1", text_of(it, VOLL), {one: Answer(ProposalState.ACCEPTED)},
            base_version=1, by=await ana(now), now=now,
        ),
    )  # fmt: skip
    found = dict(positions.paragraphs_of(await positions.version(it.position.id)))
    assert found == {"k1": text_of(it, VOLL), "k2": "Neu geprüft [@own]."}
