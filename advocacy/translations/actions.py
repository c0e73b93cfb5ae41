"""Translate a position paragraph by paragraph; say that a person has looked."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any  # an event's details are what its act kept

from advocacy import database
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.queries import is_undone
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import queries as positions
from advocacy.positions.tables import Position
from advocacy.provenance import without_citations
from advocacy.translations import drafting, queries, rules
from advocacy.translations.keeping import locked, page_of, record_act, rows_of
from advocacy.translations.rules import TranslationState
from advocacy.translations.tables import Translation
from feeds.reading.folding import search_text

UNCHANGED = "meaning unchanged"


class SameTranslation(Outdated):
    """Somebody has saved other words for these parts meanwhile: `theirs_by_key` has them."""

    def __init__(self, theirs: Mapping[str, str], mine: Mapping[str, str]) -> None:
        self.theirs_by_key = theirs
        super().__init__(
            Message("Somebody has saved this translation meanwhile"),
            theirs="\n\n".join(theirs.values()),
            mine="\n\n".join(mine[key] for key in theirs),
        )


async def save(
    position_id: int,
    language: str,
    paragraph: str,
    text: str,
    *,
    was: str | None = None,
    version: int | None = None,
    by: Person,
    now: datetime,
) -> None:
    """One part in that language, unchecked; an empty text takes the translation away."""
    await save_all(
        position_id,
        language,
        {paragraph: text},
        was=None if was is None else {paragraph: was},
        version=version,
        by=by,
        now=now,
    )


async def save_all(
    position_id: int,
    language: str,
    texts: Mapping[str, str],
    *,
    was: Mapping[str, str] | None = None,
    version: int | None = None,
    check: Sequence[str] = (),
    unchanged: Sequence[str] = (),
    by: Person,
    now: datetime,
) -> int | None:
    """The parts whose words changed, then `check` those keys, or say that the meaning of
    `unchanged` ones has not changed; all or nothing. The event of the check.

    `was` is what the form showed before typing: other words there now are somebody else's, and
    SameTranslation keeps both. `version` is that of the original which the translator saw.
    """
    async with database.transaction():
        position = await locked(position_id, language)
        seen = dict(queries.parts_of(await positions.version(position_id, version)))
        rows = await rows_of(position_id, language)
        wanted = _changes(texts, rows, seen, was)
        _check_read([*check, *unchanged], texts, rows, was)
        for key, text in wanted.items():
            new = Translation(position=position_id, language=language, paragraph=key, changed=now)
            await _write(rows.get(key, new), text, seen[key], now=now)
        if wanted:
            details = {"language": language, "parts": sorted(wanted)}
            await record_act("translation saved", position, details, by=by, now=now)
        if unchanged:
            return await _unchanged(position, language, unchanged, seen, by=by, now=now)
        return await _check(position, language, check, seen, by=by, now=now) if check else None


def _changes(
    texts: Mapping[str, str],
    rows: Mapping[str, Translation],
    seen: Mapping[str, str],
    was: Mapping[str, str] | None,
) -> dict[str, str]:
    """What to write; a part that the original does not have is not there."""
    wanted = {key: clean(text) for key, text in texts.items()}
    if unknown := set(wanted) - set(seen):
        raise NotFound(Message("There is no part %(key)s", {"key": min(unknown)}))
    stands = {key: rows[key].text if key in rows else "" for key in wanted}
    before = stands if was is None else {key: clean(was.get(key, "")) for key in wanted}
    mine = {key: text for key, text in wanted.items() if text not in (before[key], stands[key])}
    taken = {key: stands[key] for key in mine if stands[key] != before[key]}
    if taken:
        raise SameTranslation(taken, mine)
    if long := [key for key, text in mine.items() if len(text) > rules.LONGEST]:
        raise Invalid({f"text-{key}": Message("This is too long") for key in long})
    return mine


def _check_read(
    keys: Sequence[str],
    texts: Mapping[str, str],
    rows: Mapping[str, Translation],
    was: Mapping[str, str] | None,
) -> None:
    """Nobody says of words which the page did not show that they are right."""
    if was is None:
        return
    stands = {key: rows[key].text for key in keys if key in rows}
    unread = {
        key: text
        for key, text in stands.items()
        if text not in (clean(was.get(key, "")), clean(texts.get(key, "")))
    }
    if unread:
        raise SameTranslation(unread, {key: clean(texts.get(key, "")) for key in unread})


def clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


async def _write(row: Translation, text: str, source: str, *, now: datetime) -> None:
    """New words are unchecked; emptied ones are taken away."""
    if not text:
        await Translation.delete().where(Translation.id == row.id)
        return
    row.text, row.source_text, row.engine = text, source, ""
    row.search_text = search_text(without_citations(text), language=row.language)
    row.state, row.checked_by, row.changed = TranslationState.DRAFT, None, now
    await row.save()


async def check(
    position_id: int,
    language: str,
    paragraphs: str | Sequence[str] | None = None,
    *,
    version: int | None = None,
    by: Person,
    now: datetime,
) -> int | None:
    """A person has read them beside the original (of that version). None: all that is there.

    The event of the act, or None when nothing was left to check.
    """
    async with database.transaction():
        position = await locked(position_id, language)
        seen = dict(queries.parts_of(await positions.version(position_id, version)))
        keys = [paragraphs] if isinstance(paragraphs, str) else paragraphs
        if keys is None:
            keys = [key for key in await rows_of(position_id, language) if key in seen]
        return await _check(position, language, keys, seen, by=by, now=now)


async def _check(
    position: Position,
    language: str,
    keys: Sequence[str],
    seen: Mapping[str, str],
    *,
    by: Person,
    now: datetime,
) -> int | None:
    rows = await rows_of(position.id, language)
    if empty := [key for key in keys if key not in rows or key not in seen]:
        raise Invalid({f"text-{key}": Message("There is nothing to check yet") for key in empty})
    due = [rows[key] for key in keys if not _is_checked(rows[key], seen[key])]
    before = {row.paragraph: [row.state, row.source_text, row.checked_by] for row in due}
    for row in due:
        row.state, row.source_text = TranslationState.CHECKED, seen[row.paragraph]
        row.checked_by, row.changed = by.id, now
        await row.save()
    if not due:
        return None
    details = {"language": language, "before": before}
    return await record_act("translation checked", position, details, by=by, now=now)


async def _unchanged(
    position: Position,
    language: str,
    keys: Sequence[str],
    seen: Mapping[str, str],
    *,
    by: Person,
    now: datetime,
) -> int | None:
    """The original was worded anew and says the same: what was checked stays checked."""
    rows = await rows_of(position.id, language)
    due = [
        rows[key]
        for key in keys
        if key in rows and key in seen and rules.is_stale(rows[key].source_text, seen[key])
    ]
    before = {row.paragraph: [row.state, row.source_text, row.checked_by] for row in due}
    for row in due:
        row.source_text, row.changed = seen[row.paragraph], now
        if row.state == TranslationState.CHECKED:
            row.checked_by = by.id
        await row.save()
    if not due:
        return None
    details = {"language": language, "before": before}
    return await record_act(UNCHANGED, position, details, by=by, now=now)


def _is_checked(row: Translation, original: str) -> bool:
    return rules.is_right(row.state, row.source_text, original)


async def undo_unchanged(event: Event, by: Person, now: datetime) -> str:
    """Their translations wait for somebody to look again."""
    return await _restore(event, "meaning said to have changed", by=by, now=now)


async def undo_checking(event: Event, by: Person, now: datetime) -> str:
    return await _restore(event, "translation check undone", by=by, now=now)


async def _restore(event: Event, action: str, *, by: Person, now: datetime) -> str:
    details: dict[str, Any] = json.loads(event.details)
    language = details["language"]
    rules.check_translates(by.role, by.countries.split(","), language)
    if await is_undone(event.id):
        raise Outdated("It has been undone already")
    async with database.transaction():
        position = await locked(event.object, language)
        rows = await rows_of(event.object, language)
        for key, (state, source, checked_by) in details["before"].items():
            row = rows.get(key)
            left = state if event.action == UNCHANGED else TranslationState.CHECKED
            if row is None or row.state != left or row.changed != event.at:
                raise Outdated("It has been changed since. There is nothing to undo.")
            row.state, row.source_text, row.checked_by = state, source, checked_by
            await row.save()
        what = {"language": language}
        await record_act(action, position, what, by=by, now=now, undoes=event.id)
    return await page_of(position, language)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "translation checked": undo_checking,
    UNCHANGED: undo_unchanged,
    **drafting.UNDO,
}
