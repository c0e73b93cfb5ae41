"""Somebody would like to read the call in a language that it has not: the coordinator is told."""

import json
from datetime import datetime

from advocacy import database
from advocacy.calls import mails, queries
from advocacy.calls.answering.drafts import opened
from advocacy.errors import NotAllowed
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post
from advocacy.municipalities.queries import coordinators

WISHED = "language wished"


async def wish(invitation_id: int, language: str, *, now: datetime) -> None:
    """Told once for an invitation and a language, however often somebody presses the button."""
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        personal = await queries.invitation(invitation_id)
        if personal.whole.words_in(language)[0] == language:
            raise NotAllowed("The text is there in this language")
        await opened(invitation_id, now)
        if language in await wished(invitation_id):
            return
        await record(
            WISHED, kind="invitation", object=invitation_id, by=personal.municipality.name,
            now=now, dossier=personal.whole.dossier.id,
            details={"call": personal.whole.call.number, "language": language},
        )  # fmt: skip
        coordinator = (await coordinators()).get(personal.municipality.country)
        if coordinator is not None:
            await post(mails.language_wished(personal, language, coordinator), now=now)


async def wished(invitation_id: int) -> set[str]:
    rows = await Event.select(Event.details).where(
        Event.kind == "invitation", Event.object == invitation_id, Event.action == WISHED
    )
    return {json.loads(row["details"])["language"] for row in rows}
