"""An answer that helps others: nobody is named, and its readers can read it. On both databases."""

from datetime import datetime

import pytest

from advocacy.advice import actions
from advocacy.advice.forms import Told
from advocacy.advice.publishing import good_answers, published
from advocacy.advice.publishing.good_answers import stamp_of
from advocacy.advice.tables import Enquiry, GoodAnswer
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.undoing.actions import undo
from tests.advocacy.advice import questions
from tests.advocacy.advice.test_actions import about_call
from tests.characters import ana, giulia, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]


async def answered(now: datetime, *, text: str = "Da, z nočno ogrado.") -> Enquiry:
    enquiry = await questions.asked(now)
    await actions.answer(
        enquiry.id, await questions.reply(enquiry, text), by=await maja(now), now=now
    )
    return enquiry


async def say(answer: GoodAnswer, language: str, question: str, text: str, now: datetime) -> None:
    whole = await published.whole(answer.id)
    shown = stamp_of(whole.texts.get(language))
    told = Told(question, text)
    await good_answers.save_text(answer.id, language, told, shown=shown, by=await ana(now), now=now)


async def test_it_begins_with_what_was_asked_and_answered_and_is_there_once(now: datetime):
    enquiry = await answered(now)
    made = [await good_answers.draft(enquiry.id, by=await maja(now), now=now) for _ in range(2)]
    assert made[0].id == made[1].id
    whole = await published.whole(made[0].id)
    assert (whole.texts["sl"].question, whole.texts["sl"].answer) == (
        questions.TEXT, "Da, z nočno ogrado.",
    )  # fmt: skip
    assert (await published.listed("sl")).rows == []


async def test_without_an_answer_there_is_nothing_to_publish(now: datetime):
    enquiry = await questions.asked(now)
    with pytest.raises(Invalid):
        await good_answers.draft(enquiry.id, by=await maja(now), now=now)
    member, *_ = await presidency(now)
    with pytest.raises(NotAllowed):
        await good_answers.draft(enquiry.id, by=member, now=now)
    with pytest.raises(NotFound):
        await good_answers.draft(enquiry.id, by=await giulia(now), now=now)


async def test_what_names_the_municipality_is_published_only_by_somebody_who_has_looked(
    now: datetime,
):
    enquiry = await answered(now, text="V Vzorčni vasi smejo; pišite na office@si-07.example.")
    answer = await good_answers.draft(enquiry.id, by=await maja(now), now=now)
    whole = await published.whole(answer.id)
    [given] = await good_answers.given_away(whole)
    assert (given.language, list(given.words)) == ("sl", ["office@si-07.example", "Vzorčni"])
    with pytest.raises(Invalid) as refused:
        await good_answers.publish(answer.id, sure=False, by=await maja(now), now=now)
    assert set(refused.value.fields) == {"sure"}
    await good_answers.publish(answer.id, sure=True, by=await maja(now), now=now)
    assert len((await published.listed("sl")).rows) == 1


async def test_it_is_published_when_all_whom_the_call_has_asked_can_read_it(now: datetime):
    enquiry = await about_call(now, "Ali smemo ovce ponoči pustiti na planini?")
    await actions.answer(enquiry.id, await questions.reply(enquiry), by=await maja(now), now=now)
    answer = await good_answers.draft(enquiry.id, by=await maja(now), now=now)
    assert await published.needed(answer) == ["de", "fr", "it", "sl"]
    for language in ("de", "fr"):
        await say(answer, language, "?", "!", now)
    with pytest.raises(Invalid) as refused:
        await good_answers.publish(answer.id, sure=True, by=await ana(now), now=now)
    assert set(refused.value.fields) == {"languages"}
    await say(answer, "it", "?", "!", now)
    await good_answers.publish(answer.id, sure=True, by=await ana(now), now=now)
    assert enquiry.dossier is not None
    [row] = (await published.listed("it", dossier=enquiry.dossier)).rows
    assert (row.question, row.language, row.number) == ("?", "it", "2026-014")
    [row] = (await published.listed("en", dossier=enquiry.dossier)).rows
    assert row.language == "sl"


async def test_publishing_and_taking_back_are_undone(now: datetime):
    enquiry = await answered(now)
    by = await maja(now)
    answer = await good_answers.draft(enquiry.id, by=by, now=now)
    event = await good_answers.publish(answer.id, sure=True, by=by, now=now)
    with pytest.raises(Outdated):
        await good_answers.publish(answer.id, sure=True, by=by, now=now)
    await undo(event, by=by, now=now)
    assert (await published.listed("sl")).rows == []
    await good_answers.publish(answer.id, sure=True, by=by, now=now)
    event = await good_answers.take_back(answer.id, by=by, now=now)
    await undo(event, by=by, now=now)
    [row] = (await published.listed("sl")).rows
    assert row.published == now


async def test_a_text_that_somebody_saved_meanwhile_is_not_overwritten(now: datetime):
    enquiry = await answered(now)
    answer = await good_answers.draft(enquiry.id, by=await maja(now), now=now)
    told = Told("Anders?", "Anders.")
    with pytest.raises(Outdated) as refused:
        await good_answers.save_text(answer.id, "sl", told, shown="", by=await ana(now), now=now)
    assert refused.value.theirs == f"{questions.TEXT}\n\nDa, z nočno ogrado."
    for _ in range(2):  # the same words again are nothing
        await good_answers.save_text(answer.id, "de", told, shown="", by=await ana(now), now=now)
