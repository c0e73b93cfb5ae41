"""What a good poll writes: entries, versions, source, poll. One transaction, a handful of queries.

The number of queries does not depend on the number of entries. The validators are written with the
entries they belong to: a crash in between would hide the entries behind a 304 for ever.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from piccolo.columns import Column

from feeds.identity import Changed, New, Stored, hash_of
from feeds.matching import Match
from feeds.parsing.entry import Parsed, ParsedEntry, StatedDeadline
from feeds.reading import Deadline, Reading
from feeds.tables import Entry, EntryAlias, EntryVersion, Poll, Source

# PostgreSQL takes at most 32,767 parameters in one statement.
ROWS_AT_ONCE = 500
# A page that changes with every visit fills no disk: later versions are only counted.
VERSIONS_KEPT = 50
MISSED_TO_BE_GONE = 2

_CONTENT: tuple[Column, ...] = (
    *(Entry.title, Entry.address, Entry.author, Entry.published, Entry.updated, Entry.language),
    *(Entry.html, Entry.text, Entry.enclosures, Entry.deadlines, Entry.topics, Entry.hash),
    *(Entry.procedure_numbers, Entry.received_hash, Entry.versions, Entry.search_text),
    *(Entry.next_deadline, Entry.last_seen, Entry.missed, Entry.gone_at),
)


class LeaseLostError(Exception):
    """Another process polls this source by now; nothing was written."""


@dataclass(frozen=True, slots=True)
class Read:
    """A matched entry and what its text says."""

    match: Match
    reading: Reading


async def store(
    source_id: int,
    *,
    owner: str,
    source_values: Mapping[Column | str, Any],
    parsed: Parsed,
    matches: Sequence[Match],
    read: Sequence[Read],
    poll: Poll,
    now: datetime,
) -> None:
    """Write a poll. `read` are the new and changed ones among `matches`.

    Raises LeaseLostError, with nothing written, when the source is no longer leased to `owner`.
    """
    new = [each for each in read if isinstance(each.match.standing, New)]
    changed = [each for each in read if isinstance(each.match.standing, Changed)]
    async with Source._meta.db.transaction():
        await release(source_id, owner=owner, values=source_values)
        ids = await _insert(source_id, _oldest_first(new), now)
        await _update(source_id, changed, now)
        await _keep_versions(ids, [*new, *changed], now)
        await _keep_aliases(source_id, matches)
        await _mark_seen(source_id, parsed, matches, now)
        await Poll.insert(poll)


async def release(source_id: int, *, owner: str, values: Mapping[Column | str, Any]) -> None:
    """Write what the poll says of the source and end the lease. Raises LeaseLostError."""
    ended = {**values, Source.lease_until: None, Source.lease_owner: None}
    kept = (
        await Source.update(ended)
        .where(Source.id == source_id, Source.lease_owner == owner)
        .returning(Source.id)
    )
    if not kept:
        raise LeaseLostError


def _oldest_first(new: Sequence[Read]) -> list[Read]:
    """In the order of appearance, so that the order of ids is the order of the list.

    Documents begin with the newest; what has no date is taken for as new as the newest.
    """
    dates = [each.match.entry.published for each in new if each.match.entry.published]
    latest = max(dates, default=datetime.max.replace(tzinfo=UTC))
    backwards = new[::-1]
    return sorted(backwards, key=lambda each: each.match.entry.published or latest)


async def _insert(source_id: int, new: Sequence[Read], now: datetime) -> dict[str, int]:
    ids: dict[str, int] = {}
    for start in range(0, len(new), ROWS_AT_ONCE):
        rows = [_row(source_id, each, now) for each in new[start : start + ROWS_AT_ONCE]]
        inserted = (
            await Entry.insert(*rows)
            .on_conflict(target=(Entry.source, Entry.key), action="DO NOTHING")
            .returning(Entry.id, Entry.key)
        )
        ids |= {row["key"]: row["id"] for row in inserted}
    return ids


async def _update(source_id: int, changed: Sequence[Read], now: datetime) -> None:
    for start in range(0, len(changed), ROWS_AT_ONCE):
        rows = [_row(source_id, each, now) for each in changed[start : start + ROWS_AT_ONCE]]
        await Entry.insert(*rows).on_conflict(
            target=(Entry.source, Entry.key), action="DO UPDATE", values=_CONTENT
        )


async def _keep_versions(ids: Mapping[str, int], read: Sequence[Read], now: datetime) -> None:
    versions = [
        _version(entry_id, each, now)
        for each in read
        if (entry_id := _id_of(each.match, ids)) and _number(each.match.stored) <= VERSIONS_KEPT
    ]
    for start in range(0, len(versions), ROWS_AT_ONCE):
        await EntryVersion.insert(*versions[start : start + ROWS_AT_ONCE])


async def _keep_aliases(source_id: int, matches: Sequence[Match]) -> None:
    aliases = [
        EntryAlias(source=source_id, key=match.key, entry=match.stored.id)
        for match in matches
        if match.alias and match.stored is not None
    ]
    for start in range(0, len(aliases), ROWS_AT_ONCE):
        await EntryAlias.insert(*aliases[start : start + ROWS_AT_ONCE]).on_conflict(
            target=(EntryAlias.source, EntryAlias.key), action="DO NOTHING"
        )


async def _mark_seen(
    source_id: int, parsed: Parsed, matches: Sequence[Match], now: datetime
) -> None:
    seen: dict[Column | str, Any] = {Entry.last_seen: now, Entry.missed: 0, Entry.gone_at: None}
    ids = [match.stored.id for match in matches if match.stored is not None]
    for start in range(0, len(ids), ROWS_AT_ONCE):
        await Entry.update(seen).where(Entry.id.is_in(ids[start : start + ROWS_AT_ONCE]))
    for start in range(0, len(parsed.known), ROWS_AT_ONCE):
        hashes = list(parsed.known[start : start + ROWS_AT_ONCE])
        await Entry.update(seen).where(Entry.source == source_id, Entry.received_hash.is_in(hashes))
    if parsed.complete and not parsed.left:
        await _mark_missing(source_id, now)


async def _mark_missing(source_id: int, now: datetime) -> None:
    missing = (Entry.source == source_id) & (Entry.last_seen < now) & Entry.gone_at.is_null()
    await Entry.update({Entry.missed: Entry.missed + 1}).where(missing)
    await Entry.update({Entry.gone_at: now}).where(missing, Entry.missed >= MISSED_TO_BE_GONE)


def _row(source_id: int, each: Read, now: datetime) -> Entry:
    match, reading = each.match, each.reading
    entry, stored = match.entry, match.stored
    deadlines = _deadlines(entry, reading)
    return Entry(
        source=source_id,
        key=stored.key if stored else match.key,
        title=entry.title,
        address=entry.address,
        author=entry.author,
        published=entry.published,
        updated=entry.updated,
        first_seen=now,
        last_seen=now,
        language=reading.language or entry.language,
        html=entry.html,
        text=entry.text,
        enclosures=_json(
            {"address": each.address, "type": each.type, "length": each.length}
            for each in entry.enclosures
        ),
        deadlines=json.dumps(deadlines, ensure_ascii=False),
        topics=_json({"key": topic.key, "words": topic.words} for topic in reading.topics),
        procedure_numbers=_json(
            dict.fromkeys((*entry.procedure_numbers, *reading.procedure_numbers))
        ),
        hash=hash_of(entry),
        received_hash=entry.received_hash,
        versions=_number(stored),
        search_text=reading.search_text,
        next_deadline=next_deadline(deadlines, now=now),
        missed=0,
        gone_at=None,
    )


def next_deadline(deadlines: Sequence[Mapping[str, Any]], *, now: datetime) -> datetime | None:
    """The earliest deadline for input that is still ahead. A stated one outdoes those read."""
    ahead = [
        (not each["stated"], at)
        for each in deadlines
        if each["kind"] == "input"
        and each["at"]
        and (at := datetime.fromisoformat(each["at"])) > now
    ]
    return min(ahead)[1] if ahead else None


def _deadlines(entry: ParsedEntry, reading: Reading) -> list[dict[str, Any]]:
    """Stated ones first; one that was also read from the text stands there once."""
    stated = {(each.at, each.kind) for each in entry.deadlines}
    read = [each for each in reading.deadlines if (each.at, each.kind) not in stated]
    all_of_them: list[StatedDeadline | Deadline] = [*entry.deadlines, *read]
    return [
        {
            "at": each.at.astimezone(UTC).isoformat() if each.at else None,
            "zone": each.zone,
            "precision": each.precision,
            "kind": each.kind,
            "quote": each.quote,
            "words": each.words,
            "stated": position < len(entry.deadlines),
        }
        for position, each in enumerate(all_of_them)
    ]


def _version(entry_id: int, each: Read, now: datetime) -> EntryVersion:
    entry, standing = each.match.entry, each.match.standing
    return EntryVersion(
        entry=entry_id,
        number=_number(each.match.stored),
        seen_at=now,
        title=entry.title,
        address=entry.address,
        html=entry.html,
        text=entry.text,
        changes=json.dumps(
            standing.fields if isinstance(standing, Changed) else {}, ensure_ascii=False
        ),
        received=entry.received,
    )


def _id_of(match: Match, ids: Mapping[str, int]) -> int | None:
    return match.stored.id if match.stored else ids.get(match.key)


def _number(stored: Stored | None) -> int:
    return stored.versions + 1 if stored else 1


def _json(items: Any) -> str:
    """A list as text, readable in the database as well."""
    return json.dumps(list(items), ensure_ascii=False)
