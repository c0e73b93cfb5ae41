"""Say that an entry is worth knowing, and take that back."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any  # a state as the history keeps it

from piccolo.columns import Column

from advocacy import database
from advocacy.errors import Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.news.forms import Noted
from advocacy.news.queries import of_entry
from advocacy.news.tables import News, NewsText
from advocacy.news.telling import send_due
from advocacy.people.tables import Person
from feeds.tables import Entry

__all__ = ["UNDO", "note", "send_due", "shown", "withdraw"]

CHANGED_SINCE = Message("Somebody has changed this since")
NOTED, CHANGED, WITHDRAWN = "news noted", "news changed", "news withdrawn"


async def shown(entry_id: int) -> str:
    """What a form carries, to know later whether somebody else has changed something."""
    told = json.dumps(await _state(entry_id), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


async def note(
    entry_id: int, noted: Noted, *, base: str = "", by: Person, now: datetime
) -> int | None:
    """New, or in other words. What stands already is not told a second time. `base`: what the form
    showed; a form without it counts as one of now. Returns the event; None: nothing is different.
    """
    after = {
        "topics": ",".join(noted.topics), "countries": ",".join(noted.countries),
        "sentences": dict(noted.sentences), "stands": True,
    }  # fmt: skip
    async with database.transaction():
        await database.one_at_a_time(f"news/{entry_id}")
        if not await Entry.exists().where(Entry.id == entry_id):
            raise NotFound("There is no such entry")
        before = await _state(entry_id)
        if before == after:
            return None
        if base and base != await shown(entry_id):
            raise Outdated(CHANGED_SINCE, theirs=_words(before), mine=_words(after))
        stood = before is not None and before["stands"]
        await _write(entry_id, after, by=by, at=None if stood else now, now=now)
        return await record(
            CHANGED if stood else NOTED, kind="entry", object=entry_id, by=by, now=now,
            details={"before": before, "after": after},
        )  # fmt: skip


async def withdraw(entry_id: int, *, by: Person, now: datetime) -> int:
    """Nobody is told any more. Who was told keeps the letter. Returns the event."""
    async with database.transaction():
        await database.one_at_a_time(f"news/{entry_id}")
        before = await _state(entry_id)
        if before is None or not before["stands"]:
            raise NotFound("This entry is not marked as worth knowing")
        after = before | {"stands": False}
        await _write(entry_id, after, by=by, at=None, now=now)
        return await record(
            WITHDRAWN, kind="entry", object=entry_id, by=by, now=now,
            details={"before": before, "after": after},
        )  # fmt: skip


def _words(state: dict[str, Any] | None) -> str:
    return "\n\n".join(
        sentence for _, sentence in sorted((state or {"sentences": {}})["sentences"].items())
    )


async def _state(entry_id: int) -> dict[str, Any] | None:
    news, sentences = await of_entry(entry_id)
    if news is None:
        return None
    return {
        "topics": news.topics, "countries": news.countries, "sentences": sentences,
        "stands": news.withdrawn is None,
    }  # fmt: skip


async def _write(
    entry_id: int, state: dict[str, Any], *, by: Person, at: datetime | None, now: datetime
) -> None:
    """`at`: since when it stands; None leaves that as it is, so that nobody is told twice."""
    news, _ = await of_entry(entry_id)
    if news is None:
        news = News(entry=entry_id, person=by.id, at=at or now)
        await news.save()
    values: dict[Column | str, Any] = {
        News.topics: state["topics"],
        News.countries: state["countries"],
        News.withdrawn: None if state["stands"] else now,
        News.at: at or news.at,
    }
    await News.update(values).where(News.id == news.id)
    await NewsText.delete().where(NewsText.news == news.id)
    rows = [
        NewsText(news=news.id, language=language, sentence=sentence)
        for language, sentence in state["sentences"].items()
    ]
    await NewsText.insert(*rows)


async def undo_news(event: Event, by: Person, now: datetime) -> str:
    """As it was before; not when somebody has changed it since."""
    details = json.loads(event.details)
    async with database.transaction():
        await database.one_at_a_time(f"news/{event.object}")
        if await _state(event.object) != details["after"]:
            raise Outdated(CHANGED_SINCE)
        before = details["before"] or details["after"] | {"stands": False}
        await _write(event.object, before, by=by, at=None, now=now)
    return f"/inbox/{event.object}/news"


UNDO: dict[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    NOTED: undo_news,
    CHANGED: undo_news,
    WITHDRAWN: undo_news,
}
