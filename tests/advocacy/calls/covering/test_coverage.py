from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.covering.coverage import Coverage, by_country, coverage, of_dossier
from advocacy.calls.covering.figures import Answered
from advocacy.calls.covering.invited import invited
from advocacy.calls.covering.latest import contributions_of
from advocacy.calls.covering.standings import Standing
from advocacy.calls.reminding.absences import note_absence
from advocacy.calls.reminding.choosing import Chosen
from advocacy.calls.ringing.ringing import ring
from advocacy.calls.rules import RingOutcome, Stance
from advocacy.calls.tables import Call, Invitation
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from tests.advocacy.calls import story
from tests.characters import ana, municipality
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def covered(call: Call) -> Coverage:
    return await coverage(call.id)


async def codes(call: Call, standing: str = "", **chosen: str) -> list[str]:
    listed = await invited(call.id, standing=standing, chosen=Chosen(**chosen))
    return [row["code"] for row in listed.rows]


async def test_nobody_is_reached_before_a_letter_has_left(db: str, now: datetime):
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    assert (await covered(call)).whole.asked == 4
    assert (await covered(call)).whole.reached == 0


async def test_a_letter_that_came_back_reaches_nobody_and_a_ring_or_an_answer_does(
    db: str, now: datetime
):
    call = await story.opened(now)
    await Contact.update({Contact.bounced: now}).where(Contact.language.is_in(["sl", "it"]))
    asked = await story.invitation("AT-01")
    await Letter.update({Letter.state: "failed"}).where(Letter.key == f"call/{call.id}/{asked.id}")
    assert [(s.key, s.reached, s.bounced) for s in (await covered(call)).countries] == [
        ("AT", 0, 1), ("FR", 1, 0), ("IT", 0, 1), ("SI", 0, 1),
    ]  # fmt: skip
    assert await codes(call, Standing.BOUNCED) == ["AT-01", "IT-01", "SI-07"]
    rung = await story.invitation("IT-01")
    await ring(rung.id, RingOutcome.REACHED, by=await ana(now), now=now)
    by = await ana(now)
    asked = await story.invitation("SI-07")
    await actions.contribute(asked.id, story.answer(), channel="phone", by=by, now=now)
    whole = (await covered(call)).whole
    assert (whole.reached, whole.bounced) == (3, 2)
    assert await codes(call, Standing.BOUNCED) == ["AT-01", "IT-01"]


async def test_a_letter_written_again_that_arrived_reaches(db: str, now: datetime):
    call = await story.opened(now)
    asked = await story.invitation("AT-01")
    key = f"call/{call.id}/{asked.id}"
    first = await Letter.objects().get(Letter.key == key)
    assert first is not None
    await Letter.update({Letter.state: "bounced"}).where(Letter.key == key)
    assert (await covered(call)).whole.reached == 3
    again = {**first.to_dict(), "key": f"{key}/2", "state": "sent"}
    await Letter(**{name: value for name, value in again.items() if name != "id"}).save()
    assert (await covered(call)).whole.reached == 4


async def test_drafts_answers_absences_and_what_was_taken_back_are_counted_apart(
    db: str, now: datetime
):
    call = await story.opened(now)
    await actions.save_draft((await story.invitation("AT-01")).id, {"text": "Wir"}, now)
    who = await Contact.objects().get(Contact.language == "it")
    await note_absence(who.id, story.UNTIL.date() + timedelta(days=9), now=now)
    for code in ("SI-07", "FR-01"):
        await actions.contribute((await story.invitation(code)).id, story.answer(), now=now)
    await actions.withdraw((await story.invitation("FR-01")).id, now)
    whole = (await covered(call)).whole
    assert (whole.asked, whole.opened, whole.drafted, whole.answered) == (4, 3, 1, 1)
    assert (whole.absent, whole.withdrawn, whole.late) == (1, 1, 0)
    assert (await covered(call)).stances[Stance.PARTLY] == 1
    found = {standing: await codes(call, standing) for standing in Standing}
    assert found == {
        "unanswered": ["AT-01", "FR-01", "IT-01"],
        "not_opened": ["IT-01"],
        "opened": ["AT-01", "FR-01", "SI-07"],
        "drafted": ["AT-01"],
        "answered": ["SI-07"],
        "absent": ["IT-01"],
        "bounced": [],
        "withdrawn": ["FR-01"],
    }


