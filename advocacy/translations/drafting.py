"""First drafts by a machine: only where nothing stands, labelled until a person has read them."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from advocacy import database
from advocacy.errors import Message, Outdated
from advocacy.history.queries import is_undone
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.provenance import without_citations
from advocacy.translations import queries, rules
from advocacy.translations.keeping import locked, page_of, record_act, rows_of
from advocacy.translations.rules import TranslationState
from advocacy.translations.tables import Translation
from advocacy.translator import NoTranslation, Translator
from feeds.reading.folding import search_text

A_TIME = 8  # parts that are asked for, and kept, together
DRAFTED = "machine drafts written"


@dataclass(frozen=True, slots=True)
class Drafted:
    """How many parts were written; `trouble` says why the rest was not, None: nothing is missing.
    `event` takes them back.
    """

    parts: int
    trouble: Message | None
    event: int | None


async def machine_drafts(
    position_id: int, language: str, machine: Translator, *, by: Person, now: datetime
) -> Drafted:
    """Every part that has no translation yet. What came before a failure is kept."""
    position = await queries.position_of(position_id)
    rows = await rows_of(position_id, language)
    parts = queries.parts_of(await positions.version(position_id))
    missing = iter([part for part in parts if part[0] not in rows])
    written: dict[str, str] = {}
    trouble = None
    while chunk := list(islice(missing, A_TIME)):
        plain = [without_citations(text).strip() for _, text in chunk]
        try:
            found = await machine.translate(plain, position.language, language)
        except NoTranslation as error:
            trouble = error.message
            break
        written |= await _keep(position_id, language, chunk, found, machine.name, now=now)
    if not written:
        return Drafted(0, trouble, None)
    async with database.transaction():
        details = {"language": language, "texts": written, "engine": machine.name}
        event = await record_act(DRAFTED, position, details, by=by, now=now)
    return Drafted(len(written), trouble, event)


async def _keep(
    position_id: int,
    language: str,
    chunk: Sequence[tuple[str, str]],
    found: Sequence[str],
    engine: str,
    *,
    now: datetime,
) -> dict[str, str]:
    """Asking took a while: what a person has written meanwhile stays."""
    kept: dict[str, str] = {}
    async with database.transaction():
        await locked(position_id, language)
        there = await rows_of(position_id, language)
        for (key, original), text in zip(chunk, found, strict=True):
            if key in there:
                continue
            kept[key] = text[: rules.LONGEST]
            await Translation(
                position=position_id,
                language=language,
                paragraph=key,
                text=kept[key],
                source_text=original,
                state=TranslationState.MACHINE,
                engine=engine,
                changed=now,
                search_text=search_text(kept[key], language=language),
            ).save()
    return kept


async def undo_drafting(event: Event, by: Person, now: datetime) -> str:
    """Takes away those that nobody has touched."""
    details = json.loads(event.details)
    language = details["language"]
    rules.check_translates(by.role, by.countries.split(","), language)
    if await is_undone(event.id):
        raise Outdated("It has been undone already")
    async with database.transaction():
        position = await locked(event.object, language)
        rows = await rows_of(event.object, language)
        alone = [
            rows[key].id
            for key, text in details["texts"].items()
            if key in rows
            and rows[key].state == TranslationState.MACHINE
            and rows[key].text == text
        ]
        if not alone:
            raise Outdated("It has been changed since. There is nothing to undo.")
        await Translation.delete().where(Translation.id.is_in(alone))
        what = {"language": language, "parts": len(alone)}
        await record_act(
            "machine drafts taken away", position, what, by=by, now=now, undoes=event.id
        )
    return await page_of(position, language)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {DRAFTED: undo_drafting}
