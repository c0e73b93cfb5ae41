"""A call's letter that waits stays here when nobody needs it any more."""

from datetime import datetime, timedelta

import pytest

from advocacy.calls import actions
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from tests.advocacy.calls import story
from tests.characters import ana

pytestmark = pytest.mark.anyio
LATER = timedelta(minutes=5)


async def waiting() -> list[str]:
    rows = await Letter.select(Letter.language).where(
        Letter.kind == "call", Letter.state == "waiting"
    )
    return sorted(row["language"] for row in rows)


async def wants_calls(name: str, how: str) -> None:
    await Contact.update({Contact.calls: how}).where(Contact.name == name)


async def test_a_call_that_waits_for_monday_does_not_go_to_who_has_answered(db: str, now: datetime):
    call = await story.checked(now)
    await wants_calls("Janez Primer", "weekly")
    await actions.launch(call.id, by=await ana(now), now=now)
    await actions.open_held(now + timedelta(minutes=10))
    await Letter.update({Letter.state: "sent"}).where(Letter.due < now + timedelta(hours=1))
    assert await actions.stop_answered(now + timedelta(hours=1)) == 0
    assert await waiting() == ["sl"]
    asked = await story.invitation("SI-07")
    await actions.contribute(asked.id, story.answer(), now=now + timedelta(hours=1))
    assert await actions.stop_answered(now + timedelta(hours=1)) == 1
    assert await waiting() == []


async def test_who_wants_no_calls_any_more_does_not_get_the_one_that_is_held(
    db: str, now: datetime
):
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    await wants_calls("Janez Primer", "never")
    assert await actions.stop_answered(now + LATER) == 1
    assert await actions.stop_answered(now + LATER) == 0
    assert await waiting() == ["de", "fr", "it"]


async def test_a_letter_to_another_address_than_theirs_goes_on(db: str, now: datetime):
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    await Letter.update({Letter.recipient: "tajnik@si-07.example"}).where(Letter.language == "sl")
    await wants_calls("Janez Primer", "never")
    assert await actions.stop_answered(now + LATER) == 0


async def test_what_has_begun_to_leave_is_not_stopped(db: str, now: datetime):
    call = await story.checked(now)
    await actions.launch(call.id, by=await ana(now), now=now)
    await Letter.update({Letter.claimed_until: now + LATER}, force=True)
    await wants_calls("Janez Primer", "never")
    assert await actions.stop_answered(now + LATER) == 0
