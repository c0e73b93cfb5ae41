from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.history.tables import Event
from advocacy.mail.letters import Written
from advocacy.mail.tables import Letter
from advocacy.municipalities import actions, confirming, contacts, links, mails, queries, rules
from advocacy.municipalities.forms import Member, NewContact, OwnWords
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact
from advocacy.people.tables import Person
from advocacy.undoing.actions import undo
from tests.characters import ana, giulia, maja, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio
YEAR = timedelta(days=366)


async def janez(now: datetime) -> Contact:
    await vzorcna_vas(now)
    found = await Contact.objects().order_by(Contact.id).first()
    assert found is not None
    return found


async def again(contact: Contact) -> Contact:
    return await queries.contact(contact.id)


async def letters() -> list[Letter]:
    return await Letter.objects().where(Letter.kind == "confirm_contact").order_by(Letter.id)


async def test_a_year_of_silence_brings_one_letter(db: str, now: datetime):
    await maja(now)
    person = await janez(now)
    assert await actions.confirm_due(now) == 0
    later = now + YEAR
    assert [await actions.confirm_due(later) for _ in range(2)] == [1, 0]
    assert await actions.confirm_due(later + timedelta(days=61)) == 0
    letter = (await letters())[0]
    assert letter.language == "sl"
    assert links.own_page(person.id) in letter.text
    assert links.own_page(person.id) in letter.html
    assert "maja.vzorec@alpennetz.example" in letter.headers
    assert (await again(person)).confirm_asked == later


async def test_who_has_confirmed_is_asked_a_year_after(db: str, now: datetime):
    person = await janez(now)
    await actions.confirm(person.id, now=now + timedelta(days=200))
    assert await actions.confirm_due(now + YEAR) == 0
    assert await actions.confirm_due(now + timedelta(days=200) + YEAR) == 1


async def test_one_address_of_several_municipalities_gets_one_letter(db: str, now: datetime):
    await janez(now)
    await musterdorf(now)
    await Contact.update({Contact.email: "Skupna@gore.example"}, force=True)
    assert await actions.confirm_due(now + YEAR) == 1
    [letter] = await letters()
    for each in await Contact.objects():
        assert links.own_page(each.id) in letter.text
    assert await Event.count().where(Event.action == "contact asked to confirm") == 2


async def test_at_most_fifty_a_day_however_often_it_runs(db: str, now: datetime):
    rows = [
        Member(f"AT-{n:03}", f"Ort {n}", "AT", "de", contact=NewContact("", f"a{n}@at.example"))
        for n in range(rules.ASKED_A_DAY + 3)
    ]
    await actions.import_rows(rows, by=None, now=now)
    later = now + YEAR
    assert await actions.confirm_due(later) == 50
    assert await actions.confirm_due(later + timedelta(hours=1)) == 0
    assert await actions.confirm_due(later + timedelta(days=1)) == 3


async def test_a_coordinator_asks_one_municipality_and_not_twice(db: str, now: datetime):
    person = await janez(now)
    by = await maja(now)
    with pytest.raises(NotAllowed):
        await actions.ask_to_confirm([person.id], by=await giulia(now), now=now)
    assert await actions.ask_to_confirm([person.id], by=by, now=now) == 1
    assert await actions.ask_to_confirm([person.id], by=by, now=now + timedelta(days=59)) == 0
    assert await actions.ask_to_confirm([person.id], by=by, now=now + timedelta(days=60)) == 1
    assert len(await letters()) == 2


async def test_confirming_twice_is_once(db: str, now: datetime):
    person = await janez(now)
    await actions.note_bounce(person.id, "mailbox full", now=now)
    for _ in range(2):
        await actions.confirm(person.id, now=now)
    assert await Event.count().where(Event.action == "contact confirmed") == 1
    known = await again(person)
    assert (known.confirmed, known.bounced, known.bounce) == (now, None, "")


async def test_somebody_changes_what_is_theirs_and_the_secretariat_may_undo_it(
    db: str, now: datetime
):
    person = await janez(now)
    words = OwnWords("Janez Primer ml.", "+386 5 000 000", "it")
    shown = confirming.own_seen(person)
    await actions.change_own(person.id, words, shown=shown, now=now)
    known = await again(person)
    assert (known.name, known.phone, known.language) == ("Janez Primer ml.", words.phone, "it")
    assert known.confirmed == now
    with pytest.raises(Outdated):
        await actions.change_own(person.id, replace(words, name="X"), shown=shown, now=now)
    event = await Event.objects().where(Event.action == "contact changed").first()
    assert event is not None
    assert event.who == "Janez Primer"
    await undo(event.id, by=await ana(now), now=now)
    assert (await again(person)).name == "Janez Primer"


