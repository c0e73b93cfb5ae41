"""Three hundred answers from fifty people at once, each sent twice: all there, none twice."""

import asyncio
from collections import Counter
from datetime import datetime

import httpx
import pytest

from advocacy import clock
from advocacy.calls.queries import token_of
from advocacy.calls.rules import CallState, InvitationState
from advocacy.calls.tables import Call, Contribution, ContributionVersion, Invitation
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tokens import hashed
from app import create_app
from tests.advocacy.calls import story
from tests.browsing import HERE, Browser

pytestmark = pytest.mark.anyio
MEMBERS = 300
AT_ONCE = 50


async def asked(now: datetime) -> list[int]:
    """A call that has left, to three hundred members; the numbers of its invitations."""
    call = await story.checked(now)
    await Call.update({Call.state: CallState.OPEN, Call.leaves: now}).where(Call.id == call.id)
    codes = [f"AT-{number}" for number in range(100, 100 + MEMBERS)]
    await Municipality.insert(
        *(Municipality(code=c, name=c, country="AT", language="de", created=now) for c in codes)
    )
    members = await Municipality.select(Municipality.id).where(Municipality.code.is_in(codes))
    await Contact.insert(
        *(
            Contact(municipality=each["id"], name="Eva", email="eva@at.example", language="de")
            for each in members
        )
    )
    contacts = await Contact.select(Contact.id, Contact.municipality).where(Contact.name == "Eva")
    await Invitation.insert(
        *(
            Invitation(
                call=call.id, municipality=each["municipality"], contact=each["id"],
                language="de", state=InvitationState.SENT, sent=now,
            )
            for each in contacts
        )
    )  # fmt: skip
    rows = await Invitation.select(Invitation.id).where(Invitation.call == call.id)
    for row in rows:
        await Invitation.update({Invitation.token_hash: hashed(token_of(row["id"]))}).where(
            Invitation.id == row["id"]
        )
    return [row["id"] for row in rows]


async def answer(client: httpx.AsyncClient, invitation: int) -> None:
    """Opens the link and presses the button twice."""
    web, link = Browser(client), f"/a/{token_of(invitation)}"
    await web.get(link)
    form = web.keys() | {
        "stance": "partly", "text": f"Wir haben {invitation} Almen.", "basis": "mayor",
        "answered_by": "Eva Musterfrau", "role": "mayor", "name_public": "1",
    }  # fmt: skip
    both = await asyncio.gather(*(client.post(link, data=form) for _ in range(2)))
    assert {each.status_code for each in both} <= {303, 200}


async def test_three_hundred_answers_from_fifty_at_once_are_all_there_and_none_twice(
    db: str, now: datetime
):
    invitations = await asked(now)
    assert len(invitations) == MEMBERS
    waiting = list(invitations)
    transport = httpx.ASGITransport(create_app())

    async def somebody() -> None:
        async with httpx.AsyncClient(transport=transport, base_url=HERE) as client:
            while waiting:
                await answer(client, waiting.pop())

    with clock.fixed(now):
        await asyncio.gather(*(somebody() for _ in range(AT_ONCE)))

    given = await Contribution.select(Contribution.invitation, Contribution.version)
    assert Counter(row["invitation"] for row in given) == Counter(invitations)
    assert {row["version"] for row in given} == {1}
    versions = await ContributionVersion.select(
        ContributionVersion.contribution.invitation.as_alias("invitation"), ContributionVersion.text
    )
    assert {row["invitation"]: row["text"] for row in versions} == {
        each: f"Wir haben {each} Almen." for each in invitations
    }
    assert len(versions) == MEMBERS
    assert await Letter.count().where(Letter.kind == "receipt") == MEMBERS
    assert await Event.count().where(Event.action == "answered") == MEMBERS
