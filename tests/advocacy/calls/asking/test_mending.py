from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.calls.asking import mending
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Call, Invitation
from advocacy.errors import Invalid, NotAllowed, Outdated
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from advocacy.undoing.actions import undo
from tests.advocacy.calls import story
from tests.browsing import browser
from tests.characters import ana, giulia, maja
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
HERE = "/en/c/2026-014-1"


async def delivered(now: datetime, **states: LetterState) -> Call:
    """The letters are out; those of these languages are not."""
    call = await story.opened(now)
    await Letter.update({Letter.state: LetterState.SENT, Letter.sent: now}).where(
        Letter.kind == "call"
    )
    for language, state in states.items():
        await Letter.update(
            {Letter.state: state, Letter.error: "550 no such user"}
        ).where(Letter.kind == "call", Letter.language == language)  # fmt: skip
    return call


async def letters_to(code: str) -> list[tuple[str, str]]:
    number = (await story.invitation(code)).id
    rows = await Letter.select(Letter.key, Letter.recipient, Letter.state).where(
        Letter.kind == "call"
    ).order_by(Letter.id)  # fmt: skip
    return [(r["recipient"], r["state"]) for r in rows if r["key"].split("/")[2] == str(number)]


async def test_what_did_not_arrive_is_shown_with_its_reason(db: str, now: datetime):
    call = await delivered(now, sl=LetterState.BOUNCED, it=LetterState.FAILED)
    found = await mending.letters_of(call.id)
    assert (found.sent, found.waiting) == (2, 0)
    assert [(each.code, each.error, each.state) for each in found.came_back] == [
        ("IT-01", "550 no such user", LetterState.FAILED),
        ("SI-07", "550 no such user", LetterState.BOUNCED),
    ]


async def test_a_new_address_gets_the_letter_under_a_key_of_its_own(db: str, now: datetime):
    call = await delivered(now, sl=LetterState.BOUNCED)
    await Contact.update({Contact.bounced: now}).where(Contact.name == "Janez Primer")
    number = (await story.invitation("SI-07")).id
    event = await mending.mend(number, " zupan@si-07.example ", by=await maja(now), now=now)
    assert await letters_to("SI-07") == [
        ("office@si-07.example", LetterState.BOUNCED),
        ("zupan@si-07.example", LetterState.WAITING),
    ]
    contact = await Contact.objects().where(Contact.name == "Janez Primer").first()
    assert contact is not None
    assert (contact.email, contact.bounced) == ("zupan@si-07.example", None)
    assert (await mending.letters_of(call.id)).broken == ()
    second = await Letter.objects().where(Letter.recipient == "zupan@si-07.example").first()
    assert second is not None
    assert await story.link("SI-07") in second.text
    assert event is not None
    await undo(event, by=await ana(now), now=now)
    assert await Contact.exists().where(Contact.email == "office@si-07.example")


async def test_nobody_gets_the_letter_twice(db: str, now: datetime):
    await delivered(now)
    number = (await story.invitation("SI-07")).id
    with pytest.raises(Outdated):
        await mending.resend(number, by=await ana(now), now=now)
    await Letter.update({Letter.state: LetterState.BOUNCED}).where(Letter.language == "sl")
    await mending.resend(number, by=await ana(now), now=now)
    with pytest.raises(Outdated):
        await mending.resend(number, by=await ana(now), now=now)
    assert len(await letters_to("SI-07")) == 2


async def test_who_has_nobody_to_write_to_is_given_an_address(db: str, now: datetime):
    call = await story.checked(now)
    await Contact.delete().where(Contact.name == "Janez Primer")
    await actions.launch(call.id, by=await ana(now), now=now)
    await actions.send_now(call.id, by=await ana(now), now=now)
    assert [each.code for each in (await mending.letters_of(call.id)).without] == ["SI-07"]
    number = (await story.invitation("SI-07")).id
    with pytest.raises(Invalid) as error:
        await mending.mend(number, "nova@si-07.example", by=await maja(now), now=now)
    assert set(error.value.fields) == {"name"}
    by, later = await maja(now), now + timedelta(hours=1)
    await mending.mend(number, "nova@si-07.example", name="Tina Primer", by=by, now=later)
    found = await story.invitation("SI-07")
    assert (found.state, found.sent) == (InvitationState.SENT, later)
    assert await letters_to("SI-07") == [("nova@si-07.example", LetterState.WAITING)]


