"""No sequence of asking, answering, handing over and leaving ends with a question of nobody."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy import database
from advocacy.advice import actions, queries
from advocacy.advice.asking.owning import ownerless
from advocacy.advice.asking.taking_in import Asker
from advocacy.advice.forms import Handing, NewQuestion, Place, Reply
from advocacy.advice.tables import Enquiry
from advocacy.errors import DomainError
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from tests.advocacy.advice import questions
from tests.characters import ana, luca, maja, presidency

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

STEPS = ("ask", "lost", "more", "answer", "back", "hand", "close", "reopen", "put", "leave", "come")


class Abandoned(Exception):  # noqa: N818  rolls the example back
    pass


async def set_active(person: int, *, active: bool) -> None:
    await Person.update({Person.active: active}).where(Person.id == person)


async def step(what: str, who: int, number: int, now: datetime) -> None:
    """One step of anybody, as the page would do it; what the rules refuse changes nothing."""
    people = await Person.objects().order_by(Person.id)
    by = people[who % len(people)]
    enquiries = await Enquiry.objects().order_by(Enquiry.id)
    if what == "leave":
        working = [each for each in people if each.active]
        if len(working) > 1:
            await set_active(by.id, active=False)
            await actions.keep_owned(now)  # the job
        return
    if what == "come":
        await set_active(by.id, active=True)
        return
    if what in {"ask", "lost"} or not enquiries:
        known = what == "ask"
        new = NewQuestion("Ovce", "Ali smemo?")
        asker = await questions.asker(now) if known else Asker("", "x@y.example", "de")
        await actions.ask(new, asker, now=now)
        return
    enquiry = enquiries[number % len(enquiries)]
    seen = await queries.last_number(enquiry.id)
    reply = Reply("Da.", "", seen)
    match what:
        case "more":
            await actions.add_words(enquiry.id, f"In še {seen}.", now=now)
        case "answer":
            await actions.answer(enquiry.id, reply, by=by, now=now)
        case "back":
            await actions.ask_back(enquiry.id, reply, by=by, now=now)
        case "hand":
            to = people[number % len(people)].id
            await actions.hand_over(enquiry.id, Handing(to, "", seen), by=by, now=now)
        case "close":
            await actions.close(enquiry.id, seen=seen, by=by, now=now)
        case "reopen":
            await actions.reopen(enquiry.id, seen=seen, by=by, now=now)
        case "put":
            await actions.put(enquiry.id, Place("SI-07", "", "Ovce"), by=by, now=now)


async def nobodys() -> list[int]:
    people = {each.id: queries.desk_of(each) for each in await Person.objects()}
    return [each.id for each in await Enquiry.objects() if not people[each.owner].works]


async def test_no_sequence_of_steps_leaves_a_question_without_an_active_owner(now: datetime):
    await questions.people(now)
    await questions.asker(now)
    plans: list[list[tuple[str, int, int]]] = []

    @settings(
        max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(
        st.lists(
            st.tuples(st.sampled_from(STEPS), st.integers(0, 7), st.integers(0, 7)),
            min_size=4,
            max_size=14,
        )
    )
    def collect(plan: list[tuple[str, int, int]]) -> None:
        plans.append(plan)

    collect()
    for plan in plans:
        with pytest.raises(Abandoned):
            async with database.transaction():
                await _run(plan, now)
                raise Abandoned


async def _run(plan: list[tuple[str, int, int]], now: datetime) -> None:
    for place, (what, who, number) in enumerate(plan):
        try:
            async with database.transaction():
                await step(what, who, number, now + timedelta(minutes=place))
        except DomainError:
            pass
        assert await nobodys() == [], plan


async def test_who_leaves_leaves_it_to_the_secretariat_and_a_letter_says_so(now: datetime):
    enquiry = await questions.asked(now)
    coordinator = await maja(now)
    assert enquiry.owner == coordinator.id
    await set_active(coordinator.id, active=False)
    assert await ownerless() == [enquiry.id]
    assert await actions.keep_owned(now) == 1
    assert (await questions.fresh(enquiry)).owner == (await ana(now)).id
    assert await actions.keep_owned(now) == 0
    last = (await questions.letters("enquiry_desk"))[-1]
    assert (last.recipient, "Maja Vzorec" in last.text) == ("ana.muster@alpennetz.example", True)
    [event] = await Event.objects().where(Event.action == "question handed over")
    assert event.who == "Alphorn"


async def test_with_nobody_else_the_presidency_has_it(now: datetime):
    enquiry = await questions.asked(now)
    members = {each.id for each in await presidency(now)}
    for person in await Person.objects():
        await set_active(person.id, active=person.id in members)
    await actions.keep_owned(now)
    assert (await questions.fresh(enquiry)).owner in members


async def test_words_that_come_before_the_job_find_somebody_too(now: datetime):
    enquiry = await questions.asked(now)
    await set_active((await maja(now)).id, active=False)
    await actions.add_words(enquiry.id, "In še to.", now=now)
    assert (await questions.fresh(enquiry)).owner == (await ana(now)).id


async def test_nobody_of_the_house_takes_no_question_and_says_so(now: datetime):
    person = await questions.asker(now)
    with pytest.raises(DomainError, match="Please ring the office"):
        await actions.ask(NewQuestion("x", "y"), person, now=now)
    assert await Enquiry.count() == 0


async def test_it_is_handed_to_nobody_who_has_left(now: datetime):
    enquiry = await questions.asked(now)
    gone = await luca(now)
    await set_active(gone.id, active=False)
    with pytest.raises(DomainError):
        await actions.hand_over(enquiry.id, Handing(gone.id, "", 1), by=await maja(now), now=now)
    assert (await questions.fresh(enquiry)).owner == (await maja(now)).id
