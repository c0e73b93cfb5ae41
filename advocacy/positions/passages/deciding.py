"""Tag passages, say what becomes of them; several at once, each act taken back as one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from piccolo.columns import Column

from advocacy import database
from advocacy.errors import Outdated
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.positions import forms, rules
from advocacy.positions.passages.acts import back_to, chosen, record_act, undoable
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.tables import Passage

Values = tuple[object, ...]

TAGGED = (Passage.tag, Passage.stance, Passage.place)
DISPOSED = (Passage.disposition, Passage.disposition_reason, Passage.disposed_by)


async def tag(
    passage_ids: Sequence[int],
    name: str | None,
    stance: PassageStance | None = None,
    *,
    place: str | None = None,
    by: Person,
    now: datetime,
) -> int:
    """The event of the act; None leaves tag, stance or place as they are."""
    wanted: dict[str, str | None] = {
        "tag": None if name is None else forms.tag_of(name),
        "stance": stance.value if stance else None,
        "place": None if place is None else forms.place_of(place),
    }
    async with database.transaction():
        passages = await chosen(passage_ids)
        before = {str(each.id): [each.tag, each.stance, each.place] for each in passages}
        changes: dict[Column | str, object] = {
            column: wanted[column._meta.name]
            for column in TAGGED
            if wanted[column._meta.name] is not None
        }
        if changes:
            await Passage.update(changes).where(Passage.id.is_in([each.id for each in passages]))
        details = {"before": before, "after": wanted}
        return await record_act("passages tagged", passages, details, by=by, now=now)


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
        passages = await chosen(passage_ids)
        before = {
            str(each.id): [each.disposition, each.disposition_reason, each.disposed_by]
            for each in passages
        }
        await _write([each.id for each in passages], DISPOSED, (disposition.value, reason, by.id))
        details = {"before": before, "after": [disposition.value, reason]}
        return await record_act("passages disposed", passages, details, by=by, now=now)


async def _write(ids: Sequence[int], columns: Sequence[Column], values: Values) -> None:
    changes: dict[Column | str, object] = dict(zip(columns, values, strict=True))
    await Passage.update(changes).where(Passage.id.is_in(list(ids)))


async def _restore(before: Mapping[str, Sequence[object]], columns: Sequence[Column]) -> None:
    """Those that had the same go back together: six thousand passages had few different values."""
    alike: dict[Values, list[int]] = {}
    for passage, values in before.items():
        alike.setdefault(tuple(values), []).append(int(passage))
    for values, ids in alike.items():
        await _write(ids, columns, values)


async def undo_disposing(event: Event, by: Person, now: datetime) -> str:
    details = await undoable(event, by)
    async with database.transaction():
        passages = await chosen([int(each) for each in details["before"]])
        if any(
            [each.disposition, each.disposition_reason] != details["after"] for each in passages
        ):
            raise Outdated("It has been decided anew since. There is nothing to undo.")
        await _restore(details["before"], DISPOSED)
        await record_act("disposal undone", passages, {}, by=by, now=now, undoes=event.id)
    return await back_to(event)


async def undo_tagging(event: Event, by: Person, now: datetime) -> str:
    details = await undoable(event, by)
    # What was tagged before passages had a place has none to go back to.
    before = {number: [*values, ""][:3] for number, values in details["before"].items()}
    after = details["after"]
    names = ("tag", "stance", "place")
    async with database.transaction():
        passages = await chosen([int(each) for each in before])
        for each in passages:
            kept = dict(zip(names, before[str(each.id)], strict=True))
            left = {name: kept[name] if after.get(name) is None else after[name] for name in names}
            if {name: getattr(each, name) for name in names} != left:
                raise Outdated("It has been tagged anew since. There is nothing to undo.")
        await _restore(before, TAGGED)
        await record_act("tagging undone", passages, {}, by=by, now=now, undoes=event.id)
    return await back_to(event)


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "passages disposed": undo_disposing,
    "passages tagged": undo_tagging,
}
