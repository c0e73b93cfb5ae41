"""Split an answer into passages, and mend where it was cut.

A passage that the text cites stands: it can be worded and tagged anew, not taken away.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any  # what an event keeps is JSON

from advocacy import database
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import forms, rules
from advocacy.positions.forms import Piece
from advocacy.positions.passages.acts import back_to, dossier_of, undoable
from advocacy.positions.rules import PassageStance
from advocacy.positions.tables import Passage, PositionVersion
from advocacy.provenance import citations

KEPT = ("number", "text", "tag", "stance", "place", "contribution_version")
WHOLE = (*KEPT, "language", "disposition", "disposition_reason", "disposed_by")
CHANGED_SINCE = Message("These passages have been changed since. There is nothing to undo.")


async def split(
    contribution_id: int, pieces: Sequence[Piece], *, by: Person, now: datetime
) -> list[Passage]:
    """Passages of the answer's current version, numbered on from the last.

    A piece that an earlier version of the answer already had keeps its number, so that what
    cites it stays right. An answer is split once per version: Outdated for whoever is second.
    """
    forms.check_pieces(pieces)
    async with database.transaction():
        await database.one_at_a_time(f"passages of {contribution_id}")
        version = await _current(contribution_id)
        forms.check_words(pieces, _said(version))
        known = await _of(contribution_id)
        if any(each.contribution_version == version.number for each in known):
            raise Outdated("Somebody has split this answer meanwhile")
        following = max((each.number for each in known), default=0) + 1
        earlier = {each.text: each for each in reversed(known)}
        before: list[dict[str, object]] = []
        made: list[Passage] = []
        for piece in pieces:
            passage = earlier.pop(piece.text, None)
            if passage is None:
                passage = Passage(contribution=contribution_id, number=following, created=now)
                following += 1
            else:
                before.append(_facts(passage, KEPT))
            made.append(await _write(passage, piece, version))
        details = {
            "passages": [each.id for each in made],
            "version": version.number,
            "before": before,
            "after": state_of(made),
        }
        await _record("answer split", contribution_id, details, by=by, now=now)
    return made


async def mend(
    contribution_id: int, pieces: Sequence[Piece], *, seen: str, by: Person, now: datetime
) -> int:
    """The cuts made anew: a piece with a number is that passage, one without is new, and a
    passage that no piece names is taken away. The event of the act.

    `seen` is the `state_of` the passages when the form was shown: Outdated when somebody has
    changed them since. Invalid: a passage that a version of the text cites cannot go.
    """
    forms.check_pieces(pieces)
    async with database.transaction():
        await database.one_at_a_time(f"passages of {contribution_id}")
        version = await _current(contribution_id)
        forms.check_words(pieces, _said(version))
        everything = await _of(contribution_id)
        known = {
            each.number: each for each in everything if each.contribution_version == version.number
        }
        if state_of(list(known.values())) != seen:
            raise Outdated("Somebody has changed these passages meanwhile")
        wanted = {piece.number for piece in pieces if piece.number}
        if not wanted <= set(known):
            raise NotFound("There is no such passage")
        gone = [each for number, each in known.items() if number not in wanted]
        await _check_free(gone)
        before = [_facts(each, WHOLE) for each in known.values()]
        following = max(each.number for each in everything) + 1
        made: list[Passage] = []
        for piece in pieces:
            passage = known.get(piece.number)
            if passage is None:
                passage = Passage(contribution=contribution_id, number=following, created=now)
                following += 1
            made.append(await _write(passage, piece, version))
        if gone:
            await Passage.delete().where(Passage.id.is_in([each.id for each in gone]))
        details = {"before": before, "after": state_of(made), "version": version.number}
        return await _record("passages mended", contribution_id, details, by=by, now=now)


def state_of(passages: Sequence[Passage]) -> str:
    """What a form shows of them, in few characters: another state, another string."""
    facts = sorted((each.number, each.text, each.tag, each.stance, each.place) for each in passages)
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


async def shown_state(contribution_id: int, version: int) -> str:
    known = await _of(contribution_id)
    return state_of([each for each in known if each.contribution_version == version])


async def _of(contribution_id: int) -> list[Passage]:
    return await (
        Passage.objects().where(Passage.contribution == contribution_id).order_by(Passage.number)
    )


async def _write(passage: Passage, piece: Piece, version: ContributionVersion) -> Passage:
    passage.contribution_version = version.number
    passage.text, passage.language = piece.text, version.language
    passage.tag, passage.stance = forms.tag_of(piece.tag), PassageStance(piece.stance)
    passage.place = forms.place_of(piece.place)
    await passage.save()
    return passage


async def _check_free(passages: Sequence[Passage]) -> None:
    """Also an earlier version is read again: what it cites stays."""
    for each in passages:
        mark = rules.mark(each.contribution, each.number)
        texts = await PositionVersion.select(PositionVersion.paragraphs).where(
            PositionVersion.paragraphs.like(f"%{mark}%")
        )
        if any(
            mark in citations(paragraph["text"])
            for row in texts
            for paragraph in json.loads(row["paragraphs"])
        ):
            raise Invalid(
                {
                    "piece-1": Message(
                        "%(citation)s is cited in the text and cannot be taken away",
                        {"citation": mark},
                    )
                }
            )


def _said(version: ContributionVersion) -> str:
    """Everything that the municipality wrote in this version."""
    answers = json.loads(version.answers or "{}").values()
    comments = json.loads(version.comments or "{}").values()
    return "\n".join([version.text, *(str(each) for each in (*answers, *comments))])


async def _current(contribution_id: int) -> ContributionVersion:
    contribution = (
        await Contribution.objects()
        .where(Contribution.id == contribution_id, Contribution.state == ContributionState.GIVEN)
        .first()
    )
    if contribution is None:
        raise NotFound("There is no such answer, or it has been withdrawn")
    version = await (
        ContributionVersion.objects()
        .where(
            ContributionVersion.contribution == contribution_id,
            ContributionVersion.number == contribution.version,
        )
        .first()
    )
    if version is None:
        raise NotFound("There is no such answer, or it has been withdrawn")
    return version


def _facts(passage: Passage, names: Sequence[str]) -> dict[str, object]:
    return {"id": passage.id} | {name: getattr(passage, name) for name in names}


async def _record(
    action: str,
    contribution_id: int,
    details: Mapping[str, object],
    *,
    by: Person,
    now: datetime,
    undoes: int | None = None,
) -> int:
    return await record(
        action,
        kind="contribution",
        object=contribution_id,
        dossier=await dossier_of(contribution_id),
        by=by,
        now=now,
        details=details,
        undoes=undoes,
    )


async def event_of_splitting(contribution_id: int) -> int | None:
    """For the button that takes it back."""
    row = await (
        Event.select(Event.id)
        .where(
            Event.kind == "contribution",
            Event.object == contribution_id,
            Event.action == "answer split",
        )
        .order_by(Event.id, ascending=False)
        .first()
    )
    return row["id"] if row else None


async def undo_splitting(event: Event, by: Person, now: datetime) -> str:
    """As it was before: the answer waits again, unless its passages are cited or decided upon."""
    details = await undoable(event, by)
    async with database.transaction():
        known = await _unchanged(event, details)
        earlier = {row["id"]: row for row in details["before"]}
        made = [each for each in known if each.id not in earlier]
        if any(each.disposition_reason or each.disposed_by for each in made):
            raise Outdated(CHANGED_SINCE)
        await _check_free(made)
        if made:
            await Passage.delete().where(Passage.id.is_in([each.id for each in made]))
        await _put_back(event.object, details["before"], known, now)
        await _record("splitting undone", event.object, {}, by=by, now=now, undoes=event.id)
    return await back_to(event)


async def undo_mending(event: Event, by: Person, now: datetime) -> str:
    details = await undoable(event, by)
    async with database.transaction():
        known = await _unchanged(event, details)
        before = {row["id"] for row in details["before"]}
        made = [each for each in known if each.id not in before]
        await _check_free(made)
        if made:
            await Passage.delete().where(Passage.id.is_in([each.id for each in made]))
        await _put_back(event.object, details["before"], known, now)
        await _record("mending undone", event.object, {}, by=by, now=now, undoes=event.id)
    return await back_to(event)


async def _unchanged(event: Event, details: Mapping[str, Any]) -> list[Passage]:
    """The passages as the act left them; Outdated when anything has happened since."""
    await database.one_at_a_time(f"passages of {event.object}")
    known = [
        each for each in await _of(event.object) if each.contribution_version == details["version"]
    ]
    if state_of(known) != details.get("after"):
        raise Outdated(CHANGED_SINCE)
    return known


async def _put_back(
    contribution_id: int,
    before: Sequence[Mapping[str, Any]],
    known: Sequence[Passage],
    now: datetime,
) -> None:
    """Also those that were taken away, under the row they had."""
    alive = {each.id: each for each in known}
    for facts in before:
        passage = alive.get(facts["id"]) or Passage(
            id=facts["id"], contribution=contribution_id, created=now
        )
        for name in set(facts) - {"id"}:
            setattr(passage, name, facts[name])
        await passage.save()


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "answer split": undo_splitting,
    "passages mended": undo_mending,
}
