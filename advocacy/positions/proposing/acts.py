"""Somebody who may read a draft proposes other words for one place of it, or remarks on it."""

from datetime import datetime
from typing import Any  # columns and their values

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions import forms, queries, rules
from advocacy.positions.proposing import places
from advocacy.positions.rules import ProposalState
from advocacy.positions.tables import Position, Proposal, Remark

MOST_OPEN = 1_000
"""Of one text, remarks among them. A link that many hands have must not fill the house."""


async def propose(
    position_id: int,
    key: str,
    text: str,
    *,
    before: str,
    after: str = "",
    reason: str = "",
    version: int,
    source: str,
    author: str,
    language: str,
    file: str = "",
    by: Person | None,
    invitation: int | None = None,
    now: datetime,
) -> int:
    """Returns its number. The same words of the same author, still open, are one proposal.

    `key`: a paragraph's, "title", "ask-1", or a new one, which follows `after`. An empty text
    takes the place out. Raises Invalid (fields text, reason).
    """
    text, reason = forms.clean(text), forms.clean(reason)
    _check(key, text, reason, before=before)
    async with database.transaction():
        position = await _with_room(position_id)
        known = await (
            Proposal.objects()
            .where(
                Proposal.position == position_id,
                Proposal.paragraph == key,
                Proposal.text == text,
                Proposal.before == before,
                Proposal.author == author,
                Proposal.state == ProposalState.OPEN,
            )
            .first()
        )
        if known:
            return known.id
        row = Proposal(
            position=position_id,
            version=version,
            paragraph=key,
            after=after,
            before=before,
            text=text,
            reason=reason,
            language=language,
            source=source,
            file=file,
            person=by.id if by else None,
            invitation=invitation,
            author=author,
            created=now,
            state=ProposalState.OPEN,
        )
        await row.save()
        await _record("wording proposed", position, row.id, by or author, key=key, now=now)
    return row.id


def _check(key: str, text: str, reason: str, *, before: str) -> None:
    if not places.is_place(key):
        raise NotFound("There is no such paragraph")
    longest = rules.LONGEST_ASK if places.asked(key) else rules.LONGEST_PARAGRAPH
    longest = rules.LONGEST_TITLE if key == places.TITLE else longest
    if len(text) > longest:
        raise Invalid({"text": rules.too_long(len(text), longest)})
    if key == places.TITLE and not text:
        raise Invalid({"text": Message("A text has a title")})
    if text == before:
        raise Invalid({"text": Message("Change the words, or send a remark instead")})
    if len(reason) > rules.LONGEST_REASON:
        raise Invalid({"reason": rules.too_long(len(reason), rules.LONGEST_REASON)})


async def remark(
    position_id: int,
    key: str,
    text: str,
    *,
    version: int,
    author: str,
    language: str,
    by: Person | None,
    invitation: int | None = None,
    now: datetime,
) -> int:
    """Returns its number. The same remark twice is one."""
    text = forms.clean(text)
    if not places.is_place(key):
        raise NotFound("There is no such paragraph")
    if not 0 < len(text) <= rules.LONGEST_REASON:
        problem = Message("Write your remark, in at most 2,000 characters")
        raise Invalid({"remark": problem})
    async with database.transaction():
        position = await _with_room(position_id)
        known = await (
            Remark.objects()
            .where(
                Remark.position == position_id,
                Remark.paragraph == key,
                Remark.text == text,
                Remark.author == author,
                Remark.answered.is_null(),
            )
            .first()
        )
        if known:
            return known.id
        row = Remark(
            position=position_id,
            version=version,
            paragraph=key,
            text=text,
            language=language,
            person=by.id if by else None,
            invitation=invitation,
            author=author,
            created=now,
        )
        await row.save()
        await _record("remarked on a draft", position, row.id, by or author, key=key, now=now)
    return row.id


async def withdraw(
    proposal_id: int, *, by: Person | None, invitation: int | None = None, now: datetime
) -> None:
    """Only its author, while it is not answered. Twice is once."""
    async with database.transaction():
        row = await Proposal.objects().where(Proposal.id == proposal_id).first()
        mine = row is not None and (
            (by is not None and row.person == by.id)
            or (invitation is not None and row.invitation == invitation)
        )
        if row is None or not mine:
            raise NotFound("There is no such proposal")
        if row.state == ProposalState.WITHDRAWN:
            return
        position = await opened(row.position)
        await step(row, {Proposal.state: ProposalState.WITHDRAWN, Proposal.answered: now})
        who = by or row.author
        await _record("proposal withdrawn", position, row.id, who, key=row.paragraph, now=now)


async def step(row: Proposal, values: dict[Any, Any], *, old: str = ProposalState.OPEN) -> None:
    """Conditional: whoever was faster has it."""
    changed = (
        await Proposal.update(values)
        .where(Proposal.id == row.id, Proposal.state == old)
        .returning(Proposal.id)
    )
    if not changed:
        raise Outdated("This proposal has just been answered")


async def opened(position_id: int) -> Position:
    """One at a time; NotAllowed once the text has been handed in."""
    await database.one_at_a_time(f"proposals of {position_id}")
    position = await Position.objects().where(Position.id == position_id).first()
    if position is None:
        raise NotFound("There is no such position")
    rules.check_edit(position.state)
    return position


async def _with_room(position_id: int) -> Position:
    position = await opened(position_id)
    waiting = await Proposal.count().where(
        Proposal.position == position_id, Proposal.state == ProposalState.OPEN
    )
    waiting += await Remark.count().where(Remark.position == position_id, Remark.answered.is_null())
    if waiting >= MOST_OPEN:
        raise NotAllowed("So many proposals wait for an answer that no more can be taken")
    return position


async def _record(
    action: str, position: Position, number: int, by: Person | str, *, key: str, now: datetime
) -> None:
    await record(
        action,
        kind="position",
        object=position.id,
        dossier=position.dossier,
        by=by,
        now=now,
        details={"number": number, "paragraph": key},
    )


async def current_words(position_id: int, key: str, version: int) -> str:
    """What stood there in that version; NotFound when nothing did."""
    draft = queries.draft_of(await queries.version(position_id, version))
    words = places.words_at(draft, key)
    if words is None:
        raise NotFound("There is no such paragraph")
    return words