async def test_a_late_answer_is_an_answer_and_said_to_be_late(db: str, now: datetime):
    call = await story.opened(now)
    late = story.UNTIL + timedelta(hours=1)
    await actions.contribute((await story.invitation("SI-07")).id, story.answer(), now=late)
    whole = (await covered(call)).whole
    assert (whole.answered, whole.late) == (1, 1)


async def test_the_list_is_chosen_by_country_region_language_and_size(db: str, now: datetime):
    call = await story.opened(now)
    await Municipality.update({Municipality.region: "Tirol"}).where(Municipality.code == "AT-01")
    await Municipality.update({Municipality.population: 30_000}).where(Municipality.code == "IT-01")
    await Municipality.update({Municipality.population: None}).where(Municipality.code == "FR-01")
    assert await codes(call, country="SI") == ["SI-07"]
    assert await codes(call, region="Tirol") == ["AT-01"]
    assert await codes(call, language="it") == ["IT-01"]
    assert await codes(call, size="more") == ["IT-01"]
    assert await codes(call, size="unknown") == ["FR-01"]
    assert await codes(call, size="5000", country="AT") == ["AT-01"]
    found = await covered(call)
    assert [each.key for each in found.sizes] == ["5000", "more", "unknown"]
    assert [each.key for each in found.regions] == ["", "Tirol"]


async def test_a_region_that_was_asked_stands_for_its_municipalities(db: str, now: datetime):
    call = await story.opened(now)
    region = await Municipality.objects().get(Municipality.code == "IT-01")
    assert region is not None
    await Municipality.update(
        {Municipality.kind: "region", Municipality.stands_for: 21}
    ).where(Municipality.id == region.id)  # fmt: skip
    assert (await covered(call)).whole.standing == 24
    for number in (11, 12):
        made = await municipality(f"IT-{number}", f"Esempio {number}", "it", "Anna", now=now)
        await Municipality.update({Municipality.represented_by: region.id}).where(
            Municipality.id == made.id
        )
    assert (await covered(call)).whole.standing == 5


async def test_a_dossier_counts_each_municipality_once_and_no_call_that_has_not_left(
    db: str, now: datetime
):
    call = await story.opened(now)
    dossier = (await Call.select(Call.window.dossier.as_alias("d")).where(Call.id == call.id))[0]
    window = (await Call.select(Call.window).where(Call.id == call.id))[0]["window"]
    by = await ana(now)
    second = await actions.draft_call(window, story.new_call(), by=by, now=now)
    for language in story.SAID:
        await actions.check_text(second.id, language, by=by, now=now)
    assert (await of_dossier(dossier["d"])).whole.asked == 4
    await actions.launch(second.id, by=by, now=now - timedelta(minutes=10))
    await actions.open_held(now)
    rows = await Invitation.objects(Invitation.municipality).where(Invitation.call == second.id)
    [asked] = [row for row in rows if row.municipality.code == "SI-07"]
    await actions.contribute(asked.id, story.answer(), now=now)
    found = await of_dossier(dossier["d"])
    assert (found.whole.asked, found.whole.answered) == (4, 1)
    assert (await by_country([call.id, second.id]))[second.id] == (
        Answered("AT", 1, 0), Answered("FR", 1, 0), Answered("IT", 1, 0), Answered("SI", 1, 1),
    )  # fmt: skip
    assert len(await contributions_of(dossier["d"])) == 1


async def test_a_dossier_without_a_call_has_asked_nobody(db: str, now: datetime):
    there = await story.window(now)
    assert (await of_dossier(there.dossier)).whole.asked == 0


async def test_figures_and_list_ask_as_much_with_one_answer_as_with_three(db: str, now: datetime):
    call = await story.opened(now)
    numbers = []
    for code in ("SI-07", "AT-01", "IT-01"):
        await actions.contribute((await story.invitation(code)).id, story.answer(), now=now)
        with counted() as queries:
            await coverage(call.id)
            await invited(call.id)
        numbers.append(len(queries))
    assert len(set(numbers)) == 1
