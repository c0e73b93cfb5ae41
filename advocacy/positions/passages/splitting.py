"""What is done with passages: split an answer into them, tag them, say what becomes of them."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any  # what an event keeps is JSON; a joined column is not typed

from piccolo.columns import Column

from advocacy import database
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.queries import is_undone
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import forms, rules
from advocacy.positions.forms import Piece
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.tables import Passage


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
        known = await (
            Passage.objects()
            .where(Passage.contribution == contribution_id)
            .order_by(Passage.number)
        )
        if any(each.contribution_version == version.number for each in known):
            raise Outdated("Somebody has split this answer meanwhile")
        following = max((each.number for each in known), default=0) + 1
        earlier = {each.text: each for each in reversed(known)}
        made: list[Passage] = []
        for piece in pieces:
            passage = earlier.pop(piece.text, None)
            if passage is None:
                passage = Passage(contribution=contribution_id, number=following, created=now)
                following += 1
            made.append(await _write(passage, piece, version))
        await record(
            "answer split",
            kind="contribution",
            object=contribution_id,
            dossier=await _dossier_of(made[0].id) if made else None,
            by=by,
            now=now,
            details={"passages": [each.id for each in made], "version": version.number},
        )
    return made


async def _write(passage: Passage, piece: Piece, version: ContributionVersion) -> Passage:
    passage.contribution_version = version.number
    passage.text, passage.language = piece.text, version.language
    passage.tag, passage.stance = forms.tag_of(piece.tag), PassageStance(piece.stance)
    await passage.save()
    return passage


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


async def _dossier_of(passage_id: int) -> int | None:
    answer: Any = Passage.contribution
    row = await (
        Passage.select(answer.invitation.call.window.dossier.as_alias("dossier"))
        .where(Passage.id == passage_id)
        .first()
    )
    return row["dossier"] if row else None


async def _chosen(passage_ids: Sequence[int]) -> list[Passage]:
    """All of them, locked against others' changes until the transaction ends."""
    ids = sorted(set(passage_ids))
    if not ids:
        raise Invalid({"passages": Message("Choose at least one passage")})
    await database.one_at_a_time("passages")
    found = await Passage.objects().where(Passage.id.is_in(ids)).order_by(Passage.id)
    if len(found) != len(ids):
        raise NotFound("There is no such passage")
    return found


async def tag(
    passage_ids: Sequence[int],
    name: str | None,
    stance: PassageStance | None = None,
    *,
    by: Person,
    now: datetime,
) -> int:
    """The event of the act; None leaves tag or stance as they are."""
    async with database.transaction():
        passages = await _chosen(passage_ids)
        before = {str(each.id): [each.tag, each.stance] for each in passages}
        wanted = None if name is None else forms.tag_of(name)
        for each in passages:
            after: dict[Column | str, object] = {
                Passage.tag: each.tag if wanted is None else wanted,
                Passage.stance: (stance or PassageStance(each.stance)).value,
            }
            await Passage.update(after).where(Passage.id == each.id)
        after_all = {"tag": wanted, "stance": stance.value if stance else None}
        details = {"before": before, "after": after_all}
        return await _record("passages tagged", passages, details, by=by, now=now)


async def dispose(
    passage_ids: Sequence[int],
    disposition: Disposition,
    reason: str = "",
    *,
    by: Person,
    now: datetime,
) -> int:
    """What becomes of passages, decided by a person: the event of the act, one for all of them."""
    reason = forms.clean(reason)
    rules.check_disposition(disposition, reason)
    async with database.transaction():
        passages = await _chosen(passage_ids)
        before = {
            str(each.id): [each.disposition, each.disposition_reason, each.disposed_by]
            for each in passages
        }
        values: dict[Column | str, object] = {
            Passage.disposition: disposition.value,
            Passage.disposition_reason: reason,
            Passage.disposed_by: by.id,
        }
        await Passage.update(values).where(Passage.id.is_in([each.id for each in passages]))
        details = {"before": before, "after": [disposition.value, reason]}
        return await _record("passages disposed", passages, details, by=by, now=now)


async def _record(
    action: str,
    passages: Sequence[Passage],
    details: Mapping[str, object],
    *,
    by: Person,
    now: datetime,
    undoes: int | None = None,
) -> int:
    return await record(
        action,
        kind="passage",
        object=passages[0].id,
        dossier=await _dossier_of(passages[0].id),
        by=by,
        now=now,
        details=details,
        undoes=undoes,
    )


async def undo_disposing(event: Event, by: Person, now: datetime) -> str:
    details = await _undoable(event, by)
    async with database.transaction():
        passages = await _chosen([int(each) for each in details["before"]])
        if any(
            [each.disposition, each.disposition_reason] != details["after"] for each in passages
        ):
            raise Outdated("It has been decided anew since. There is nothing to undo.")
        for each in passages:
            disposition, reason, disposed_by = details["before"][str(each.id)]
            values: dict[Column | str, object] = {
                Passage.disposition: disposition,
                Passage.disposition_reason: reason,
                Passage.disposed_by: disposed_by,
            }
            await Passage.update(values).where(Passage.id == each.id)
        await _record("disposal undone", passages, {}, by=by, now=now, undoes=event.id)
    return await _back_to(event)


async def undo_tagging(event: Event, by: Person, now: datetime) -> str:
    details = await _undoable(event, by)
    async with database.transaction():
        passages = await _chosen([int(each) for each in details["before"]])
        after = details["after"]
        for each in passages:
            name, stance = details["before"][str(each.id)]
            left = [after["tag"] if after["tag"] is not None else name, after["stance"] or stance]
            if [each.tag, each.stance] != left:
                raise Outdated("It has been tagged anew since. There is nothing to undo.")
            values: dict[Column | str, object] = {Passage.tag: name, Passage.stance: stance}
            await Passage.update(values).where(Passage.id == each.id)
        await _record("tagging undone", passages, {}, by=by, now=now, undoes=event.id)
    return await _back_to(event)


async def _undoable(event: Event, by: Person) -> dict[str, Any]:
    rules.check_writes(by.role)
    if await is_undone(event.id):
        raise Outdated("It has been undone already")
    details: dict[str, Any] = json.loads(event.details)
    return details


async def _back_to(event: Event) -> str:
    row = await Dossier.select(Dossier.number).where(Dossier.id == event.dossier).first()
    return f"/d/{row['number']}/passages" if row else "/dossiers"


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "passages disposed": undo_disposing,
    "passages tagged": undo_tagging,
}