async def test_who_wants_no_calls_is_not_written_to_after_all(db: str, now: datetime):
    call = await story.checked(now)
    await Contact.update({Contact.calls: "never"}).where(Contact.name == "Janez Primer")
    await actions.launch(call.id, by=await ana(now), now=now)
    await actions.send_now(call.id, by=await ana(now), now=now)
    number = (await story.invitation("SI-07")).id
    with pytest.raises(Invalid):
        await mending.mend(number, "office@si-07.example", name="J", by=await ana(now), now=now)
    assert await letters_to("SI-07") == []


async def test_who_has_answered_all_the_same_needs_no_mending(db: str, now: datetime):
    call = await delivered(now, sl=LetterState.BOUNCED)
    number = (await story.invitation("SI-07")).id
    await actions.contribute(number, story.answer(), now=now)
    assert (await mending.letters_of(call.id)).broken == ()
    with pytest.raises(Outdated):
        await mending.resend(number, by=await ana(now), now=now)


async def test_after_the_deadline_nobody_is_written_to(db: str, now: datetime):
    await delivered(now, sl=LetterState.BOUNCED)
    number = (await story.invitation("SI-07")).id
    with pytest.raises(Outdated):
        await mending.resend(number, by=await ana(now), now=story.UNTIL + timedelta(seconds=1))


async def test_another_country_s_coordinator_changes_no_address(db: str, now: datetime):
    await delivered(now, sl=LetterState.BOUNCED)
    number = (await story.invitation("SI-07")).id
    with pytest.raises(NotAllowed):
        await mending.mend(number, "a@si-07.example", by=await giulia(now), now=now)
    assert await Contact.exists().where(Contact.email == "office@si-07.example")


async def test_a_bad_address_changes_nothing(db: str, now: datetime):
    await delivered(now, sl=LetterState.BOUNCED)
    number = (await story.invitation("SI-07")).id
    with pytest.raises(Invalid) as error:
        await mending.mend(number, "župan", by=await ana(now), now=now)
    assert set(error.value.fields) == {"email"}
    assert len(await letters_to("SI-07")) == 1


async def test_letters_are_counted_with_as_many_queries_for_three_as_for_one(
    db: str, now: datetime
):
    call = await delivered(now, sl=LetterState.BOUNCED)
    with counted() as one:
        await mending.letters_of(call.id)
    await Letter.update({Letter.state: LetterState.BOUNCED}).where(Letter.language != "de")
    with counted() as three:
        found = await mending.letters_of(call.id)
    assert len(found.came_back) == 3
    assert len(three) == len(one) == 2


async def test_an_address_is_put_right_on_the_page(db: str, now: datetime):
    await delivered(now, sl=LetterState.BOUNCED)
    number = (await story.invitation("SI-07")).id
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        page = await web.get(f"{HERE}/letters")
        assert "3 sent, 1 came back" in page.text
        wrong = await web.post(f"{HERE}/letters/{number}", {"email": "župan"})
        assert wrong.status_code == 422
        assert f'href="#email-{number}"' in wrong.text
        assert 'value="župan"' in wrong.text
        await web.post(f"{HERE}/letters/{number}", {"email": "zupan@si-07.example"})
        page = await web.get(f"{HERE}/letters")
        assert "Every letter that was written has arrived or is on its way." in page.text
        await web.get("/en/me")
        assert (
            await web.post(f"{HERE}/letters/99999999999", {"email": "a@b.si"})
        ).status_code == 404
    assert await Invitation.count() == 4


async def test_who_wants_no_calls_meanwhile_is_not_written_to_again(db: str, now: datetime):
    await delivered(now, sl=LetterState.BOUNCED)
    await Contact.update({Contact.calls: "never"}).where(Contact.name == "Janez Primer")
    number = (await story.invitation("SI-07")).id
    with pytest.raises(Invalid):
        await mending.mend(number, "zupan@si-07.example", by=await ana(now), now=now)
    assert await letters_to("SI-07") == [("office@si-07.example", LetterState.BOUNCED)]
