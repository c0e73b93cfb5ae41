"""Reasons that fit more than one passage, kept to be taken again."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import forms, rules
from advocacy.positions.tables import Wording


async def wordings() -> list[Wording]:
    """In the order of their words."""
    return sorted(await Wording.objects(), key=lambda each: each.text.casefold())


async def keep_wording(text: str, language: str, *, by: Person, now: datetime) -> int | None:
    """The event of it; None when the same words are kept already."""
    text = forms.clean(text)
    if not text:
        return None
    if len(text) > rules.LONGEST_REASON:
        raise Invalid({"reason": rules.too_long(len(text), rules.LONGEST_REASON)})
    async with database.transaction():
        await database.one_at_a_time("wordings")
        if await Wording.exists().where(Wording.text == text):
            return None
        kept = Wording(language=language, text=text, person=by.id, created=now)
        await kept.save()
        return await _record("wording kept", kept, by=by, now=now)


async def retire_wording(wording_id: int, *, by: Person, now: datetime) -> int:
    async with database.transaction():
        kept = await Wording.objects().where(Wording.id == wording_id).first()
        if kept is None:
            raise NotFound("There is no such wording")
        await Wording.delete().where(Wording.id == kept.id)
        return await _record("wording taken away", kept, by=by, now=now)


async def _record(
    action: str, kept: Wording, *, by: Person, now: datetime, undoes: int | None = None
) -> int:
    return await record(
        action,
        kind="wording",
        object=kept.id,
        by=by,
        now=now,
        details={"text": kept.text, "language": kept.language},
        undoes=undoes,
    )


async def undo_keeping(event: Event, by: Person, now: datetime) -> str:
    rules.check_writes(by.role)
    async with database.transaction():
        kept = await Wording.objects().where(Wording.id == event.object).first()
        if kept is None:
            raise Outdated("It has been taken away already")
        await Wording.delete().where(Wording.id == kept.id)
        await _record("wording taken away", kept, by=by, now=now, undoes=event.id)
    return "/wordings"


async def undo_retiring(event: Event, by: Person, now: datetime) -> str:
    rules.check_writes(by.role)
    facts = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time("wordings")
        if await Wording.exists().where(Wording.text == facts["text"]):
            raise Outdated("The same words are kept already")
        kept = Wording(text=facts["text"], language=facts["language"], person=by.id, created=now)
        await kept.save()
        await _record("wording kept", kept, by=by, now=now, undoes=event.id)
    return "/wordings"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "wording kept": undo_keeping,
    "wording taken away": undo_retiring,
}
