"""Two at one question at the same moment: one is first, the other sees it. On both databases."""

import asyncio
from datetime import datetime

import pytest

from advocacy.advice import actions, queries
from advocacy.advice.forms import Handing, Reply
from advocacy.advice.rules import MessageKind
from advocacy.advice.tables import Enquiry, EnquiryMessage
from advocacy.errors import Outdated
from tests.advocacy.advice import questions
from tests.characters import ana, luca, maja

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def test_of_two_answers_at_once_one_leaves_and_the_other_is_told(now: datetime):
    enquiry = await questions.asked(now)
    done = await asyncio.gather(
        actions.answer(enquiry.id, Reply("Da.", "", 1), by=await maja(now), now=now),
        actions.answer(enquiry.id, Reply("Ne.", "", 1), by=await ana(now), now=now),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["Outdated", "int"]
    answers = await EnquiryMessage.objects().where(EnquiryMessage.kind == MessageKind.ANSWER)
    assert len(answers) == 1
    assert len(await questions.letters("enquiry_answer")) == 1


async def test_handed_over_while_it_is_answered_only_one_of_both_happens(now: datetime):
    enquiry = await questions.asked(now)
    to = await luca(now)
    done = await asyncio.gather(
        actions.answer(enquiry.id, Reply("Da.", "", 1), by=await maja(now), now=now),
        actions.hand_over(enquiry.id, Handing(to.id, "", 1), by=await ana(now), now=now),
        return_exceptions=True,
    )
    failed = [each for each in done if isinstance(each, BaseException)]
    assert [type(each) for each in failed] == [Outdated]
    after = await questions.fresh(enquiry)
    answered = not isinstance(done[0], BaseException)
    assert (after.state, after.owner == to.id) == (
        ("answered", False) if answered else ("open", True)
    )
    assert await queries.last_number(enquiry.id) == 2


async def test_ten_messages_at_once_are_ten_in_a_row(now: datetime):
    enquiry = await questions.asked(now)
    await asyncio.gather(
        *(actions.add_words(enquiry.id, f"In še {each}.", now=now) for each in range(10))
    )
    numbers = [each.number for each in await queries.messages_of(enquiry.id)]
    assert numbers == list(range(1, 12))
    assert await Enquiry.count() == 1


async def test_words_of_the_municipality_and_an_answer_at_once_lose_nothing(now: datetime):
    enquiry = await questions.asked(now)
    done = await asyncio.gather(
        actions.add_words(enquiry.id, "Gre za 14 planin.", now=now),
        actions.answer(enquiry.id, Reply("Da.", "", 1), by=await maja(now), now=now),
        return_exceptions=True,
    )
    said = {each.text for each in await queries.messages_of(enquiry.id)}
    assert "Gre za 14 planin." in said
    # the answer is there, or its writer was told that something was added
    assert isinstance(done[1], Outdated) or "Da." in said
    assert (await questions.fresh(enquiry)).state == "open"
