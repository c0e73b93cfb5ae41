"""A remark is settled, with or without a word to its author."""

from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions import forms, rules
from advocacy.positions.proposing import telling
from advocacy.positions.proposing.acts import opened
from advocacy.positions.proposing.answering import HOLD
from advocacy.positions.tables import Remark


async def settle(remark_id: int, text: str, *, by: Person, now: datetime) -> None:
    """With words its author gets a letter. Raises Invalid (answer-7 for remark 7), Outdated."""
    rules.check_writes(by.role)
    text = forms.clean(text)
    if len(text) > rules.LONGEST_REASON:
        problem = rules.too_long(len(text), rules.LONGEST_REASON)
        raise Invalid({f"answer-{remark_id}": problem})
    async with database.transaction():
        row = await Remark.objects().where(Remark.id == remark_id).first()
        if row is None:
            raise NotFound("There is no such remark")
        position = await opened(row.position)
        changed = (
            await Remark.update(
                {Remark.answer: text, Remark.answered: now, Remark.answered_by: by.id}
            )
            .where(Remark.id == remark_id, Remark.answered.is_null())
            .returning(Remark.id)
        )
        if not changed:
            raise Outdated("This remark has just been answered")
        row.answer, row.answered = text, now
        await record(
            "remark answered",
            kind="position",
            object=position.id,
            dossier=position.dossier,
            by=by,
            now=now,
            details={"number": remark_id, "answer": text},
        )
        told = await telling.authors([row] if text else [], but=by)
        await telling.answered(position, told, now=now, due=now + HOLD)
