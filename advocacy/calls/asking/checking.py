"""The check of a call's text: what it was made against, and how it is taken back."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any  # an event's details are what its act kept

from advocacy import database
from advocacy.calls.asking.call_forms import Words
from advocacy.calls.asking.whole_calls import WholeCall, whole_by_id
from advocacy.calls.rules import CallState
from advocacy.calls.tables import CallText
from advocacy.errors import Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person


def kept(words: Words) -> str:
    """A lead text as it stood when a translation was checked against it."""
    return json.dumps(words.as_facts(), ensure_ascii=False, sort_keys=True)


def source_of(text: CallText | None) -> Words | None:
    """The lead text that this one was last checked against; None: it never was."""
    if text is None or not text.source_words:
        return None
    facts: dict[str, Any] = json.loads(text.source_words)
    return Words(
        facts["title"],
        facts["why"],
        facts["summary"],
        {int(number): said for number, said in facts["questions"].items()},
        {int(number): tuple(said) for number, said in facts["options"].items()},
    )


def state(text: CallText) -> dict[str, Any]:
    """Who checked it, when, and against what: what an undo brings back."""
    # whole_calls reads the text with the person who checked it
    checker = text.checked_by
    return {
        "checked_by": getattr(checker, "id", checker),
        "checked": text.checked,
        "source_hash": text.source_hash,
        "source_words": text.source_words,
    }


async def uncheck(call_id: int, language: str, *, by: Person, now: datetime) -> int:
    """It is not right after all. Returns the event's id. Outdated: nobody has checked it."""
    async with database.transaction():
        whole = await _locked(call_id)
        text = whole.texts.get(language)
        if text is None or text.checked is None:
            raise Outdated("This text is not checked any more")
        before = state(text)
        await _write(text, before | {"checked_by": None, "checked": None, "source_hash": ""})
        return await record(
            "call text check undone", kind="call", object=call_id, by=by, now=now,
            dossier=whole.dossier.id, details={"language": language, "before": before},
        )  # fmt: skip


async def _locked(call_id: int) -> WholeCall:
    await database.one_at_a_time(f"call/{call_id}")
    whole = await whole_by_id(call_id)
    if whole.call.state != CallState.DRAFT:
        raise Outdated("This call has been sent: its words stay as they are")
    return whole


async def _write(text: CallText, values: Mapping[str, Any]) -> None:
    columns: dict[Any, Any] = {getattr(CallText, name): value for name, value in values.items()}
    await CallText.update(columns).where(CallText.id == text.id)


async def undo(event: Event, by: Person, now: datetime) -> str:
    """Of a check, or of its taking back: as it was before, if nothing happened in between."""
    facts = json.loads(event.details)
    language, before = facts["language"], facts.get("before")
    async with database.transaction():
        whole = await _locked(event.object)
        text = whole.texts.get(language)
        was_checked = event.action == "call text checked"
        stands = text is not None and (text.checked is not None) == was_checked
        if text is None or before is None or not stands:
            raise Outdated("It has been changed since. There is nothing to undo.")
        if was_checked and text.checked != event.at:
            raise Outdated("It has been changed since. There is nothing to undo.")
        if before["checked"]:
            before["checked"] = datetime.fromisoformat(before["checked"])
        await _write(text, before)
        await record(
            "undone", kind="call", object=event.object, by=by, now=now,
            dossier=event.dossier, undoes=event.id,
        )  # fmt: skip
    return f"/c/{whole.call.number}/text/{language}"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "call text checked": undo,
    "call text check undone": undo,
}
