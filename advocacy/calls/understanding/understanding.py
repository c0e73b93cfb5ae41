"""Say what an answer says in the language the network works in, and check it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy import database
from advocacy.calls.tables import ContributionTranslation
from advocacy.calls.understanding.foreign_answers import Beside, beside, translations_of
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.municipalities.rules import may_edit
from advocacy.people.tables import Person
from advocacy.settings import settings

__all__ = ["UNDO", "save", "translations_of", "undo_saving"]

LONGEST = 20_000  # characters of a translation


def check_right(by: Person, country: str) -> None:
    if not may_edit(by.role, by.countries.split(","), country=country):
        raise NotAllowed("Only the secretariat and the coordinator of the country translate these")


async def save(
    contribution_id: int,
    text: str,
    *,
    version: int,
    was: str,
    checked: bool,
    by: Person,
    now: datetime,
) -> int | None:
    """The event's id, or None when nothing changed; a check can be undone.

    `version` is the number of the version that was read, `was` what the field held before typing.
    Outdated: the municipality has changed its answer, or somebody has saved other words.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Invalid({"text": Message("Write what the answer says")})
    if len(words) > LONGEST:
        raise Invalid({"text": Message("Shorten it to %(most)s characters", {"most": LONGEST})})
    async with database.transaction():
        await database.one_at_a_time(f"understanding/{contribution_id}")
        found = await beside(contribution_id)
        check_right(by, found.country)
        _check_base(found, words, version=version, was=was)
        before = _state(found.translation)
        if before.get("text") == words and (before["checked"] or not checked):
            return None
        row = found.translation or ContributionTranslation(
            version=found.version.id, language=settings().language, person=by.id, at=now
        )
        if before.get("text") != words:
            row.text, row.person, row.at = words, by.id, now
        row.checked_by, row.checked = (by.id, now) if checked else (None, None)
        await row.save()
        act = "answer translation checked" if checked else "answer translation saved"
        return await record(
            act, kind="contribution", object=contribution_id, by=by, now=now,
            dossier=found.dossier,
            details={
                "version": version, "code": found.code, "country": found.country,
                "text": words, "before": before,
            },
        )  # fmt: skip


def _check_base(found: Beside, words: str, *, version: int, was: str) -> None:
    if version != found.version.number:
        raise Outdated(
            "The municipality has changed its answer meanwhile",
            theirs="\n\n".join(found.words), mine=words,
        )  # fmt: skip
    theirs = found.text
    if theirs not in (was.replace("\r\n", "\n").strip(), words):
        raise Outdated("Somebody has saved this translation meanwhile", theirs=theirs, mine=words)


def _state(row: ContributionTranslation | None) -> Mapping[str, Any]:
    if row is None:
        return {}
    return {"text": row.text, "checked_by": row.checked_by, "checked": row.checked}


async def undo_saving(event: Event, by: Person, now: datetime) -> str:
    """The words and the check as they were before."""
    facts = json.loads(event.details)
    check_right(by, facts["country"])
    async with database.transaction():
        await database.one_at_a_time(f"understanding/{event.object}")
        found = await beside(event.object)
        row = found.translation
        same = row is not None and row.text == facts["text"]
        if row is None or not same or found.version.number != facts["version"]:
            raise Outdated("It has been changed since. There is nothing to undo.")
        await _restore(row, facts["before"])
        await record(
            "undone", kind="contribution", object=event.object, by=by, now=now,
            dossier=event.dossier, undoes=event.id,
        )  # fmt: skip
    return f"/countries/{facts['country'].lower()}/answers/{event.object}"


async def _restore(row: ContributionTranslation, before: Mapping[str, Any]) -> None:
    if not before:
        await ContributionTranslation.delete().where(ContributionTranslation.id == row.id)
        return
    row.text, row.checked_by = before["text"], before["checked_by"]
    row.checked = datetime.fromisoformat(before["checked"]) if before["checked"] else None
    await row.save()


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "answer translation saved": undo_saving,
    "answer translation checked": undo_saving,
}
