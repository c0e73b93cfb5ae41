"""What a good poll writes: entries, versions, source, poll. One transaction, few statements.

The number of statements does not depend on the number of entries. The validators are written with
the entries they belong to: a crash in between would hide the entries behind a 304 for ever.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any  # a column holds whatever its table says

from feeds.engine import Step, columns, engine, settings, values
from feeds.identity.comparing import Changed, New, Stored, hash_of
from feeds.parsing.entry import Parsed, ParsedEntry, StatedDeadline
from feeds.polling.matching import Match
from feeds.polling.noting import Note, begin, ending
from feeds.reading import Deadline, Reading

# A page that changes with every visit fills no disk: later versions are only counted.
VERSIONS_KEPT = 50
MISSED_TO_BE_GONE = 2

_CONTENT = (
    *("title", "address", "author", "published", "updated", "language", "html", "text"),
    *("enclosures", "deadlines", "topics", "procedure_numbers", "hash", "received_hash"),
    *("versions", "search_text", "next_deadline", "last_seen", "missed", "gone_at"),
)
_NEW = ("source", "key", "first_seen", *_CONTENT)
_INSERT = (
    f"INSERT INTO entry ({columns(_NEW)}) VALUES ({values(_NEW)})"
    " ON CONFLICT (source, key) DO NOTHING"
)
_UPDATE = f"UPDATE entry SET {settings(_CONTENT)} WHERE id = {{}}"
_VERSION = ("number", "seen_at", "title", "address", "html", "text", "changes", "received")
# The entry's number is looked up by its key, so that nothing has to be read back in between.
_KEEP_VERSION = (
    f"INSERT INTO entry_version (entry, {columns(_VERSION)})"
    f" SELECT id, {values(_VERSION)} FROM entry WHERE source = {{}} AND key = {{}}"
    " ON CONFLICT (entry, number) DO NOTHING"
)
_ALIAS = (
    "INSERT INTO entry_alias (source, key, entry) VALUES ({}, {}, {})"
    " ON CONFLICT (source, key) DO NOTHING"
)
_SEEN = "UPDATE entry SET last_seen = {}, missed = 0, gone_at = NULL WHERE id = {}"
_MISSING = "WHERE source = {} AND last_seen < {} AND gone_at IS NULL"
_MISSED = f"UPDATE entry SET missed = missed + 1 {_MISSING}"
_GONE = f"UPDATE entry SET gone_at = {{}} {_MISSING} AND missed >= {MISSED_TO_BE_GONE}"

# json.dumps makes an encoder for each call.
_encoded = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Read:
    """A matched entry and what its text says."""

    match: Match
    reading: Reading


async def store(
    note: Note,
    *,
    parsed: Parsed,
    matches: Sequence[Match],
    read: Sequence[Read],
    seen: Sequence[int],
    now: datetime,
) -> None:
    """Write a poll. `read` are the new and changed ones among `matches`, `seen` the ids of entries
    that came as before and were not parsed; all of them where the document tells what is missing.

    Raises LeaseLostError, with nothing written, when the source is no longer leased to us.
    """
    source_id = note.source.id
    steps = [
        *_contents(source_id, read, now),
        (
            _ALIAS,
            [(source_id, match.key, known) for match, known in _known(matches) if match.alias],
        ),
        *_presence(source_id, {*seen, *(known for _, known in _known(matches))}, parsed, now),
        *ending([note]),
    ]
    async with engine().transaction():
        await begin(note)
        await engine().run_all(steps)


def _contents(source_id: int, read: Sequence[Read], now: datetime) -> list[Step]:
    new = _oldest_first([each for each in read if isinstance(each.match.standing, New)], now)
    changed = [each for each in read if isinstance(each.match.standing, Changed)]
    versions = [
        _version(source_id, each, now)
        for each in (*new, *changed)
        if _number(each.match.stored) <= VERSIONS_KEPT
    ]
    return [
        (_INSERT, [_new_row(source_id, each, now) for each in new]),
        (_UPDATE, [(*_content(each, now), _stored(each).id) for each in changed]),
        (_KEEP_VERSION, versions),
    ]


def _known(matches: Sequence[Match]) -> list[tuple[Match, int]]:
    return [(match, match.stored.id) for match in matches if match.stored is not None]


def tells_missing(parsed: Parsed) -> bool:
    """Whether what is not in the document is no longer published."""
    return parsed.complete and not parsed.left


def _presence(source_id: int, there: set[int], parsed: Parsed, now: datetime) -> list[Step]:
    seen = (_SEEN, [(now, each) for each in sorted(there)])
    if not tells_missing(parsed):
        return [seen]
    return [seen, (_MISSED, [(source_id, now)]), (_GONE, [(now, source_id, now)])]


def _oldest_first(new: Sequence[Read], now: datetime) -> list[Read]:
    """In the order of appearance, so that the order of ids is the order of the list.

    Documents begin with the newest; what has no date is taken for as new as the newest.
    """
    dates = [each.match.entry.published for each in new if each.match.entry.published]
    # A date in the future is a mistake or an announcement; neither makes it newer than new.
    latest = min(max(dates, default=now), now)
    backwards = new[::-1]
    return sorted(backwards, key=lambda each: min(each.match.entry.published or latest, latest))


def _new_row(source_id: int, each: Read, now: datetime) -> tuple[Any, ...]:
    return (source_id, each.match.key, now, *_content(each, now))


def _content(each: Read, now: datetime) -> tuple[Any, ...]:
    """The values of _CONTENT, in its order."""
    entry, reading = each.match.entry, each.reading
    deadlines = _deadlines(entry, reading)
    return (
        entry.title,
        entry.address,
        entry.author,
        entry.published,
        entry.updated,
        reading.language or entry.language,
        entry.html,
        entry.text,
        _json(
            [
                {"address": each.address, "type": each.type, "length": each.length}
                for each in entry.enclosures
            ]
        ),
        _json(deadlines),
        _json([{"key": topic.key, "words": topic.words} for topic in reading.topics]),
        _json([*dict.fromkeys((*entry.procedure_numbers, *reading.procedure_numbers))]),
        each.match.hash or hash_of(entry),
        entry.received_hash,
        _number(each.match.stored),
        reading.search_text,
        next_deadline(deadlines, now=now),
        now,
        0,
        None,
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
            **_history_of(each),
        }
        for position, each in enumerate(all_of_them)
    ]


def _history_of(deadline: StatedDeadline | Deadline) -> dict[str, str]:
    """What a text says of a deadline's past: since when it is open, which end held before."""
    if isinstance(deadline, StatedDeadline):
        return {}
    told = {"opens": deadline.opens, "change": deadline.change, "former": deadline.former}
    return {name: str(value) for name, value in told.items() if value is not None}


def _version(source_id: int, each: Read, now: datetime) -> tuple[Any, ...]:
    entry, standing, stored = each.match.entry, each.match.standing, each.match.stored
    return (
        _number(stored),
        now,
        entry.title,
        entry.address,
        entry.html,
        entry.text,
        _encoded(standing.fields) if isinstance(standing, Changed) else "{}",
        entry.received,
        source_id,
        stored.key if stored else each.match.key,
    )


def _stored(each: Read) -> Stored:
    assert each.match.stored is not None  # noqa: S101 - what is changed has been stored
    return each.match.stored


def _number(stored: Stored | None) -> int:
    return stored.versions + 1 if stored else 1


def _json(items: Sequence[Any]) -> str:
    """A list as text, readable in the database as well."""
    return _encoded(items) if items else "[]"