async def test_letters_come_back_until_the_address_is_another(db: str, now: datetime):
    person = await janez(now)
    assert await actions.note_bounce(person.id, " 550 mailbox\n full ", now=now)
    await actions.note_bounce(person.id, "550 unknown", now=now + timedelta(days=1))
    known = await again(person)
    assert (known.bounced, known.bounce) == (now, "550 unknown")
    assert await Event.count().where(Event.action == "letter came back") == 1
    assert not await actions.note_bounce(person.id + 99, "x", now=now)
    by = await maja(now)
    same = NewContact("Janez Primer", person.email, "mayor", "1", "sl")
    await actions.change_contact(person.id, same, by=by, now=now)
    assert (await again(person)).bounced == now
    event = await actions.change_contact(
        person.id, replace(same, email="nov@si-07.example"), by=by, now=now
    )
    assert (await again(person)).bounced is None
    await undo(event, by=by, now=now)
    assert (await again(person)).bounced == now
    await actions.note_arrival(person.id)
    assert (await again(person)).bounced is None


async def test_whose_letters_come_back_is_not_written_to_first(db: str, now: datetime):
    person = await janez(now)
    member = await queries.by_code("SI-07")
    tina = NewContact("Tina Vzorčnik", "tina@si-07.example", "clerk", "", "sl")
    await actions.add_contact(member, tina, by=await maja(now), now=now)
    await actions.note_bounce(person.id, "mailbox full", now=now)
    people = (await queries.contacts_of([member.id]))[member.id]
    assert [each.name for each in people] == ["Tina Vzorčnik", "Janez Primer"]


async def test_an_address_stands_once_in_a_municipality(db: str, now: datetime):
    person = await janez(now)
    member, by = await queries.by_code("SI-07"), await maja(now)
    twin = NewContact("Tina Vzorčnik", person.email.upper(), "clerk", "", "sl")
    with pytest.raises(Invalid) as error:
        await actions.add_contact(member, twin, by=by, now=now)
    assert str(error.value.fields["email"]) == "Janez Primer has this address already"
    await actions.add_contact(member, replace(twin, email="t@si-07.example"), by=by, now=now)
    with pytest.raises(Invalid):
        await actions.change_contact(
            person.id, replace(twin, email="T@si-07.example"), by=by, now=now
        )


async def test_two_who_change_one_person_do_not_write_over_each_other(db: str, now: datetime):
    person = await janez(now)
    shown = contacts.seen(person)
    mine = NewContact("Ivan Primer", person.email, "mayor", "", "sl", absent_until=date(2027, 1, 4))
    await actions.change_contact(person.id, mine, shown=shown, by=await maja(now), now=now)
    with pytest.raises(Outdated) as error:
        late = replace(mine, name="Jože Primer")
        await actions.change_contact(person.id, late, shown=shown, by=await ana(now), now=now)
    assert "Ivan Primer" in error.value.theirs
    assert "Jože Primer" in error.value.mine
    known = await again(person)
    assert (known.absent_until, known.absence_noted) == (date(2027, 1, 4), now)


async def test_a_removed_person_comes_back_with_wishes_and_links(db: str, now: datetime):
    person = await janez(now)
    await actions.want_letters(person.id, {"results": Rhythm.WEEKLY}, language="it", now=now)
    before = await Contact.select()
    event = await actions.remove_contact(person.id, by=await maja(now), now=now)
    assert await Contact.count() == 0
    await undo(event, by=await maja(now), now=now)
    assert await Contact.select() == before
    assert before[0]["results"] == "weekly"


async def test_half_a_question_is_none(db: str, now: datetime, monkeypatch: pytest.MonkeyPatch):
    person = await janez(now)

    async def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(confirming, "post", fails)
    assert await actions.confirm_due(now + YEAR) == 0
    assert (await again(person)).confirm_asked is None
    assert await Event.count() == 0


async def test_who_cannot_be_asked_keeps_nobody_from_it(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    person = await janez(now)
    await musterdorf(now)
    write = mails.confirm_contact

    def sometimes(
        people: Sequence[Contact], coordinator: Person | None, *, now: datetime
    ) -> Written:
        if people[0].id == person.id:
            raise LookupError(person.id)
        return write(people, coordinator, now=now)

    monkeypatch.setattr(mails, "confirm_contact", sometimes)
    assert await actions.confirm_due(now + YEAR) == 1
    assert [each.recipient for each in await letters()] == ["office@at-01.example"]
    assert (await again(person)).confirm_asked is None
    with pytest.raises(LookupError):
        await actions.ask_to_confirm([person.id], by=await ana(now), now=now + YEAR)
