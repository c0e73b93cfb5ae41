from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions, rules
from advocacy.calls.answering import delegating
from advocacy.errors import Invalid, NotAllowed, NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story

pytestmark = pytest.mark.anyio
ADDRESS = "tajnik@si-07.example"


async def letters() -> list[dict[str, object]]:
    return await (
        Letter.select(Letter.recipient, Letter.state, Letter.language)
        .where(Letter.kind == "delegation")
        .order_by(Letter.id)
    )


async def test_a_colleague_gets_the_same_link_after_ten_minutes(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await delegating.ask(row.id, f" {ADDRESS} ", "Prosim do petka.", now=now)
    letter = await Letter.objects().where(Letter.kind == "delegation").first()
    assert letter is not None
    assert (letter.recipient, letter.language) == (ADDRESS, "sl")
    assert letter.due == now + rules.HOLD
    for said in (await story.link("SI-07"), "Prosim do petka.", "Janez Primer", "Vzorčna vas"):
        assert said in letter.text
        assert said in letter.html
    assert (await story.invitation("SI-07")).opened == now
    [asked] = await delegating.of_invitation(row.id)
    assert (asked.email, asked.may_stop) == (ADDRESS, True)


async def test_the_address_of_a_colleague_is_not_in_the_history(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    await delegating.ask(row.id, ADDRESS, "", now=now)
    events = await Event.select().where(Event.action == "colleague asked")
    assert len(events) == 1
    assert "tajnik" not in str(events)


async def test_a_request_is_undone_until_its_letter_has_left(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    first = await delegating.ask(row.id, ADDRESS, "", now=now)
    second = await delegating.ask(row.id, "zupan@si-07.example", "", now=now)
    for _ in range(2):
        await delegating.stop(row.id, first, now=now)
    assert [each["state"] for each in await letters()] == ["stopped", "waiting"]
    await Letter.update({Letter.state: "sent"}).where(Letter.recipient == "zupan@si-07.example")
    with pytest.raises(Outdated):
        await delegating.stop(row.id, second, now=now)
    assert [each.may_stop for each in await delegating.of_invitation(row.id)] == [False]


async def test_stopping_one_letter_stops_no_other(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    numbers = []
    for n in range(12):
        number = await delegating.ask(row.id, f"a{n}@si-07.example", "", now=now)
        numbers.append(number)
        if n < 11:
            await delegating.stop(row.id, number, now=now)
    again = await delegating.ask(row.id, "b@si-07.example", "", now=now)
    assert numbers[0] == 1 and again == 13
    await delegating.stop(row.id, numbers[0], now=now)
    states = [each["state"] for each in await letters()]
    assert states.count("waiting") == 2


async def test_what_is_wrong_is_said_at_its_field(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    with pytest.raises(Invalid) as error:
        await delegating.ask(row.id, "brez afne", "x" * 501, now=now)
    assert list(error.value.fields) == ["email", "note"]
    for wrong in ("a@b", "a@b.si\r\nBcc: c@d.si", "", "a b@c.si"):
        with pytest.raises(Invalid):
            await delegating.ask(row.id, wrong, "", now=now)
    assert await letters() == []


async def test_at_most_five_are_asked_and_nobody_twice(db: str, now: datetime):
    await story.opened(now)
    row = await story.invitation("SI-07")
    for n in range(5):
        await delegating.ask(row.id, f"a{n}@si-07.example", "", now=now)
        with pytest.raises(Invalid):
            await delegating.ask(row.id, f"A{n}@si-07.example", "", now=now)
    with pytest.raises(Invalid):
        await delegating.ask(row.id, "a6@si-07.example", "", now=now)
    assert len(await letters()) == 5


async def test_nobody_is_asked_when_it_is_over_and_nothing_of_others_is_stopped(
    db: str, now: datetime
):
    await story.opened(now)
    row = await story.invitation("SI-07")
    number = await delegating.ask(row.id, ADDRESS, "", now=now)
    with pytest.raises(NotFound):
        await delegating.stop((await story.invitation("AT-01")).id, number, now=now)
    await actions.contribute(row.id, story.answer(), now=now)
    with pytest.raises(NotAllowed):
        await delegating.ask(row.id, "b@si-07.example", "", now=story.UNTIL + timedelta(hours=1))
